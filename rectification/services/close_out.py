"""申请、审核、复核、退回、重新打开: three persons sign one item off, and what happens when they do not."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from povertyaudit.core import clocks, moment, reasons, signing
from povertyaudit.core.errors import DomainError, RuleBroken
from povertyaudit.core.models import Clock, Purpose, Role, Row, User
from rectification.models import Completion, Item, RequestState, SentBack, State, Step
from rectification.services import periods, publishing, verifying
from rectification.services.stages import done_by, dropped
from rectification.services.telling import addressees, holders, reviewers, tell, unit_people, verifiers
from rectification.services.work import STAGE_CLOCK
from rectification.workflow import ITEM, pending_request
from rectification.workflow.changes import picture
from rectification.workflow.extending import RECTIFY_CLOCK
from rectification.workflow.simple import not_simple

REVIEW_CLOCK, VERIFY_CLOCK = "item.review", "item.verify"


@transaction.atomic
def apply(item: Item, *, by: User, note: str = "", expected_version: int | None = None) -> Item:
    """申请销号, signed by the head of the main unit. Pressed again when a signature no longer holds.

    Raises NotAllowed, WrongState, RuleBroken/Several (措施、成效、佐证、资金、进展报告、未报的定期报告).
    """
    row = ITEM.begin(item, "apply", by=by, note=note, expected_version=expected_version)
    saved: list[Row] = [*_voided(row, by, "item.apply"), *dropped(row)]
    request = pending_request(row)
    if request is not None:
        request.state = RequestState.WITHDRAWN
        saved.append(request)
    saved.append(_signature(row, Step.APPLY, by, note))
    changes = {
        "applicant": by.person, "reviewer": None, "completion": Completion.DONE, "unfinished_reason": "",
    }  # fmt: skip
    facts = _stop(row, "item.apply", STAGE_CLOCK, REVIEW_CLOCK, VERIFY_CLOCK)
    facts |= _start(row, REVIEW_CLOCK, "申请销号", holders=reviewers(row), unit=row.lead_unit)
    done: Item = ITEM.finish(row, "apply", by=by, note=note, changes=changes, saved=saved, facts=facts)
    periods.lapse(row, "item.apply", by=by)
    tell(done, reviewers(row), "已申请销号，请审核。")
    return done


@transaction.atomic
def review(item: Item, *, by: User, note: str = "", expected_version: int | None = None) -> Item:
    """牵头单位审核 and signature. Raises RuleBroken when the applicant's signature no longer holds."""
    row = ITEM.begin(item, "review", by=by, note=note, expected_version=expected_version)
    facts = _stop(row, "item.review", REVIEW_CLOCK)
    facts |= _start(row, VERIFY_CLOCK, "牵头单位审核", holders=verifiers(row), unit=row.body_unit)
    saved = [*_voided(row, by, "item.review", Step.REVIEW), _signature(row, Step.REVIEW, by, note)]
    done: Item = ITEM.finish(
        row, "review", by=by, note=note, changes={"reviewer": by.person}, saved=saved, facts=facts
    )
    tell(done, verifiers(row), "牵头单位已审核，请复核验收。")
    return done


@transaction.atomic
def verify(item: Item, *, by: User, note: str = "", expected_version: int | None = None, **how: Any) -> Item:
    """复核验收 and signature: the item is closed, or published first where that was decided (公示中).

    Verified later than `due_on` it stays visible as 逾期销号.

    `how` states at least one way (`verifying.STATED`): documents_on, documents_found; site_on, site_place, site_found;
    asked_on, asked_place, asked_whom, asked_found. It is signed with the item. Raises NotAllowed, WrongState,
    RuleBroken/Several with everything that stands in the way.
    """
    return _verified(item, by, note, expected_version, how)


@transaction.atomic
def verify_simple(
    item: Item, *, by: User, note: str = "", expected_version: int | None = None, **how: Any
) -> Item:
    """`verify` for one of many ticked items: the same signature, record line and statement, refused for what is not
    simple (money, sent back, opened again, published, many measures)."""
    return _verified(item, by, note, expected_version, how, not_simple(item))


def _verified(
    item: Item, by: User, note: str, expected_version: int | None, how: Mapping[str, Any],
    also: Iterable[DomainError] = (),
) -> Item:  # fmt: skip
    stated = [*also, *verifying.not_stated(item, how)]
    row = ITEM.begin(item, "verify", by=by, note=note, expected_version=expected_version, also=stated)
    ways = verifying.ways_of(how)
    signed = {"ways": sorted(way.as_signed() for way in ways)}
    signature = _signature(row, Step.VERIFY, by, note, beside=signed)
    today = moment.today()
    saved: list[Row] = [
        *_voided(row, by, "item.verify", Step.VERIFY),
        signature,
        *verifying.under(signature, ways),
    ]
    late = done_by(row, today) > row.due_on  # asked while the clocks run
    stopped = clocks.stop_all(row, today, "item.verify")
    facts = {key: pair for change in stopped for key, pair in change.changes.items()}
    changes: dict[str, Any]
    if row.publication:
        period, started = publishing.begin(row, by=by, late=late)
        changes, facts = {"verifier": by.person, "state": State.PUBLIC_NOTICE}, facts | started
        saved.append(period)
    else:
        made, changes = publishing.closing(row, by.person, today, late=late)
        saved.append(made)
    done: Item = ITEM.finish(row, "verify", by=by, note=note, changes=changes, saved=saved, facts=facts)
    if not row.publication:
        periods.settle(done, by=by)
        publishing.told(done)
    else:
        tell(
            done, [*unit_people(row), row.leading_leader], f"已复核，公示到 {period.ends_on}，无异议的销号。"
        )
    return done


@transaction.atomic
def send_back(
    item: Item, *, by: User, note: str = "", reason_code: str = "", expected_version: int | None = None
) -> Item:
    """退回补充 with reasons: back to 整改中. The signatures stay to be seen, void."""
    row = ITEM.begin(item, "send_back", by=by, note=note, expected_version=expected_version)
    saved = _stamped(row.signatures.filter(voided_at=None), by, "item.send_back")
    changes: dict[str, Any] = {"applicant": None, "reviewer": None, "completion": Completion.ONGOING}
    facts = reasons.facts(Purpose.SEND_BACK, reason_code)
    kept = SentBack(
        item=row, no=row.sent_back.count() + 1, sent_back_by=by, sent_back_on=moment.today(), opinion=note,
        reason_code=facts.get("reason_code", ""), reason_name=facts.get("reason_name", ""), content=picture(row),
    )  # fmt: skip
    saved.append(kept)
    facts |= _stop(row, "item.send_back", REVIEW_CLOCK, VERIFY_CLOCK)
    changes |= _dated_again(row)
    done: Item = ITEM.finish(row, "send_back", by=by, note=note, changes=changes, saved=saved, facts=facts)
    periods.revive(done, by=by)
    tell(done, unit_people(row), "销号申请已退回，请按意见补充整改后重新申请。")
    return done


@transaction.atomic
def reopen(
    item: Item, *, by: User, note: str = "", due_on: date | None = None, expected_version: int | None = None
) -> Item:
    """重新打开 a closed item (反弹) or take one back from 长期坚持, with a new date. The old closing record stays."""
    row = ITEM.begin(item, "reopen", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    if due_on is None or due_on <= today:
        raise RuleBroken("reopen.due_on", "请填写新的整改时限，应晚于今天。", field="due_on")
    was_closed = row.state == State.CLOSED
    saved = _stamped(row.signatures.filter(voided_at=None), by, "item.reopen")
    closing = row.closings.filter(reopened_on=None).first()
    if closing is not None:
        closing.reopened_on, closing.reopen_reason = today, note
        saved.append(closing)
    saved += dropped(row)
    facts = _stop(row, "item.reopen", STAGE_CLOCK)
    clock = clocks.start(
        row, RECTIFY_CLOCK, on=today, event="重新打开", due_on=due_on, reason=note, by=by, **addressees(row)
    )
    facts["clock.item.rectify"] = (None, clock.due_on)
    changes = {
        "applicant": None, "reviewer": None, "verifier": None, "closed_on": None, "closed_late": False,
        "reopened_count": row.reopened_count + was_closed, "completion": Completion.ONGOING, "due_on": clock.due_on,
        "next_stage_on": None, "at_work_since": today, "archived_on": None,
    }  # fmt: skip
    done: Item = ITEM.finish(row, "reopen", by=by, note=note, changes=changes, saved=saved, facts=facts)
    tell(done, [*unit_people(row), row.leading_leader], f"已重新打开，请于 {row.due_on} 前整改到位。")
    return done


def _signature(item: Item, step: str, by: User, opinion: str, beside: Any = None) -> Any:
    return signing.sign(item, step, by=by, role=ITEM.acting_role(step, by), opinion=opinion, beside=beside)


def _voided(item: Item, by: User, verb: str, *steps: str) -> list[Row]:
    """Stamp what is signed anew: every standing signature, or those of the given steps."""
    rows = item.signatures.filter(voided_at=None)
    return _stamped(rows.filter(step__in=steps) if steps else rows, by, verb)


def _stamped(signatures: Any, by: User, verb: str) -> list[Row]:
    found = list(signatures)
    for signature in found:
        signature.voided_at, signature.voided_by, signature.voided_verb = moment.now(), by, verb
    return found


def _stop(item: Item, verb: str, *codes: str) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for code in codes:
        stopped = clocks.stop(item, code, moment.today(), verb)
        facts |= stopped.changes if stopped else {}
    return facts


def _start(item: Item, code: str, event: str, *, holders: list[User], unit: Any) -> dict[str, Any]:
    """A clock of whoever has the item in hand now; the rectification clock runs on beside it."""
    clock = clocks.start(
        item, code, on=moment.today(), event=event, owner_unit=unit, owner_user=next(iter(holders), None),
        head_user=head_of(unit), leader_user=item.leading_leader, body_unit=item.body_unit,
    )  # fmt: skip
    return {f"clock.{code}": (None, clock.due_on)}


def head_of(unit: Any) -> User | None:
    return next(iter(holders(unit, Role.UNIT_HEAD)), None)


def _dated_again(item: Item) -> dict[str, Any]:
    """An item applied for out of 长期坚持 has no running date: sent back, it gets one by the rule in force."""
    if Clock.objects.of(item).open().filter(code=RECTIFY_CLOCK).exists():
        return {}
    clock = clocks.start(item, RECTIFY_CLOCK, on=moment.today(), event="销号申请退回", **addressees(item))
    return {"due_on": clock.due_on, "next_stage_on": None}
