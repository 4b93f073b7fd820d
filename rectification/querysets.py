"""Reads of items that have a name: who sees which, what waits for whom, what is near or past its date."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from povertyaudit.core import few, moment
from povertyaudit.core.context import memory_of, request_id
from povertyaudit.core.models import Role
from povertyaudit.core.scope import Reason, ScopedQuerySet
from rectification.states import UNCOUNTED, UNSENT

if TYPE_CHECKING:
    from povertyaudit.core.models import Post, User

DRAFT, ISSUED, ACCEPTED, RECTIFYING = "draft", "issued", "accepted", "rectifying"
CLOSURE_APPLIED, SECTOR_REVIEWED = "closure_applied", "sector_reviewed"
CLOSED, LONG_TERM, VOIDED, PUBLIC_NOTICE = "closed", "long_term", "voided", "public_notice"
LEADERS = frozenset({Role.DEPUTY, Role.SECRETARY})
BODY_ROLES = frozenset({Role.CASE_MANAGER, Role.SUPERVISION, Role.SECRETARY, Role.DEPUTY, Role.SERVICE})
UNIT_ROLES = frozenset({Role.LIAISON, Role.UNIT_HEAD})
SOON_DAYS = 7
UNFINISHED, MOST_UNFINISHED = "unfinished items", 5000


class ItemQuerySet(ScopedQuerySet):
    """整改事项."""

    def reasons(self, post: "Post") -> list[Reason]:
        """The discipline body sees its region, others what they answer for, and nobody outside it what was not sent."""
        here, sent = post.within("region_id"), ~Q(state__in=UNSENT)
        if post.role in BODY_ROLES:
            return [Reason(f"可查看{post.place}的全部整改事项", here)]
        if post.role == Role.PATROL_OFFICE:
            return [Reason(f"可查看{post.place}由巡察发现问题转来的整改事项", here & Q(source="finding"))]
        if post.role == Role.PATROL_TEAM:
            return [Reason("事项由您参加的巡察轮次发现", Q(finding__in=self._findings_of(post)))]
        if post.role in UNIT_ROLES:
            return [Reason("您所在单位是责任单位", sent & Q(pk__in=self._of_units(unit=post.unit_id)))]
        if post.role == Role.SECTOR:
            return [Reason("您所在单位是牵头单位", sent & Q(lead_unit_id=post.unit_id))]
        if post.role == Role.FINANCE:
            with_money = self._items().filter(misuse_links__isnull=False)
            words = f"可查看{post.place}关联违规使用资金的整改事项"
            return [Reason(words, here & Q(pk__in=with_money.values("pk")))]
        if post.role == Role.COUNTY_LEADER:
            return [Reason("您是牵头县领导", sent & Q(leading_leader_id=post.user_id))]
        return []

    def _of_units(self, **which: Any) -> Any:
        """Keys of the items these responsible units have: out of the link's own index, without the items."""
        links: Any = self.model._meta.get_field("units").related_model
        return links._base_manager.filter(**which).values("item")

    def _items(self) -> Any:
        return self.model._base_manager.all()

    def _findings_of(self, post: "Post") -> Any:
        """Findings this post sees, by their own rule."""
        findings: Any = self.model._meta.get_field("finding").related_model._default_manager.all()
        seen = findings.reach(post)
        return (findings.filter(seen) if seen is not None else findings.none()).values("pk")

    def open(self) -> Self:
        """Not closed and not put to long-term care; issued."""
        return self.exclude(state__in=(DRAFT, CLOSED, LONG_TERM, *UNCOUNTED))

    def unfinished_of(self, user: "User") -> Self:
        """`visible_to`, of which nobody looks at what is closed: long-term ones are there.

        A unit works on a twentieth of what it ever had, and its home page asks for it eight times: out of the keys.
        """
        keys = self.unfinished_keys(user)
        if keys is None:
            return self.visible_to(user).exclude(state__in=(CLOSED, *UNCOUNTED))
        return self.filter(few.one_of(keys))

    def unfinished_keys(self, user: "User") -> list[int] | None:
        """Their keys, asked for once in a request; None outside of one and for those who see more than a unit's."""
        if not request_id.get() or not {post.role for post in user.current_posts()} <= UNIT_ROLES:
            return None
        known = memory_of(user)
        if UNFINISHED not in known:
            rows = self.model._default_manager.visible_to(user).exclude(state__in=(CLOSED, *UNCOUNTED))
            known[UNFINISHED] = few.keys(rows, "pk", MOST_UNFINISHED)
        found = known[UNFINISHED]
        return found if isinstance(found, list) else None

    def standing(self) -> Self:
        """Without those that were split or merged — what they were about is counted where it goes on — or voided."""
        return self.exclude(state__in=UNCOUNTED)

    def not_voided(self) -> Self:
        """What a search finds and other records cite: also those that were split or merged."""
        return self.exclude(state=VOIDED)

    def relapsed(self) -> Self:
        """反弹: opened again, or cited by a later item of the same kind; each old item once."""
        later = self._items().filter(recurrence_of=OuterRef("pk"))
        return self.filter(Q(reopened_count__gt=0) | Exists(later))

    def in_hand(self) -> Self:
        """With `in_hand_since`: the day since which the unit has it in hand, of items older than that column as well."""
        closings: Any = self.model._meta.get_field("closings").related_model
        again = closings._base_manager.filter(item=OuterRef("pk"), reopened_on__isnull=False)
        last = Subquery(again.order_by("-no").values("reopened_on")[:1])
        return self.annotate(in_hand_since=Coalesce("at_work_since", last, "accepted_on", "issued_on"))

    def published_over(self, today: date) -> Q:
        """Publication whose days are up."""
        periods: Any = self.model._meta.get_field("publications").related_model
        over = periods._base_manager.filter(item=OuterRef("pk"), ended_on=None, ends_on__lt=today)
        return Q(Exists(over), state=PUBLIC_NOTICE)

    def closed(self) -> Self:
        return self.filter(state=CLOSED)

    def long_term(self) -> Self:
        return self.filter(state=LONG_TERM)

    def overdue(self, today: date) -> Self:
        """Open past the day and not verified yet. What was closed past it: `ever_late`."""
        return self.open().exclude(state=PUBLIC_NOTICE).filter(due_on__lt=today)

    def ever_late(self) -> Self:
        """逾期销号: some closing of theirs was late, also when the item was opened again since."""
        closings: Any = self.model._meta.get_field("closings").related_model
        return self.filter(Exists(closings._base_manager.filter(item=OuterRef("pk"), late=True)))

    def due_soon(self, today: date, days: int = SOON_DAYS) -> Self:
        return (
            self.open()
            .exclude(state=PUBLIC_NOTICE)
            .filter(due_on__gte=today, due_on__lte=today + timedelta(days=days))
        )

    def waiting_for(self, user: "User") -> Self:
        """Items whose next step is this user's to take. One sub-query a post; never more rows than he sees."""
        wanted = Q(pk__in=())
        for post in user.current_posts():
            wanted |= self._waiting_at(post, user)
        return self.filter(wanted)

    def elsewhere(self, user: "User") -> Self:
        """待他人办理: open items he sees whose next step is somebody else's."""
        mine = self.open().waiting_for(user).order_by().values("pk")
        return self.open().exclude(pk__in=mine)

    def _waiting_at(self, post: "Post", user: "User") -> Q:
        mine = Q(pk__in=self._of_units(unit=post.unit_id, is_main=True))
        if post.role == Role.LIAISON:
            return mine & Q(state__in=(ISSUED, ACCEPTED, RECTIFYING))
        if post.role == Role.UNIT_HEAD:
            signed = Q(state__in=(CLOSURE_APPLIED, SECTOR_REVIEWED))
            stage = Q(state=LONG_TERM, next_stage_on__lte=moment.today() + timedelta(days=SOON_DAYS))
            open_ones = Q(state__in=(ISSUED, ACCEPTED, RECTIFYING)) | stage
            return mine & (open_ones | signed & ~self._application_stands())
        if post.role == Role.SECTOR:
            not_me = ~Q(applicant_id=user.person_id)
            reviewed = Q(state=CLOSURE_APPLIED) & not_me
            return Q(lead_unit_id=post.unit_id) & (reviewed | self._change("offered", new_unit=post.unit_id))
        if post.role in {Role.PATROL_OFFICE, Role.SUPERVISION}:
            born = Q(source="finding") if post.role == Role.PATROL_OFFICE else ~Q(source="finding")
            others = ~Q(applicant_id=user.person_id) & ~Q(reviewer_id=user.person_id)
            asked = self._asked_at_work(by_leader=False)
            mine = Q(state=SECTOR_REVIEWED) & others | Q(state=DRAFT) | asked | self._change("pending")
            mine |= self._regrouping_asked()
            return post.within("region_id") & born & (mine | self.published_over(moment.today()))
        if post.role in LEADERS:
            return post.within("region_id") & self._asked_at_work(by_leader=True)
        return Q(pk__in=())

    def _asked_at_work(self, *, by_leader: bool) -> Q:
        return Q(state__in=(ACCEPTED, RECTIFYING)) & self._extension_asked(by_leader=by_leader)

    def _application_stands(self) -> Q:
        signature: Any = self.model._meta.get_field("signatures").related_model
        standing = signature._base_manager.filter(item=OuterRef("pk"), step="apply", voided_at=None)
        return Q(Exists(standing))

    def _extension_asked(self, *, by_leader: bool) -> Q:
        request: Any = self.model._meta.get_field("extension_requests").related_model
        waiting = request._base_manager.filter(state="pending", by_leader=by_leader)
        return Q(pk__in=few.keys(waiting, "item_id"))

    def _change(self, state: str, **which: Any) -> Q:
        """Items a change of which waits: few at a time."""
        change: Any = self.model._meta.get_field("arrangements").related_model
        return Q(pk__in=few.keys(change._base_manager.filter(state=state, **which), "item_id"))

    def _regrouping_asked(self) -> Q:
        asked: Any = self.model._meta.get_field("regroupings").related_model
        return Q(pk__in=few.keys(asked._base_manager.filter(state="pending"), "item_id"))

    def extension(self, how: str = "") -> Self:
        """申请延期 as a figure of its own: items for which more time was ever asked; `how` "pending" or "granted"."""
        request: Any = self.model._meta.get_field("extension_requests").related_model
        asked = request._base_manager.filter(item=OuterRef("pk"), **({"state": how} if how else {}))
        return self.filter(Exists(asked.exclude(state="withdrawn")))

    def to_report(self, user: "User") -> Self:
        """Items one of the user's units is at work on: those it reports about."""
        mine = self._of_units(unit__in=user.unit_ids)
        return self.filter(state__in=(ACCEPTED, RECTIFYING, LONG_TERM), pk__in=mine)

    def for_list(self) -> Self:
        """With what a line and its verbs show; 拆分 asks how many measures there are."""
        people = ("leading_leader__person", "applicant", "reviewer", "verifier")
        below = (
            "units__unit", "signatures__person", "signatures__voided_by__person", "extension_requests__asked_by", "pauses",
            "arrangements__asked_by", "regroupings__asked_by",
        )  # fmt: skip
        rows = self.annotate(measures_all=self._measures_counted()).select_related(
            "region", "lead_unit", *people
        )
        return rows.for_light().prefetch_related(*below)

    def for_light(self) -> Self:
        """With what a line shows that has no verbs: number, title, state and the light."""
        return self.annotate(published_until=self._published_until()).prefetch_related("objections")

    def _published_until(self) -> Any:
        """Until when the item is published, while it is: in the query of the list itself."""
        periods: Any = self.model._meta.get_field("publications").related_model
        running = periods._base_manager.filter(item=OuterRef("pk"), ended_on=None).order_by()
        return Subquery(running.values("ends_on")[:1])

    def with_progress(self) -> Self:
        """With `measures_all` and `measures_done`: a share is shown with both."""
        return self.annotate(
            measures_all=self._measures_counted(), measures_done=self._measures_counted(state="done")
        )

    def _measures_counted(self, **which: str) -> Any:
        measures: Any = self.model._meta.get_field("measures").related_model
        found = measures._base_manager.filter(item=OuterRef("pk"), **which).order_by().values("item")
        return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n")), 0)

    def for_tree(self) -> Self:
        """With measures, results, units and closings: what the published structure shows."""
        return self.select_related("lead_unit", "leading_leader__person").prefetch_related(
            "units__unit", "measures__unit", "results__measure", "closings"
        )

    def for_page(self) -> Self:
        """With the whole tree of problem, measures, results and evidence. Period reports are asked for by the page."""
        return (
            self.for_list()
            .select_related("finding", "lead", "body_unit", "opened_by__person")
            .prefetch_related(
                "measures__unit",
                "results__measure",
                "evidence__attachment__uploaded_by__person",
                "evidence__measure",
                "evidence__before",
                "misuse_links__misuse",
                "reports__reported_by__person",
                "signatures__ways",
                "ways__signature__person",
                "sent_back__sent_back_by__person",
                "publications",
                "objections__decided_by__person",
                "recurrences",
                "closings__applicant",
                "closings__reviewer",
                "closings__verifier",
                "stages__signed_by__person",
                "stages__signatures",
                "extension_requests__asked_by__person",
                "extension_requests__decided_by__person",
                "arrangements__asked_by__person",
                "arrangements__decided_by__person",
                "arrangements__old_unit",
                "arrangements__new_unit",
                "regroupings__asked_by__person",
                "regroupings__decided_by__person",
                "merged",
            )
        )
