"""A Word file as PDF, where a free converter is installed on the machine; elsewhere nothing speaks of it."""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from threading import Lock

NAMES = ("soffice", "libreoffice")
SECONDS = 60
_one_at_a_time = Lock()  # a converter takes some 200 MB


class Unable(Exception):
    """The converter gave nothing."""


@cache
def converter() -> str:
    """The path of the program; empty where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def pdf_of(document: bytes) -> bytes:
    """The document as PDF. Raises Unable."""
    with _one_at_a_time, tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(document)
        command = [
            converter(), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", folder, str(source),
        ]  # fmt: skip
        environ = {"HOME": folder, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True, env=environ)  # noqa: S603 — found by name on the path
        except (subprocess.SubprocessError, OSError):
            raise Unable from None
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise Unable
        return made.read_bytes()
