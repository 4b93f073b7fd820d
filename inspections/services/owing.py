"""What a round still owes to others, or is owed: each says it in whole phrases, and the round cannot be closed before.

Called through `ROUND_CLOSING` (see `closing`).
"""

from typing import Any

from inspections.models import Round, RoundPaper

MOST = 20  # phrases of one kind; the rest is told by its number


def _phrases(rows: Any, words: str, unit: str) -> list[str]:
    """`words` for each row, with {number} and the unit's name; what goes beyond `MOST` in one phrase."""
    found = [words.format(row=row) for row in rows[: MOST + 1]]
    if len(found) <= MOST:
        return found
    return [*found[:MOST], f"还有 {rows.count() - MOST} {unit}"]


def leads(round_: Round) -> list[str]:
    """Leads handed over without a receipt, or neither registered nor refused."""
    rows = round_.handed_leads.filter(row__handover__state="sent") | round_.handed_leads.filter(
        row__standing="to_register"
    ).exclude(row__handover__state__in=("returned", "answered"))
    open_ones = rows.select_related("row__handover").distinct().order_by("pk")
    return _phrases(
        open_ones,
        "移交清单 {row.row.handover.number} 第 {row.row.ordinal} 条没有回执或者没有登记",
        "条移交的线索没有办完",
    )


def opinions(round_: Round) -> list[str]:
    """Opinions not sent, not answered, or whose answer was not accepted."""
    rows = round_.opinions.exclude(state__in=("accepted", "withdrawn")).select_related("unit").order_by("pk")
    return _phrases(rows, "发给{row.unit.name}的意见 {row} {row.state_words}", "条意见没有办完")


def notices(round_: Round) -> list[str]:
    """立行立改 not closed."""
    rows = round_.immediate_notices.open().select_related("unit").order_by("pk")
    return _phrases(rows, "{row.unit.name}的立行立改 {row.number} 没有办结", "件立行立改没有办结")


def feedback(round_: Round) -> list[str]:
    """Forms nobody signed for."""
    rows = round_.feedbacks.unsigned().select_related("unit").order_by("pk")
    return _phrases(rows, "{row.unit.name}的反馈表没有签收", "张反馈表没有签收")


def papers(round_: Round) -> list[str]:
    """Reports that did not go all the way up; one recorded by mistake is discarded."""
    going_up = round_.papers.filter(kind__in=RoundPaper.GOES_UP)
    rows = going_up.exclude(state__in=("decided", "discarded")).order_by("pk")
    return _phrases(rows, "报告《{row.title}》没有报书记专题会听取", "份报告没有报书记专题会听取")


def plans(round_: Round) -> list[str]:
    """Plans and reports not approved."""
    rows = round_.rectification_plans.exclude(state="approved").select_related("unit").order_by("pk")
    return _phrases(rows, "{row.title}没有通过联审", "份整改方案和报告没有通过联审")
