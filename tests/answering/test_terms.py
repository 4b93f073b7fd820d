"""责任人任职: who answered for a place on a day; terms that never overlap and are never rewritten."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from rest_framework.test import APIClient

from inspections.models import VillagePerson
from inspections.services import attendance
from povertyaudit.answering.models import Responsibility
from povertyaudit.answering.services import terms as services
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Region, RegionAttribute, RegionMark
from povertyaudit.core.verify import verify
from tests import factories
from tests.answering import makers
from tests.inspections import field_makers

pytestmark = pytest.mark.django_db
HERE = f"/responsible/?region={factories.VILLAGE}"


def web(who):
    client = Client()
    client.force_login(factories.fresh(who))
    return client


def api(who):
    client = APIClient()
    client.force_authenticate(factories.fresh(who))
    return client


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def refusal(call):
    with pytest.raises(RuleBroken) as caught:
        call()
    return caught.value


def test_a_term_on_pages_from_registration_to_the_successor(people):
    desk = web(people.inspector1)
    agriculture = factories.unit("县农业农村局")
    said = {
        "capacity": "first_secretary", "region": factories.VILLAGE, "name": "周驻村", "post_title": "科员",
        "home_unit": agriculture.public_id, "starts_on": "2025-03-01", "basis": "青组发〔2025〕3号",
    }  # fmt: skip
    assert "登记任职" in text(desk.get("/responsibilities/new/"))
    made = desk.post("/responsibilities/new/", said)
    assert made.status_code == 302, made.context["form"].errors
    row = Responsibility.objects.get()
    assert row.ends_on == date(2027, 2, 28)  # two years, by the rule of the day
    assert (row.village_person.name, row.village_person.role) == ("周驻村", "first_secretary")
    refused = desk.post("/responsibilities/new/", said | {"name": "郑驻村", "starts_on": "2026-01-05"})
    assert refused.status_code == 422
    words = refused.context["form"].errors["starts_on"][0]
    assert "2025-03-01 至 2027-02-28 由周驻村担任" in words
    assert row.number in words
    page = row.get_absolute_url()
    assert "青组发〔2025〕3号" in text(desk.get(page))
    nexts = {"name": "郑驻村", "home_unit": agriculture.public_id, "starts_on": "2026-02-01"}
    assert desk.post(f"{page}succeed/", nexts).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.ends_on, row.village_person.state) == ("ended", date(2026, 1, 31), "ended")
    assert row.successor.called == "郑驻村"
    whole = text(desk.get(row.successor.get_absolute_url()))
    assert "历任" in whole
    assert "周驻村" in whole
    assert "周驻村" in text(desk.get(f"{HERE}&on=2026-01-31"))
    later = text(desk.get(f"{HERE}&on=2026-02-01"))
    assert "郑驻村" in later
    assert "周驻村" not in later
    assert "周驻村" in b"".join(desk.get(f"{HERE}&on=2026-01-31&format=csv").streaming_content).decode()
    assert verify().broken == []


def test_the_question_is_answered_from_the_province_down_over_rest(people):
    made = makers.every_level(people)
    asked = f"/api/v1/responsibilities/?region={factories.VILLAGE}&on=2026-01-05"
    answer = api(people.secretary).get(asked).json()
    names = [one["name"] for one in answer["results"]]
    assert names == ["鲁省长", "钱县", "孙局", "李镇", "吴包村", "周驻村"]
    assert [one["level"] for one in answer["results"]] == [1, 3, 3, 4, 5, 5]
    before = api(people.secretary).get(asked.replace("2026-01-05", "2025-02-28")).json()
    assert before["results"] == []
    household = api(people.secretary).get(f"{asked}&object_no=H0012").json()["results"]
    assert [one["name"] for one in household] == ["王帮户"]
    below = api(people.secretary).get(f"/api/v1/responsibilities/?region={factories.TOWN}").json()["results"]
    assert {one["name"] for one in below} == {"李镇", "吴包村", "周驻村", "王帮户"}
    town = api(people.official).get(asked).json()["results"]
    assert [one["name"] for one in town] == ["李镇", "吴包村", "周驻村"]  # its own place, nobody above it
    assert api(people.otherofficial).get(asked).status_code == 400  # no region of his
    assert api(people.neighbour).get(asked).status_code == 400
    listed = api(people.otherofficial).get("/api/v1/responsibilities/").json()["results"]
    assert [one["name"] for one in listed] == ["郑乡"]
    assert web(people.neighbour).get(made["town"].get_absolute_url()).status_code == 404
    assert api(people.sector).get(asked).json()["results"] != []  # those his unit sent
    assert api(people.sysadmin).get("/api/v1/responsibilities/").json()["results"] == []


def test_everything_wrong_is_said_at_its_field(people):
    answer = api(people.inspector1).post("/api/v1/responsibilities/", {
        "capacity": "wb_household", "region": factories.TOWN, "name": "王帮户", "starts_on": "2025-03-01",
        "ends_on": "2025-02-01",
    }, format="json")  # fmt: skip
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["errors"]} == {
        "home_unit",
        "region",
        "ends_on",
        "object_no",
    }
    assert (
        "身份证号"
        in refusal(lambda: makers.term(people, "wb_household", object_no="990101199001011234")).message
    )
    assert refusal(lambda: makers.term(people, "sector", factories.QINGHE)).field == "duty"
    assert refusal(lambda: makers.term(people, "area_head", factories.QINGHE)).field == "area"
    assert (
        refusal(lambda: makers.term(people, starts_on=moment.today() + timedelta(days=1))).field
        == "starts_on"
    )
    assert refusal(lambda: makers.term(people, home_unit=None)).field == "home_unit"
    makers.term(people, "group_member", factories.QINGHE, "孙局")
    assert (
        refusal(lambda: makers.term(people, "group_member", factories.QINGHE, "孙局")).code
        == "responsibility.twice"
    )
    makers.term(people, "group_member", factories.QINGHE, "李局")  # many may be members
    with pytest.raises(NotAllowed, match="由案管室"):
        makers.term(people, by=people.secretary)
    with pytest.raises(NotAllowed, match="只能登记"):
        makers.term(people, "party_head", factories.QINGHE, "钱县", by=people.official)
    with pytest.raises(NotAllowed, match="只能登记"):
        makers.term(people, by=people.otherofficial)
    far = moment.today() + timedelta(days=400)
    assert (
        refusal(lambda: makers.term(people, "vice_head", starts_on=far, at=factories.TOWN)).field
        == "starts_on"
    )
    assert (
        makers.term(people, "village_head", name="石村", by=people.official).region.code == factories.VILLAGE
    )


def test_the_database_keeps_terms_apart_and_as_they_were(people):
    row = makers.term(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.create(
            capacity=row.capacity, code=row.code, single=True, region=row.region, name="郑驻村", home_unit=row.home_unit,
            starts_on=date(2026, 1, 1), recorded_by=people.inspector1,
        )  # fmt: skip
    for change in ({"starts_on": date(2025, 1, 1)}, {"name": "郑驻村"}, {"region_id": factories.TOWN}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Responsibility.objects.filter(pk=row.pk).update(**change)
    for change in (
        {"ends_on": date(2025, 2, 1)},
        {"state": "ended", "ends_on": None},
        {"user": people.leader},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Responsibility.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.filter(pk=row.pk).update(predecessor=row.pk)


def test_a_listed_village_is_not_let_go_of_without_a_word(people):
    row = makers.term(people)
    RegionAttribute.objects.create(
        region=row.region, year=moment.today().year, mark=RegionMark.objects.get(code="poor_village")
    )
    assert "不摘帽不脱钩" in refusal(lambda: services.end(row, by=people.inspector1, note="届满")).message
    assert (
        refusal(lambda: services.end(row, by=people.inspector1, listed_checked=True)).field
        == "listed_checked"
    )
    assert refusal(lambda: services.extend(row, by=people.inspector1, ends_on=row.ends_on)).field == "ends_on"
    assert (
        refusal(lambda: services.extend(row, by=people.inspector1, ends_on=date(2099, 1, 1))).field
        == "ends_on"
    )
    longer = services.extend(row, by=people.inspector1, ends_on=date(2027, 12, 31), basis="延期通知")
    assert (longer.times_extended, longer.basis) == (1, "延期通知")
    done = services.end(row, by=people.inspector1, listed_checked=True, note="村已并入其他村。")
    done.refresh_from_db()
    assert (done.state, done.ends_on, done.village_person.state) == ("ended", moment.today(), "ended")


def test_recall_with_its_replacement_keeps_the_chain_from_either_side(people):
    row = makers.term(people)
    with pytest.raises(WrongState):
        services.recall(makers.term(people, "village_head", name="石村"), by=people.inspector1, note="x")
    assert (
        refusal(
            lambda: services.recall(row, by=people.inspector1, note="x", recalled_on=date(2025, 1, 1))
        ).field
        == "recalled_on"
    )
    services.recall(row, by=people.inspector1, note="多次不在岗。", recalled_on=date(2026, 3, 31))
    row.refresh_from_db()
    assert (row.state, row.village_person.state) == ("recalled", "ended")
    assert "请登记接任" in text(web(people.inspector1).get(row.get_absolute_url()))
    new = services.succeed(
        row, by=people.inspector1, name="郑驻村", home_unit=row.home_unit, starts_on=date(2026, 4, 10)
    )
    row.refresh_from_db()
    assert (row.state, row.ends_on, new.predecessor) == ("recalled", date(2026, 3, 31), row)
    # The attendance's own recall ends the term as well.
    other = makers.term(people, "team_member", name="冯驻村")
    month = field_makers.month(people, other.village_person)
    attendance.notify_sender(month, by=people.patroloffice, note="请说明")
    attendance.suggest_recall(month, by=people.patroloffice, note="建议召回")
    attendance.recall(month, by=people.patroloffice, note="已召回")
    other.refresh_from_db()
    assert (other.state, other.ends_on) == ("recalled", moment.today())
    # And somebody who served before there were terms gets one that is linked, not a second person.
    old = field_makers.villager(people, "陈驻村", role="member")
    page = text(web(people.inspector1).get(old.get_absolute_url()))
    assert f"/responsibilities/new/?person={old.public_id}" in page
    form = text(web(people.inspector1).get(f"/responsibilities/new/?person={old.public_id}"))
    assert 'value="陈驻村"' in form
    linked = makers.term(people, "team_member", name="陈驻村", starts_on=old.starts_on)
    assert (linked.village_person, VillagePerson.objects.filter(name="陈驻村").count()) == (old, 1)


def test_a_term_entered_by_mistake_counts_for_no_day(people):
    row = makers.term(people, "party_head", factories.TOWN, "李镇")
    services.void(row, by=people.inspector1, note="登记错误")
    assert "李镇" not in text(
        web(people.inspector1).get(f"/responsible/?region={factories.TOWN}&on=2026-01-05")
    )
    again = makers.term(people, "party_head", factories.TOWN, "李正")
    after = services.succeed(
        again, by=people.inspector1, name="石镇", home_unit=again.home_unit, starts_on=date(2026, 1, 1)
    )
    with pytest.raises(WrongState):
        services.void(again, by=people.inspector1, note="登记错误")
    services.void(after, by=people.inspector1, note="登记错误")
    assert (
        services.amend(
            makers.term(people, "sector", factories.QINGHE, "孙局", duty="产业"),
            by=people.inspector1,
            duty="教育",
        ).duty
        == "教育"
    )


def test_a_place_that_was_merged_says_so(people):
    old = makers.every_level(people)["first"]
    town = Region.objects.get(code=factories.TOWN)
    new = Region.objects.create(
        code="990101101205", name="石桥新村", level=5, parent=town, path_name=f"{town.path_name} / 石桥新村"
    )
    Region.objects.filter(pk=factories.VILLAGE).update(ends_on=date(2026, 6, 30), successor=new)
    seen = web(people.secretary)
    page = text(seen.get(new.get_absolute_url()))
    assert "周驻村" in page
    assert "撤并前（石桥坳村）" in page
    assert "撤并前：已于 2026-06-30 撤销，并入石桥新村" in text(seen.get(old.get_absolute_url()))
    assert (
        refusal(lambda: makers.term(people, "village_head", name="石村", starts_on=date(2026, 7, 1))).field
        == "region"
    )
