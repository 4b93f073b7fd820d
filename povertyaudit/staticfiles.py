"""Static files out of installed packages, the named ones only; every served name carries a hash."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedFilesFinder(BaseFinder):
    """Finds what settings.NAMED_STATIC_FILES lists: served name -> file on disk."""

    @property
    def files(self) -> dict[str, Path]:
        return settings.NAMED_STATIC_FILES

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = self.files.get(path)
        if found is None or not found.is_file():
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for name, path in self.files.items():
            if not matches_patterns(name, list(ignore_patterns or ())):
                yield name, OneFile(path)


class OneFile(FileSystemStorage):
    """A storage with a single file, under whatever name it is asked for."""

    prefix = ""

    def __init__(self, path: Path) -> None:
        super().__init__(location=path.parent)
        self.one = str(path)

    def path(self, name: str) -> str:
        return self.one


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashed names and compressed copies; source maps, which are not served, are left unresolved."""

    patterns = (
        (
            "*.css",
            (
                r"""(?P<matched>url\((?P<quote>['"]{0,1})\s*(?P<url>.*?)(?P=quote)\))""",
                (
                    r"""(?P<matched>@import\s*(?P<quote>["'])\s*(?P<url>.*?)(?P=quote))""",
                    """@import url("%(url)s")""",
                ),
            ),
        ),
    )
