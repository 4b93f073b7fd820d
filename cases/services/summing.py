"""周汇总、月排查、季分析: counted and drafted by the clock, corrected and sent by the registry."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from cases import worklists
from cases.models import Axis, Lead, Period, WorkSummary
from cases.models.summaries import READERS, TELLERS, in_words
from cases.querysets import LABEL
from cases.services import announcing, partners, reporting
from cases.services.summary_papers import paper_of
from cases.services.telling import serving
from cases.workflow.summaries import SENDERS, SUMMARY
from povertyaudit.core import jobs, moment, notify, numbering, papers, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Clock, Level, Post, Region, Role, Unit, User
from povertyaudit.core.scope import region_under

AFTER = time(6, 0)  # in the morning, before the office opens
OLD = worklists.BANDS[-1]

Days = tuple[date, date]


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """What the clock sees to each day: (key, kind, payload) of the job that drafts what is not drafted yet."""
    if timezone.localtime(now).time() < AFTER:
        return []
    return [(f"summaries:{day}", "summaries", {"day": day.isoformat()})]


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler. Each draft is one transaction: killed in the middle, the next run makes those that are missing."""
    made = 0
    day = max(date.fromisoformat(payload["day"]), moment.today())
    for county in counties():
        for period, days in periods(day).items():
            made += draft(county, period, days) is not None
            lease.renew()
        quarter = reporting.quarter_before(day)
        for unit in reporting.tellers(county, quarter):
            made += draft(county, Period.TOLD, quarter, unit) is not None
            lease.renew()
    return {"drafted": made}


def counties() -> list[Region]:
    """Those with a registry in office."""
    posts = Post.objects.current().filter(role__in=SENDERS, area=None, region__level=Level.COUNTY)
    return list(Region.objects.filter(pk__in=posts.values("region_id")).order_by("pk"))


def periods(day: date) -> dict[str, Days]:
    """The last week, month and quarter that were over before `day`, each with its first and last day."""
    monday = day - timedelta(days=day.weekday())
    month = day.replace(day=1)
    quarter = month.replace(month=(day.month - 1) // 3 * 3 + 1)
    return {
        Period.WEEK: (monday - timedelta(days=7), monday - timedelta(days=1)),
        Period.MONTH: before(Period.MONTH, month),
        Period.QUARTER: before(Period.QUARTER, quarter),
        Period.SANCTION: before(Period.SANCTION, quarter),
        Period.PARTNERS: partners.over(day),
    }


def before(period: str, first: date) -> Days:
    """The period that ended the day before `first`."""
    last = first - timedelta(days=1)
    if period == Period.WEEK:
        return last - timedelta(days=6), last
    if period == Period.PARTNERS:
        return partners.month_of(last)
    start = last.replace(day=1)
    return (start if period == Period.MONTH else start.replace(month=start.month - 2)), last


def draft(county: Region, period: str, days: Days, unit: Unit | None = None) -> WorkSummary | None:
    """The draft of a period; None where there is one already, nothing had been registered by its end, or there is
    nothing to report of sanctions."""
    known = WorkSummary.objects.filter(region=county, period=period, first_day=days[0], unit=unit)
    if known.exists() or not _leads(county).filter(received_on__lte=days[1]).exists():
        return None
    if period == Period.SANCTION and not announcing.anything(county, days):
        return None
    try:
        return _draft(county, period, days, unit)
    except RuleBroken:
        if known.exists():  # another worker was quicker
            return None
        raise


@transaction.atomic
def _draft(county: Region, period: str, days: Days, unit: Unit | None) -> WorkSummary:
    row = WorkSummary(region=county, period=period, first_day=days[0], last_day=days[1], unit=unit)
    for name, value in _count(row).items():
        setattr(row, name, value)
    row.number = numbering.take("summary", county)
    made = rows.create(row, verb="summary.draft", by=None)
    if period in reporting.RULES:
        reporting.start_clock(made)
    if unit is None:
        notify.tell_of(made, serving(SENDERS, county.code), "草稿已生成，请核对后报送。", by=None)
    else:
        notify.tell_of(
            made, User.objects.holding(TELLERS, unit=unit), "草稿已生成，请核对后通报信访部门。", by=None
        )
    return made


def _count(row: WorkSummary) -> dict[str, Any]:
    """Figures of now, and the text that goes with them."""
    days = row.first_day, row.last_day
    if row.unit is not None:
        figures = reporting.counted(row.unit, days)
        text = reporting.worded(row.unit, days, figures)
    elif row.period == Period.PARTNERS:
        figures = partners.counted(row.region, days)
        text = partners.worded(days, figures)
    elif row.period == Period.SANCTION:
        figures = announcing.counted(row.region, days, before(row.period, days[0]))
        text = announcing.worded(days, figures)
    else:
        figures = counted(row.region, row.period, days)
        text = worded(row.period, days, figures)
    return {"figures": figures, "counted_at": moment.now(), "text": text}


@transaction.atomic
def amend(
    row: WorkSummary, *, by: User, text: str, note: str = "", expected_version: int | None = None
) -> WorkSummary:
    """修改文字; the figures are counted, not written."""
    summary = SUMMARY.begin(row, "amend", by=by, note=note, expected_version=expected_version)
    if not text.strip():
        raise RuleBroken("amend.text", "正文不能为空。", field="text")
    reporting.keep_secret(summary, {"text": text, "note": note}, by=by)
    done: WorkSummary = SUMMARY.finish(summary, "amend", by=by, note=note, changes={"text": text})
    return done


@transaction.atomic
def recount(
    row: WorkSummary, *, by: User, note: str = "", expected_version: int | None = None
) -> WorkSummary:
    """重新统计: figures of now, and the text that goes with them; what was changed in the text is given up."""
    summary = SUMMARY.begin(row, "recount", by=by, note=note, expected_version=expected_version)
    done: WorkSummary = SUMMARY.finish(summary, "recount", by=by, note=note, changes=_count(summary))
    return done


@transaction.atomic
def send(row: WorkSummary, *, by: User, note: str = "", expected_version: int | None = None) -> WorkSummary:
    """报送: figures and text stand from now on; the paper is kept; the leaders are told its number. A report of sanctions
    (处分宣布情况报告) ends its period (#22), and that of the next one begins here.

    Raises RuleBroken where a member of the joint meeting has reported, or a hand-over was entered, since it was counted.
    """
    summary = SUMMARY.begin(row, "send", by=by, note=note, expected_version=expected_version)
    if summary.period == Period.PARTNERS and summary.figures != _count(summary)["figures"]:
        text = "统计以后又有部门报送或者移送登记，数据已经变化，请先“重新统计”，核对后再报送。"
        raise RuleBroken("send.changed", text)
    return _sent(summary, "send", READERS, by, note)


@transaction.atomic
def tell(
    row: WorkSummary, *, by: User, document_number: str, note: str = "", expected_version: int | None = None
) -> WorkSummary:
    """通报信访部门 under a document number: ends the period of the office (#25); that of its next one begins here."""
    summary = SUMMARY.begin(row, "tell", by=by, note=note, expected_version=expected_version)
    if not document_number.strip():
        raise RuleBroken("tell.document", "请填写通报的文号。", field="document_number")
    number = document_number.strip()
    reporting.keep_secret(summary, {"document_number": number, "note": note}, by=by)
    return _sent(summary, "tell", frozenset({Role.PETITION}), by, note, document_number=number)


def _sent(
    row: WorkSummary, verb: str, readers: frozenset[str], by: User, note: str, **changes: Any
) -> WorkSummary:
    changes |= {"sent_on": moment.today(), "sent_by": by}
    done: WorkSummary = SUMMARY.finish(row, verb, by=by, note=note, changes=changes)
    if done.period in reporting.RULES:
        reporting.end_clock(done, f"summary.{verb}")
    papers.keep(done, paper_of(done), by=by)
    notify.tell_of(done, serving(readers, done.region_id), "已报送，请阅。", by=by)
    return done


# Counting: leads of the county, consultations and suggestions left out. `url`: the list that holds the rows now.


def _leads(county: Region) -> Any:
    return Lead.objects.counted().filter(region_under("region_id", county.code))


def counted(county: Region, period: str, days: Days) -> list[dict[str, Any]]:
    """The figures of the period and, for what happened in it, of the one before."""
    leads, earlier = _leads(county), before(period, days[0])
    now, then = _events(leads, days), _events(leads, earlier)
    found = [
        _figure(
            key, label, now[key], then[key], county, **{f"{column}_from": days[0], f"{column}_to": days[1]}
        )
        for key, label, column in EVENTS
    ]
    found += _standing(county, leads, days[1])
    if period != Period.WEEK:
        found += _kinds(county, leads, days)
    return found


# key, label, the column of the lead (and the list's filter of that name)
EVENTS = (
    ("received", "新登记线索", "received"),
    ("dispatched", "分办", "dispatched"),
    ("filed", "立案", "filed"),
    ("concluded", "办结", "concluded"),
)


def _events(leads: Any, days: Days) -> dict[str, int]:
    counts = {key: Count("pk", filter=Q(**{f"{column}_on__range": days})) for key, _, column in EVENTS}
    found: dict[str, int] = leads.aggregate(**counts)
    return found


def _standing(county: Region, leads: Any, last: date) -> list[dict[str, Any]]:
    """What is open at the end of the period; what is overdue when it is counted."""
    still = worklists.open_on(leads, last)
    old = Q(received_on__lte=last - timedelta(days=OLD.least))
    overdue = Clock.objects.all().targets(LABEL, due_on__lt=moment.today())
    found = still.aggregate(
        open=Count("pk"), old=Count("pk", filter=old), held=Count("pk", filter=Q(state="held")),
        overdue=Count("pk", filter=Q(pk__in=overdue)),
    )  # fmt: skip
    return [
        _figure("open", "期末未办结", found["open"], None, county),
        _figure("old", f"其中 {OLD.label}", found["old"], None, county),
        _figure("held", "其中暂存待查", found["held"], None, county),
        _figure("overdue", "其中统计时已超期", found["overdue"], None, county),
    ]


def _kinds(county: Region, leads: Any, days: Days) -> list[dict[str, Any]]:
    """New leads by kind of corruption and fault of style, most first."""
    found = []
    new = leads.filter(received_on__range=days)
    for path, axis in (("category", Axis.CORRUPTION), ("style", Axis.STYLE)):
        kinds = new.exclude(**{path: None}).order_by().values(code=F(f"{path}__code"))
        for row in kinds.annotate(n=Count("pk"), name=Max(f"{path}__name")).order_by("-n", "code"):
            code, label = row["code"], f"{axis.label}：{row['name']}"
            more = {path: code, "received_from": days[0], "received_to": days[1]}
            found.append(_figure(f"{path}.{code}", label, row["n"], None, county, **more))
    return found


def _figure(
    key: str, label: str, value: int, past: int | None, county: Region, **conditions: Any
) -> dict[str, Any]:
    """`url` is empty where no list answers for a day that is past."""
    where = {"region": county.code, "counted": "yes", **conditions, "view": "all"}
    url = f"/leads/?{urlencode(where)}" if conditions else ""
    return {"key": key, "label": label, "value": value, "before": past, "url": url}


def worded(period: str, days: Days, figures: list[dict[str, Any]]) -> str:
    """The figures in sentences, as a first text."""
    at = {one["key"]: one for one in figures}
    events = "，".join(
        f"{at[key]['label']} {at[key]['value']} 件（上期 {at[key]['before']} 件）" for key, _, _ in EVENTS
    )
    first = f"{in_words(period, *days)}，{events}。"
    more = "、".join(f"{label} {at[key]['value']} 件" for key, label in (
        ("old", OLD.label), ("held", "暂存待查"), ("overdue", "已超期")) if at[key]["value"])  # fmt: skip
    lines = [first, f"期末未办结 {at['open']['value']} 件{f'，其中{more}' if more else ''}。"]
    for axis, path in ((Axis.CORRUPTION, "category."), (Axis.STYLE, "style.")):
        kinds = [
            f"{one['label'].partition('：')[2]} {one['value']} 件"
            for one in figures
            if one["key"].startswith(path)
        ]
        if kinds:
            lines.append(f"新登记线索中，{axis.label}：{'、'.join(kinds)}。")
    return "\n".join(lines)
