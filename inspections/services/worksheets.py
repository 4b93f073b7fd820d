"""The verbs of a worksheet: drafted with its evidence, signed by two of the team, registered as a finding."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from inspections.models import Finding, InspectionTerm, Round, Visit, VisitPlan, Worksheet
from inspections.services.field_objects import object_of
from inspections.services.findings import classed, record_finding, record_late
from inspections.services.holding import hold, hold_round, hold_rounds, round_of
from inspections.services.standing_aside import refuse_recused
from inspections.workflow.worksheets import (
    WORKSHEET,
    needs_another_round,
    of_the_team,
    recused,
    stands_not_aside,
    still_counts,
    team_of,
)
from povertyaudit.core import files, moment, numbering, rows, signing
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, Unit, User
from povertyaudit.core.scope import prefix_of

MOST_FILES = 50
NAMED = 10  # of many, how many a refusal names


@transaction.atomic
def draft(
    *, by: User, problem_class: InspectionTerm | str, text: str, unit: Unit, found_on: date | None = None, plan: VisitPlan | None = None,
    round: Round | None = None, visit: Visit | None = None, aspect: str = "", basis: str = "", immediate: bool = False,
    evidence: Sequence[UploadedFile] = (), note: str = "",
) -> Worksheet:  # fmt: skip
    """起草问题底稿 of a plan or a round (named, or that of the `visit`). Raises NotAllowed, RuleBroken."""
    if visit is not None:
        plan, round = visit.plan, visit.round
    plan = hold(plan) if plan is not None else None
    round = plan.round if plan is not None and visit is None else round
    round = rows.lock(round) if round is not None else None  # held: the finish of both numbers what is there
    sheet = Worksheet(
        region=unit.region, plan=plan, round=round, visit=visit, **_named(problem_class), aspect=aspect, text=text,
        basis=basis, unit=unit, found_on=found_on or moment.today(), immediate=immediate, drafted_by=by,
    )  # fmt: skip
    if plan is None and round is None:
        raise RuleBroken("worksheet.nowhere", "请选择底稿所属的走访计划或者轮次。", field="round")
    of_the_team(sheet, by)
    _check(sheet)
    sheet.object = object_of(sheet.round, unit.region, unit)
    refuse_recused(sheet.object, by)
    if not sheet.is_secret_now:
        sheet.number = numbering.take("worksheet", sheet.region)
    made = rows.create(sheet, verb="worksheet.draft", by=by, note=note)
    if kept := _prepared(made, evidence, by=by):
        rows.write(made, verb="worksheet.add_evidence", by=by, saved=kept, facts={"files": len(kept)})
    return made


def _named(problem_class: InspectionTerm | str) -> dict[str, str]:
    """The class of the problem as it is called today: one of those a finding can have. Raises RuleBroken."""
    return {"problem_class": classed(problem_class)["problem_class"]}


def _check(sheet: Worksheet) -> None:
    """Where it belongs is open, and the unit and the day lie in it."""
    plan, round_ = sheet.plan, sheet.round
    if plan is not None and plan.state not in {VisitPlan.State.UNDER_WAY, VisitPlan.State.FINISHED}:
        raise RuleBroken("worksheet.plan", "走访计划还没有开始或者已经取消。", field="plan")
    if not still_counts(sheet):
        raise RuleBroken("worksheet.round", "这一轮次已经结束，不能再起草底稿。", field="round")
    place = plan.region_id if plan is not None else round_.region_id if round_ is not None else ""
    if not sheet.unit.region_id.startswith(prefix_of(place)):
        raise RuleBroken("worksheet.unit", "涉及单位不在走访、巡察的地区，请重新选择。", field="unit")
    first = plan.starts_on if plan is not None else round_.starts_on if round_ is not None else moment.today()
    if not first <= sheet.found_on <= moment.today():
        text = f"发现日期应在 {first} 之后，且不晚于今天。"
        raise RuleBroken("worksheet.found_on", text, field="found_on")


def _prepared(sheet: Worksheet, uploads: Sequence[UploadedFile], *, by: User) -> list[Attachment]:
    """Evidence not kept with the sheet yet, each content once."""
    known = set(Attachment.objects.of(sheet).values_list("original_sha256", flat=True))
    kept = []
    for upload in uploads:
        one = files.prepare(sheet, upload, by=by, readers=True)
        if one.original_sha256 not in known:
            known.add(one.original_sha256)
            kept.append(one)
    if len(known) > MOST_FILES:
        raise RuleBroken("worksheet.files", f"一份底稿最多 {MOST_FILES} 份证据。", field="evidence")
    return kept


@transaction.atomic
def amend(
    sheet: Worksheet, *, by: User, note: str = "", expected_version: int | None = None, **values: Any
) -> Worksheet:
    """修改: signatures given before are void."""
    hold_round(sheet)
    row = WORKSHEET.begin(sheet, "amend", by=by, note=note, expected_version=expected_version)
    if "problem_class" in values:
        values |= _named(values["problem_class"])
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    _check(row)
    for name, value in before.items():
        setattr(row, name, value)
    changes = dict(values)
    if unit := values.get("unit"):
        changes |= {"region": unit.region, "object": object_of(row.round, unit.region, unit)}
        refuse_recused(changes["object"], by)
    done: Worksheet = WORKSHEET.finish(row, "amend", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def add_evidence(
    sheet: Worksheet,
    *,
    by: User,
    evidence: Sequence[UploadedFile],
    note: str = "",
    expected_version: int | None = None,
) -> Worksheet:
    """上传证据: signatures given before are void; what is kept already is known by its content."""
    row = WORKSHEET.begin(sheet, "add_evidence", by=by, note=note, expected_version=expected_version)
    kept = _prepared(row, evidence, by=by)
    if not kept:
        return sheet
    facts = {"files": len(kept)}
    done: Worksheet = WORKSHEET.finish(row, "add_evidence", by=by, note=note, saved=kept, facts=facts)
    return done


@transaction.atomic
def sign(sheet: Worksheet, *, by: User, note: str = "", expected_version: int | None = None) -> Worksheet:
    """签字, over exactly what the sheet holds now; each person once. Raises NotAllowed when recused, WrongState when the
    round was finished and the sheet could not become a finding any more.
    """
    hold_round(sheet)
    row = WORKSHEET.begin(sheet, "sign", by=by, note=note, expected_version=expected_version)
    stands_not_aside(row, by)
    if not Attachment.objects.of(row).exists():
        raise RuleBroken("sign.evidence", "底稿还没有证据，请先上传证据再签字。")
    signature = signing.sign(row, "sign", by=by, role=WORKSHEET.acting_role("sign", by), opinion=note)
    done: Worksheet = WORKSHEET.finish(row, "sign", by=by, note=note, saved=[signature])
    return done


def signers(sheet: Worksheet) -> set[int]:
    """Persons whose signature stands over the present content, who are of the team and not recused."""
    team = set(team_of(sheet).values())
    standing = [one.person_id for one in sheet.signatures.all() if signing.holds(one, sheet)]
    return {person for person in standing if person in team and not recused(sheet, person)}


@transaction.atomic
def to_finding(
    sheet: Worksheet,
    *,
    by: User,
    round: Round | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Worksheet:
    """登记为发现问题 of its round, or of the `round` named where the plan belongs to none; of a finished round only where
    the plan was hidden until then (`workflow.worksheets.still_counts`), and where that round is closed of the one named.
    Raises RuleBroken, WrongState.
    """
    held = hold_rounds([round_of(sheet), round.pk if round is not None else None])
    row = WORKSHEET.begin(sheet, "to_finding", by=by, note=note, expected_version=expected_version)
    if len(signers(row)) < Worksheet.SIGNERS:
        text = "底稿须由两名走访人员或者巡察组成员签字，改动以后的须重新签字。"
        raise RuleBroken("to_finding.signatures", text)
    own = None if needs_another_round(row) else row.round
    where = own or (held[round.pk] if round is not None else None)
    if where is None:
        closed = "所属轮次已经办结，" if row.round else ""
        raise RuleBroken("to_finding.round", f"{closed}请选择登记到哪一个轮次。", field="round")
    if own is None and where.is_secret_now:
        # The sheet is seen as its plan is: everybody named on the plan would learn of the round.
        text = "这一轮次结束前保密，不属于它的走访计划的底稿不能登记到这一轮次，请改选轮次。"
        raise RuleBroken("to_finding.secret_round", text, field="round")
    if row.plan is not None and row.plan.is_secret_now and not where.is_secret_now:
        raise RuleBroken(
            "to_finding.secret", "走访计划还没有结束，结束后才能登记到不保密的轮次。", field="round"
        )
    record = record_finding if own is None or where.finished_on is None else record_late
    finding: Finding = record(
        where, by=by, problem_class=row.problem_class, aspect=row.aspect, text=row.text, unit=row.unit, articles=row.basis,
        found_on=max(row.found_on, where.starts_on), immediate=row.immediate,
        object=row.object if own else None, note=note,
    )  # fmt: skip
    moved = {"object": finding.object} if row.round and own is None else {}
    changes = {"finding": finding, "round": where, **moved}
    done: Worksheet = WORKSHEET.finish(row, "to_finding", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def discard(sheet: Worksheet, *, by: User, note: str = "", expected_version: int | None = None) -> Worksheet:
    """作废: it stays, with its reason."""
    row = WORKSHEET.begin(sheet, "discard", by=by, note=note, expected_version=expected_version)
    done: Worksheet = WORKSHEET.finish(row, "discard", by=by, note=note)
    return done


def still_open(round_: Round) -> list[str]:
    """Worksheets neither registered nor discarded keep a round open; those of a plan that is secret keep silent."""
    known = Q(plan=None) | Q(plan__state=VisitPlan.State.FINISHED)
    waiting = round_.worksheets.filter(known, state=Worksheet.State.OPEN).order_by("pk")
    return [f"问题底稿 {row} 没有登记为发现问题或者作废" for row in waiting]


def of_plans_known_to(round_: Round, by: User) -> list[str]:
    """What plans under way leave open in the round, as far as `by` may know of them: they alone are not told to everybody."""
    seen = VisitPlan.objects.visible_to(by).open().filter(round=round_).order_by("pk")
    found = [f"走访计划“{plan.title}”没有结束" for plan in seen]
    sheets = round_.worksheets.filter(plan__in=seen, state=Worksheet.State.OPEN).count()
    return [*found, *([f"这些走访计划的 {sheets} 份问题底稿没有登记为发现问题或者作废"] if sheets else [])]


def refuse_signed(round_: Round, *, by: User) -> None:
    """Raise RuleBroken while a sheet with its two signatures waits: a finished round takes no more findings.

    Names those `by` may open and counts those he stands aside from. A sheet of a plan he may not know of keeps silent,
    even by its number: it would tell of the plan.
    """
    open_ones = round_.worksheets.filter(state=Worksheet.State.OPEN)
    seen = Worksheet.objects.visible_to(by)
    told = open_ones.filter(
        Q(plan=None) | Q(plan__state=VisitPlan.State.FINISHED) | Q(pk__in=seen.values("pk"))
    )
    known = set(seen.filter(round=round_).values_list("pk", flat=True))
    waiting = [row for row in told.for_list().order_by("pk") if len(signers(row)) >= Worksheet.SIGNERS]
    if not waiting:
        return
    names = [str(row) for row in waiting if row.pk in known]
    words = "、".join(names[:NAMED]) + (f"等 {len(names)} 份" if len(names) > NAMED else "")
    if aside := len(waiting) - len(names):
        words += f"{'，另有' if names else ''}您应当回避的 {aside} 份"
    text = (
        f"两人签齐的问题底稿还没有登记为发现问题：{words}。结束以后不能再登记；请先“登记为发现问题”"
        "（走访计划没有结束的，先结束走访），不登记的由巡察组“作废”。"
    )
    raise RuleBroken("finish_round.worksheets", text, field="finished_on")
