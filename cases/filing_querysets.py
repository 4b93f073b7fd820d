"""Reads of cases and outcomes that have a name. Both are seen exactly when their lead is."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Count, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, TruncQuarter

from povertyaudit.core.models import Clock
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

LABEL = "cases.outcome"
DECIDED = ("pending", "executed")
SANCTIONS = ("party", "admin")
SUMS = ("owed_fen", "taken_fen", "returned_fen")


class CaseQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        """With the region, the persons and what they owe: no query per row."""
        return (
            self.select_related("lead__region", "lead__acting_unit", "lead__handler__person")
            .prefetch_related("lead__case_persons__subject")
            .annotate(**{name: _sum_of(name) for name in SUMS})
            .annotate(person_count=_persons())
        )

    def totals(self) -> dict[str, int]:
        """Cases, persons filed on, persons sanctioned, and the money of the cases (分)."""
        leads = self.order_by().values("lead")
        persons = apps.get_model("cases", "CasePerson")._base_manager.filter(lead__in=leads)
        outcomes = apps.get_model("cases", "Outcome")._base_manager
        punished = outcomes.filter(lead__in=leads, kind__in=SANCTIONS, state__in=DECIDED)
        money = apps.get_model("cases", "CaseMoney")._base_manager.filter(lead__in=leads)
        sums = money.aggregate(**{name: Coalesce(Sum(name), 0) for name in SUMS})
        return {
            "cases": self.count(),
            "persons": persons.count(),
            "sanctioned": punished.aggregate(n=Count("subject", distinct=True))["n"],
            **sums,
        }


def _sum_of(name: str) -> Coalesce:
    money = apps.get_model("cases", "CaseMoney")._base_manager.filter(lead=OuterRef("lead"))
    return Coalesce(Subquery(money.order_by().values("lead").annotate(sum=Sum(name)).values("sum")), Value(0))


def _persons() -> Coalesce:
    rows = apps.get_model("cases", "CasePerson")._base_manager.filter(lead=OuterRef("lead"))
    return Coalesce(Subquery(rows.order_by().values("lead").annotate(n=Count("pk")).values("n")), Value(0))


class OutcomeQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Outcomes of the leads this post sees."""
        leads: Any = apps.get_model("cases", "Lead")._default_manager.all()
        leads.one_row = self.one_row
        return [
            Reason(reason.words, Q(lead__in=leads.filter(reason.rows).order_by().values("pk")))
            for reason in leads.reasons(post)
        ]

    def decided(self) -> Self:
        """Decisions that stand: not a mere suggestion, not replaced by a later one."""
        return self.filter(state__in=DECIDED)

    def sanctions(self) -> Self:
        return self.filter(kind__in=SANCTIONS)

    def pending(self) -> Self:
        return self.filter(state="pending")

    def suggested(self) -> Self:
        return self.filter(state="suggested")

    def counted(self) -> Self:
        """One row per person: the one that counts in the four forms."""
        return self.filter(counts=True)

    def overdue(self, today: date) -> Self:
        return self.filter(pk__in=Clock.objects.all().targets(LABEL, due_on__lt=today))

    def in_order_of(self, path: str) -> "tuple[Any, str] | None":
        """Lists ordered by `due_on` take their keys out of the clocks (`keyset`)."""
        return (Clock.objects.all().first_of_each(LABEL), "target_id") if path == "due_on" else None

    def by_quarter(self) -> list[dict[str, Any]]:
        """Per quarter of decision, the latest first: name, first and last day, persons per form, total."""
        found = self.counted().order_by().annotate(first=TruncQuarter("decided_on"))
        quarters: dict[date, dict[str, Any]] = {}
        for first, form, n in found.values_list("first", "form").annotate(n=Count("pk")):
            last = (first + timedelta(days=92)).replace(day=1) - timedelta(days=1)
            name = f"{first.year} 年第 {(first.month + 2) // 3} 季度"
            quarter = quarters.setdefault(
                first, {"name": name, "first": first, "last": last, "forms": {}, "total": 0}
            )
            quarter["forms"][form] = n
            quarter["total"] += n
        return [quarters[first] for first in sorted(quarters, reverse=True)]

    def for_list(self) -> Self:
        return self.select_related(
            "region", "lead__registering_unit", "lead__acting_unit", "lead__handling_unit", "subject"
        ).annotate(due_on=Clock.objects.all().next_due(LABEL))

    def for_page(self) -> Self:
        return (
            self.for_list()
            .select_related("corrects")
            .prefetch_related("duties__recorded_by__person", "corrections")
        )

    def totals(self) -> dict[str, int]:
        """Persons, sanctioned persons, and persons per form among the rows (decisions that stand)."""
        rows = self.decided().order_by()
        persons = Count("subject", distinct=True)
        forms = dict(rows.counted().values_list("form").annotate(n=Count("pk")))
        return {
            "persons": rows.aggregate(n=persons)["n"],
            "sanctioned": rows.sanctions().aggregate(n=persons)["n"],
            **{f"form_{number}": forms.get(number, 0) for number in (1, 2, 3, 4)},
        }
