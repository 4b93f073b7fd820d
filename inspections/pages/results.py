"""What came of the leads a round handed on (线索办理结果), for the page of the round and those who know of the leads."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from cases.models import Accountability, Case, Lead, Outcome, OutcomeKind, Responsible
from inspections.pages.round_parts import Counter, Part, Seen


class LeadResults(Part):
    """Cases filed, persons and units held to account, persons handed to the procurator; no names."""

    def counters(self, seen: Seen) -> Sequence[Counter]:
        rows = seen.row.handed_leads.visible_to(seen.user)
        leads = Lead.objects.visible_to(seen.user).filter(handover_rows__in=rows.values("row"))
        slips = list(rows.order_by().values_list("row__handover__number", flat=True).distinct())
        if not slips or not leads.exists():
            return ()
        found = [
            self.counter(
                "立案", Case.objects.visible_to(seen.user).filter(lead__in=leads), "/cases/", slips, "件"
            )
        ]
        decided = Outcome.objects.visible_to(seen.user).decided().filter(lead__in=leads)
        transferred = decided.filter(kind=OutcomeKind.TRANSFER)
        found += [
            self.counter("党纪政务处分", decided.sanctions(), "/outcomes/", slips, "人次", tab="sanctions"),
            self.counter(
                "移送检察机关", transferred, "/outcomes/", slips, "人次", kind="transfer", decided="true"
            ),
        ]
        asked = Accountability.objects.visible_to(seen.user).filter(lead__in=leads)
        held = Responsible.objects.filter(accountability__in=asked).exclude(measure="none")
        for kind, label, unit in (("person", "问责", "人"), ("unit", "问责单位", "个")):
            found.append(self.counter(label, held.filter(kind=kind), "/accountabilities/", slips, unit))
        return [one for one in found if one.value or one.label == "立案"]

    def counter(self, label: str, rows: Any, path: str, slips: list[str], unit: str, **more: str) -> Counter:
        return Counter(
            label, rows.count(), f"{path}?{urlencode({'handover': ' '.join(slips), **more})}", unit
        )
