"""Reads of misuses that have a name."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from povertyaudit.core.models import Role
from povertyaudit.core.scope import Reason, ScopedQuerySet

if TYPE_CHECKING:
    from povertyaudit.core.models import Post

REGION_WIDE = frozenset(
    {Role.FINANCE, Role.CASE_MANAGER, Role.SUPERVISION, Role.SECRETARY, Role.DEPUTY, Role.SERVICE}
)
BY_UNIT = frozenset({Role.LIAISON, Role.UNIT_HEAD, Role.SECTOR})


class MisuseQuerySet(ScopedQuerySet):
    def reasons(self, post: "Post") -> list[Reason]:
        """Region-wide posts see their region; a unit sees what it must pay back."""
        if post.role in REGION_WIDE:
            return [Reason(f"可查看{post.place}的全部违规使用资金", post.within("region_id"))]
        if post.role in BY_UNIT:
            return [Reason("您所在单位是责任单位", Q(responsible_unit=post.unit_id))]
        return []

    def standing(self) -> Self:
        """Without those voided: every count, board and search, and whatever may cite one."""
        return self.exclude(state="voided")

    def outstanding(self) -> Self:
        """Misuses with money still to come back."""
        return self.filter(state="open")  # the database holds that exactly these have not all of it back

    def with_sums(self) -> Self:
        """With `outstanding_fen` (分): what is still to come back."""
        return self.annotate(outstanding_fen=F("amount_fen") + F("adjusted_fen") - F("recovered_fen"))

    def standing_on(self, day: date) -> Self:
        """With `owed_then` and `left_then` (分): what was owed and open by the entries booked up to the day."""
        booked = Q(entries__booked_on__lte=day)
        return self.annotate(
            owed_then=-sided("owed", path="entries__", among=booked),
            left_then=sided("open", path="entries__", among=booked),
        )

    def with_parts(self) -> Self:
        """With what the verbs ask of each row: `relief_asker` (the person behind a request that waits), `has_returns`,
        `sheet_state` (of the table of households that waits)."""
        reliefs, returns, sheets = (
            self.model._meta.get_field(name).related_model._default_manager.filter(misuse=OuterRef("pk"))
            for name in ("reliefs", "recoveries", "return_sheets")
        )
        asked = reliefs.filter(state="pending").values("asked_by__person")[:1]
        return self.annotate(
            relief_asker=Subquery(asked),
            has_returns=Exists(returns.returned()),
            sheet_state=Subquery(sheets.waiting().values("state")[:1]),
        )

    def with_project(self, user: Any) -> Self:
        """With `project_number`, for those who may know of the project."""
        projects: Any = self.model._meta.get_field("project").related_model
        known = projects._default_manager.visible_to(user).filter(pk=OuterRef("project"))
        return self.annotate(project_number=Subquery(known.values("number")[:1]))

    def for_list(self) -> Self:
        return (
            self.with_sums()
            .with_parts()
            .select_related("kind", "nature", "fund_kind", "responsible_unit", "region")
        )


class RecoveryQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Recoveries that count: not voided."""
        return self.filter(voided_at=None)

    def returned(self) -> Self:
        """Standing returns to households."""
        return self.standing().filter(kind="returned").exclude(household="")

    def to_ask(self) -> Self:
        """Returns nobody has asked the household about."""
        return self.returned().filter(confirmations=None)

    def denied(self) -> Self:
        """Returns of which the household said last that the money did not come, or not all of it."""
        last = self.model._meta.get_field("confirmations").related_model._default_manager.filter(
            recovery=OuterRef("pk")
        )
        said = last.order_by("-asked_on", "-id").values("result")[:1]
        return self.returned().annotate(last_said=Subquery(said)).filter(last_said__in=("less", "nothing"))

    def for_list(self) -> Self:
        return self.select_related(
            "misuse__responsible_unit", "misuse__region", "village", "to_project", "signed_by__person"
        ).prefetch_related("confirmations")


class ReturnSheetQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Looked through and not yet booked; at most one of a misuse."""
        return self.filter(state__in=("staged", "booking"))


class ReturnLineQuerySet(QuerySet[Any]):
    """Only the verbs of the sheet read lines."""


TAKEN = ("confiscated", "cleared", "compensated", "handed_in", "volunteered", "treasury")
OTHERWISE = ("repurposed", "offset", "cancelled", "written_off")
# Two totals that are never added up (追缴, 退还群众), and what was settled without money coming back.
GROUPS: dict[str, tuple[str, ...]] = {"taken": TAKEN, "returned": ("returned",), "otherwise": OTHERWISE}


class LedgerEntryQuerySet(ScopedQuerySet):
    def about(self, *accounts: str) -> Self:
        """Entries of these accounts, counter-entries too: what a total is made of."""
        return self.filter(Q(debit__in=accounts) | Q(credit__in=accounts))

    def netted(self) -> Self:
        """With `net_fen` (分): by how much the account beside 未结 grows."""
        grows = Q(credit="owed") | Q(credit="open") & ~Q(debit="owed")
        return self.annotate(net_fen=Case(When(grows, then=F("amount_fen")), default=-F("amount_fen")))

    def for_list(self) -> Self:
        return self.select_related(
            "misuse__responsible_unit",
            "misuse__region",
            "misuse__kind",
            "recovery",
            "booked_by__person",
            "reverses",
        )


def totals() -> dict[str, Any]:
    """Sums (分) for `aggregate` and `annotate` of entries: owed, taken, returned, otherwise, open."""
    return {
        "owed": -sided("owed"), **{name: sided(*kinds) for name, kinds in GROUPS.items()}, "open": sided("open"),
    }  # fmt: skip


def sided(*accounts: str, path: str = "", among: Q | None = None) -> Any:
    """Debits less credits of the accounts, in 分; `path` leads from the rows asked to their entries."""
    amount = F(f"{path}amount_fen")
    side = Case(
        When(**{f"{path}debit__in": accounts}, then=amount), When(**{f"{path}credit__in": accounts}, then=-amount),
        default=0,
    )  # fmt: skip
    return Coalesce(Sum(side, filter=among), 0, output_field=BigIntegerField())
