"""Whoever has the right post still stands on the wrong side, or comes too early: refused in words."""

from datetime import date, timedelta

import pytest

from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, Several, WrongState
from rectification import services
from rectification.models import Result
from rectification.services import escalating, escalation_letters
from tests.factories import fresh
from tests.rectification.makers import again, at
from tests.rectification.test_periods import at_day


def refused(code, act, *args, **said):
    """The act is refused with this code."""
    with pytest.raises((NotAllowed, RuleBroken, Several, WrongState)) as found:
        act(*args, **said)
    errors = getattr(found.value, "errors", [found.value])
    assert code in {one.code for one in errors}, [one.message for one in errors]


def test_changes_are_decided_and_taken_over_by_those_they_concern(cast):
    """巡察办 holds a deciding post, but not over what an audit found; the former unit takes nothing over."""
    item = at(cast, "accepted", measures=2)
    other = cast.otherhead.current_posts()[0].unit
    services.request_transfer(item, by=cast.inspector1, kind="main", new_unit=other, reason="职责调整")
    refused("change.decides", services.decide_transfer, item, by=cast.patroloffice, granted=True)
    services.decide_transfer(again(item), by=cast.inspector2, granted=True)
    refused("handover.unit", services.accept_transfer, again(item), by=cast.official)
    refused(
        "regroup.change_waits",
        services.request_merge,
        again(item),
        by=cast.inspector1,
        into=item,
        reason="并",
    )
    services.accept_transfer(again(item), by=cast.otherofficial)
    parts = [{"problem": "甲", "measures": [1]}, {"problem": "乙", "measures": [2]}]
    services.request_split(again(item), by=cast.inspector1, parts=parts, reason="分开")
    refused("regroup.decides", services.decide_regrouping, again(item), by=cast.patroloffice, granted=True)
    refused("regroup.same_person", services.decide_regrouping, again(item), by=cast.inspector1, granted=True)
    refused(
        "request_split.state",
        services.request_split,
        again(item),
        by=cast.otherhead,
        parts=parts,
        reason="再",
    )
    refused(
        "close_out.regrouping_waits",
        services.mark_long_term,
        again(item),
        by=cast.inspector2,
        stage_goal="常抓",
    )
    refused("close_out.regrouping_waits", services.apply, again(item), by=cast.otherhead)


def test_a_published_item_is_closed_in_time_by_what_was_signed(cast, time_machine_at):
    """Not before the days are over, not while its content differs, the objection not answered by who is objected to."""
    item = at(cast, "public_notice")
    refused("close.period", services.close, item, by=cast.inspector1)
    services.register_objection(again(item), by=cast.casemgr, received_on=moment.today(), text="款未到户")
    one = item.objections.get()
    refused(
        "objection.verifier",
        services.dismiss_objection,
        again(item),
        by=cast.inspector2,
        objection=one,
        note="否",
    )
    refused(
        "objection.body",
        services.dismiss_objection,
        again(item),
        by=cast.patroloffice,
        objection=one,
        note="否",
    )
    with time_machine_at(days=9):
        refused("close.objection", services.close, again(item), by=fresh(cast.inspector1))
        services.dismiss_objection(again(item), by=fresh(cast.leader), objection=one, note="已到户")
        refused("dismiss_objection.state", services.dismiss_objection, again(item), by=fresh(cast.leader),
                objection=one, note="已到户")  # fmt: skip
        kept = Result.objects.filter(item=item).first()
        Result.objects.filter(pk=kept.pk).update(text="另一句")  # beside the system
        refused("close.void_verification", services.close, again(item), by=fresh(cast.inspector1))
        Result.objects.filter(pk=kept.pk).update(text=kept.text)
        services.close(again(item), by=fresh(cast.inspector1))
        services.archive(again(item), by=fresh(cast.inspector1), pages=3, place="1 柜")
        refused(
            "archive.state", services.archive, again(item), by=fresh(cast.inspector1), pages=3, place="1 柜"
        )


def test_letters_are_signed_and_answered_by_those_they_concern_and_nothing_is_applied_for_empty(cast):
    with at_day(date(2026, 11, 2)):
        item = at(cast, "accepted", days=10)
        empty = at(cast, "accepted", measures=0)
        refused("close_out.no_measures", services.apply, empty, by=cast.unithead)
        refused("close_out.no_report", services.apply, empty, by=cast.unithead)
    with at_day(date(2026, 11, 23)):
        escalating.take_batch([item.pk], date(2026, 11, 23))
        letter = item.escalations.get()
        refused("item.in_charge", escalation_letters.send, letter, by=fresh(cast.patroloffice))
        escalation_letters.send(letter, by=fresh(cast.inspector1))
        refused(
            "escalation.addressee", escalation_letters.reply, letter, by=fresh(cast.otherhead), text="已办"
        )
        escalation_letters.reply(letter, by=fresh(cast.unithead), text="月底完成。")
        services.pause_pressing(item, by=fresh(cast.leader), until=date(2026, 12, 20), note="停工")
        refused("pause_pressing.state", services.pause_pressing, again(item), by=fresh(cast.leader),
                until=moment.today() + timedelta(days=5), note="停工")  # fmt: skip
        services.resume_pressing(again(item), by=fresh(cast.leader))
        refused("resume_pressing.state", services.resume_pressing, again(item), by=fresh(cast.leader))
