"""村务公开 through pages and API, the board whose figures open their rows, and what the database refuses."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from funds.models import LocalDuty, SheetLine, VillageDuty, VillageSheet
from povertyaudit.core.models import Attachment
from tests import factories
from tests.funds import village_makers as makers
from tests.funds.test_constraints_projects import _copy, _of_terms, _set
from tests.funds.test_doors import api, web
from tests.funds.village_makers import OCTOBER, at_day
from tests.inspections.field_makers import jpeg

pytestmark = pytest.mark.django_db
LATER = date(2026, 11, 5)


def rows_of(**answers):
    """A form as a browser sends it: every duty, those that are named with what is said of them."""
    codes = list(VillageDuty.objects.on().values_list("code", flat=True))
    said = {"answers-TOTAL_FORMS": len(codes), "answers-INITIAL_FORMS": len(codes)}
    for number, code in enumerate(codes):
        said[f"answers-{number}-duty"] = code
        for name, value in answers.get(code, {"answer": "published"}).items():
            said[f"answers-{number}-{name}"] = value
    return said


def test_two_minutes_on_a_phone(people):
    sheet = makers.opened()
    here, town, head = sheet.get_absolute_url(), web(people.official), web(people.unithead)
    with at_day(LATER):
        assert sheet.number in town.get("/").content.decode()  # 我的工作
        form = town.get(f"{here}fill/").content.decode()
        assert form.count('capture="environment"') == 6
        assert "multipart/form-data" in form
        bad = town.post(f"{here}fill/", rows_of(RELIEF={"answer": "nothing"}))
        told = bad.content.decode()
        assert bad.status_code == 422
        assert told.count("请上传照片，或者上传公开栏的整栏照片") >= 4
        assert "请写明为什么本月没有这个事项" in told
        assert not SheetLine.objects.exists()
        said = rows_of(RELIEF={"answer": "nothing", "reason": "本月没有"})
        answer = town.post(f"{here}fill/", {**said, "board": jpeg(), "hand_in": "on"})
        assert answer.status_code == 302, answer.content.decode()
        page = head.get(here).content.decode()
        assert page.count("thumb=1") >= 4
        assert town.post(f"{here}check/", {"text": "对"}).status_code == 403
        assert head.post(f"{here}check/", {"text": "与公开栏一致"}).status_code == 302
        back = web(people.inspector1).post(f"{here}send_back/", {"note": "照片看不清"})
        assert back.status_code == 302
        assert "照片看不清" in town.get(here).content.decode()
    for who in (people.neighbour, people.otherofficial, people.petition):
        assert web(who).get(here).status_code == 404


def test_the_whole_way_by_api(people):
    sheet = makers.opened()
    here, town = f"/api/v1/village-sheets/{sheet.public_id}/", api(people.official)
    with at_day(LATER):
        photo = town.post(f"{here}attach/", {"file": jpeg()}, format="multipart")
        assert photo.status_code == 201, photo.data
        assert (
            api(people.inspector1).post(f"{here}attach/", {"file": jpeg()}, format="multipart").status_code
            == 403
        )
        answers = makers.answers(ASSETS={"answer": "unpublished", "reason": "合同未签"})
        for one in answers:
            one |= {"photo": photo.data["id"]} if one["answer"] == "published" else {}
        wrong = town.post(
            f"{here}fill/", {"answers": [{"duty": "RELIEF", "answer": "nothing"}]}, format="json"
        )
        assert (wrong.status_code, wrong.data["field"]) == (422, "answers-0-reason")
        done = town.post(f"{here}fill/", {"answers": answers, "hand_in": True}, format="json")
        assert (done.status_code, done.data["state"], done.data["gaps"]) == (200, "submitted", 1)
        assert {line["photo"] for line in done.data["lines"]} == {photo.data["id"], None}
        for narrowed, found in (("kind=gapped", 1), ("kind=complete", 0), ("duty=ASSETS", 1), ("duty=RELIEF", 0),
                                ("month=2026-10", 1), ("month=2026-09", 0), ("run=2", 0)):  # fmt: skip
            listed = api(people.inspector1).get(f"/api/v1/village-sheets/?{narrowed}")
            assert len(listed.data["results"]) == found, narrowed
        assert api(people.inspector1).get("/api/v1/village-sheets/?month=十月").status_code == 400
        check = api(people.unithead).post(f"{here}check/", {"text": "月底前公开"}, format="json")
        assert check.data["state"] == "checked"
        duty = town.post("/api/v1/local-duties/", {"name": "公益岗位", "basis": "群众关心"}, format="json")
        assert duty.status_code == 201, duty.data
        ended = town.post(f"/api/v1/local-duties/{duty.data['id']}/end/", {}, format="json")
        assert (ended.data["state"], ended.data["to_month"]) == ("ended", "2026-11")
    assert api(people.neighbour).get(here).status_code == 404
    assert api(people.neighbour).get("/api/v1/local-duties/").data["results"] == []


def test_each_figure_of_the_board_opens_its_rows(people):
    for month in (date(2026, 9, 1), OCTOBER):
        makers.opened(month)
    room = web(people.inspector1)
    with at_day(date(2026, 11, 20)):
        page = room.get("/village-sheets/board/").content.decode()
        assert "2026-10 应公开 1 个村，报齐 0/1（0%），逾期未报 1 个" in page
        links = re.findall(r'<a href="(/village-sheets/\?[^"]+)">', page)
        assert len(links) >= 4
        for address in links:
            shown = room.get(address.replace("&amp;", "&")).content.decode()
            if "run=" in address or "missed" in address:
                assert "石桥坳村" in shown, address
        assert "石桥坳村" in room.get("/").content.decode()  # 逾期未报
    makers.handed_in(people, date(2026, 11, 21))
    with at_day(date(2026, 11, 22)):
        assert (
            "报齐 1/1（100%）"
            in web(people.inspector1).get("/village-sheets/board/?by=2026-10").content.decode()
        )
        assert "没有生成清单" in web(people.neighbour).get("/village-sheets/board/").content.decode()
        assert web(people.petition).get("/village-sheets/board/").status_code == 403


def test_a_line_of_the_list_costs_nothing(people):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert web(people.inspector1).get("/village-sheets/").status_code == 200
        return len(asked)

    makers.opened()
    few = cost()
    for month in (7, 8, 9):
        makers.opened(date(2026, month, 1))
    assert cost() <= few  # the first request also warms what is kept for all


BROKEN = {
    "local_duty_once": lambda by: _copy(LocalDuty, number="990101-GX-2026-9999"),
    "local_duty_by_month": _set(LocalDuty, from_month="2026-10-02"),
    "local_duty_ended_is_dated": _set(LocalDuty, state="ended"),
    "village_sheet_once": lambda by: _copy(VillageSheet, number="990101-CW-2026-99999"),
    "village_sheet_by_month": _set(VillageSheet, month="2026-10-02"),
    "village_sheet_submitted_by_somebody": _set(VillageSheet, submitted_on=None),
    "village_sheet_checked_by_another": lambda by: VillageSheet.objects.update(
        state="checked", checked_on="2026-11-06", checked_by=VillageSheet.objects.get().submitted_by
    ),
    "village_sheet_returned_has_reason": _set(VillageSheet, state="returned", submitted_by=None, submitted_on=None),
    "sheet_line_once": lambda by: _copy(SheetLine),
    "sheet_line_says_enough": _set(SheetLine, photo=None),
    **{f"villageduty_{name}": breaks for name, breaks in _of_terms(VillageDuty).items()},
}  # fmt: skip


def test_the_database_refuses_each_constraint_and_none_is_left_out(people):
    makers.handed_in(people)
    LocalDuty.objects.create(
        region_id=factories.TOWN, name="公益岗位", basis="群众关心", from_month=OCTOBER, entered_by=people.official,
        number="990101-GX-2026-0001",
    )  # fmt: skip
    models = (LocalDuty, VillageSheet, SheetLine, VillageDuty)
    assert {one.name for model in models for one in model._meta.constraints} == set(BROKEN)
    assert Attachment.objects.count() == 1
    for name, breaks in BROKEN.items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            breaks(people.casemgr)
        assert name in str(refused.value) or "UNIQUE" in str(refused.value), (name, str(refused.value))
