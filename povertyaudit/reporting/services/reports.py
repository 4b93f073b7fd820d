"""报表: drafted by the clock, its text amended, checked, signed and locked. Each verb one transaction and one line."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.services.summing import counties
from cases.services.telling import serving
from funds import spans
from funds.spans import Span
from inspections.models import Round
from povertyaudit.core import jobs, moment, notify, numbering, papers, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Region, User
from povertyaudit.reporting import spanning
from povertyaudit.reporting.indicators import CATALOGUE, County
from povertyaudit.reporting.layouts import LAYOUTS
from povertyaudit.reporting.models import Report, ReportKind
from povertyaudit.reporting.querysets import CHECKERS, LEADERS
from povertyaudit.reporting.services import counting, guard
from povertyaudit.reporting.services.report_papers import paper_of
from povertyaudit.reporting.workflow import REPORT

AFTER = time(6, 0)  # in the morning, before the office opens


def owed(day: date, at: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """What the clock sees to each day: (key, kind, payload) of the job that drafts what is not drafted yet."""
    if timezone.localtime(at).time() < AFTER:
        return []
    return [(f"reports:{day}", "reports", {"day": day.isoformat()})]


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler. Each draft is one transaction: killed in the middle, the next run makes those that are missing."""
    made, day = 0, max(date.fromisoformat(payload["day"]), moment.today())
    for county in counties():
        for kind, span in periods(day).items():
            made += draft(county, kind, span) is not None
            lease.renew()
        ended: Any = Round.objects.filter(region=county, finished_on__isnull=False, reports=None)
        for round_ in ended.order_by("pk"):
            made += draft_round(round_) is not None
            lease.renew()
    return {"drafted": made}


def periods(day: date) -> dict[str, Span]:
    """The last of each kind that was over before `day`."""
    month = spans.of_month(day.year, day.month)
    quarter = spans.of_quarter(day.year, (day.month + 2) // 3)
    running = {
        ReportKind.TEN_DAYS: spanning.ten_days(day), ReportKind.MONTH: month, ReportKind.QUARTER: quarter,
        ReportKind.YEAR: spans.of_year(day.year),
    }  # fmt: skip
    return {kind: past for kind, one in running.items() if (past := spanning.before(one)) is not None}


def draft(county: Region, kind: str, span: Span) -> Report | None:
    """The draft of a period; None where there is one already, or nothing was registered by its end."""
    if span.first is None or span.last is None:
        return None
    known = Report.objects.filter(region=county, kind=kind, first_day=span.first)
    if known.exists() or not _anything(county, span.last):
        return None
    row = Report(region=county, kind=kind, first_day=span.first, last_day=span.last)
    return _once(row, known)


def draft_round(round_: Round) -> Report | None:
    """轮次总结 of a round that is finished; None where there is one."""
    known = Report.objects.filter(round=round_)
    if known.exists() or round_.finished_on is None:
        return None
    last = max(round_.finished_on, round_.starts_on)
    row = Report(
        region=round_.region, kind=ReportKind.ROUND, round=round_, first_day=round_.starts_on, last_day=last
    )
    return _once(row, known)


def _anything(county: Region, last: date) -> bool:
    """Whether the county had a register by that day: leads or items."""
    through = Span("", "", date(spans.FIRST, 1, 1), last)
    return any(CATALOGUE[code].value(County(county), through) for code in ("leads_received", "items_issued"))


def _once(row: Report, known: Any) -> Report | None:
    try:
        return _draft(row)
    except RuleBroken:
        if known.exists():  # another worker was quicker
            return None
        raise


@transaction.atomic
def _draft(row: Report) -> Report:
    figures = counting.counted(row, lines_of(row))
    row.counted_at, row.text = moment.now(), counting.worded(row, figures)
    row.number = numbering.take("report", row.region)
    made = rows.create(row, verb="report.draft", by=None, children=figures)
    if row.round is None or not row.round.secret:
        notify.tell_of(made, serving(CHECKERS, row.region_id), "草稿已生成，请核对。", by=None)
    return made


def lines_of(row: Report) -> list[str]:
    """As the last report of the kind had them; the first has what the product brings."""
    last = Report.objects.filter(region=row.region, kind=row.kind).order_by("-last_day", "-pk").first()
    kept = list(last.figures.values_list("code", flat=True)) if last else []
    return [code for code in kept if code in CATALOGUE] or list(LAYOUTS[row.kind])


@transaction.atomic
def amend(row: Report, *, by: User, text: str, note: str = "", expected_version: int | None = None) -> Report:
    """修改文字; the figures are counted, not written."""
    report = REPORT.begin(row, "amend", by=by, note=note, expected_version=expected_version)
    if not text.strip():
        raise RuleBroken("amend.text", "文字说明不能为空。", field="text")
    done: Report = REPORT.finish(report, "amend", by=by, note=note, changes={"text": text})
    return done


@transaction.atomic
def recount(row: Report, *, by: User, note: str = "", expected_version: int | None = None) -> Report:
    """重新统计: figures of now, and the text that goes with them; what was changed in the text is given up."""
    report = REPORT.begin(row, "recount", by=by, note=note, expected_version=expected_version)
    return _counted_anew(report, "recount", list(report.figures.values_list("code", flat=True)), by, note)


@transaction.atomic
def set_lines(
    row: Report, *, by: User, lines: Iterable[str], note: str = "", expected_version: int | None = None
) -> Report:
    """调整指标: which figures this report has, in this order; the next one of the kind takes them over."""
    report = REPORT.begin(row, "set_lines", by=by, note=note, expected_version=expected_version)
    wanted = list(dict.fromkeys(lines))
    if not wanted:
        raise RuleBroken("set_lines.none", "请至少选一个指标。", field="lines")
    if unknown := [code for code in wanted if code not in CATALOGUE]:
        raise RuleBroken("set_lines.unknown", f"指标目录中没有：{'、'.join(unknown[:5])}。", field="lines")
    return _counted_anew(report, "set_lines", wanted, by, note)


def _counted_anew(report: Report, verb: str, codes: list[str], by: User, note: str) -> Report:
    """Figures that stay keep their row: the database takes what is new before it gives up what is gone."""
    before = {one.code: one for one in report.figures.all()}
    fresh = counting.counted(report, codes)
    for one in fresh:
        if (known := before.pop(one.code, None)) is not None:
            one.pk, one.public_id, one.version, one.created_at = (
                known.pk,
                known.public_id,
                known.version,
                known.created_at,
            )
            one._state.adding = False
    changes = {"counted_at": moment.now(), "text": counting.worded(report, fresh)}
    done: Report = REPORT.finish(
        report, verb, by=by, note=note, changes=changes, saved=fresh, removed=list(before.values())
    )
    return done


@transaction.atomic
def check(
    row: Report, *, by: User, explained: str = "", note: str = "", expected_version: int | None = None
) -> Report:
    """核对: the figures are what the rows say now, and every finding of the guard is mended or explained."""
    report = REPORT.begin(row, "check", by=by, note=note, expected_version=expected_version)
    _unchanged(report)
    if (found := guard.findings(report)) and not explained.strip():
        text = f"数据检查有 {len(found)} 处提示：{found[0].words}请更正，或者逐处说明原因。"
        raise RuleBroken("check.guard", text, field="explained")
    changes = {"checked_by": by, "checked_on": moment.today(), "explained": explained.strip()}
    done: Report = REPORT.finish(report, "check", by=by, note=note, changes=changes)
    notify.tell_of(done, serving(LEADERS, done.region_id), "已核对，请签发。", by=by)
    return done


@transaction.atomic
def sign(row: Report, *, by: User, note: str = "", expected_version: int | None = None) -> Report:
    """签发: figures and text stand from now on, as they were counted; the paper is kept. What changed since shows beside."""
    report = REPORT.begin(row, "sign", by=by, note=note, expected_version=expected_version)
    if guard.findings(report) and not report.explained:
        raise RuleBroken("sign.guard", "数据检查有提示没有说明，请退回核对。")
    changes = {"signed_by": by, "signed_on": moment.today()}
    done: Report = REPORT.finish(report, "sign", by=by, note=note, changes=changes)
    papers.keep(done, paper_of(done), by=by)
    notify.tell_of(done, serving(CHECKERS, done.region_id), "已签发。", by=by)
    return done


@transaction.atomic
def send_back(row: Report, *, by: User, note: str = "", expected_version: int | None = None) -> Report:
    """退回: to be counted and checked again, with the reason."""
    report = REPORT.begin(row, "send_back", by=by, note=note, expected_version=expected_version)
    changes = {"checked_by": None, "checked_on": None, "explained": ""}
    done: Report = REPORT.finish(report, "send_back", by=by, note=note, changes=changes)
    return done


def _unchanged(report: Report) -> None:
    """Rows that came, went or changed since the counting are never checked over."""
    fresh = {
        one.code: (one.value, one.ids)
        for one in counting.counted(report, list(report.figures.values_list("code", flat=True)))
    }
    changed = [one.name for one in report.figures.all() if (one.value, one.ids) != fresh.get(one.code)]
    if changed:
        named = "、".join(changed[:3])
        text = f"统计以后数据已经变化（{named}等 {len(changed)} 项），请先“重新统计”。"
        raise RuleBroken("check.changed", text)
