"""督办 states its case: why an item is late, and in whose hands the days went by; what the database refuses of it."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from povertyaudit.core import moment
from povertyaudit.core.models import Notification
from rectification import services
from rectification.models import Escalation, EscalationPause, Item, Pursuit
from rectification.services import escalation_letters as letters
from rectification.services.lateness import holder_of, stand, why
from tests.rectification import makers
from tests.rectification.makers import again, api
from tests.rectification.test_escalation import BEGIN, at_day, dec, nov, run, step


def reasons(item, day):
    fresh = again(item)
    return dict(why(fresh, stand(fresh, {}, day), day))


def test_days_with_the_reviewers_are_theirs(cast, client):
    """Ten working days of the lead unit count for it, not for the township; the body is told and summons nobody."""
    with at_day(BEGIN):
        item = makers.at(cast, "closure_applied", days=10)
    assert run(nov(15)) == 0  # the review may take until the 16th
    assert Pursuit.objects.get(item=item).latest is None
    assert run(nov(19)) == 1
    first = step(item)
    assert (first.holder, first.addressee, first.due_on, first.days_late) == ("lead", cast.bureau, nov(16), 3)
    assert "等待牵头单位审核，自 2026-11-02 起已 17 天。" in first.why
    with at_day(nov(20)):
        letters.send(first, by=cast.inspector1)
        assert not Notification.objects.filter(number=first.number, user=cast.official).exists()
        assert api(client, cast.unithead).post(
            f"escalations/{first.public_id}/reply/", {"text": "不是我们"}
        ).status_code in (403, 404)
        replied = api(client, cast.sector).post(
            f"escalations/{first.public_id}/reply/", {"text": "本周审完。"}
        )
        assert (replied.status_code, replied.json()["state"]) == (200, "replied")
        services.review(item, by=cast.sector, note="属实")
    assert run(nov(30)) == 0  # fifteen working days to verify
    assert run(dec(14)) == 1
    own = step(item)
    assert (own.holder, own.state, own.addressee, own.channel) == ("body", "told", None, "message")
    assert Notification.objects.filter(number=own.number, user=cast.leader).exists()
    assert not Notification.objects.filter(number=own.number, user__in=(cast.official, cast.sector)).exists()
    assert run(dec(30)) == 1
    assert (step(item).step, step(item).state) == ("letter", "told")
    with at_day(dec(30)):
        services.send_back(again(item), by=cast.inspector2, note="没有实例")
    with at_day(dec(31)):
        found = reasons(item, dec(31))
        assert "被退回 1 次" in found["sent_back"]
        assert "审核、复核共用 58 天" in found["sent_back"]
        assert "not_applied" in found
    assert run(dec(31)) == 1  # in the unit's hands again: from the mildest step
    assert (step(item).step, step(item).holder, step(item).addressee) == ("hint", "main", cast.town)
    with at_day(date(2027, 1, 4)):
        letters.send(step(item), by=cast.inspector1)
    assert run(date(2027, 1, 12)) == 1
    with at_day(date(2027, 1, 12)):
        services.add_result(again(item), by=cast.official, text="另有两户已补发到位。")
        services.apply(again(item), by=cast.unithead)
    assert run(date(2027, 1, 13)) == 0
    with at_day(date(2027, 1, 14)):
        services.send_back(again(item), by=cast.sector, note="没有实例")
    assert run(date(2027, 1, 15)) == 1  # an application is no way down the ladder
    assert (step(item).step, step(item).turn) == ("letter", 2)


def test_why_an_item_is_late(cast):
    with at_day(BEGIN):
        issued = makers.at(cast, "issued", days=10)
        half = makers.at(cast, "accepted", days=10, measures=3, misuses=[makers.misuse(cast)])
        bare = makers.at(cast, "accepted", days=10, measures=0)
        first, second, _ = half.measures.all()
        services.report(
            half, by=cast.official, text="已落实", measure=first, measure_done=True, files=[makers.photo()]
        )
        services.add_result(half, by=cast.official, measure=second, text="已公示")
        services.request_extension(half, by=cast.official, until=dec(30), reason="汛情")
    with at_day(nov(20)):
        assert "至今没有签收" in reasons(issued, nov(20))["not_accepted"]
        assert reasons(bare, nov(20)) == {"no_measures": "还没有制定整改措施。"}
        assert "尚未批复" in reasons(half, nov(20))["extension_pending"]
        services.decide_extension(half, by=cast.inspector2, granted=False, note="理由不充分")
        found = reasons(half, nov(20))
        assert found["no_result"] == "3 条措施中有 1 条没有成效（第 3 条）。"
        assert found["no_evidence"] == "1 条措施已有成效，等待上传佐证材料（第 2 条）。"
        assert found["extension_refused"] == "申请延期至 2026-12-30，2026-11-20 未获同意。"
        assert found["money"].endswith("1 笔共 10,000.00 元未追缴到位。")
        assert holder_of(again(half)) == "main"


def pressed(cast):
    """A letter that was sent for an item pressed ten days late, and paused since."""
    with at_day(BEGIN):
        item = makers.at(cast, "accepted", days=10)
    run(nov(15))
    with at_day(nov(16)):
        services.pause_pressing(item, by=cast.leader, until=dec(1), note="停工")
        letters.send(step(item), by=cast.inspector1)
    return step(item)


@pytest.fixture
def sent(cast):
    return pressed(cast)


def _row(row, **changes):
    Escalation.objects.filter(pk=row.pk).update(**changes)


def _again(row):
    row.pk, row.public_id, row.number = None, "x" * 22, "x"
    row.save()


BROKEN = {
    "escalation_once": _again,
    "escalation_is_late": lambda row: _row(row, days_late=0),
    "escalation_step_has_its_states": lambda row: _row(row, step="talk"),
    "escalation_sent_is_whole": lambda row: _row(row, letter_no=""),
    "escalation_received_by_somebody": lambda row: _row(row, state="received"),
    "escalation_reply_is_whole": lambda row: _row(row, reply="不知谁写的"),
    "escalation_decided_by_somebody": lambda row: _row(row, decided_on=nov(20)),
    "escalation_concluded_has_outcome": lambda row: _row(row, outcome="不知谁办的"),
    "pause_ends_after_start": lambda row: EscalationPause.objects.update(until_on=nov(1)),
    "pause_has_reason": lambda row: EscalationPause.objects.update(reason=""),
    "pause_lifted_by_somebody": lambda row: EscalationPause.objects.update(lifted_on=nov(20)),
}


def test_the_database_refuses_what_makes_no_sense(sent):
    models = (apps.get_model("rectification", name) for name in ("escalation", "escalationpause"))
    assert {one.name for model in models for one in model._meta.constraints} == set(BROKEN)
    for name, breaking in BROKEN.items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            breaking(Escalation.objects.get(pk=sent.pk))
        assert name in str(refused.value) or "UNIQUE" in str(refused.value), name


def test_nobody_outside_hears_of_it(cast, client, sent):
    with at_day(nov(17)):
        for who in (cast.neighbour, cast.otherofficial, cast.petition, cast.sysadmin):
            assert api(client, who).get(f"escalations/{sent.public_id}/").status_code == 404, who
            assert not api(client, who).get("escalations/").json()["results"]
        client.force_login(cast.countyleader)
        assert client.get("/escalations/").status_code == 200
        assert Item.objects.visible_to(cast.official).exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            Pursuit.objects.create(item=sent.item, holder="main", item_due_on=nov(12), next_on=moment.today())
        assert sent.reply_by > sent.sent_at + timedelta(days=5)
