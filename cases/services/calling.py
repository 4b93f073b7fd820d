"""扶贫专线: the verbs of a call. Who called goes into the vault and nowhere else; each caller is owed an answer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from cases.call_querysets import WORKERS
from cases.models import (
    AnswerWay,
    CallAxis,
    CallCategory,
    CallState,
    Category,
    Channel,
    HotlineCall,
    IdentityStatus,
)
from cases.services.checking import OLDEST, check_day
from cases.services.registering import register as register_lead
from cases.services.telling import leaders_of, registry_of
from cases.workflow.calls import CALL, DESK, own_desk
from povertyaudit.core import clocks, moment, notify, numbering, rows, secrecy, vault
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, WrongState, raise_all
from povertyaudit.core.models import Region, Unit, UnitKind, User
from povertyaudit.core.scope import prefix_of

PLACES = {"title": "来电摘要里", "text": "来电内容里"}
OURS = (UnitKind.ROOM, UnitKind.COMMISSION)


def may_register(by: User) -> bool:
    return bool(by.roles & DESK)


def _tell_desk(call: HotlineCall, text: str, *, by: User) -> None:
    notify.tell_of(call, User.objects.holding(DESK, unit=call.registering_unit), text, by=by)


@sensitive_variables("caller", "identity")
@transaction.atomic
def register(
    *, by: User, title: str, region: Region, category: CallCategory, text: str = "", urgent: bool = False,
    received_at: datetime | None = None, caller: Mapping[str, str] | None = None, note: str = "",
) -> HotlineCall:  # fmt: skip
    """登记来电: what it says; the caller's identity is sealed for the desk alone. Starts the period for the answer.

    Raises NotAllowed, RuleBroken/Several.
    """
    post = by.post_as(DESK)
    if post is None:
        raise NotAllowed("call.role", "专线来电由信访室登记。")
    call = HotlineCall(
        region=region, category=category, title=title, text=text, urgent=urgent,
        received_at=received_at or moment.now(), registering_unit=post.unit, registered_by=by,
    )  # fmt: skip
    identity = {name: value for name, value in (caller or {}).items() if value}
    secrecy.refuse_of(identity, {"title": title, "text": text}, desk=True)
    _check(call, post.region_id)
    call.number = numbering.take("call", post.unit.region)
    call = rows.create(call, verb="hotlinecall.register", by=by, note=note)
    received_on = moment.day_of(call.received_at)
    body = registry_of(post.unit.region_id)
    clocks.start(call, "call.answer", on=received_on, event="接到来电", owner_unit=post.unit, body_unit=body)
    if urgent:
        notify.tell_of(call, leaders_of(post.unit), "紧急来电，请查看。", by=by)
    if identity:
        vault.put(call, post.unit, identity, by=by)
    return call


def _check(call: HotlineCall, desk_region: str) -> None:
    found: list[DomainError] = []
    if call.received_at > moment.now():
        found.append(RuleBroken("call.future", "来电时间不能晚于现在，请核对。", field="received_at"))
    elif moment.day_of(call.received_at) < OLDEST:
        text = f"来电时间早于 {OLDEST.year} 年，请核对年份。"
        found.append(RuleBroken("call.absurd", text, field="received_at"))
    if not call.region_id.startswith(prefix_of(desk_region)):
        text = "只登记本县的来电；反映其他地方的，请告知来电人向当地反映。"
        found.append(RuleBroken("call.region", text, field="region"))
    category = CallCategory.objects.of_day(call.category, moment.day_of(call.received_at))
    if category is None:
        text = f"类别“{call.category.name}”在来电时没有启用，请改选。"
        found.append(RuleBroken("call.category_ended", text, field="category"))
    else:
        call.category = category
    raise_all(found)


@transaction.atomic
def transfer(
    call: HotlineCall, *, by: User, unit: Unit, due_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> HotlineCall:  # fmt: skip
    """转办 to a unit, with a clock: the rule's period (a shorter one for urgent calls), or the day named."""
    row = CALL.begin(call, "transfer", by=by, note=note, expected_version=expected_version)
    _check_unit(row, unit)
    today = moment.today()
    if due_on is not None and due_on < today:
        raise RuleBroken("transfer.due_on", "办理期限不能早于今天，请核对。", field="due_on")
    changes = {
        "unit": unit, "transferred_on": today, "signed_for_by": None, "signed_for_on": None, "reply_text": "",
        "replied_on": None,
    }  # fmt: skip
    done: HotlineCall = CALL.finish(row, "transfer", by=by, note=note, changes=changes)
    named: dict[str, Any] = {"due_on": due_on, "reason": "转办时指定", "by": by} if due_on else {}
    clocks.start(
        done, "call.handle_urgent" if done.urgent else "call.handle", on=today, event="转办", owner_unit=unit,
        body_unit=done.registering_unit, **named,
    )  # fmt: skip
    notify.tell_of(done, User.objects.holding(WORKERS, unit=unit), "专线来电已转您单位办理，请签收。", by=by)
    return done


def _check_unit(call: HotlineCall, unit: Unit) -> None:
    if not unit.region_id.startswith(call.registering_unit.region_id[:6]):
        raise RuleBroken("transfer.county", "只能转本县的单位办理，请改选。", field="unit")
    if call.category.axis == CallAxis.COMPLAINT and unit.kind not in OURS:
        text = "反映干部问题的来电不转被反映的地方和单位，请转为问题线索，或者转本机关的部门。"
        raise RuleBroken("transfer.complaint", text, field="unit")
    if unit.pk == call.registering_unit_id or not User.objects.holding(WORKERS, unit=unit).exists():
        text = f"“{unit.name}”没有可以签收的人员，请改选。"
        raise RuleBroken("transfer.nobody", text, field="unit")


def sign_for(
    call: HotlineCall, *, by: User, note: str = "", expected_version: int | None = None
) -> HotlineCall:
    """签收."""
    done: HotlineCall = CALL.apply(
        call, "sign_for", by=by, note=note, expected_version=expected_version, signed_for_by=by,
        signed_for_on=moment.today(),
    )  # fmt: skip
    return done


@transaction.atomic
def hand_back(call: HotlineCall, *, by: User, note: str, expected_version: int | None = None) -> HotlineCall:
    """退回信访室, with the reason."""
    row = CALL.begin(call, "hand_back", by=by, note=note, expected_version=expected_version)
    nothing = {"unit": None, "transferred_on": None, "signed_for_by": None, "signed_for_on": None}
    done: HotlineCall = CALL.finish(row, "hand_back", by=by, note=note, changes=nothing)
    _stop_handling(done, "hand_back")
    _tell_desk(done, "已被办理单位退回，请另行转办或者直接答复。", by=by)
    return done


@transaction.atomic
def reply(
    call: HotlineCall, *, by: User, reply_text: str, note: str = "", expected_version: int | None = None
) -> HotlineCall:
    """报告办理情况: the unit has done its part; the desk tells the caller."""
    row = CALL.begin(call, "reply", by=by, note=note, expected_version=expected_version)
    if not reply_text.strip():
        raise RuleBroken("reply.text", "请写明办理情况，供信访室回复来电人。", field="reply_text")
    changes = {"reply_text": reply_text, "replied_on": moment.today()}
    done: HotlineCall = CALL.finish(row, "reply", by=by, note=note, changes=changes)
    _stop_handling(done, "reply")
    _tell_desk(done, "办理单位已报告情况，请回复来电人。", by=by)
    return done


def _stop_handling(call: HotlineCall, verb: str) -> None:
    for code in ("call.handle", "call.handle_urgent"):
        clocks.stop(call, code, moment.today(), f"hotlinecall.{verb}")


@transaction.atomic
def answer(
    call: HotlineCall, *, by: User, answer_way: str, answer_text: str, answered_on: date | None = None,
    note: str = "", expected_version: int | None = None,
) -> HotlineCall:  # fmt: skip
    """登记回复来电人: how, when, by whom and what. Who left a way to be reached is answered himself."""
    row = CALL.begin(call, "answer", by=by, note=note, expected_version=expected_version)
    day, received_on = answered_on or moment.today(), moment.day_of(row.received_at)
    check_day(
        day, "answered_on", code="answer.date", what="回复日期", since=received_on, since_what="来电日期"
    )
    if answer_way not in AnswerWay.values:
        raise RuleBroken("answer.way", "请选择回复方式。", field="answer_way")
    if not answer_text.strip():
        raise RuleBroken("answer.text", "请写明回复内容。", field="answer_text")
    sealed = [one for one in (row, row.lead) if one]
    if row.lead is not None:
        secrecy.refuse(row.lead, {"answer_text": answer_text, "note": note}, by=by)
    if answer_way == AnswerWay.PUBLIC and any(vault.holds(one, by=by) for one in sealed):
        raise RuleBroken("answer.reachable", "来电人留有联系方式，请直接回复本人。", field="answer_way")
    changes = {
        "answer_way": answer_way, "answer_text": answer_text, "answered_on": day, "answered_by": by,
    }  # fmt: skip
    done: HotlineCall = CALL.finish(row, "answer", by=by, note=note, changes=changes)
    clocks.stop_all(done, day, "hotlinecall.answer")
    return done


@transaction.atomic
def make_lead(
    call: HotlineCall, *, by: User, category: Category | None = None, style: Category | None = None,
    amount_fen: int | None = None, subjects: Sequence[Mapping[str, Any]] = (), note: str = "",
    expected_version: int | None = None,
) -> HotlineCall:  # fmt: skip
    """转为问题线索 by the one registering verb. The caller's identity moves in the vault, typed by nobody again."""
    row: HotlineCall = CALL.begin(call, "make_lead", by=by, note=note, expected_version=expected_version)
    typed = (text for subject in subjects for text in subject.values() if isinstance(text, str))
    secrecy.refuse(row, {"subjects": "\n".join(typed)}, by=by)
    known = vault.holds(row, by=by)
    lead = register_lead(
        by=by, channel=Channel.HOTLINE, received_on=moment.day_of(row.received_at), title=row.title,
        text=row.text, region=row.region, category=category, style=style, amount_fen=amount_fen, subjects=subjects,
        identity_status=IdentityStatus.CLAIMED if known else IdentityStatus.ANONYMOUS,
        other_numbers=[{"issuer": "扶贫专线", "number": row.number or ""}],
    )  # fmt: skip
    done: HotlineCall = CALL.finish(
        row, "make_lead", by=by, note=note, changes={"lead": lead}, facts={"lead:number": lead.number}
    )
    if known:
        vault.move(done, lead, by=by)
    return done


def close(call: HotlineCall, *, by: User, note: str = "", expected_version: int | None = None) -> HotlineCall:
    """办结, once the caller was answered."""
    done: HotlineCall = CALL.apply(
        call, "close", by=by, note=note, expected_version=expected_version, closed_on=moment.today()
    )
    return done


@sensitive_variables("caller")
@transaction.atomic
def note_caller(call: HotlineCall, *, by: User, caller: Mapping[str, str]) -> HotlineCall:
    """Put or replace what the desk knows of the caller. The record says only that it happened."""
    row = rows.lock(call)
    own_desk(row, by)
    if row.lead_id is not None:
        raise WrongState("caller.with_lead", "来电人信息已随线索保管，请在线索上登记。")
    if row.state == CallState.CLOSED:
        raise WrongState("caller.closed", "来电已办结，不再登记来电人信息。")
    identity = {name: text for name, text in caller.items() if text}
    secrecy.refuse_of(identity, {"title": row.title, "text": row.text}, desk=True, places=PLACES)
    vault.put(row, row.registering_unit, identity, by=by)
    return row


@sensitive_variables()
def reveal_caller(call: HotlineCall, *, by: User, reason: str = "") -> dict[str, str]:
    """查看来电人: the desk alone; every look is recorded. Raises NotAllowed, RuleBroken."""
    secrecy.refuse(call, {"reason": reason}, by=by)
    return vault.reveal(call, by=by, reason=reason)
