"""登记 of many leads at once: each judged as `register` judges one, then written together in a handful of queries.

What `register` does and this does not: nobody's identity is taken (it never comes in a list), no originals, and the keys
by which repeats are found are left to the search (`repeats.work`), which looks for leads without them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from cases.models import Category, Channel, Declaration, Lead, LeadSubject
from cases.services import conflicts, repeats
from cases.services.checking import broken_rules
from cases.services.people import of_registration
from cases.services.registering import is_named_complaint, post_for
from cases.services.telling import registry_of
from povertyaudit.core import inserting, notify, numbering, rows
from povertyaudit.core.clock_batches import ClockBatch, Started
from povertyaudit.core.errors import DomainError, NotAllowed, raise_all
from povertyaudit.core.making import Maker
from povertyaudit.core.models import Clock, Post, Role, Unit, User
from povertyaudit.core.models.terms import Days
from povertyaudit.core.scope import prefix_of

VERB = "lead.register"
OUTSIDE = "您不能登记管辖范围以外的事项，请核对所属地区和承办单位。"
TIED = "按您的回避申报，您应当回避这件线索，请交本单位其他人员登记。"
RESULT = "lead.assigned"
EVENTS = {
    "lead.accept_transferred": "收到上级转送件", "lead.forward": "收到线索", "lead.acknowledge": "收到实名检举控告",
    RESULT: "收到上级交办件",
}  # fmt: skip
Values = Mapping[str, Any]
Judged = tuple[Lead, list[LeadSubject]] | DomainError


class Registering:
    """For one person and one run: what is asked of every lead — his posts, the categories of a day, the periods, the
    registry of a place — is read once, however many batches there are."""

    def __init__(self, by: User) -> None:
        self.by = by
        self._posts: dict[str, Post] = {}
        self._days: Days | None = None
        self._registries: dict[str, Unit | None] = {}
        self._clocks = {code: ClockBatch(code, event) for code, event in EVENTS.items()}
        self._lead, self._person = Maker(Lead, registered_by=by), Maker(LeadSubject)

    @sensitive_variables("given")
    def ready(self, given: Sequence[Values]) -> list[Judged]:
        """For each the lead with its persons, unsaved, or what is wrong with it by itself. What that asks of the database
        is asked once a run: after the first batch it is done while the database writes (`core.meanwhile`)."""
        return [self._one(values) for values in given]

    @sensitive_variables("given")
    def judged(self, given: Sequence[Values]) -> list[Judged]:
        """The same, and what is wrong with it as things stand now. Nothing is written."""
        return self._now(self.ready(given))

    @sensitive_variables("given")
    def made(self, given: Sequence[Values]) -> list[Any]:
        """登記: for each the lead, numbered and recorded, its clocks started; or what is wrong with it, and then it is
        not there. The registry hears of all of them in one message."""
        return self.written(self.ready(given))

    @sensitive_variables("ready")
    @transaction.atomic
    def written(self, ready: Sequence[Judged]) -> list[Any]:
        """The same of what was made ready."""
        found = self._now(ready)
        good = [one for one in found if not isinstance(one, DomainError)]
        leads = [lead for lead, _ in good]
        _number(leads)
        persons = {id(lead): people for lead, people in good}
        owed = self._clocks_of(leads)
        rows.create_many(
            leads, verb=VERB, by=self.by, below=(lambda lead: _below(lead, persons[id(lead)]),),
            along=lambda lane: self._start(owed, lane),
        )  # fmt: skip
        ties = list(Declaration.objects.standing())
        for lead, people in good:
            if any(_touches(tie, lead, people) for tie in ties):
                conflicts.apply(lead, by=self.by)
        self._tell(leads)
        repeats.ask()
        return [one if isinstance(one, DomainError) else one[0] for one in found]

    def _now(self, ready: Sequence[Judged]) -> list[Judged]:
        ties = Declaration.objects.standing().filter(person=self.by.person_id)
        return _stand_aside(list(ties), ready)

    def _one(self, values: Values) -> Judged:
        said = dict(values)
        subjects: Sequence[Mapping[str, Any]] = said.pop("subjects", ())
        try:
            post = self._post(said["channel"])
            owed = is_named_complaint(said["kind"], said["identity_status"])
            lead = self._lead(**said, registering_unit=post.unit, acknowledgement_owed=owed)
            if post.role == Role.CASE_MANAGER and not lead.region_id.startswith(prefix_of(post.region_id)):
                raise NotAllowed("scope.outside", OUTSIDE, field="region")
            raise_all(broken_rules(lead, len(subjects), {}, of_day=self._of_day))
            return lead, of_registration(subjects, lead.received_on, self._person)
        except DomainError as refused:
            return refused

    def _post(self, channel: str) -> Post:
        if channel not in self._posts:
            self._posts[channel] = post_for(channel, self.by)
        return self._posts[channel]

    def _of_day(self, category: Category, day: Any) -> Any:
        if self._days is None:
            self._days = Days(Category.objects.all())
        return self._days.of_day(category, day)

    def _registry(self, lead: Lead) -> Unit | None:
        place = lead.registering_unit.region_id
        if place not in self._registries:
            self._registries[place] = registry_of(place)
        return self._registries[place]

    def _clocks_of(self, leads: Sequence[Lead]) -> dict[str, list[Started]]:
        """The periods that begin on receipt, as `intake.start_clocks` starts them for one."""
        owed: dict[str, list[Started]] = {code: [] for code in EVENTS}
        for lead in leads:
            for code in _owed(lead):
                pattern = self._clocks[code].of(lead.region_id, lead.received_on)
                owed[code].append((lead, pattern, self._whom(code, lead)))
            if lead.counts and lead.result_due_on:
                owed[RESULT].append((lead, self._named(lead, lead.result_due_on), self._whom(RESULT, lead)))
        return owed

    def _start(self, owed: Mapping[str, Sequence[Started]], lane: inserting.Lane) -> None:
        for code, started in owed.items():
            self._clocks[code].start(started, lane)

    def _named(self, lead: Lead, due_on: date) -> Clock:
        """A result is wanted on a day that was named."""
        event = EVENTS[RESULT] if lead.channel == Channel.SUPERIOR else "受理"
        reason = "要求报结果的日期"
        return self._clocks[RESULT].fixed(
            lead.region_id, lead.received_on, due_on, reason=reason, event=event
        )

    def _whom(self, code: str, lead: Lead) -> dict[str, Any]:
        registry = self._registry(lead)
        on_desk = code in {"lead.accept_transferred", "lead.forward"}
        owner = registry if on_desk and registry else lead.registering_unit
        return {"owner_unit": owner, "body_unit": registry}

    def _tell(self, leads: Sequence[Lead]) -> None:
        """One message for all that others than the registry registered."""
        counted = [lead for lead in leads if lead.counts]
        registrars = {p.unit_id for p in self.by.current_posts() if p.role == Role.CASE_MANAGER}
        if not counted or counted[0].registering_unit_id in registrars:
            return
        registry = self._registry(counted[0])
        if registry is not None:
            people = User.objects.holding((Role.CASE_MANAGER,), unit=registry)
            text = f"表格导入登记了 {len(counted)} 件线索，请提出分办意见。"
            notify.tell(
                people, f"{VERB}:{counted[0].public_id}:many", kind=VERB, text=text, url="/leads/?tab=mine"
            )


def _below(lead: Lead, people: Iterable[LeadSubject]) -> list[LeadSubject]:
    made = list(people)
    for person in made:
        person.lead = lead
    return made


def _touches(tie: Declaration, lead: Lead, people: Sequence[LeadSubject]) -> bool:
    """Whether a declared tie may concern the lead, as `conflicts.grounds` asks the database."""
    if tie.kind == "home":
        return tie.home_id is not None and tie.home_id in conflicts.places(lead.region_id)
    if tie.kind == "kin":
        return any(person.name == tie.name for person in people)
    return bool(tie.unit_text) and any(person.unit_text == tie.unit_text for person in people)


def _stand_aside(ties: Sequence[Declaration], found: Sequence[Judged]) -> list[Judged]:
    """Who would register his own tie hands it to a colleague."""
    return [
        NotAllowed("register.conflict", TIED)
        if not isinstance(one, DomainError) and any(_touches(tie, *one) for tie in ties)
        else one
        for one in found
    ]


def _number(leads: Sequence[Lead]) -> None:
    by_unit: dict[int, list[Lead]] = {}
    for lead in leads:
        by_unit.setdefault(lead.registering_unit_id, []).append(lead)
    for mine in by_unit.values():
        unit = mine[0].registering_unit
        numbers = numbering.take_many("lead", unit.region, len(mine), unit.office_code)
        for lead, number in zip(mine, numbers, strict=True):
            lead.number = number


def _owed(lead: Lead) -> set[str]:
    """Codes of the periods that a new lead owes, but for a result on a day that was named."""
    found = {"lead.acknowledge"} if lead.acknowledgement_owed else set()
    if lead.counts:
        superior = lead.channel == Channel.SUPERIOR
        found.add("lead.accept_transferred" if superior else "lead.forward")
        if superior and not lead.result_due_on:
            found.add(RESULT)
    return found
