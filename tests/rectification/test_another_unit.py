"""Another unit answers for an item: by a decision, or because its own is no more."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.core import moment, unit_changes
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Clock, Notification, Unit
from povertyaudit.core.verify import verify
from rectification import services
from rectification.models import Arrangement, Item
from rectification.services import opening_periods, periods
from tests import factories
from tests.core.test_clock_pages import post
from tests.rectification import makers
from tests.rectification.makers import again, api, at
from tests.rectification.test_periods import BEGIN, at_day


def test_another_main_unit_takes_over_or_gives_back(cast, client):
    """Asked by the unit on the page, decided by another over the API; told, taken over or given back within days."""
    other = cast.otherhead.current_posts()[0].unit
    item = at(cast, "accepted", days=40)
    url, path = item.get_absolute_url(), f"items/{item.public_id}/"
    with pytest.raises(RuleBroken, match="变更单位") as refused:
        services.edit(item, by=cast.inspector1, main_unit=other)
    assert refused.value.field == "main_unit"
    client.force_login(cast.inspector1)
    assert 'name="main_unit"' not in client.get(f"{url}edit/").content.decode()
    client.force_login(cast.official)
    asked = {"kind": "main", "new_unit": other.public_id, "reason": "项目已移交白杨乡管理。"}
    said = post(client, f"{url}request_transfer/", asked | {"new_unit": cast.town.public_id})
    assert "就是现在的单位" in said.content.decode()
    assert other.name in said.content.decode()  # offered, though the asker's own search does not reach it
    assert post(client, f"{url}request_transfer/", asked).status_code == 302
    assert Item.objects.visible_to(cast.inspector1).waiting_for(cast.inspector1).get() == item
    twice = api(client, cast.casemgr).post(f"{path}request_transfer/", asked)
    assert (twice.status_code, twice.json()["code"]) == (409, "request_transfer.state")
    services.request_extension(item, by=cast.official, until=item.due_on + timedelta(days=5), reason="汛期")
    past = api(client, cast.inspector1).post(
        f"{path}decide_transfer/", {"granted": True, "due_on": "2020-01-01"}
    )
    assert (past.status_code, past.json()["field"]) == (422, "due_on")
    client.force_login(cast.inspector1)
    assert "项目已移交白杨乡管理。" in client.get(f"{url}decide_transfer/").content.decode()
    shown = api(client, cast.inspector1).post(f"{path}decide_transfer/", {"granted": True}).json()
    assert (shown["units"][0]["name"], shown["due_on"]) == (other.name, str(item.due_on))
    assert shown["arrangements"][0]["state"] == "offered"
    assert item.extension_requests.get().state == "withdrawn"
    assert Notification.objects.filter(user=cast.otherhead, number=item.number).exists()
    assert not Item.objects.visible_to(cast.official).filter(pk=item.pk).exists()
    assert Clock.objects.of(item).get(code="item.handover").owner_unit == other
    with pytest.raises(RuleBroken, match="待接收"):
        makers.services.apply(again(item), by=factories.fresh(cast.otherhead))
    client.force_login(cast.otherhead)
    assert post(client, f"{url}return_transfer/", {"note": "不属本乡职责。"}).status_code == 302
    row = again(item)
    assert (row.main_unit, row.arrangements.get().state) == (cast.town, "returned")
    assert "不属本乡职责。" in client.get(url).content.decode() or client.get(url).status_code == 404
    makers.handed(cast, row, other, keeps_old=True)
    assert api(client, cast.otherofficial).post(f"{path}accept_transfer/", {}).status_code == 200
    assert {unit.unit for unit in again(item).units.all()} == {other, cast.town}
    assert [one.state for one in again(item).arrangements.all()] == ["accepted", "returned"]
    assert verify().broken == []


def test_the_lead_unit_changes_with_a_new_date_and_nobody_decides_his_own(cast, client, time_machine_at):
    bureau = makers.department("县水利局")
    water = factories.user("sector", unit=bureau, region=factories.QINGHE, username="water")
    item = at(cast, "rectifying")
    services.request_transfer(item, by=cast.inspector1, kind="lead", new_unit=bureau, reason="职能划转")
    with pytest.raises(NotAllowed) as refused:
        services.decide_transfer(item, by=cast.inspector1, granted=True)
    assert refused.value.code == "change.same_person"
    with pytest.raises(RuleBroken, match="理由"):
        services.decide_transfer(item, by=cast.leader, granted=False)
    later = item.due_on + timedelta(days=30)
    row = services.decide_transfer(item, by=cast.leader, granted=True, due_on=later)
    assert (row.lead_unit, row.due_on) == (bureau, later)
    assert Item.objects.visible_to(water).waiting_for(water).get() == item
    change = Arrangement.objects.get()
    for broken in (
        {"reason": ""}, {"new_unit": change.old_unit}, {"decided_by": change.asked_by}, {"decided_on": None},
        {"state": "accepted"}, {"answered_on": moment.today()},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Arrangement.objects.filter(pk=change.pk).update(**broken)
    change.pk, change.public_id = None, "x" * 22
    with pytest.raises(IntegrityError), transaction.atomic():
        change.save()
    with time_machine_at(days=10):
        late = factories.fresh(water)
        with pytest.raises(RuleBroken, match="视为已经接收"):
            services.return_transfer(item, by=late, note="不属本局")
    assert services.accept_transfer(again(item), by=water).lead_unit == bureau


def merged(cast, unit, successor):
    change = unit_changes.merge(unit, by=cast.casemgr, successor=successor, effective_on=moment.today())
    return unit_changes.confirm(change, by=cast.secadmin)


def test_an_item_goes_on_with_the_unit_its_own_was_merged_into(cast, client):
    """Items, reports, requests and clocks follow, on the record; what was signed stays signed, the next head signs next."""
    other = cast.otherhead.current_posts()[0].unit
    with at_day(BEGIN):
        item = at(cast, "sector_reviewed", days=120)
        working = at(cast, "accepted", days=120)
        closed = at(cast, "closed", days=120)
        services.request_extension(
            working, by=cast.official, until=working.due_on + timedelta(days=9), reason="汛期"
        )
    with at_day(date(2026, 12, 1)):
        opening_periods.open_batch([working.pk], date(2026, 12, 1))
        report = working.period_reports.get()
        periods.fill(report, by=cast.official, text="已核对名单。")
        merged(cast, cast.town, other)
        heir = factories.fresh(cast.otherhead)
        for row in (item, working):
            assert again(row).main_unit == other
            entry = next(one for one in makers.history(row) if one.verb == "item.follow_unit")
            assert entry.changes["unit"] == [cast.town.name, other.name]
        assert again(closed).main_unit == cast.town  # what is done was done by the unit of then
        assert all(one.voided_at is None for one in item.signatures.all())
        report.refresh_from_db()
        assert (report.unit, report.state, report.text) == (other, "submitted", "已核对名单。")
        assert Clock.objects.of(report).running().get().head_user == heir
        assert Clock.objects.of(working).running().get().owner_unit == other
        assert periods.sign(report, by=heir).signed_by == heir
        services.decide_extension(working, by=cast.inspector1, granted=True)
        assert api(client, heir).get(f"items/?unit={other.public_id}").json()["results"][0]["number"]
        services.verify(again(item), by=cast.inspector2, **makers.SEEN)
        makers.shown_by(cast.otherofficial, again(working))
        signed = services.apply(again(working), by=heir)
        assert signed.signatures.get(voided_at=None).person == heir.person
        lead = makers.department("县乡村振兴局")
        merged(cast, cast.bureau, lead)
        assert again(working).lead_unit == lead
    assert Unit.objects.get(pk=cast.town.pk).successor == other
    assert verify().broken == []
