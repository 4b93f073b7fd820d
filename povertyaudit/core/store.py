"""Where the bytes of files lie: outside the web root, under the hash of what is stored."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

_at_once: ContextVar[bool] = ContextVar("at_once", default=False)


def root() -> Path:
    """The folder of all stored bytes."""
    return Path(settings.DATA_DIR) / "files"


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return root() / sha256[:2] / sha256[2:4] / sha256


def keep(content: bytes) -> str:
    """Store bytes once, atomically; returns their SHA-256. A crash leaves either the whole file or none, and whatever
    was returned is still there after the power failed."""
    sha256 = hashlib.sha256(content).hexdigest()
    place = path_of(sha256)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    later = _at_once.get()
    with locked():
        if intact(sha256) if later else place.exists():
            os.utime(place)  # young again, so that the night's sweep leaves it alone
        else:
            with NamedTemporaryFile(dir=place.parent, delete=False) as draft:
                draft.write(content)
                draft.flush()
                if not later:
                    os.fsync(draft.fileno())
            Path(draft.name).replace(place)
        if not later:
            _settle(place.parent)
    return sha256


@contextmanager
def settled_at_once() -> Iterator[None]:
    """Hundreds of files kept in one transaction go to the disk together, before it is committed. For an installation
    that serves nobody yet: the system writes all it holds, and what a crash left half is written anew next time."""
    token = _at_once.set(True)
    try:
        yield
        os.sync()
    finally:
        _at_once.reset(token)


def _settle(folder: Path) -> None:
    """A file's name lies in its folder, and is on the disk only when that is: also where another process has just
    named the same bytes and has not come as far as this yet."""
    for one in (folder, folder.parent, root()):
        opened = os.open(one, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def locked(*, alone: bool = False) -> Iterator[None]:
    """Many may keep at a time; who removes is alone."""
    with (root() / ".lock").open("ab") as door:
        fcntl.flock(door, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield


def intact(sha256: str) -> bool:
    """Whether the bytes that lie under this hash are still those: read and counted anew. A lost file is not intact."""
    try:
        with path_of(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False
