"""What the page of a round tells of the 整改事项 that came of its problems: how many, how many done, how many late."""

from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from inspections.pages.round_parts import Counter, Part, Seen
from povertyaudit.core import moment
from povertyaudit.core.views import Fact
from rectification.models import Item, Measure, State
from rectification.services.rhythms import of_round


class Rectified(Part):
    """Each figure opens exactly its items; those the reader may know of, in one question."""

    def counters(self, seen: Seen) -> list[Counter]:
        rows = Item.objects.visible_to(seen.user).standing().filter(finding__round=seen.row).order_by()
        late = Item.objects.overdue(moment.today()).filter(finding__round=seen.row)
        past = Item.objects.ever_late().filter(finding__round=seen.row)
        counted = rows.aggregate(
            all=Count("pk"), closed=Count("pk", filter=Q(state=State.CLOSED)),
            kept=Count("pk", filter=Q(state=State.LONG_TERM)), late=Count("pk", filter=Q(pk__in=late.values("pk"))),
            closed_late=Count("pk", filter=Q(pk__in=past.values("pk"))),
            asked=Count("pk", filter=Q(pk__in=Item.objects.extension().filter(finding__round=seen.row).values("pk"))),
        )  # fmt: skip
        if not counted["all"]:
            return []
        lists: dict[str, dict[str, str]] = {
            "all": {}, "closed": {"state": State.CLOSED}, "kept": {"state": State.LONG_TERM}, "late": {"light": "overdue"},
            "closed_late": {"light": "late"},
            "asked": {"extension": "any"},
        }  # fmt: skip
        labels = {
            "all": "整改事项",
            "closed": "已销号",
            "kept": "长期坚持",
            "late": "超期未销号",
            "closed_late": "逾期销号",
            "asked": "申请延期",
        }
        measures = Measure.objects.filter(item__in=rows).count()
        found = [
            Counter(label, counted[name], self.address(seen, **lists[name]), "项")
            for name, label in labels.items()
            if counted[name] or name in {"all", "closed"}
        ]
        return [
            *found,
            Counter("整改措施", measures, reverse("round_tree", args=(seen.row.public_id,)), "条"),
        ]

    def facts(self, seen: Seen) -> list[Fact]:
        """How often its items are reported on, and by whose word."""
        words, source = of_round(seen.row, moment.today())
        return [Fact("整改报告周期", f"{words}（{source}）")] if words else []

    def address(self, seen: Seen, **more: str) -> str:
        """The list of its items."""
        return f"/items/?{urlencode({'round': seen.row.public_id, **more})}"
