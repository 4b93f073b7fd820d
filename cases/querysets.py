"""Which leads a post may see, and every read of leads that has a name."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Greatest

from cases.roles import OFFICES, WHOLE_REGION
from povertyaudit.core import few
from povertyaudit.core.models import Clock, Role, TermQuerySet
from povertyaudit.core.scope import Reason, ScopedQuerySet, region_under

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from povertyaudit.core.models import Post, User

LABEL, MOST_OVERDUE = "cases.lead", 5000
# Kinds of complaint that never count as leads (domain §12: more than half of petitions were inquiries).
NOT_LEADS = ("consultation", "suggestion")
# 交办 whose result is not reported yet (`Lead.owes_report`).
UNREPORTED = Q(dispatch_mode="assign", reported_on=None)
ENDED = ("concluded", "forwarded", "merged", "returned", "voided")
OWES = Q(state="concluded") & (Q(duties_owed__gt=0) | UNREPORTED)


class CategoryQuerySet(TermQuerySet):
    def of_axis(self, axis: str) -> Self:
        return self.filter(axis=axis)


class LeadQuerySet(ScopedQuerySet):
    """Need to know: the registry sees its region, an office what it registered, handles or handled, a leader his own."""

    def scope_keys_of(self, rows: "Iterable[Any]") -> dict[int, dict[str, Any]]:
        given, units = list(rows), dict[int, list[int | None]]()
        steps = apps.get_model("cases", "LeadStep")._default_manager.filter(lead__in=given)
        for lead, unit in steps.order_by().values_list("lead_id", "unit_id"):
            units.setdefault(lead, []).append(unit)
        return {  # [None]: known to have none, so that it is not asked again
            row.pk: {"region": row.region_id, "units": sorted(row.scope_units(units.get(row.pk, [None])))}
            for row in given
        }

    def reasons(self, post: "Post") -> list[Reason]:
        if post.role in WHOLE_REGION:
            here = [Reason(f"可查看{post.place}的全部线索", post.within("region_id"))]
            handled = region_under("handling_unit__region_id", post.region_id)
            return here if post.area_id else [*here, Reason(f"可查看交{post.place}办理的线索", handled)]
        if post.role == Role.PETITION:
            return [Reason("线索由您所在单位登记", Q(registering_unit=post.unit_id))]
        if post.role in OFFICES:
            return [
                Reason("线索由您所在单位登记", Q(registering_unit=post.unit_id)),
                Reason("线索交您所在单位办理", Q(handling_unit=post.unit_id)),
                Reason("线索现在由您所在单位办理", Q(acting_unit=post.unit_id)),
                Reason("您所在单位曾参与办理", _took_part(post, one_row=self.one_row)),
                Reason("线索由您所在单位协办", _assisted(post, one_row=self.one_row)),
            ]
        if post.role == Role.DEPUTY:
            led, pressed = Q(leader=post.user_id), Q(supervisor=post.user_id)
            own = [Reason("您是线索的分管领导", led), Reason("您是线索的督办人", pressed)]
            return (
                [*own, Reason(f"您是{post.place}的片长", post.within("region_id"))] if post.area_id else own
            )
        return []

    def counted(self) -> Self:
        """What statistics call leads: consultations and suggestions never count, nor what was entered by mistake."""
        return self.exclude(kind__in=NOT_LEADS).exclude(state="voided")

    def open(self) -> Self:
        return self.exclude(state__in=ENDED)

    def suspected(self, user: "User") -> Self:
        """Leads that may repeat an earlier one, undecided, where `user` may know of both."""
        pairs = apps.get_model("cases", "Suspect")._default_manager.visible_to(user)
        return self.filter(pk__in=pairs.values("lead"))

    def concluded(self) -> Self:
        return self.filter(state="concluded")

    def to_archive(self) -> Self:
        """Ended, and nothing owed to anybody any more."""
        ended = self.concluded().filter(archived_on=None, objected_on=None, acknowledgement_owed=False)
        return ended.filter(feedback_owed=False).exclude(duties_owed__gt=0).exclude(UNREPORTED)

    def with_due(self) -> Self:
        """Annotates `due_on`, the earliest date of a running clock."""
        return self.annotate(due_on=Clock.objects.all().next_due(LABEL))

    def in_order_of(self, path: str) -> "tuple[models.QuerySet[Any], str] | None":
        """Lists ordered by `due_on` take their keys out of the clocks (`keyset`)."""
        return (Clock.objects.all().first_of_each(LABEL), "target_id") if path == "due_on" else None

    def due_within(self, today: "date", last: "date") -> Self:
        """Rows whose earliest date lies between the two days."""
        late = Clock.objects.all().targets(LABEL, due_on__lt=today).filter(target_id=OuterRef("target_id"))
        due = Clock.objects.all().targets(LABEL, due_on__gte=today, due_on__lte=last)
        return self.filter(pk__in=due.exclude(models.Exists(late)))

    def ever_late(self, late: bool = True) -> Self:
        """Rows with a step that was approved or done too late, whatever came after; or those without one."""
        steps = apps.get_model("cases", "LeadStep")._base_manager.filter(lead=OuterRef("pk"))
        found = models.Exists(steps.filter(Q(approval_late_days__gt=0) | Q(late_days__gt=0)))
        return self.filter(found if late else ~found)

    def overdue(self, today: "date") -> Self:
        """Rows whose earliest date has passed: a few among hundreds of thousands, whose number the planner guesses far
        too high, so by their keys. One query."""
        found = few.keys(Clock.objects.all().targets(LABEL, due_on__lt=today), "target_id", MOST_OVERDUE)
        return self.filter(few.one_of(found) if isinstance(found, list) else Q(pk__in=found))

    def waiting_for(self, user: "User") -> Self:
        """Rows whose next step is this user's, by post. The table in `workflow` decides when he presses."""
        return self.filter(waits_for(user))

    def unsigned(self) -> Self:
        """Dispatched and not yet signed for."""
        return self.filter(state="dispatched")

    def for_list(self) -> Self:
        """With everything a list, its `actions` and the API show: no query per row."""
        return (
            self.select_related(
                "region", "category", "style", "registering_unit", "handling_unit", "acting_unit",
                "handler__person", "leader__person", "supervisor__person", "merged_into", "proposed_by", "batch",
            )
            .prefetch_related("subjects__managed_by", "subjects__category", "subjects__style")
            .with_due()
        )  # fmt: skip

    def for_ledger(self) -> Self:
        """Annotates persons and other numbers, joined, and how many persons: still one row per lead."""
        return self.annotate(
            subjects_text=_joined("LeadSubject", "name"),
            numbers_text=_joined("OtherNumber", "number"),
            subject_count=_count("LeadSubject"),
            person_categories=_joined("LeadSubject", "category__code"),
            person_categories_text=_said_of_persons("category"),
            person_styles=_joined("LeadSubject", "style__code"),
            person_styles_text=_said_of_persons("style"),
            late_days=_most_late(),
        )

    def for_page(self) -> Self:
        return self.for_list().select_related("intake").prefetch_related(
            models.Prefetch("steps", apps.get_model("cases", "LeadStep").objects.for_page()), "other_numbers",
            "closing_duties",
            "dispatches__to_unit", "dispatches__by__person", "dispatches__signed_for_by__person",
            "dispatches__supervisor__person", "dispatches__special_decider__person", "assists__unit",
        )  # fmt: skip


class SuperiorReceiptQuerySet(ScopedQuerySet):
    """The desk that received it and the head of the body: nobody else learns that it came."""

    def reasons(self, post: "Post") -> list[Reason]:
        if post.role in (Role.PETITION, Role.CASE_MANAGER):
            return [Reason("由您所在单位登记", Q(registering_unit=post.unit_id))]
        if post.role == Role.SECRETARY:
            return [Reason(f"主要负责人可查看{post.place}的上级管辖件登记", Q(region=post.region_id))]
        return []

    def waiting(self) -> Self:
        return self.filter(state="waiting")

    def for_list(self) -> Self:
        rows = self.select_related("region", "registering_unit", "registered_by__person", "sent_by__person")
        return rows.annotate(due_on=Clock.objects.all().next_due("cases.superiorreceipt"))


def _took_part(post: "Post", *, one_row: bool) -> Q:
    """Leads the post's unit once had a step in. Asked once a request: every list, count and number of a page uses it."""
    steps = apps.get_model("cases", "LeadStep")._base_manager.filter(unit=post.unit_id)
    if one_row:
        return Q(pk__in=steps.values("lead"))
    if not hasattr(post, "leads_taken_part"):
        post.leads_taken_part = few.among(steps, "lead_id")  # type: ignore[attr-defined]
    found: Q = post.leads_taken_part  # type: ignore[attr-defined]
    return found


def _under_way(post: "Post") -> models.QuerySet[Any]:
    """What the post's office is asked to assist with, of leads still open."""
    rows = apps.get_model("cases", "Assist")._base_manager.filter(unit=post.unit_id, ended_on=None)
    return rows.exclude(lead__state__in=ENDED).values_list("lead_id", flat=True)


def assisted_by(post: "Post") -> frozenset[int]:
    """Keys of the leads the post's office assists with: few at a time. Asked once a request."""
    if post.role not in OFFICES:
        return frozenset()
    if not hasattr(post, "leads_assisted"):
        post.leads_assisted = frozenset(_under_way(post))  # type: ignore[attr-defined]
    return post.leads_assisted  # type: ignore[attr-defined,no-any-return]


def _assisted(post: "Post", *, one_row: bool) -> Q:
    return Q(pk__in=_under_way(post) if one_row else assisted_by(post))


class Joined(models.Aggregate):
    """Text of several rows as one, on both databases (Django's own is PostgreSQL's until 6.0)."""

    function = "GROUP_CONCAT"
    output_field = models.TextField()
    template = "%(function)s(%(expressions)s, '、')"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="STRING_AGG", **context)


def _below(model: str) -> models.QuerySet[Any]:
    rows = apps.get_model("cases", model)._default_manager.filter(lead=OuterRef("pk"))
    grouped: models.QuerySet[Any] = rows.order_by().values("lead")
    return grouped


def _joined(model: str, field: str) -> Coalesce:
    text = Subquery(_below(model).annotate(text=Joined(field)).values("text"))
    return Coalesce(text, Value(""), output_field=models.TextField())


def _said_of_persons(axis: str) -> Coalesce:
    """Each person's own class with his name before it: 王某某：虚报冒领."""
    words = Joined(Concat("name", Value("："), f"{axis}__name"), filter=Q(**{f"{axis}__isnull": False}))
    text = Subquery(_below("LeadSubject").annotate(text=words).values("text"))
    return Coalesce(text, Value(""), output_field=models.TextField())


def _most_late() -> Coalesce:
    """The longest delay of any step, in days, for ever."""
    days = Greatest(Coalesce("approval_late_days", 0), Coalesce("late_days", 0))
    return Coalesce(Subquery(_below("LeadStep").annotate(most=Max(days)).values("most")), Value(0))


def _count(model: str) -> Coalesce:
    return Coalesce(Subquery(_below(model).annotate(n=Count("pk")).values("n")), Value(0))


def waits_for(user: "User") -> Q:
    """The rows that wait for one of the user's posts."""
    wanted = Q(pk__in=())
    for post in user.current_posts():
        wanted |= _waits_for(post) | Q(pk__in=assisted_by(post))
    return wanted


def _waits_for(post: "Post") -> Q:
    """The rows that wait for this post."""
    at_unit = Q(acting_unit=post.unit_id)
    if post.role == Role.CASE_MANAGER:
        outside = Q(state="proposed", approver__in=("party", "superior"))
        return Q(state="registered") & ~Q(kind__in=NOT_LEADS) | outside | Q(stopped_on__isnull=False)
    if post.role == Role.PETITION:
        here = Q(registering_unit=post.unit_id)
        unanswered = (
            Q(state="registered", kind__in=NOT_LEADS) | Q(acknowledgement_owed=True) | Q(feedback_owed=True)
        )
        return here & unanswered
    if post.role == Role.SUPERVISION:
        by_method = Q(state="approved") & ~Q(method="adjudicate")
        return at_unit & (Q(state__in=("dispatched", "signed_for", "in_step")) | by_method | OWES)
    if post.role == Role.INVESTIGATION:
        by_method = Q(state="approved") & ~Q(method="adjudicate")
        return at_unit & (
            Q(state__in=("dispatched", "signed_for", "in_step", "case_filed")) | by_method | OWES
        )
    if post.role == Role.ADJUDICATION:
        return at_unit & Q(state__in=("approved", "in_step"), method="adjudicate")
    if post.role == Role.DEPUTY:
        return Q(leader=post.user_id, state="proposed", approver="deputy")
    if post.role == Role.SECRETARY:
        return Q(state="proposed", approver="secretary") & post.within("region_id")
    return Q(pk__in=())
