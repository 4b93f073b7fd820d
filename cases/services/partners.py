"""每月20日汇总: what the members of the joint meeting report, and the month's total of hand-overs body by body."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Count, Q

from cases.exchange_querysets import REPORTING
from cases.models import Handover, HandoverRow, PartnerBody, PartnerReport, Period, WorkSummary
from cases.models.partner_reports import DAY, MOST
from cases.models.summaries import in_words
from cases.workflow.partners import PARTNER_REPORT
from povertyaudit.core import moment, numbering, papers, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Region, Role, Unit, User

CATCH_ALL = "other"  # 其他机关: no member of the joint meeting, so nobody reports for it
CELLS = (("in", "移入"), ("out", "移出"), ("answered", "已反馈"), ("unanswered", "期末未反馈"))
Days = tuple[date, date]


def month_of(day: date) -> Days:
    """The reporting month a day lies in: from the 21st to the 20th."""
    last = day.replace(day=DAY)
    if day.day > DAY:
        last = (last + timedelta(days=31)).replace(day=DAY)
    return (last - timedelta(days=DAY)).replace(day=DAY + 1), last


def over(day: date) -> Days:
    """The last reporting month that was over before `day`."""
    _, last = month_of(day)
    return month_of(last - timedelta(days=31)) if last >= day else month_of(last)


# Reports of the members


@transaction.atomic
def report(
    *, by: User, body: PartnerBody, handed_over: int, under_way: int, last_day: date | None = None,
    reported_on: date | None = None, unit: Unit | None = None, text: str = "", note: str = "",
) -> PartnerReport:  # fmt: skip
    """登记部门报送: by the registry for any member, by a unit's own people for the body it is known as.

    `last_day` (a 20th) defaults to that of the month just running. Raises NotAllowed, RuleBroken.
    """
    post = by.post_as({Role.CASE_MANAGER}) or by.post_as(REPORTING)
    if post is None:
        raise NotAllowed("partner.role", "部门报送由案管室登记，或者由联席会议成员单位的人员报送。")
    unit = unit if post.role == Role.CASE_MANAGER else post.unit
    county = Region.objects.get(code=post.region.county_code())
    day, today = last_day or month_of(moment.today())[1], moment.today()
    then = _member(body, day, unit if post.role != Role.CASE_MANAGER else None)
    _check(county, day, handed_over, under_way)
    on = reported_on or today
    if not month_of(day)[0] <= on <= today:
        raise RuleBroken("partner.day", "报送日期应在本期开始以后、今天以前，请核对。", field="reported_on")
    row = PartnerReport(
        region=county, body=then, unit=unit, last_day=day, handed_over=handed_over, under_way=under_way, text=text,
        reported_on=on, reported_by=by, number=numbering.take("partner_report", county),
    )  # fmt: skip
    made: PartnerReport = rows.create(row, verb="partnerreport.report", by=by, note=note)
    return made


def bodies_of(unit: Unit) -> set[str]:
    """The codes of the bodies a unit is known as: the registry named it in a hand-over or a report."""
    handed = Handover.objects.filter(unit=unit).values_list("body__code", flat=True)
    told = PartnerReport.objects.filter(unit=unit).values_list("body__code", flat=True)
    return {*handed, *told} - {CATCH_ALL}


def may_report(user: User) -> bool:
    """The registry; the people of a unit the registry knows as one of the members."""
    if Role.CASE_MANAGER in user.roles:
        return True
    return any(bodies_of(post.unit) for post in user.current_posts() if post.role in REPORTING)


def _member(body: PartnerBody, day: date, own: Unit | None) -> PartnerBody:
    then: PartnerBody | None = PartnerBody.objects.of_day(body, day)
    if then is None or then.code == CATCH_ALL:
        raise RuleBroken("partner.body", f"“{body.name}”不是联席会议成员，请改选。", field="body")
    if own is not None and then.code not in bodies_of(own):
        text = f"案管室没有把{own.name}登记为“{body.name}”，请改选，或者请案管室登记。"
        raise RuleBroken("partner.not_yours", text, field="body")
    return then


def _check(county: Region, day: date, handed_over: int, under_way: int) -> None:
    if day.day != DAY or day > month_of(moment.today())[1]:
        text = f"每月报送截至 {DAY} 日，请填写某月 {DAY} 日，不晚于本期的 {month_of(moment.today())[1]}。"
        raise RuleBroken("partner.last_day", text, field="last_day")
    for field, number in (("handed_over", handed_over), ("under_way", under_way)):
        if not 0 <= number <= MOST:
            raise RuleBroken("partner.number", f"件数应在 0 和 {MOST} 之间，请核对。", field=field)
    if any(total.state == WorkSummary.State.SENT for total in _locked_total(county.pk, day)):
        text = "这个月的汇总已经报送，不能再登记或者修改，请报入下一期。"
        raise WrongState("partner.sent", text, field="last_day")


def _locked_total(county: str, day: date) -> list[WorkSummary]:
    """The month's total, before its parts: who sends it waits for the report that is being written, or this one for
    the sending, so that no total says 未报送 of a member whose report stands beside it."""
    rows = WorkSummary.objects.filter(region=county, period=Period.PARTNERS, last_day=day)
    return list(rows.select_for_update(of=("self",)))


@transaction.atomic
def amend_report(
    row: PartnerReport, *, by: User, handed_over: int, under_way: int, text: str = "", note: str = "",
    expected_version: int | None = None,
) -> PartnerReport:  # fmt: skip
    """修改报送, until the month's total is sent."""
    _locked_total(row.region_id, row.last_day)
    found: PartnerReport = PARTNER_REPORT.begin(
        row, "amend", by=by, note=note, expected_version=expected_version
    )
    _check(found.region, found.last_day, handed_over, under_way)
    changes = {"handed_over": handed_over, "under_way": under_way, "text": text}
    done: PartnerReport = PARTNER_REPORT.finish(found, "amend", by=by, note=note, changes=changes)
    return done


# The month's total


def counted(county: Region, days: Days) -> list[dict[str, Any]]:
    """One figure for each member, and for the other bodies where they handed anything over.

    `value`: rows handed in; `cells` the same and the other counts, each with the list that holds its rows now;
    `report`: what the member says itself, None where it has said nothing.
    """
    told = {
        one.body.code: one
        for one in PartnerReport.objects.filter(region=county, last_day=days[1]).select_related("body")
    }
    numbers = _numbers(county, days)
    found = []
    for body in PartnerBody.objects.on(days[1]).order_by("order", "pk"):
        values = numbers.get(body.code, {})
        if body.code != CATCH_ALL or any(values.values()):
            found.append(_figure(body, values, told.get(body.code), days))
    return found


def _numbers(county: Region, days: Days) -> dict[str, dict[str, int]]:
    """Code of the body → cell → rows. One question."""
    within, by_then = Q(handover__handed_on__range=days), Q(handover__handed_on__lte=days[1])
    answered, returned = "handover__answered_on", "handover__returned_on"
    left = Q(**{answered: None}) | Q(**{f"{answered}__gt": days[1]})
    stays = Q(**{returned: None}) | Q(**{f"{returned}__gt": days[1]})
    counts = {
        "in": Count("pk", filter=within & Q(handover__direction="in")),
        "out": Count("pk", filter=within & Q(handover__direction="out")),
        "answered": Count("pk", filter=Q(**{f"{answered}__range": days})),
        "unanswered": Count("pk", filter=by_then & left & stays),
    }
    grouped = HandoverRow.objects.filter(handover__region=county).order_by().values("handover__body__code")
    return {row.pop("handover__body__code"): row for row in grouped.annotate(**counts)}


def _figure(
    body: PartnerBody, values: dict[str, int], told: PartnerReport | None, days: Days
) -> dict[str, Any]:
    cells = [
        {"key": key, "label": label, "value": values.get(key, 0), "url": _rows_url(body, key, days)}
        for key, label in CELLS
    ]
    said = told and {
        "handed_over": told.handed_over,
        "under_way": told.under_way,
        "url": told.get_absolute_url(),
    }
    return {
        "key": f"body.{body.code}", "label": body.name, "value": values.get("in", 0), "before": None, "url": "",
        "cells": cells, "report": said, "member": body.code != CATCH_ALL,
    }  # fmt: skip


def _rows_url(body: PartnerBody, key: str, days: Days) -> str:
    first, last = days
    said: dict[str, Any] = {"body": body.code}
    if key in ("in", "out"):
        said |= {"direction": key, "handed_from": first, "handed_to": last}
    elif key == "answered":
        said |= {"answered_from": first, "answered_to": last}
    else:
        said |= {"unanswered_on": last}
    return f"/handovers/rows/?{urlencode(said)}"


def missing(figures: list[dict[str, Any]]) -> list[str]:
    """The members that reported nothing, by name."""
    return [one["label"] for one in figures if one["member"] and one["report"] is None]


def worded(days: Days, figures: list[dict[str, Any]]) -> str:
    """The figures in sentences, as a first text."""
    members, silent = [one for one in figures if one["member"]], missing(figures)
    sums = {key: sum(one["cells"][at]["value"] for one in figures) for at, (key, _) in enumerate(CELLS)}
    lines = [
        f"{in_words(Period.PARTNERS, *days)}，联席会议成员 {len(members)} 个，已报送 {len(members) - len(silent)} 个，"
        f"没有报送 {len(silent)} 个。",
        f"移入线索 {sums['in']} 件，移出 {sums['out']} 件，已反馈结果 {sums['answered']} 件，期末未反馈 {sums['unanswered']} 件。",
    ]
    return "\n".join([*lines, *([f"没有报送的：{'、'.join(silent)}。"] if silent else [])])


def grid(figures: list[dict[str, Any]]) -> papers.Grid:
    """The table of the paper; who said nothing is written so, never as nought."""
    head = ("部门", "报送移交", "报送在办", *(label for _, label in CELLS))
    return papers.Grid(head, [
        (one["label"], *said_of(one), *(str(cell["value"]) for cell in one["cells"])) for one in figures
    ])  # fmt: skip


def said_of(figure: dict[str, Any]) -> tuple[str, str]:
    """What a member says it handed over and has under way, in words."""
    if figure["report"] is None:
        return ("未报送", "未报送") if figure["member"] else ("—", "—")
    return str(figure["report"]["handed_over"]), str(figure["report"]["under_way"])
