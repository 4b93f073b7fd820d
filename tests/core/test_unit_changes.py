"""Units that are renamed, merged and abolished: two pairs of eyes, former names, and open work under the successor."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.core import moment, sight, unit_changes, verify
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Unit, UnitAlias, UnitChange, UnitKind, User
from tests import factories
from tests.core.machines import API, assert_refusal, machine
from tests.core.test_clock_pages import post
from tests.core.test_record import misuse
from tests.factories import fresh
from tests.rectification import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(people):
    return factories.unit("县扶贫服务中心", UnitKind.TOWNSHIP)


@pytest.fixture
def town():
    return Unit.objects.get(name="柳溪镇人民政府")


@pytest.fixture
def item(people, town):
    """An item issued to the township."""
    people.town, people.bureau = town, Unit.objects.get(name="县农业农村局")
    return makers.at(people, "issued")


@pytest.fixture
def other():
    return Unit.objects.get(name="白杨乡人民政府")


def merged(people, unit, successor, day=None):
    change = unit_changes.merge(
        unit, by=people.casemgr, successor=successor, effective_on=day or moment.today()
    )
    return unit_changes.confirm(change, by=people.secadmin)


def test_a_new_name_is_proposed_on_a_page_confirmed_by_another_and_the_old_one_still_finds_it(
    client, people, town
):
    client.force_login(people.casemgr)
    assert "更名" in client.get(town.get_absolute_url()).content.decode()
    asked = {
        "new_name": "柳城街道办事处",
        "effective_on": str(moment.today()),
        "basis": "县政府批复",
        "note": "",
    }
    assert post(client, f"{town.get_absolute_url()}rename/", asked).status_code == 302
    change = UnitChange.objects.get()
    assert post(client, f"{change.get_absolute_url()}confirm/", {"note": ""}).status_code == 403
    client.force_login(people.secadmin)
    assert "待确认的单位变更" in client.get("/").content.decode()
    assert "柳城街道办事处" in client.get("/unit-changes/").content.decode()
    assert post(client, f"{change.get_absolute_url()}confirm/", {"note": ""}).status_code == 302
    town.refresh_from_db()
    assert town.name == "柳城街道办事处"
    assert UnitAlias.objects.get(unit=town).valid_to == moment.today() - timedelta(days=1)
    found = client.get("/choose/units/?q=柳溪镇人民").json()["results"]
    assert [row["text"] for row in found] == ["柳城街道办事处"]
    row = machine(people.casemgr).get(f"{API}units/?q=柳溪镇人民").json()["results"][0]
    assert (row["name"], row["former_names"][0]["name"]) == ("柳城街道办事处", "柳溪镇人民政府")
    assert "柳溪镇人民政府" in client.get("/units/?q=柳溪").content.decode()
    assert verify.verify().broken == []


def test_open_work_of_a_merged_unit_goes_on_under_its_successor(client, people, town, other, item):
    assert not type(item).objects.visible_to(people.otherofficial).filter(pk=item.pk).exists()
    merged(people, town, other)
    heir = fresh(people.otherofficial)
    assert type(item).objects.visible_to(heir).filter(pk=item.pk).exists()
    client.force_login(heir)
    assert "签收" in client.get(item.get_absolute_url()).content.decode()
    assert machine(heir).post(f"{API}items/{item.public_id}/accept/", {}, format="json").status_code == 200
    town.refresh_from_db()
    assert (town.state, town.successor) == ("ended", other)
    assert people.otherofficial in User.objects.holding(["liaison"], unit=town)
    assert sight.seers(item, [heir]) == [heir]
    assert str(heir.home) in client.get("/").content.decode()


def test_scope_follows_the_chain_of_successors(people, town, other, centre):
    row = misuse(people.finance)
    merged(people, town, centre)
    merged(people, centre, other)
    other.refresh_from_db()
    assert set(other.predecessor_ids) == {town.pk, centre.pk}
    assert {town.pk, centre.pk, other.pk} == fresh(people.otherofficial).unit_ids
    assert town.pk in town.heirs()
    assert Unit.objects.get(pk=town.pk).heirs() == [town.pk, centre.pk, other.pk]
    assert type(row).objects.visible_to(fresh(people.otherofficial)).filter(pk=row.pk).exists()


def test_an_ended_unit_is_no_longer_offered_and_refused_over_rest(client, people, town, other):
    merged(people, town, other)
    client.force_login(people.casemgr)
    assert client.get("/choose/units/?q=柳溪镇").json()["results"] == []
    body = {
        "title": "挪用", "kind": "DIVERT", "amount_fen": 100, "description": "情况", "how_found": "finance",
        "responsible_unit": town.public_id,
    }  # fmt: skip
    assert_refusal(machine(people.finance).post(f"{API}misuses/", body, format="json"), 400)
    assert "柳溪镇人民政府" in client.get("/units/?tab=ended").content.decode()


def test_a_change_is_not_confirmed_before_its_day(people, town, time_machine):
    later = moment.today() + timedelta(days=3)
    api = machine(people.casemgr)
    made = api.post(
        f"{API}units/{town.public_id}/rename/",
        {"new_name": "新名", "effective_on": str(later)},
        format="json",
    )
    assert made.status_code == 201, made.json()
    officer = machine(people.secadmin)
    address = f"{API}unit-changes/{made.json()['id']}/confirm/"
    assert_refusal(officer.post(address, {}, format="json"), 422)
    time_machine.move_to(f"{later}T09:00:00+08:00")
    assert machine(people.secadmin).post(address, {}, format="json").json()["state"] == "confirmed"
    town.refresh_from_db()
    assert town.name == "新名"


def test_a_refused_change_leaves_the_unit_as_it_was(people, town):
    change = unit_changes.abolish(town, by=people.casemgr, effective_on=moment.today())
    api = machine(people.secadmin)
    assert_refusal(api.post(f"{API}unit-changes/{change.public_id}/refuse/", {}, format="json"), 422)
    said = api.post(f"{API}unit-changes/{change.public_id}/refuse/", {"note": "依据不足。"}, format="json")
    assert said.json()["state"] == "refused"
    assert Unit.objects.get(pk=town.pk).state == "current"


def test_a_unit_with_open_periods_is_merged_not_abolished(people, town, item):
    answer = machine(people.casemgr).post(
        f"{API}units/{town.public_id}/abolish/", {"effective_on": str(moment.today())}, format="json"
    )
    assert_refusal(answer, 422)


@pytest.mark.parametrize(
    ("verb", "wrong"),
    [("rename", {"new_name": "柳溪镇人民政府"}), ("rename", {"new_name": ""}), ("rename", {"new_name": "长" * 101}),
     ("merge", {"successor": "县财政局"}), ("merge", {"successor": "柳溪镇人民政府"}), ("merge", {"successor": "无此单位"}),
     ("merge", {"successor": "松涛镇人民政府"}), ("rename", {"effective_on": "昨天"})],
)  # fmt: skip
def test_bad_input_is_answered_with_a_sentence(people, town, verb, wrong):
    good = {"rename": {"new_name": "新名"}, "merge": {"successor": "白杨乡人民政府"}}[verb]
    body = {"effective_on": str(moment.today())} | good | wrong
    answer = machine(people.casemgr).post(f"{API}units/{town.public_id}/{verb}/", body, format="json")
    assert answer.status_code in {400, 422}
    assert "。" in answer.json()["message"]


@pytest.mark.parametrize(("name", "status"), [("official", 403), ("secadmin", 403), ("neighbour", 404)])
def test_nobody_else_proposes(people, town, name, status):
    body = {"new_name": "新名", "effective_on": str(moment.today())}
    answer = machine(getattr(people, name)).post(f"{API}units/{town.public_id}/rename/", body, format="json")
    assert answer.status_code == status


def test_proposals_are_seen_by_those_who_keep_the_units_alone(client, people, town):
    change = unit_changes.abolish(town, by=people.casemgr, effective_on=moment.today())
    for name, shown in (("secadmin", True), ("official", False)):
        client.force_login(getattr(people, name))
        assert (town.public_id in client.get("/units/?tab=changing").content.decode()) is shown
    for name in ("official", "neighbour", "inspector1"):
        assert machine(getattr(people, name)).get(f"{API}unit-changes/{change.public_id}/").status_code == 404


def test_the_database_holds_two_persons_and_a_named_successor(people, town, other):
    change = unit_changes.abolish(town, by=people.casemgr, effective_on=moment.today())
    rows = UnitChange.objects.filter(pk=change.pk)
    for wrong in (
        {"state": "confirmed"}, {"state": "confirmed", "confirmed_by": people.casemgr}, {"act": "merge"},
        {"new_name": "新名"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=town.pk).update(successor=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=town.pk).update(successor=town, ends_on=date(2026, 1, 1))


def test_a_unit_without_predecessors_costs_no_query_more(people, django_assert_num_queries):
    official = fresh(people.official)
    with django_assert_num_queries(1):
        assert official.unit_ids


@pytest.mark.parametrize("swapped", [False, True])
def test_a_unit_takes_no_name_another_bore_but_may_take_back_its_own(people, town, other, swapped):
    """Whichever of the two comes first in the table."""
    other.region = town.region
    other.save(update_fields=["region"])
    town, other = (other, town) if swapped else (town, other)
    UnitAlias.objects.create(unit=other, name="柳林公社")
    UnitAlias.objects.create(unit=town, name="柳溪公社")
    day = moment.today()
    with pytest.raises(RuleBroken, match="曾用名") as refusal:
        unit_changes.rename(town, by=people.casemgr, new_name="柳林公社", effective_on=day)
    assert refusal.value.field == "new_name"
    change = unit_changes.rename(town, by=people.casemgr, new_name="柳溪公社", effective_on=day)
    UnitAlias.objects.create(unit=other, name="柳溪公社")
    with pytest.raises(RuleBroken, match="不予确认"):
        unit_changes.confirm(change, by=people.secadmin)
    UnitAlias.objects.filter(unit=other, name="柳溪公社").delete()
    unit_changes.confirm(change, by=people.secadmin)
    town.refresh_from_db()
    assert town.name == "柳溪公社"


def test_the_heading_says_which_unit_and_what_becomes_of_it(client, people, town):
    change = unit_changes.rename(
        town, by=people.casemgr, new_name="柳城街道办事处", effective_on=moment.today()
    )
    client.force_login(people.casemgr)
    for row, heading in (
        (town, "柳溪镇人民政府"),
        (change, f"柳溪镇人民政府更名为柳城街道办事处，自 {moment.today()} 起"),
    ):
        assert f"<h1>{heading}</h1>" in client.get(row.get_absolute_url()).content.decode()
