"""What was recorded in the field is amended, reported and refused without losing what stood, and says no more than its reader may know."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from inspections.models import AttendanceMonth, VillagePerson
from inspections.services import attendance, plans, visits, worksheets
from povertyaudit.core.errors import RuleBroken, WrongState
from tests import factories
from tests.inspections import field_makers as makers
from tests.inspections import makers as round_makers

pytestmark = pytest.mark.django_db
ABSENT = [{"name": "周驻村", "found": "absent"}]
FEBRUARY = date(2026, 2, 5)


def web(who):
    client = Client()
    client.force_login(factories.fresh(who))
    return client


def api(who):
    client = APIClient()
    client.force_authenticate(factories.fresh(who))
    return client


def test_what_was_odd_and_confirmed_stands_when_something_else_is_amended(people):
    makers.visit(people, latitude=29.5, longitude=110.5, photos=[makers.jpeg(9)])
    odd = [makers.jpeg(9), makers.jpeg(1, taken=FEBRUARY)]
    row = makers.visit(people, latitude=23.1, longitude=113.3, photos=odd, confirmed=True)
    words = row.doubts
    for part in ("距当地以往走访", "第 2 张照片拍摄于 2026-02-05", "已用于其他走访记录"):
        assert part in words
    here = f"/api/v1/visits/{row.public_id}/amend/"
    common = {"region": factories.VILLAGE, "visited_on": "2026-03-04"}
    said = api(people.patrol1).post(here, common | {"talks": 9}, format="json")
    assert (said.status_code, said.data["talks"], said.data["doubts"]) == (200, 9, words)
    page = {"kind": "household", "region": "澄江市 / 青禾县 / 柳溪镇 / 石桥坳村", "visited_on": "2026-02-05"}
    at = {"latitude": "23.1", "longitude": "113.3"}
    same = web(people.patrol1).post(
        f"{row.get_absolute_url()}amend/", page | at | {"visited_on": "2026-03-03"}
    )
    assert same.status_code == 302, same.context["form"].errors  # nothing new is odd
    moved = web(people.patrol1).post(
        f"{row.get_absolute_url()}amend/", page | {"latitude": "48.8", "longitude": "2.3"}
    )
    assert (moved.status_code, list(moved.context["form"].errors)) == (422, ["confirmed"])
    right = web(people.patrol1).post(
        f"{row.get_absolute_url()}amend/", page | {"latitude": "29.5", "longitude": "110.5"}
    )
    assert right.status_code == 302, right.context["form"].errors
    row.refresh_from_db()
    assert row.doubts == "有照片已用于其他走访记录"  # place and day are right now; that cannot be mended


def test_a_visit_moved_to_another_day_counts_in_the_month_of_that_day(people):
    makers.villager(people)
    row = makers.visit(people, checks=ABSENT, kind="attendance")
    said = {"region": factories.VILLAGE, "visited_on": "2026-02-05"}
    done = api(people.patrol1).post(f"/api/v1/visits/{row.public_id}/amend/", said, format="json")
    assert (done.status_code, done.data["kind"]) == (200, "attendance"), done.data  # not sent, not reset
    months = {one.month.month: attendance.figures(one)[0] for one in AttendanceMonth.objects.all()}
    assert months == {2: 1, 3: 0}
    elsewhere = said | {"region": factories.TOWN}
    refused = api(people.patrol1).post(f"/api/v1/visits/{row.public_id}/amend/", elsewhere, format="json")
    assert (refused.status_code, refused.data["code"], refused.data["field"]) == (
        422,
        "visit.checked",
        "region",
    )
    secret = makers.visit(people, makers.plan(people, "under_way"), checks=ABSENT)
    visits.amend(secret, by=people.patrol1, visited_on=date(2026, 5, 5))
    assert AttendanceMonth.objects.count() == 2  # what a secret plan found waits for its end


def test_a_machine_that_sends_a_part_changes_that_part(people):
    person = makers.villager(people, role="leader")
    said = {"name": "周驻村甲", "unit": "县农业农村局", "starts_on": "2025-07-01"}
    done = api(people.patroloffice).post(
        f"/api/v1/village-people/{person.public_id}/amend/", said, format="json"
    )
    assert (done.data["name"], done.data["role"]) == ("周驻村甲", "leader"), done.data
    row = makers.month(people, person, present=18, days_leave=3)
    here = f"/api/v1/attendance/{row.public_id}/amend/"
    done = api(people.patroloffice).post(here, {"days_present": 19}, format="json")
    assert (done.data["days_present"], done.data["days_leave"]) == (19, 3)
    whole = api(people.patroloffice).post(here, {"days_present": 29}, format="json")
    assert (whole.status_code, whole.data["code"]) == (422, "attendance.days")  # with the leave that stands
    plan = makers.plan(people, kind="cross", round=round_makers.round_(people))
    said = {
        "title": "改", "region": factories.QINGHE, "starts_on": "2026-03-04", "ends_on": "2026-03-06",
        "approver": "secretary", "members": [{"user": "patrol1", "role": "leader"}],
    }  # fmt: skip
    done = api(people.patroloffice).post(f"/api/v1/visit-plans/{plan.public_id}/amend/", said, format="json")
    assert (done.data["title"], done.data["kind"], done.data["round"]) == (
        "改",
        "cross",
        plan.round.public_id,
    )
    made = api(people.patroloffice).post("/api/v1/visit-plans/", said, format="json")
    assert (made.data["kind"], made.data["round"]) == ("unannounced", None)


def test_twelve_months_are_counted_and_a_withdrawn_visit_found_nobody(people):
    person = makers.villager(people, starts_on=date(2025, 1, 1))
    for day in (date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31)):
        makers.visit(people, checks=ABSENT, visited_on=day)
    assert attendance.absences_of(person, date(2026, 3, 1)) == 2  # from April to March
    assert attendance.absences_of(person, date(2026, 2, 1)) == 2
    AttendanceMonth.objects.all().delete()
    plan = makers.plan(people, "under_way")
    visits.withdraw(makers.visit(people, plan, checks=ABSENT), by=people.patrol1, note="误登")
    plans.finish(plan, by=people.patrol1)
    assert not AttendanceMonth.objects.exists()


def test_days_of_a_month_that_was_decided_are_reported_no_more(people):
    person = makers.villager(people)
    makers.visit(people, checks=ABSENT)
    row = attendance.notify_sender(AttendanceMonth.objects.get(), by=people.patroloffice, note="请说明")
    row = attendance.clear(row, by=people.patroloffice, note="属实")
    days = {"person": person.public_id, "month": "2026-03", "days_present": 20}
    refused = api(people.patroloffice).post("/api/v1/attendance/", days, format="json")
    assert (refused.status_code, refused.data["code"]) == (409, "attendance.decided")
    with pytest.raises(WrongState):
        makers.month(people, person, present=20)
    row.refresh_from_db()
    assert row.days_present is None


def test_a_refused_name_lists_only_persons_the_recorder_may_see(people):
    makers.villager(people)
    members = [{"user": people.finance, "role": "leader"}]
    plan = makers.plan(people, "approved", members=members)
    plans.start(plan, by=people.finance)
    here = {"by": people.finance, "within": plan}
    with pytest.raises(RuleBroken) as refused:
        makers.visit(people, **here, checks=[{"name": "李", "found": "absent"}])
    assert "周驻村" not in refused.value.message
    assert refused.value.message.endswith("。")
    assert makers.visit(people, **here, checks=ABSENT).checks.get().person == VillagePerson.objects.get()
    with pytest.raises(RuleBroken) as refused:
        makers.visit(people, checks=[{"name": "李", "found": "absent"}])
    assert "周驻村" in refused.value.message


def test_a_workbook_with_a_number_of_thousands_of_digits_is_refused_with_a_sentence(people):
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", f"<workbook {main}/>")
        cell = f'<row><c t="s"><v>{"9" * 5000}</v></c></row>'
        book.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {main}><sheetData>{cell}</sheetData></worksheet>"
        )
    row = makers.plan(people)
    for client, path in (
        (web(people.patrol1), "/visit-plans/"),
        (api(people.patrol1), "/api/v1/visit-plans/"),
    ):
        said = {"file": SimpleUploadedFile("名单.xlsx", out.getvalue()), "size": "1"}
        more = (
            {}
            if isinstance(client, Client) and not isinstance(client, APIClient)
            else {"format": "multipart"}
        )
        answer = client.post(f"{path}{row.public_id}/draw_households/", said, **more)
        assert answer.status_code == 422
        assert "名单是空的" in answer.content.decode()


def test_signatures_of_a_list_cost_the_same_with_one_sheet_and_with_four(people):
    made = round_makers.round_(people)
    client = api(people.patrol1)

    def sheet(n):
        return worksheets.sign(makers.worksheet(people, round=made, text=f"问题{n}"), by=people.patrol1)

    first = sheet(0)
    client.get("/api/v1/worksheets/")
    with CaptureQueriesContext(connection) as one:
        assert client.get("/api/v1/worksheets/").data["results"][0]["signatures"][0]["valid"] is True
    others = [sheet(n) for n in range(1, 4)]
    with CaptureQueriesContext(connection) as four:
        found = client.get("/api/v1/worksheets/").data["results"]
    assert len(four) == len(one)
    assert [row["signatures"][0]["valid"] for row in found] == [True] * 4
    type(first).objects.filter(pk=others[0].pk).update(text="改过")  # past every verb
    valid = {
        row["id"]: row["signatures"][0]["valid"] for row in client.get("/api/v1/worksheets/").data["results"]
    }
    assert [valid[row.public_id] for row in (first, *others)] == [True, False, True, True]
    assert client.get(f"/api/v1/worksheets/{others[0].public_id}/").data["signatures"][0]["valid"] is False
