"""Three natural persons, none on the other side; every reason at once; opening again is the leaders' right."""

from datetime import timedelta

import pytest

from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, Several
from povertyaudit.core.models import Post, Recusal, Role
from rectification import services
from tests import factories
from tests.rectification import makers
from tests.rectification.makers import SEEN, again, api, at, second_account


def refused(service, item, by, **said):
    with pytest.raises(NotAllowed) as found:
        service(again(item), by=by, **said)
    return found.value


def post(account, role, unit, *, since, until=None):
    """One more post of the account, held for a time."""
    made = Post.objects.create(
        user=account, unit=unit, role=role, region=account.current_posts()[0].region, starts_on=since, ends_on=until
    )  # fmt: skip
    return factories.fresh(account), made


def test_who_acted_for_the_other_side_does_not_sign(cast, client, time_machine_at):
    item = at(cast, "sector_reviewed")
    today, room = moment.today(), cast.inspector1.current_posts()[0].unit
    # the liaison who reported, now with an account in the room that verifies
    twin = second_account(cast.official, Role.SUPERVISION, room, username="twin")
    found = refused(services.verify, item, twin)
    assert (found.code, f"您已于 {today} 就本事项办理过签收" in found.message) == (
        "close_out.other_side",
        True,
    )
    told = api(client, twin).get(f"items/{item.public_id}/").json()["missing"]
    assert found.message in [one["message"] for one in told]  # before he presses
    assert api(client, twin).post(f"items/{item.public_id}/verify/").json()["code"] == "close_out.other_side"
    # held a post of the unit for a time while the item was theirs, without doing anything on it
    lent, acting = post(cast.inspector2, Role.LIAISON, cast.town, since=today, until=today)
    with time_machine_at(days=1):
        found = refused(services.verify, item, factories.fresh(lent))
        assert f"您自 {today} 起任{cast.town.name}" in found.message
    acting.delete()
    # who once reviewed, before it was sent back, does not verify what another reviewed
    services.send_back(item, by=cast.inspector2, note="补充照片")
    services.add_result(item, by=cast.official, text="补充")
    services.apply(again(item), by=cast.unithead)
    other = factories.user(Role.SECTOR, unit=cast.bureau, username="sector2")
    services.review(again(item), by=other)
    moved = second_account(cast.sector, Role.SUPERVISION, room, username="moved")
    assert "牵头单位审核" in refused(services.verify, item, moved).message
    # standing aside from the lead or the item is standing aside
    Recusal.objects.create(
        person=cast.inspector1.person, target_label="rectification.item", target_id=item.pk, reason="亲属",
        declared_by=cast.casemgr,
    )  # fmt: skip
    assert refused(services.verify, item, cast.inspector1).code == "close_out.recused"
    assert services.verify(again(item), by=factories.fresh(cast.inspector2), **SEEN).state == "closed"


def test_the_applicant_is_not_of_those_who_verify(cast):
    item = at(cast, "rectifying")
    both = second_account(cast.inspector1, Role.UNIT_HEAD, cast.town, username="both")
    assert "办理过登记" in refused(services.apply, item, both).message
    held = second_account(cast.inspector2, Role.UNIT_HEAD, cast.town, username="held")
    assert "复核验收的一方" in refused(services.apply, item, held).message
    services.apply(item, by=cast.unithead)
    reporter = second_account(cast.official, Role.SECTOR, cast.bureau, username="reporter")
    assert refused(services.review, item, reporter).code == "close_out.other_side"


def test_every_reason_is_told_at_once_with_where_to_mend_it(cast, client):
    money = makers.misuse(cast, fen=70_000)
    item = at(cast, "accepted", misuses=[money])
    with pytest.raises(Several):
        services.apply(item, by=cast.unithead)
    answer = api(client, cast.unithead).post(f"items/{item.public_id}/apply/")
    told = {one["code"]: one["mend"] for one in answer.json()["errors"]}
    codes = ["no_report", "no_result", "no_evidence", "money_outstanding", "evidence_missing"]
    assert (answer.status_code, list(told)) == (422, [f"close_out.{code}" for code in codes])
    for address in told.values():
        assert client.get(address.partition("#")[0]).status_code == 200
    page = client.get(f"{item.get_absolute_url()}apply/").content.decode()
    shown = api(client, cast.unithead).get(f"items/{item.public_id}/").json()["missing"]
    for words in (
        "第 1 条措施还没有成效和佐证材料",
        "700.00 元未追缴到位",
        "还没有报过整改进展",
        "追缴票据、银行回单",
    ):
        assert words in page
        assert any(words in one["message"] for one in shown)


def test_a_closed_item_is_opened_again_by_another_leader(cast):
    item = at(cast, "sector_reviewed")
    services.verify(item, by=cast.leader, note="实地复核通过", **SEEN)
    due = moment.today() + timedelta(days=30)
    assert refused(services.reopen, item, cast.inspector2, note="反弹", due_on=due).code == "reopen.leader"
    assert "复核签署销号" in refused(services.reopen, item, cast.leader, note="反弹", due_on=due).message
    assert services.reopen(again(item), by=cast.secretary, note="反弹", due_on=due).reopened_count == 1
