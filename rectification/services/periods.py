"""填报、签报、不再要求: what happens to a report that is owed; how often an item is reported on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from povertyaudit.core import clocks, moment, rows, signing
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.holiday_notice import Move
from povertyaudit.core.models import Role, Row, Unit, User
from rectification.models import FigureKind, Item, ItemRhythm, PeriodFigure, PeriodReport, PeriodState
from rectification.services.opening_periods import RULE
from rectification.services.telling import addressees, holders, tell
from rectification.workflow import ITEM
from rectification.workflow.periods import PERIOD

MOST = 999_999_999_999
Figures = Iterable[Mapping[str, Any]]


def previous(report: PeriodReport) -> PeriodReport | None:
    """The report of the item before this one that was filled in: what this one is compared with and filled from."""
    earlier = report.item.period_reports.filter(last_day__lt=report.last_day, filled_on__isnull=False)
    found: PeriodReport | None = earlier.prefetch_related("figures__kind").order_by("-last_day").first()
    return found


def last_words(report: PeriodReport) -> tuple[str, list[tuple[FigureKind, int]]]:
    """Text and figures to begin with: those filled in already, else of the report before, else what was told last."""
    kept = report if report.filled_on else previous(report)
    if kept is not None:
        return kept.text, list(_of(kept).items())
    told = report.item.reports.first()
    return (told.text if told else ""), []


@transaction.atomic
def fill(
    report: PeriodReport, *, by: User, text: str = "", figures: Figures | None = None, unchanged: bool = False,
    unchanged_reason: str = "", note: str = "", expected_version: int | None = None,
) -> PeriodReport:  # fmt: skip
    """填报, and again until it is signed. `figures` are {"kind", "value"}, totals since the item began; None keeps the last.

    With `unchanged` (and why) text and figures are those of the report before. Raises RuleBroken (text, unchanged,
    unchanged_reason, figures, note).
    """
    row = PERIOD.begin(report, "fill", by=by, note=note, expected_version=expected_version)
    before = previous(row)
    wanted = _figures(last_words(row)[1] if figures is None else [(f["kind"], f["value"]) for f in figures])
    if unchanged:
        text = _unchanged(before, text, unchanged_reason, wanted, given=figures is not None)
        wanted = _of(before)
    else:
        _changed(before, text, unchanged_reason, wanted)
    _mended(row, text, wanted)
    _not_less(before, wanted, note)
    saved: list[Row] = [PeriodFigure(report=row, kind=kind, value=value) for kind, value in wanted.items()]
    changes = {
        "text": text.strip(), "unchanged": unchanged, "unchanged_reason": unchanged_reason.strip(), "filled_by": by,
        "filled_on": moment.today(), "returned_reason": "",
    }  # fmt: skip
    parts: dict[str, Any] = {"saved": saved, "removed": list(row.figures.all())}
    done: PeriodReport = PERIOD.finish(row, "fill", by=by, note=note, changes=changes, **parts)
    tell(done, [user for user in holders(row.unit, Role.UNIT_HEAD) if user.pk != by.pk], "已填报，请签报。")
    return done


def _figures(pairs: Iterable[tuple[FigureKind, int]]) -> dict[FigureKind, int]:
    """Each kind once, each a whole number that is none below zero."""
    found: dict[FigureKind, int] = {}
    for kind, value in pairs:
        if any(kind.code == one.code for one in found):
            raise RuleBroken("fill.twice", f"“{kind.name}”填了两次，请合并为一行。", field="figures")
        if not 0 <= value <= MOST:
            raise RuleBroken("fill.value", f"“{kind.name}”应是 0 至 {MOST} 的整数，请核对。", field="figures")
        found[kind] = value
    return found


def _of(report: PeriodReport | None) -> dict[FigureKind, int]:
    """What the report counted, without what is counted no longer: nobody can repeat that."""
    if report is None:
        return {}
    counted = set(FigureKind.objects.on().values_list("code", flat=True))
    return {one.kind: one.value for one in report.figures.all() if one.kind.code in counted}


def _by_code(figures: Mapping[FigureKind, int]) -> dict[str, int]:
    return {kind.code: value for kind, value in figures.items()}


def _unchanged(
    before: PeriodReport | None, text: str, reason: str, wanted: Mapping[FigureKind, int], *, given: bool
) -> str:
    """The text of the report before, when there is one and it is said why nothing changed."""
    if before is None:
        said = "这是第一期报告，没有可以对照的上期，请填写进展情况。"
        raise RuleBroken("fill.first", said, field="unchanged")
    if not reason.strip():
        raise RuleBroken("fill.reason", "请写明本期为什么没有变化。", field="unchanged_reason")
    if given and _by_code(wanted) != _by_code(_of(before)):
        said = "数据与上期不同，不能填“本期无变化”，请核对数据或者填写进展情况。"
        raise RuleBroken("fill.changed", said, field="unchanged")
    if text.strip() and not _same_words(text, before):  # it would be thrown away
        said = "进展情况与上期不同。有进展的，请不要勾选“本期无变化”；确无变化的，请清空进展情况。"
        raise RuleBroken("fill.text_changed", said, field="text")
    return before.text


def _same_words(text: str, before: PeriodReport) -> bool:
    return "".join(text.split()) == "".join(before.text.split())


def _changed(before: PeriodReport | None, text: str, reason: str, wanted: Mapping[FigureKind, int]) -> None:
    if reason.strip():
        text = "有变化的不写无变化的理由；确无变化的，请勾选“本期无变化”。"
        raise RuleBroken("fill.reason_only", text, field="unchanged_reason")
    if not text.strip():
        raise RuleBroken("fill.text", "请填写本期进展情况。", field="text")
    if before is not None and _same_words(text, before) and _by_code(wanted) == _by_code(_of(before)):
        text = "与上期报告相同。有进展的请补充；确无变化的，请勾选“本期无变化”并写明理由。"
        raise RuleBroken("fill.same", text, field="text")


def _mended(row: PeriodReport, text: str, wanted: Mapping[FigureKind, int]) -> None:
    """What was sent back is not handed in again as it was."""
    if (
        row.state == PeriodState.RETURNED
        and _same_words(text, row)
        and _by_code(wanted) == _by_code(_of(row))
    ):
        said = f"与被退回的内容相同，请按退回理由修改后再报：{row.returned_reason}"
        raise RuleBroken("fill.as_returned", said, field="text")


def _not_less(before: PeriodReport | None, wanted: Mapping[FigureKind, int], note: str) -> None:
    """A total does not go down, unless it is said that an earlier one was wrong."""
    now = _by_code(wanted)
    for kind, value in _of(before).items():
        if now.get(kind.code, 0) < value and not note.strip():
            text = f"“{kind.name}”是累计数，上期为 {value}，本期不应减少；上期确有差错的，请在说明中写明。"
            raise RuleBroken("fill.less", text, field="note")


@transaction.atomic
def sign(
    report: PeriodReport, *, by: User, note: str = "", expected_version: int | None = None
) -> PeriodReport:
    """签报 by the head of the unit, signed over text and figures. After the date it stays visible as late."""
    row = PERIOD.begin(report, "sign", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    signature = signing.sign(row, "sign", by=by, role=PERIOD.acting_role("sign", by), opinion=note)
    stopped = clocks.stop(row, RULE, today, "periodreport.sign")
    parts: dict[str, Any] = {"saved": [signature], "facts": stopped.changes if stopped else {}}
    changes = {"signed_by": by, "signed_on": today}
    done: PeriodReport = PERIOD.finish(row, "sign", by=by, note=note, changes=changes, **parts)
    return done


@transaction.atomic
def waive(
    report: PeriodReport, *, by: User, note: str = "", expected_version: int | None = None
) -> PeriodReport:
    """不再要求 this report, with the reason, by who watches over the item."""
    row = PERIOD.begin(report, "waive", by=by, note=note, expected_version=expected_version)
    stopped = clocks.stop(row, RULE, moment.today(), "periodreport.waive")
    facts = stopped.changes if stopped else {}
    done: PeriodReport = PERIOD.finish(row, "waive", by=by, note=note, facts=facts)
    tell(done, holders(row.unit, Role.UNIT_HEAD, Role.LIAISON), "这一期报告不再要求报送。")
    return done


EMPTY: dict[str, Any] = {  # as it was before anybody filled it in
    "state": PeriodState.OWED, "text": "", "unchanged": False, "unchanged_reason": "", "filled_by": None, "filled_on": None,
    "returned_reason": "",
}  # fmt: skip


def lapse(item: Item, verb: str, *, by: User) -> None:
    """What is owed but not yet due when the item leaves the unit's hands is asked for no more. The item is locked."""
    today = moment.today()
    for report in item.period_reports.open().filter(due_on__gte=today).order_by("pk"):
        row = rows.lock(report)
        if not row.is_open:
            continue  # signed a moment ago
        stopped = clocks.stop(row, RULE, today, verb)
        facts = stopped.changes if stopped else {}
        changes = {"state": PeriodState.WAIVED, "lapsed": verb == "item.apply"}
        rows.write(row, verb="periodreport.lapse", by=by, changes=changes, facts=facts)


def settle(item: Item, *, by: User) -> None:
    """The item is closed: what lapsed with the application stays so, whatever comes later. The item is locked."""
    for report in item.period_reports.filter(lapsed=True).order_by("pk"):
        rows.write(rows.lock(report), verb="periodreport.settle", by=by, changes={"lapsed": False})


def revive(item: Item, *, by: User) -> None:
    """The item is sent back: what lapsed with the application is owed again, from today on. The item is locked.

    By another unit, if it changed meanwhile: then to be filled in anew.
    """
    for report in item.period_reports.filter(lapsed=True).order_by("pk"):
        row = rows.lock(report)
        parts: dict[str, Any] = {}
        if row.unit_id != item.main_unit_id:
            parts = {"changes": EMPTY | {"unit": item.main_unit}, "removed": list(row.figures.all())}
        else:
            filled = PeriodState.RETURNED if row.returned_reason else PeriodState.SUBMITTED
            parts = {"changes": {"state": filled if row.filled_on else PeriodState.OWED}}
        parts["changes"]["lapsed"] = False
        from_today(row, item, by=by, verb="periodreport.revive", event="退回补充", **parts)


def from_today(row: PeriodReport, item: Item, *, by: User, verb: str, event: str, **parts: Any) -> None:
    """The report is owed from today on, by the main unit of the item, whose people are told."""
    today = moment.today()
    was = row.due_on
    clocks.stop(row, RULE, today, verb)
    clock = clocks.start(row, RULE, on=today, event=event, **addressees(item))
    parts["changes"] = {**parts["changes"], "due_on": clock.due_on}
    done = rows.write(row, verb=verb, by=by, facts={f"clock.{RULE}": (was, clock.due_on)}, **parts)
    text = f"请于 {clock.due_on} 前填报、签报。"
    tell(done, holders(item.main_unit, Role.UNIT_HEAD, Role.LIAISON), text)


def move(item: Item, unit: Unit, *, by: User) -> None:
    """Reports that are owed go with the item to its new main unit, to be filled in anew. The item is locked."""
    moved = Item.objects.get(pk=item.pk)
    for report in item.period_reports.open().exclude(unit=unit).order_by("pk"):
        row = rows.lock(report)
        if row.is_open:
            parts = {"changes": EMPTY | {"unit": unit}, "removed": list(row.figures.all())}
            from_today(row, moved, by=by, verb="periodreport.move", event="变更主责单位", **parts)


def follow_calendar(moves: Iterable[Move]) -> None:
    """随放假安排调整时限. Called by `load_holidays` in its transaction (settings.CLOCK_FOLLOWERS)."""
    for one in moves:
        if one.clock.code == RULE:
            row = rows.lock(PeriodReport.objects.get(pk=one.clock.target_id))
            facts = {f"clock.{RULE}": [one.old, one.new]}
            rows.write(row, verb="periodreport.calendar", by=None, changes={"due_on": one.new}, facts=facts)


@transaction.atomic
def set_rhythm(
    item: Item, *, by: User, cadence: str, valid_from: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Item:  # fmt: skip
    """调整报告周期 of one item from a day on (today), with the reason; said again for the day, it replaces.

    Reports opened before stay owed.
    """
    row = ITEM.begin(item, "set_rhythm", by=by, note=note, expected_version=expected_version)
    day = valid_from or moment.today()
    if day < moment.today():
        raise RuleBroken("set_rhythm.past", "起始日期不能早于今天。", field="valid_from")
    made = row.rhythms.filter(valid_from=day).first() or ItemRhythm(item=row, valid_from=day)
    made.cadence, made.reason, made.set_by = cadence, note, by
    facts = {"cadence": cadence, "valid_from": day}
    done: Item = ITEM.finish(row, "set_rhythm", by=by, note=note, saved=[made], facts=facts)
    tell(done, holders(row.main_unit, Role.UNIT_HEAD, Role.LIAISON), "报告周期已调整，请查看。")
    return done
