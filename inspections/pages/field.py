"""What the page of a round tells of its field work: visits with their counts, and worksheets."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.urls import reverse

from inspections.field_querysets import STILL_COUNT
from inspections.models import Visit, Worksheet
from inspections.pages.round_parts import Counter, Owed, Part, Seen

FIGURES = (  # name, label, unit
    ("visits", "走访", "次"),
    ("households", "入户", "户"),
    ("talks", "谈话", "人次"),
    ("documents", "查阅资料", "份"),
    ("calls", "电话抽查", "次"),
)


class FieldWork(Part):
    """Each figure opens the visits it is the sum of."""

    def counters(self, seen: Seen) -> Sequence[Counter]:
        visits = Visit.objects.visible_to(seen.user).filter(round=seen.row, state=Visit.State.RECORDED)
        sums = visits.order_by().aggregate(
            visits=Count("pk"), **{name: Sum(name) for name, _, _ in FIGURES if name != "visits"}
        )
        done = {"state": Worksheet.State.RECORDED}
        sheets = Worksheet.objects.visible_to(seen.user).filter(round=seen.row, **done).count()
        at = f"?round={seen.row.public_id}"
        opens = f"{reverse('visits')}{at}&state={Visit.State.RECORDED}"
        told = [Counter(label, sums[name] or 0, opens, unit) for name, label, unit in FIGURES if sums[name]]
        signed = Counter("成为问题的底稿", sheets, f"{reverse('worksheets')}{at}&{urlencode(done)}", "份")
        return [*told, *([signed] if sheets else [])]

    def owed(self, seen: Seen) -> Sequence[Owed]:
        """Sheets that may yet become findings, and those the round was finished without."""
        sheets = Worksheet.objects.visible_to(seen.user).filter(round=seen.row, state=Worksheet.State.OPEN)
        counts = sheets.order_by().aggregate(all=Count("pk"), live=Count("pk", filter=STILL_COUNT))
        opens = f"{reverse('worksheets')}?round={seen.row.public_id}&left="
        told = (
            (counts["live"], "份底稿还没有签齐、登记为发现问题", "巡察组", "no"),
            (counts["all"] - counts["live"], "份底稿结束时没有登记，请作废", "巡察组、巡察办", "yes"),
        )
        return [Owed(f"{n} {words}", who, f"{opens}{left}") for n, words, who, left in told if n]
