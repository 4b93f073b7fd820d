"""Bytes that no row names any more are removed by night, and none that a row is about to name."""

import os
import threading
import time

import pytest
from django.db import transaction

from povertyaudit.core import files, orphans, rows, store, tidying
from povertyaudit.core.errors import RuleBroken
from tests.core.machines import misuse
from tests.core.test_files import (
    _store,  # noqa: F401 — fixtures
    attach,
    photo,
    upload,
)


def orphan(content=b"nobody's", days=2):
    place = store.path_of(store.keep(content))
    long_ago = time.time() - days * 86400
    os.utime(place, (long_ago, long_ago))
    return place


def test_bytes_no_row_names_are_removed_after_a_day(people):
    kept = attach(people)
    named = [store.path_of(sha256) for sha256 in (kept.sha256, kept.thumb_sha256)]
    for place in named:
        os.utime(place, (0, 0))
    old, young = orphan(), orphan(b"young", days=0)
    draft = old.with_name("tmp0a1b2c3d")
    draft.write_bytes(b"cut off")
    os.utime(draft, (0, 0))
    assert tidying.tidy()["files"] == 2
    assert [place.exists() for place in (old, draft, young, *named)] == [False, False, True, True, True]
    assert tidying.tidy()["files"] == 0


def test_every_column_that_names_a_file_is_asked(people):
    kept = attach(people)
    assert orphans.named_among([kept.sha256, kept.thumb_sha256, "0" * 64]) == {kept.sha256, kept.thumb_sha256}


def test_bytes_kept_again_before_their_row_is_written_stay(people):
    place = orphan()
    store.keep(b"nobody's")
    assert orphans.sweep() == 0
    assert place.exists()


def test_the_sweep_waits_for_who_is_keeping(people):
    place = orphan()
    with store.locked():
        sweep = threading.Thread(target=orphans._remove, args=(place,))
        sweep.start()
        sweep.join(0.3)
        assert place.exists()
        os.utime(place)
    sweep.join()
    assert place.exists()


def test_a_refused_act_leaves_bytes_and_the_night_removes_them(people):
    row = misuse(people)

    @transaction.atomic
    def act():
        rows.write(
            row,
            verb="misuse.attach",
            by=people.finance,
            saved=[files.prepare(row, upload(photo()), by=people.finance)],
        )
        raise RuleBroken("x", "不行。")

    with pytest.raises(RuleBroken):
        act()
    left = list(store.root().glob("??/??/*"))
    assert len(left) == 2
    for path in left:
        os.utime(path, (0, 0))
    assert orphans.sweep() == 2
