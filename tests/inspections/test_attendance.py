"""Village teams: days a month held to a dated figure; who was absent at a visit is noticed, explains, and may be recalled."""

from datetime import date, timedelta

import pytest
from django.test import Client
from rest_framework.test import APIClient

from inspections.models import AttendanceMonth, VillagePerson, Visit, VisitRule
from inspections.services import attendance, plans
from povertyaudit.core import moment, terms
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Notification, Region
from povertyaudit.core.verify import verify
from tests import factories
from tests.inspections import field_makers as makers

pytestmark = pytest.mark.django_db
ABSENT = [{"name": "周驻村", "found": "absent"}]


def web(who):
    client = Client()
    client.force_login(factories.fresh(who))
    return client


def api(who):
    client = APIClient()
    client.force_authenticate(factories.fresh(who))
    return client


@pytest.fixture
def sender(people):
    """The liaison of the unit that sends."""
    return factories.user("liaison", unit=factories.unit("县农业农村局"))


def test_the_whole_way_on_pages(people, sender):
    office, unit = web(people.patroloffice), web(sender)
    assert office.get("/village-people/new/").status_code == 200
    said = {
        "name": "周驻村", "role": "first_secretary", "region": factories.VILLAGE,
        "unit": factories.unit("县农业农村局").public_id, "starts_on": "2025-07-01",
    }  # fmt: skip
    made = office.post("/village-people/new/", said)
    assert made.status_code == 302, made.context["form"].errors
    person = VillagePerson.objects.get()
    assert office.get(f"{person.get_absolute_url()}amend/").status_code == 200
    assert office.get("/attendance/new/").status_code == 200
    days = {"person": person.public_id, "month": "2026年3月", "days_present": "12", "days_leave": ""}
    made = office.post("/attendance/new/", days)
    assert made.status_code == 302, made.context["form"].errors
    row = AttendanceMonth.objects.get()
    here = row.get_absolute_url()
    assert "驻村天数不足 8 天" in office.get(here).content.decode()
    assert "周驻村" in office.get("/attendance/?tab=short").content.decode()
    assert office.get(f"{here}amend/").status_code == 200
    assert office.post(f"{here}notify/", {"note": "请说明情况"}).status_code == 302
    assert "待说明的驻村考勤" in unit.get("/").content.decode()
    assert unit.post(f"{here}explain/", {"note": "住院"}).status_code == 302
    assert office.post(f"{here}suggest_recall/", {"note": "建议召回"}).status_code == 302
    assert office.post(f"{here}recall/", {"note": "已召回"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.person.state) == ("recalled", "ended")
    assert "周驻村" in b"".join(office.get("/attendance/?format=csv").streaming_content).decode()
    assert verify().broken == []


def test_the_whole_way_by_api(people, sender):
    office, unit = api(people.patroloffice), api(sender)
    factories.unit("县农业农村局")
    said = {"name": "周驻村", "region": factories.VILLAGE, "unit": "县农业农村局", "starts_on": "2025-07-01"}
    person = office.post("/api/v1/village-people/", said, format="json")
    assert person.status_code == 201, person.data
    days = {"person": person.data["number"], "month": "2026-03", "days_present": 12}
    made = office.post("/api/v1/attendance/", days, format="json")
    assert (made.status_code, made.data["lacking"], made.data["absences"]) == (201, 8, 0), made.data
    here = f"/api/v1/attendance/{made.data['id']}/"
    again = office.post("/api/v1/attendance/", days, format="json")
    assert (again.status_code, again.data["code"]) == (422, "attendance.twice")
    assert office.post(f"{here}amend/", {"days_present": 13}, format="json").data["lacking"] == 7
    assert office.post(f"{here}notify/", {}, format="json").status_code == 422
    assert office.post(f"{here}notify/", {"note": "请说明"}, format="json").status_code == 200
    assert office.post(f"{here}explain/", {"note": "代填"}, format="json").status_code == 403
    assert unit.post(f"{here}explain/", {"note": "住院"}, format="json").data["state"] == "explained"
    assert office.post(f"{here}clear/", {"note": "属实"}, format="json").data["state"] == "cleared"
    assert office.get("/api/v1/attendance/?kind=short").data["results"][0]["name"] == "周驻村"
    assert office.get("/api/v1/attendance/?kind=fine").data["results"] == []
    end = office.post(f"/api/v1/village-people/{person.data['id']}/end/", {}, format="json")
    assert end.data["state"] == "ended"


def test_absent_at_a_visit_opens_the_month_and_gives_ground_for_the_notice(people):
    person = makers.villager(people)
    with pytest.raises(RuleBroken):
        attendance.notify_sender(
            makers.month(people, person, of="2026-02", present=22), by=people.patroloffice, note="一"
        )
    visit = makers.visit(people, kind="attendance", checks=ABSENT)
    row = AttendanceMonth.objects.get(month=date(2026, 3, 1))
    assert (row.days_present, row.recorded_by) == (None, None)
    assert attendance.figures(row) == (1, None)
    filled = attendance.record(by=people.patroloffice, person=person, month="2026-03", days_present=22)
    assert filled.pk == row.pk
    assert attendance.figures(row) == (1, 0)
    row = attendance.notify_sender(filled, by=people.patroloffice, note="请说明")
    assert "周驻村" not in "".join(Notification.objects.values_list("text", flat=True))
    with pytest.raises(RuleBroken):  # once is not enough, and no day lacks
        attendance.suggest_recall(row, by=people.patroloffice, note="召回")
    makers.visit(people, kind="attendance", checks=ABSENT, visited_on=date(2026, 1, 9))
    assert attendance.suggest_recall(row, by=people.patroloffice, note="召回").state == "suggested"
    assert visit.checks.get().get_found_display() == "不在岗"


def test_what_a_secret_visit_found_is_known_when_it_is_over(people):
    makers.villager(people)
    plan = makers.plan(people, "under_way", kind="attendance")
    makers.visit(people, plan, kind="attendance", checks=ABSENT)
    assert not AttendanceMonth.objects.exists()
    office = web(people.casemgr)
    assert "查到不在岗次数" not in office.get("/attendance/").content.decode()
    today = moment.today()
    row = makers.month(people, VillagePerson.objects.get(), of=f"{today:%Y-%m}", present=1)
    assert attendance.figures(row)[0] == 0
    assert (
        "不在岗" not in web(people.unithead).get(f"/village-people/{row.person.public_id}/").content.decode()
    )
    plans.finish(plan, by=people.patrol1)
    assert attendance.figures(row)[0] == 1


def test_a_withdrawn_visit_counts_no_more(people):
    from inspections.services import visits

    makers.villager(people)
    visits.withdraw(makers.visit(people, checks=ABSENT), by=people.patrol1, note="误登")
    assert attendance.figures(AttendanceMonth.objects.get()) == (0, None)


def test_how_many_days_is_a_rule_of_the_month(people):
    rule = VisitRule.objects.get(code="village_days")
    proposed = terms.change(rule, by=people.casemgr, to="22", valid_from=moment.today() + timedelta(days=1))
    terms.confirm(proposed, by=people.secadmin)
    row = makers.month(people, present=21)
    assert attendance.figures(row) == (0, 0)


def test_who_sees_a_month(people, sender):
    row = makers.month(people)
    other = factories.user("liaison", unit=factories.unit("县水利局"))
    seen = [
        one.username
        for one in (people.patroloffice, people.casemgr, people.inspector1, people.official, sender, other,
                    people.otherofficial, people.neighbour, people.petition, people.auditor)
        if AttendanceMonth.objects.visible_to(factories.fresh(one)).filter(pk=row.pk).exists()
    ]  # fmt: skip
    assert seen == ["patroloffice", "casemgr", "inspector1", "official", sender.username]


REFUSED = (
    lambda people: makers.month(people, present=32),
    lambda people: makers.month(people, present=30, days_leave=2),
    lambda people: makers.month(people, of="2024-03"),
    lambda people: makers.month(people, of="2099-03"),
    lambda people: makers.villager(people, region=Region.objects.get(code=factories.TOWN)),
    lambda people: makers.villager(people, starts_on=date(2099, 1, 1)),
    lambda people: makers.villager(people, makers.villager(people).name),
    lambda people: makers.visit(people, checks=[{"name": "没有的人", "found": "absent"}]),
    lambda people: makers.visit(people, checks=ABSENT * 2) if makers.villager(people) else None,
)


@pytest.mark.parametrize("bad", REFUSED)
def test_what_does_not_go_together_is_refused(people, bad):
    with pytest.raises(RuleBroken) as refused:
        bad(people)
    assert refused.value.message.endswith("。")
    assert not AttendanceMonth.objects.exists()
    assert not Visit.objects.exists()


def test_who_may_not(people, sender):
    row = makers.month(people)
    for act in (
        lambda: attendance.notify_sender(row, by=sender, note="一"),
        lambda: makers.villager(people, "吴", by=people.petition),
        lambda: makers.month(people, row.person, of="2026-02", by=people.petition),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(WrongState):
        attendance.explain(row, by=sender, note="一")


def test_the_form_of_a_visit_takes_who_was_there(people):
    makers.villager(people)
    said = {
        "kind": "attendance", "region": factories.VILLAGE, "visited_on": "2026-03-04", "checks-TOTAL_FORMS": "1",
        "checks-INITIAL_FORMS": "0", "checks-0-name": "周驻村", "checks-0-found": "present",
    }  # fmt: skip
    made = web(people.patrol1).post("/visits/new/", said)
    assert made.status_code == 302, made.context["form"].errors
    assert "在岗" in web(people.patrol1).get(made.headers["Location"]).content.decode()
    empty = said | {"checks-0-name": "", "notes": "没有抽查"}
    assert web(people.patrol1).post("/visits/new/", empty).status_code == 302
    bad = web(people.patrol1).post(
        "/visits/new/", said | {"checks-0-name": "李"}, headers={"accept": "application/json"}
    )
    assert "周驻村" in bad.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "path", ["/attendance/", "/api/v1/attendance/", "/village-people/", "/api/v1/village-people/"]
)
def test_a_list_costs_the_same_with_one_row_and_with_four(people, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = api(people.patroloffice) if path.startswith("/api") else web(people.patroloffice)
    makers.month(people)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        assert client.get(path).status_code == 200
    for n in range(3):
        makers.month(people, makers.villager(people, f"驻村{n}"))
    with CaptureQueriesContext(connection) as four:
        assert client.get(path).status_code == 200
    assert len(four) == len(one)
