"""Documents in the one search box: by number, title and what stands in the file; only for those who may open them."""

import pytest

from povertyaudit import home
from povertyaudit.core import apart, jobs, looking, moment, reading, searching
from povertyaudit.core.models import Recusal
from povertyaudit.documents.models import Document
from povertyaudit.documents.services import voiding
from tests import factories
from tests.documents.test_making import letter_of
from tests.rectification import makers


@pytest.fixture
def made(cast, client):
    with apart.files_of_ours():
        letter_of(makers.at(cast, "accepted"), client, cast, demand="请把奖补资金兑付到户。")
        jobs.run(jobs.enqueue(reading.JOB, {"all": True}, f"read {moment.now()}").pk)
    return Document.objects.get()


def found(user, words):
    entries = looking.look(home.KINDS, factories.fresh(user), searching.asked(words).looked_for)
    return [entry for entry in entries if entry.url.startswith("/documents/")]


@pytest.mark.parametrize(
    "typed", ["督函〔2026〕1号", "督函[2026]1号", "督办函", "兑付到户", "兌付到戶", "督办函 兑付到户"]
)
def test_by_number_title_and_text(cast, client, made, typed):
    assert [entry.number for entry in found(cast.casemgr, typed)] == [made.number]
    page = client.get("/search/", {"q": typed}).content.decode()
    assert f'href="{made.get_absolute_url()}"' in page
    assert "文书 1 项" in page


def test_nobody_else_sees_or_counts_it(cast, client, made):
    for account in (cast.neighbour, cast.otherofficial, cast.sysadmin, cast.auditor):
        for typed in (made.number, "督办函", "兑付到户"):
            assert found(account, typed) == []
            client.force_login(account)
            page = client.get("/search/", {"q": typed}).content.decode()
            assert made.public_id not in page
            assert "文书 1 项" not in page
    assert found(cast.official, "兑付到户")  # the unit the letter is for


def test_nor_does_who_is_recused_from_the_row(cast, made):
    assert found(cast.casemgr, made.number)
    Recusal.objects.create(
        person=cast.casemgr.person, target_label=made.target_label, target_id=made.target_id, reason="亲属",
        declared_by=cast.casemgr,
    )  # fmt: skip
    assert found(cast.casemgr, made.number) == []


def test_one_kept_for_a_desk_is_found_by_the_desk_alone(cast, made):
    unit = cast.casemgr.home.unit
    type(made.attachment).objects.filter(pk=made.attachment_id).update(desk_unit=unit)
    assert found(cast.casemgr, made.number)
    assert found(cast.official, made.number) == []


def test_a_void_one_is_found_and_says_so(cast, client, made):
    voiding.void(made, by=cast.casemgr, note="写错。")
    page = client.get("/search/", {"q": made.number}).content.decode()
    assert f'href="{made.get_absolute_url()}"' in page
    assert "已作废" in page
