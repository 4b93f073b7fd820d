"""月考勤表: the month of a whole village team on one page; one wrong row saves nothing and loses nothing."""

import pytest
from django.urls import reverse

from inspections.models import AttendanceMonth
from inspections.services import attendance
from povertyaudit.core.verify import verify
from tests import factories
from tests.inspections import field_makers, handed

pytestmark = pytest.mark.django_db
MONTH = "2026-03"


def sheet(people, *days, seen=()):
    said = {"rows-TOTAL_FORMS": len(people), "rows-INITIAL_FORMS": len(people)}
    for number, (person, (present, leave)) in enumerate(zip(people, days, strict=True)):
        said |= {
            f"rows-{number}-person": person.public_id, f"rows-{number}-days_present": present,
            f"rows-{number}-days_leave": leave, f"rows-{number}-seen": seen[number] if seen else "",
        }  # fmt: skip
    return said


def days():
    rows = AttendanceMonth.objects.order_by("person_id")
    return [(one.person.name, one.days_present, one.days_leave) for one in rows]


def test_a_village_is_reported_on_one_page_and_mended_there(people):
    team = [field_makers.villager(people, name) for name in ("周驻村", "吴驻村", "郑驻村")]
    office = handed.web(people.patroloffice)
    board = office.get("/attendance/sheets/?by=2026-03").content.decode()
    here = reverse("month_sheet", args=(factories.VILLAGE, MONTH))
    assert "登记月考勤表" in office.get("/attendance/").content.decode()
    page = office.get(here)
    assert [form.heading[:3] for form in page.context["formsets"]["rows"].forms] == [
        "周驻村",
        "吴驻村",
        "郑驻村",
    ]
    assert "不少于 20 天" in page.content.decode()
    bad = office.post(here, sheet(team, ("21", "2"), ("30", "9"), ("", "3")))
    forms = bad.context["formsets"]["rows"].forms
    assert (bad.status_code, days()) == (422, [])
    assert [list(form.errors) for form in forms] == [[], ["days_present"], ["days_present"]]
    assert "这个月只有 31 天" in forms[1].errors["days_present"][0]
    assert 'value="21"' in bad.content.decode()  # nothing is lost
    done = office.post(here, sheet(team, ("21", "2"), ("18", ""), ("", "")), follow=True)
    assert "已登记 2 人，其中 1 人不足 20 天。" in done.content.decode()
    assert days() == [("周驻村", 21, 2), ("吴驻村", 18, 0)]
    assert done.request["QUERY_STRING"].startswith(f"region={factories.VILLAGE}")
    attendance.amend(AttendanceMonth.objects.get(person=team[1]), by=people.inspector1, days_present=17)
    late = sheet(team, ("21", "2"), ("19", "0"), ("20", "0"), seen=("21/2", "18/0", ""))
    told = office.post(here, late)
    assert (told.status_code, len(days())) == (422, 2)
    assert "已有人登记为驻村 17 天" in told.context["formsets"]["rows"].forms[1].errors["days_present"][0]
    assert 'value="17/0"' in told.content.decode()
    again = office.post(here, late | {"rows-1-seen": "17/0"})
    assert again.status_code == 302, again.context["formsets"]["rows"].errors
    assert days() == [("周驻村", 21, 2), ("吴驻村", 19, 0), ("郑驻村", 20, 0)]
    attendance.notify_sender(AttendanceMonth.objects.get(person=team[1]), by=people.inspector1, note="不足。")
    closed = office.get(here)
    assert len(closed.context["formsets"]["rows"].forms) == 2  # what was noticed is read, no longer written
    assert "吴驻村" in closed.content.decode()
    assert verify().broken == []
    assert board


def test_by_api_and_not_beyond_what_one_may_see(people):
    team = [field_makers.villager(people, name) for name in ("周驻村", "吴驻村")]
    machine = handed.api(people.patroloffice)
    rows = [{"person": team[0].number, "days_present": 22}, {"person": team[1].number, "days_present": 40}]
    said = {"region": factories.VILLAGE, "month": MONTH, "rows": rows}
    assert machine.post("/api/v1/attendance/sheet/", said, format="json").status_code == 400
    rows[1]["days_present"] = 31
    rows[1]["days_leave"] = 1
    refused = machine.post("/api/v1/attendance/sheet/", said, format="json")
    assert (refused.status_code, refused.data["field"], days()) == (422, "rows-1-days_present", [])
    rows[1] |= {"days_leave": 0}
    done = machine.post("/api/v1/attendance/sheet/", said, format="json")
    assert [(one["days_present"], one["lacking"]) for one in done.data] == [(22, 0), (31, 0)]
    twice = machine.post("/api/v1/attendance/sheet/", said | {"rows": [rows[0], rows[0]]}, format="json")
    assert (twice.status_code, twice.data["code"]) == (422, "sheet.twice")
    here = reverse("month_sheet", args=(factories.VILLAGE, MONTH))
    for who, status in ((people.otherofficial, 404), (people.neighbour, 404), (people.casemgr, 403)):
        assert handed.web(who).get(here).status_code == status, who
    for wrong in ("2026-13", "2099-01", "2020-01"):
        assert handed.web(people.patroloffice).get(here.replace(MONTH, wrong)).status_code == 404
