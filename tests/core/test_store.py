"""What is kept stays kept: a file is on the disk under its name before its row says so."""

import hashlib
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


def test_the_files_of_one_transaction_are_on_the_disk_together_when_it_is_about_to_end(monkeypatch):
    half = store.path_of(hashlib.sha256(b"two").hexdigest())
    half.parent.mkdir(parents=True)
    half.touch()  # what a run that was cut off may leave
    seen = []
    monkeypatch.setattr(os, "fsync", lambda number: seen.append("file"))
    monkeypatch.setattr(os, "sync", lambda: seen.append(len(list(store.root().glob("??/??/*")))))
    with store.settled_at_once():
        kept = [store.keep(content) for content in (b"one", b"two", b"one")]
        assert seen == []
    assert seen == [2]
    assert all(store.intact(sha256) for sha256 in kept)
    with pytest.raises(ZeroDivisionError), store.settled_at_once():
        store.keep(b"three" * (1 // 0))
    seen.clear()
    store.keep(b"four")
    assert seen == ["file"] * 4
