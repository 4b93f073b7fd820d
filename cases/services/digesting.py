"""专线快报: made by the clock at the hours in force, or by the desk; the leaders instruct, and somebody answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.models import (
    CallDigest,
    CallState,
    DigestHour,
    DigestLine,
    DigestState,
    HotlineCall,
    Instruction,
)
from cases.services.telling import leaders_of
from cases.workflow.calls import ANSWERERS, DESK, DIGEST
from cases.workflow.who import holds
from povertyaudit.core import clock_rules, clocks, moment, notify, numbering, papers, rows, secrecy
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.deadlines import due
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.jobs import Lease
from povertyaudit.core.models import Clock, Unit, User
from povertyaudit.core.papers import Grid, Paper, Text


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """The jobs `core.daily` sees to: a digest for each hour in force that has come today. (key, kind, payload)"""
    local = timezone.localtime(now)
    hours = [term for term in DigestHour.objects.on(day) if term.hour <= local.time()]
    return [(f"digest:{day}:{term.name}", "digest", {"at": _moment(day, term).isoformat()}) for term in hours]


def _moment(day: date, term: DigestHour) -> datetime:
    return timezone.make_aware(datetime.combine(day, term.hour))


def job(payload: dict[str, Any], lease: Lease) -> dict[str, Any]:
    """Job handler: each desk with calls in no digest yet gets one. Killed and run again, it makes what is missing."""
    until = datetime.fromisoformat(payload["at"])
    desks = HotlineCall.objects.undigested(until).order_by("registering_unit").distinct()
    made = 0
    for key in desks.values_list("registering_unit", flat=True):
        lease.renew()
        made += assemble(Unit.objects.get(pk=key), until=until) is not None
    return {"digests": made}


@transaction.atomic
def assemble(
    desk: Unit, *, until: datetime | None = None, by: User | None = None, note: str = ""
) -> CallDigest | None:  # fmt: skip
    """汇编快报 of what the desk registered up to `until` (now) and no digest holds; None where there is nothing."""
    at = until or moment.now()
    Unit.objects.select_for_update().get(pk=desk.pk)  # two hands make one digest
    calls = list(
        HotlineCall.objects.undigested(at)
        .filter(registering_unit=desk)
        .for_list()
        .order_by("received_at", "pk")
    )
    if not calls:
        return None
    number = numbering.take("digest", desk.region)
    digest = CallDigest(
        region=desk.region, desk_unit=desk, made_for=at, number=number, issue=int(number.rpartition("-")[2])
    )
    lines = [
        DigestLine(call=call, ordinal=place, standing=_standing(call), answered=call.is_answered)
        for place, call in enumerate(calls, 1)
    ]
    digest = rows.create(digest, verb="calldigest.assemble", by=by, note=note, children=lines)
    papers.keep(
        digest, paper_of(digest, lines), by=by, kind="digest", name=f"{digest.title}（{digest.number}）"
    )
    notify.tell_of(digest, leaders_of(desk), f"{digest.title}已呈送，请阅示。", by=by)
    return digest


def assemble_now(*, by: User, note: str = "") -> CallDigest:
    """汇编快报 by hand, for what cannot wait for the hour. Raises NotAllowed, RuleBroken."""
    post = by.post_as(DESK)
    if post is None:
        raise NotAllowed("digest.role", "专线快报由信访室汇编。")
    made = assemble(post.unit, by=by, note=note)
    if made is None:
        raise RuleBroken("digest.empty", "上一期快报之后没有新的来电，不必汇编。")
    return made


def paper_of(digest: CallDigest, lines: Sequence[DigestLine]) -> Paper:
    """The digest as a paper, as things stood when it was made. Nothing in it comes from the vault."""
    urgent, answered = sum(line.call.urgent for line in lines), sum(line.answered for line in lines)
    opening = (
        f"本期汇总来电{len(lines)}件，其中紧急{urgent}件；截至汇编时，已回复来电人{answered}件，"
        f"待回复{len(lines) - answered}件。"
    )
    cells = [
        (
            str(line.ordinal), str(line.call.number),
            f"{'【紧急】' if line.call.urgent else ''}{line.call.category.name}", line.call.region.name,
            line.call.title, line.standing,
        )
        for line in lines
    ]  # fmt: skip
    detail = [
        Text(f"{line.ordinal}．{line.call.title}：{line.call.text}") for line in lines if line.call.text
    ]
    told = [Text("二、来电内容", heading=True), *detail] if detail else []
    heads = ("序号", "编号", "类别", "反映的地方", "摘要", "办理情况")
    return Paper(
        title="扶贫专线快报", number=f"第{digest.issue}期", addressee="机关领导",
        blocks=(Text(opening), Text("一、来电一览", heading=True), Grid(heads, cells), *told),
        signed=digest.desk_unit.name, dated=moment.day_of(digest.made_for),
    )  # fmt: skip


def _standing(call: HotlineCall) -> str:
    where = call.unit.name if call.unit and call.state in (CallState.TRANSFERRED, CallState.IN_HAND) else ""
    return f"{call.get_state_display()}{f'（{where}）' if where else ''}"


@transaction.atomic
def instruct(
    digest: CallDigest, *, by: User, text: str, call: HotlineCall | None = None, unit: Unit | None = None,
    due_on: date | None = None, note: str = "", expected_version: int | None = None,
) -> CallDigest:  # fmt: skip
    """批示 on the whole digest or one of its calls: `unit` (the desk) answers by `due_on` (the rule's period)."""
    row: CallDigest = DIGEST.begin(digest, "instruct", by=by, note=note, expected_version=expected_version)
    today, whom = moment.today(), unit or row.desk_unit
    if not text.strip():
        raise RuleBroken("instruct.text", "请写明批示内容。", field="text")
    if call is not None and not row.lines.filter(call=call).exists():
        raise RuleBroken("instruct.call", "这件来电不在本期快报里，请改选。", field="call")
    if due_on is not None and due_on < today:
        raise RuleBroken("instruct.due_on", "报告期限不能早于今天，请核对。", field="due_on")
    _check_answerer(row, whom)
    _refuse_callers(row, call, {"text": text, "note": note}, by=by)
    rule = clock_rules.rule_for("digest.instruction", row.region_id, today)
    instruction = Instruction(
        digest=row, call=call, leader=by, text=text, given_at=moment.now(), unit=whom,
        due_on=due_on or due(rule.period, today, NationalCalendar()).on,
    )  # fmt: skip
    done: CallDigest = DIGEST.finish(row, "instruct", by=by, note=note, saved=[instruction])
    _reckon(done, by)
    told = User.objects.holding(ANSWERERS, unit=whom) | User.objects.holding(DESK, unit=row.desk_unit)
    notify.tell_of(done, told, f"{done.title}有领导批示，请按期报告落实情况。", by=by)
    return done


def _refuse_callers(
    digest: CallDigest, call: HotlineCall | None, texts: Mapping[str, str], *, by: User
) -> None:
    """What is written on a call, or on all calls of the digest, may not say who called."""
    for one in [call] if call else [line.call for line in digest.lines.select_related("call__lead")]:
        secrecy.refuse(one, texts, by=by)


def _check_answerer(digest: CallDigest, unit: Unit) -> None:
    here = unit.region_id[:6] == digest.region_id[:6]
    if (
        not here
        or unit not in Unit.objects.offices()
        or not User.objects.holding(ANSWERERS, unit=unit).exists()
    ):
        text = "请选择本机关有在任人员的部门；需要其他单位办理的，由信访室转办。"
        raise RuleBroken("instruct.unit", text, field="unit")


@transaction.atomic
def report(
    digest: CallDigest, *, by: User, instruction: Instruction, answer_text: str, note: str = "",
    expected_version: int | None = None,
) -> CallDigest:  # fmt: skip
    """报告批示落实情况, by a member of the room the leader named."""
    row: CallDigest = DIGEST.begin(digest, "report", by=by, note=note, expected_version=expected_version)
    found = row.instructions.filter(pk=instruction.pk).select_related("leader", "call__lead").first()
    if found is None:
        raise RuleBroken("report.instruction", "没有找到这条批示，请重新选择。", field="instruction")
    if found.answered_on is not None:
        raise WrongState("report.twice", "这条批示已经报告过落实情况，请刷新页面查看。")
    if not holds(by, ANSWERERS, found.unit_id):
        raise NotAllowed("report.unit", f"这条批示由{found.unit.name}报告落实情况。")
    if not answer_text.strip():
        raise RuleBroken("report.text", "请写明落实情况。", field="answer_text")
    _refuse_callers(row, found.call, {"answer_text": answer_text, "note": note}, by=by)
    found.answered_by, found.answered_on, found.answer_text = by, moment.today(), answer_text
    left = row.instructions.filter(answered_on=None).exclude(pk=found.pk).exists()
    state = DigestState.INSTRUCTED if left else DigestState.ANSWERED
    done: CallDigest = DIGEST.finish(row, "report", by=by, note=note, changes={"state": state}, saved=[found])
    _reckon(done, by)
    notify.tell_of(
        done, User.objects.filter(pk=found.leader_id), f"{done.title}的批示已报告落实情况。", by=by
    )
    return done


def _reckon(digest: CallDigest, by: User) -> None:
    """One clock, on the instruction that is due first; none when all are answered."""
    first = digest.instructions.filter(answered_on=None).order_by("due_on", "pk").first()
    if first is None:
        clocks.stop(digest, "digest.instruction", moment.today(), "calldigest.report")
        return
    whom = {"owner_unit": first.unit, "leader_user": first.leader, "body_unit": digest.desk_unit}
    running = Clock.objects.of(digest).open().filter(code="digest.instruction").first()
    if running is None:
        clocks.start(
            digest, "digest.instruction", on=moment.day_of(first.given_at), event="领导批示",
            due_on=first.due_on, reason="批示的报告期限", by=by, **whom,
        )  # fmt: skip
        return
    if running.due_on != first.due_on:
        clocks.override(digest, "digest.instruction", first.due_on, reason="批示的报告期限", by=by)
    clocks.address(digest, "digest.instruction", **whom)
