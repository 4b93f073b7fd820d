"""The page of a round tells its 整改情况公开 and who owes what; a draft begun by mistake is discarded and holds nothing."""

import re

import pytest
from django.test import Client

from inspections import services as inspections
from inspections.models import Round
from povertyaudit.core import audit
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Region
from povertyaudit.core.verify import verify
from rectification.models import NoticeComment, NoticeGround, PublicNotice
from rectification.services import commenting, notices
from tests import factories
from tests.core.machines import API, machine
from tests.rectification import makers
from tests.rectification.test_notices import HEAD, again, problem, published, told

LATER = "走访群众不到位。"


@pytest.fixture
def round_(cast):
    """A round with a closed item and one at work."""
    first = makers.finding(cast)
    said = {"problem_class": "干部作风", "text": LATER, "unit": cast.town, "found_on": first.found_on}
    second = inspections.record_finding(first.round, by=cast.patroloffice, **said)
    found = {"source": "finding", "by": cast.patroloffice}
    makers.at(cast, "closed", finding=first, **found)
    makers.at(cast, "rectifying", finding=second, problem_class="干部作风", problem=LATER, **found)
    return first.round


@pytest.fixture
def notice(cast, round_):
    return notices.draft(by=cast.patroloffice, round=round_, **HEAD)


def page_of(who, address):
    client = Client()
    client.force_login(factories.fresh(who))
    html = client.get(address).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_draft_is_discarded_through_both_doors_and_the_round_may_be_closed(client, cast, round_, notice):
    at = notice.get_absolute_url()
    assert len(notices.not_ended(round_)) == 1
    client.force_login(cast.patroloffice)
    assert client.get(f"{at}discard/").status_code == 200
    assert client.post(f"{at}discard/", {"note": ""}).status_code == 400
    assert client.post(f"{at}discard/", {"note": "改为分单位公开。"}).status_code == 302
    assert (again(notice).state, notices.not_ended(round_)) == ("discarded", [])
    for verb in ("edit", "reword", "submit", "discard"):
        assert client.get(f"{at}{verb}/").status_code == 409
    second = notices.draft(by=cast.patroloffice, round=round_, **HEAD)
    door = machine(cast.patroloffice)
    url = f"{API}notices/{second.public_id}/discard/"
    assert machine(cast.leader).post(url, {"note": "一"}, format="json").status_code == 403
    assert door.post(url, {"note": "再议。"}, format="json").json()["state"] == "discarded"
    third = notices.submit(notices.draft(by=cast.patroloffice, round=round_, **HEAD), by=cast.patroloffice)
    with pytest.raises(WrongState):
        notices.discard(third, by=cast.patroloffice, note="一")
    assert verify().broken == []


def test_the_page_of_the_round_tells_how_far_it_is_and_who_owes_what(cast, round_, notice):
    at = Round.objects.get(pk=round_.pk).get_absolute_url()
    page = page_of(cast.patroloffice, at)
    assert f"报送审批整改情况公开《{notice.title}》 巡察办" in page
    assert "整改情况公开 1 份" in page
    kept = {"ground": NoticeGround.objects.get(code="case_open"), "ground_note": "正在初核。"}
    notices.withhold(again(notice), by=cast.patroloffice, problem=problem(notice, 1), **kept)
    notices.submit(again(notice), by=cast.patroloffice)
    assert f"审批整改情况公开《{notice.title}》 分管领导或者主要负责人" in page_of(cast.leader, at)
    notices.allow_withholding(again(notice), by=cast.leader, problem=problem(notice, 1))
    notices.publish(notices.approve(again(notice), by=cast.leader), by=cast.patroloffice)
    commenting.record_comment(again(notice), by=cast.patroloffice, channel="call", text="请再核对。")
    page = page_of(cast.patroloffice, at)
    for words in ("公开期满后结束整改情况公开", "1 条群众意见没有登记信访件 信访室", "整个轮次 1 "):
        assert words in page, page
    assert "公开期满" not in page_of(cast.patrol1, at)  # who may not know of the notice


def test_two_comments_are_named_to_nobody_who_may_not_read_them(cast, round_, notice):
    row = published(notice, cast)
    for text in ("请再核对。", "还没有兑付。"):
        row = commenting.record_comment(row, by=cast.patroloffice, channel="call", text=text)
    entries = audit.history(row).filter(verb="publicnotice.record_comment")
    numbers = set(NoticeComment.objects.values_list("number", flat=True))
    assert {entry.changes["comment:number"] for entry in entries} == numbers
    assert not any("comment" in name for entry in entries for name in audit.told(entry))


def test_a_secret_round_has_no_notice(cast, round_):
    type(round_).objects.filter(pk=round_.pk).update(secret=True, number=None)
    with pytest.raises(RuleBroken) as told:
        notices.draft(by=cast.patroloffice, round=again(round_), **HEAD)
    assert told.value.field == "round"
    type(round_).objects.filter(pk=round_.pk).update(secret=False, number="990101-XC-2026-99")
    other = Region.objects.get(code=factories.QINGHE)
    assert other == round_.region
    with pytest.raises(RuleBroken, match="还没有已下发"):
        notices.draft(by=cast.patroloffice, round=again(round_), unit=cast.bureau, **HEAD)
    assert (
        notices.draft(by=cast.patroloffice, round=again(round_), unit=cast.town, **HEAD).problems.count() == 2
    )


def test_who_stands_aside_from_an_object_neither_drafts_nor_reads(client, cast, round_):
    """The notice tells of the object; comments on it are hidden with it."""
    inspections.add_objects(round_, by=cast.patroloffice, units=[cast.town])
    place = round_.round_objects.get()
    round_.findings.update(object=place)
    row, comment = told(round_.findings.first().items.get(), cast)
    assert PublicNotice.objects.visible_to(cast.secretary).filter(pk=row.pk).exists()
    inspections.set_team(again(round_), by=cast.patroloffice, members=[
        {"user": cast.patrol1, "role": "leader"}, {"user": cast.patroloffice, "role": "member"},
    ])  # fmt: skip
    inspections.declare_recusal(again(round_), by=cast.patroloffice, objects=[place], ground="kin")
    client.force_login(cast.patroloffice)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(comment.get_absolute_url()).status_code == 404
    with pytest.raises(NotAllowed) as refused:
        notices.draft(by=factories.fresh(cast.patroloffice), round=again(round_), **HEAD)
    assert refused.value.code == "notice.recused"


def test_a_round_is_not_closed_while_its_notice_is_public(cast, notice):
    assert notices.not_ended(notice.round) == [f"整改情况公开《{HEAD['title']}》没有结束"]
