"""整改 and 专题 on the board: rounds by how far their items are, campaigns by how far their leads came."""

from django.db.models import Count, F, Q

from cases.models import Outcome
from funds.spans import Span
from inspections.models import CampaignLead, Stage
from povertyaudit.core.views import BoardLine, Figure
from povertyaudit.reporting import figures
from povertyaudit.reporting.boards.chart import BARS, MOST, STACK, Chart
from povertyaudit.reporting.indicators import Reader, items
from rectification import standing
from rectification.boards.units import items_address
from rectification.models import Item

WORDS = {"closed": "已销号", "open": "未销号", "late": "其中超期"}


def charts(sight: Reader, span: Span) -> tuple[Chart, ...]:
    return (rectified(sight), campaigns(sight, span))


def rectified(sight: Reader) -> Chart:
    """Items that grew out of rounds, the newest round first; as they stand now."""
    rows = Item.objects.visible_to(sight.user).filter(standing.ISSUED, finding__isnull=False).order_by()
    grouped = rows.values(
        key=F("finding__round__public_id"), name=F("finding__round__name"), day=F("finding__round__starts_on")
    )
    found = list(grouped.annotate(**standing.counts(*WORDS)).order_by("-day", "-key")[:MOST])
    lines = [
        BoardLine(
            row["name"],
            [Figure(row[f"n_{word}"], items_address(standing=word, round=row["key"])) for word in WORDS],
        )
        for row in found
    ]
    closed, open_, late = (sum(row[f"n_{word}"] for row in found) for word in WORDS)
    words = f"各轮次的整改事项已销号 {figures.share(closed, closed + open_)}，超期未销号 {late:,} 项"
    return Chart(
        "rectified", "各轮巡察的整改到哪一步", words, STACK, "轮次", list(WORDS.values()), lines,
        (items.ALL_CLOSED, items.OPEN, items.LATE), unit="项", drawn=2,
        note="按现在的情况，不随期间变化；长期坚持的不在内。", more=("轮次 × 单位", "/item-boards/matrix/"),
    )  # fmt: skip


def campaigns(sight: Reader, span: Span) -> Chart:
    """专题 that run in the period, by quarter theme: leads at each stage."""
    ties = CampaignLead.objects.visible_to(sight.user).order_by()
    if span.first and span.last:
        ties = ties.filter(campaign__starts_on__lte=span.last, campaign__ends_on__gte=span.first)
    decided = Outcome.objects.visible_to(sight.user).decided()
    counts = {
        Stage.FOUND: Count("pk"),
        Stage.FILED: Count("pk", filter=Q(lead__case__isnull=False)),
        Stage.SANCTIONED: Count("pk", filter=Q(lead__in=decided.sanctions().values("lead"))),
        Stage.TRANSFERRED: Count("pk", filter=Q(lead__in=decided.filter(kind="transfer").values("lead"))),
    }
    grouped = ties.values(
        key=F("campaign__public_id"), name=F("campaign__name"), theme=F("campaign__theme"), day=F("campaign__starts_on")
    )  # fmt: skip
    found = list(
        grouped.annotate(**{f"n_{stage}": count for stage, count in counts.items()}).order_by("-day", "key")[
            :MOST
        ]
    )
    lines = [
        BoardLine(
            row["name"],
            [
                Figure(row[f"n_{stage}"], f"/campaign-leads/?campaign={row['key']}&stage={stage}&view=all")
                for stage in counts
            ],
        )
        for row in found
    ]
    whole, filed = (sum(row[f"n_{stage}"] for row in found) for stage in (Stage.FOUND, Stage.FILED))
    return Chart(
        "campaigns", "各专题的线索走到哪一步", f"{len(found)} 个专题列入线索 {whole:,} 件，立案 {filed:,} 件", BARS, "专题",
        [str(stage.label) for stage in counts], lines, note="期间内开展的专题；件数是线索数。", more=("专题", "/campaigns/"),
    )  # fmt: skip
