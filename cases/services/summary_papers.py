"""A summary as a paper: its text and its table."""

from django.utils import timezone

from cases.models import Period, WorkSummary
from cases.services import partners
from povertyaudit.core import papers


def paper_of(row: WorkSummary) -> papers.Paper:
    """The summary as a paper."""
    to = {Period.TOLD: "信访室", Period.SANCTION: "同级党委"}.get(Period(row.period), "委领导")
    office = row.unit.name if row.unit else "案件监督管理室"
    return papers.Paper(
        title=row.title, number=row.document_number or row.number or "", addressee=to,
        blocks=(papers.Text(row.text), _grid(row)), signed=office,
        dated=row.sent_on or timezone.localtime(row.counted_at).date(),
    )  # fmt: skip


def _grid(row: WorkSummary) -> papers.Grid:
    if row.period == Period.PARTNERS:
        return partners.grid(row.figures)
    return papers.Grid(("项目", "本期（件）", "上期（件）"), [
        (one["label"], str(one["value"]), "" if one["before"] is None else str(one["before"])) for one in row.figures
    ])  # fmt: skip
