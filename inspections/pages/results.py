"""What came of the leads a round handed on (线索办理结果), for the page of the round and those who know of the leads."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count

from cases.models import Case, Lead, Outcome, OutcomeKind, Responsible
from inspections.pages.round_parts import Counter, Part, Seen
from inspections.services.handed_over import leads_of

HELD = (  # which of those who answer, kind, label, unit: 约谈 is no accountability and is told apart
    ("held", "person", "问责", "人"), ("held", "unit", "问责单位", "个"), ("held", "place", "问责地方", "个"),
    ("talked", "person", "约谈", "人"), ("talked", "unit", "约谈单位", "个"), ("talked", "place", "约谈地方", "个"),
)  # fmt: skip


class LeadResults(Part):
    """Cases filed, persons and units held to account, persons handed to the procurator; no names."""

    def counters(self, seen: Seen) -> Sequence[Counter]:
        leads, user = leads_of(seen.row, seen.user), seen.user
        if not Lead.objects.visible_to(user).filter(pk__in=leads).exists():
            return ()
        decided = Outcome.objects.visible_to(user).decided().filter(lead__in=leads)
        transferred = decided.filter(kind=OutcomeKind.TRANSFER)
        filed = Case.objects.visible_to(user).filter(lead__in=leads)
        found = [
            self.counter(seen, "立案", filed.count(), "/cases/", "件"),
            self.counter(seen, "党纪政务处分", decided.sanctions().count(), "/outcomes/", "人次", tab="sanctions"),
            self.counter(
                seen, "移送检察机关", transferred.count(), "/outcomes/", "人次", kind="transfer", decided="true"
            ),
            *self.answerable(seen, leads),
        ]  # fmt: skip
        return [one for one in found if one.value or one.label == "立案"]

    def answerable(self, seen: Seen, leads: Any) -> list[Counter]:
        """Persons, units and places a decision names, by whether it holds them to account or only talks to them."""
        rows = Responsible.objects.visible_to(seen.user).filter(accountability__lead__in=leads)
        counted = {
            standing: dict(chosen.order_by().values_list("kind").annotate(n=Count("pk")))
            for standing, chosen in (("held", rows.held()), ("talked", rows.talked_to()))
        }
        return [
            self.counter(
                seen, label, counted[standing].get(kind, 0), "/responsibles/", unit, kind=kind, standing=standing
            )
            for standing, kind, label, unit in HELD
        ]  # fmt: skip

    def counter(self, seen: Seen, label: str, value: int, path: str, unit: str, **more: str) -> Counter:
        return Counter(label, value, f"{path}?{urlencode({'round': seen.row.public_id, **more})}", unit)
