"""What is kept stays kept: a file is on the disk under its name before its row says so."""

import os
import stat
from pathlib import Path

import pytest

from povertyaudit.core import store


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_the_folders_are_on_the_disk_when_a_file_is_kept(monkeypatch):
    """New bytes and bytes that are there already: another process may have named them a moment ago."""
    (store.root()).mkdir(parents=True)
    seen, real = [], os.fsync

    def fsync(number):
        if stat.S_ISDIR(os.fstat(number).st_mode):
            seen.append(
                (str(Path(f"/proc/self/fd/{number}").readlink()), len(list(store.root().glob("??/??/*"))))
            )
        real(number)

    monkeypatch.setattr(os, "fsync", fsync)
    for _ in range(2):
        path = store.path_of(store.keep(b"evidence"))
        assert [(str(folder), 1) for folder in list(path.parents)[:3]] == seen
        seen.clear()
