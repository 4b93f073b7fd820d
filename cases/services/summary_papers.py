"""A summary as a paper: its text and its table."""

from django.utils import timezone

from cases.models import Period, WorkSummary
from cases.services import partners
from cases.services.telling import registry_of
from povertyaudit.core import papers


def paper_of(row: WorkSummary) -> papers.Paper:
    """The summary as a paper."""
    to = {Period.TOLD: "信访室", Period.SANCTION: f"{row.region.name}委"}.get(Period(row.period), "委领导")
    return papers.Paper(
        title=row.title, number=row.document_number or row.number or "", addressee=to,
        blocks=(papers.Text(row.text), _grid(row)), signed=_signed(row),
        dated=row.sent_on or timezone.localtime(row.counted_at).date(),
    )  # fmt: skip


def _signed(row: WorkSummary) -> str:
    """Who signs: the office that reports; to the party committee of the county the discipline body itself reports."""
    if row.period == Period.SANCTION:
        registry = registry_of(row.region_id)
        return registry.parent.name if registry and registry.parent else f"{row.region.name}纪律检查委员会"
    return row.unit.name if row.unit else "案件监督管理室"


def _grid(row: WorkSummary) -> papers.Grid:
    if row.period == Period.PARTNERS:
        return partners.grid(row.figures)
    return papers.Grid(("项目", "本期（件）", "上期（件）"), [
        (one["label"], str(one["value"]), "" if one["before"] is None else str(one["before"])) for one in row.figures
    ])  # fmt: skip
