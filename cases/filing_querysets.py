"""Reads of cases and outcomes that have a name. Both are seen exactly when their lead is."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Count, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from cases.weighing import Weighed, figures, heaviest, set_aside, weighed
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


def _announcing() -> Any:
    """The duties to announce, without those found not to apply."""
    return apps.get_model("cases", "Duty")._base_manager.filter(kind="announce", applies=True)


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

    def to_announce(self) -> Self:
        """Sanctions that stand and have to be announced: a past case that was entered whole has nothing left to do."""
        return self.decided().sanctions().filter(pk__in=_announcing().values("outcome"))

    def announced_in(self, first: date | None = None, last: date | None = None) -> Self:
        """Announced between two days, either of them open."""
        done = _announcing().exclude(done_on=None)
        done = done.filter(done_on__gte=first) if first else done
        done = done.filter(done_on__lte=last) if last else done
        return self.to_announce().filter(pk__in=done.values("outcome"))

    def unannounced_on(self, day: date) -> Self:
        """Decided by that day and not announced then."""
        left = _announcing().filter(Q(done_on=None) | Q(done_on__gt=day))
        return self.to_announce().filter(decided_on__lte=day, pk__in=left.values("outcome"))

    def pending(self) -> Self:
        return self.filter(state="pending")

    def suggested(self) -> Self:
        return self.filter(state="suggested")

    def counted(self) -> Self:
        """One row per person complained of: the heaviest under his lead."""
        return self.filter(counts=True)

    def in_forms(self) -> Self:
        """Decisions that stand and belong to one of the four forms."""
        return self.decided().exclude(form=0)

    def once(self) -> Self:
        """四种形态: of these rows one per person, across leads: the heaviest, of equals the one decided first."""
        rows = self.in_forms()
        return rows.exclude(pk__in=set_aside(weighed(rows)))

    def overdue(self, today: date) -> Self:
        return self.filter(pk__in=Clock.objects.all().targets(LABEL, due_on__lt=today))

    def in_order_of(self, path: str) -> "tuple[Any, str] | None":
        """Lists ordered by `due_on` take their keys out of the clocks (`keyset`)."""
        return (Clock.objects.all().first_of_each(LABEL), "target_id") if path == "due_on" else None

    def by_period(self) -> list[dict[str, Any]]:
        """Per year of decision, the latest first, the year itself before its quarters: name, first and last day,
        persons per form, total. In each period a person counts once, so that the quarters may be more than the year."""
        found: dict[tuple[int, int], list[Weighed]] = {}
        for row in weighed(self.in_forms()):
            year, quarter = row.decided_on.year, (row.decided_on.month + 2) // 3
            found.setdefault((year, 0), []).append(row)
            found.setdefault((year, quarter), []).append(row)
        ordered = sorted(found, key=lambda period: (-period[0], period[1] and 5 - period[1]))
        return [figures(year, quarter, found[year, quarter]) for year, quarter in ordered]

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
        """Persons and sanctioned persons among the rows (decisions that stand), each lead by itself."""
        rows = self.decided().order_by()
        persons = Count("subject", distinct=True)
        return {
            "persons": rows.aggregate(n=persons)["n"],
            "sanctioned": rows.sanctions().aggregate(n=persons)["n"],
        }

    def forms(self) -> dict[str, int]:
        """Persons per form among the rows, each person once at the heaviest."""
        counts = Counter(row.form for row in heaviest(weighed(self.in_forms())))
        return {f"form_{number}": counts[number] for number in (1, 2, 3, 4)}
