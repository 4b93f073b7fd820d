"""The same bytes are looked at once, and files of ours in our own process; whatever else comes has a process of its own."""

from pathlib import Path

import pytest

from povertyaudit.core import apart
from tests.core.machines import PDF

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch):
    monkeypatch.setattr(apart, "_found", {})


def test_the_same_bytes_are_looked_at_once(monkeypatch):
    first = apart.look("pdf", PDF)
    monkeypatch.setattr(apart, "PROBES", Path("/nowhere"))  # from here on no process could say anything
    assert apart.look("pdf", PDF) == first
    with pytest.raises(apart.Declined):
        apart.look("pdf", PDF + b"\n")
    with pytest.raises(apart.Declined):
        apart.look("image", PDF)


def test_a_refusal_is_not_kept():
    damaged = PDF[:40]
    with pytest.raises(apart.Declined) as refused:
        apart.look("pdf", damaged)
    assert refused.value.code == "damaged"
    assert apart._found == {}


def test_files_of_ours_need_no_process(monkeypatch):
    monkeypatch.setattr(apart, "PROBES", Path("/nowhere"))
    with apart.files_of_ours():
        assert apart.look("pdf", PDF) == b""
    with pytest.raises(apart.Declined):
        apart.look("pdf", PDF)


def test_what_is_kept_is_bounded():
    for number in range(apart.KEPT + 5):
        apart._keep(("pdf", str(number).encode()), b"")
    apart._keep(("image", b"large"), b"x" * (apart.SHORT + 1))
    assert len(apart._found) == apart.KEPT
    assert ("image", b"large") not in apart._found
