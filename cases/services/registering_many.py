"""登记 of many leads at once: each judged as `register` judges one, then written together in a handful of queries.

What `register` does and this does not: nobody's identity is taken (it never comes in a list), no originals, and the keys
by which repeats are found are left to the search (`repeats.work`), which looks for leads without them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from cases.models import Category, Channel, Declaration, Lead, LeadSubject
from cases.services import conflicts, repeats
from cases.services.checking import broken_rules
from cases.services.people import of_registration
from cases.services.registering import is_named_complaint, post_for
from cases.services.telling import addressees, registry_of
from povertyaudit.core import clocks, notify, numbering, rows
from povertyaudit.core.clock_batches import ClockBatch
from povertyaudit.core.errors import DomainError, NotAllowed, raise_all
from povertyaudit.core.models import Post, Role, User
from povertyaudit.core.scope import prefix_of

VERB = "lead.register"
OUTSIDE = "您不能登记管辖范围以外的事项，请核对所属地区和承办单位。"
TIED = "按您的回避申报，您应当回避这件线索，请交本单位其他人员登记。"
Values = Mapping[str, Any]


@dataclass
class _Judge:
    """What is asked of every lead and need be read once."""

    by: User
    posts: dict[str, Post] = field(default_factory=dict)
    categories: dict[tuple[int, date], Any] = field(default_factory=dict)

    def post(self, channel: str) -> Post:
        if channel not in self.posts:
            self.posts[channel] = post_for(channel, self.by)
        return self.posts[channel]

    def of_day(self, category: Category, day: date) -> Any:
        key = (category.pk, day)
        if key not in self.categories:
            self.categories[key] = Category.objects.of_day(category, day)
        return self.categories[key]


@sensitive_variables("given")
def judged(by: User, given: Sequence[Values]) -> list[Any]:
    """For each the lead with its persons, unsaved, or what is wrong with it. Nothing is written."""
    judge = _Judge(by)
    return [_one(judge, values) for values in given]


def _one(judge: _Judge, values: Values) -> "tuple[Lead, list[LeadSubject]] | DomainError":
    said = dict(values)
    subjects: Sequence[Mapping[str, Any]] = said.pop("subjects", ())
    try:
        post = judge.post(said["channel"])
        lead = Lead(
            **said, registering_unit=post.unit, registered_by=judge.by,
            acknowledgement_owed=is_named_complaint(said["kind"], said["identity_status"]),
        )  # fmt: skip
        if post.role == Role.CASE_MANAGER and not lead.region_id.startswith(prefix_of(post.region_id)):
            raise NotAllowed("scope.outside", OUTSIDE, field="region")
        raise_all(broken_rules(lead, len(subjects), {}, of_day=judge.of_day))
        return lead, of_registration(subjects, lead.received_on)
    except DomainError as refused:
        return refused


@sensitive_variables("given")
@transaction.atomic
def register_many(by: User, given: Sequence[Values]) -> list[Any]:
    """登记: for each the lead, numbered and recorded, its clocks started; or what is wrong with it, and then it is not
    there. The registry hears of all of them in one message."""
    found = judged(by, given)
    _stand_aside(by, found)
    good = [one for one in found if not isinstance(one, DomainError)]
    leads = [lead for lead, _ in good]
    _number(leads)
    persons = {id(lead): people for lead, people in good}
    rows.create_many(leads, verb=VERB, by=by, below=(lambda lead: _below(lead, persons[id(lead)]),))
    _start(leads)
    if leads and Declaration.objects.standing().exists():  # somebody's tie may touch one of them
        for lead in leads:
            conflicts.apply(lead, by=by)
    _tell(by, leads)
    repeats.ask()
    return [one if isinstance(one, DomainError) else one[0] for one in found]


def _below(lead: Lead, people: Iterable[LeadSubject]) -> list[LeadSubject]:
    made = list(people)
    for person in made:
        person.lead = lead
    return made


def _stand_aside(by: User, found: list[Any]) -> None:
    """Who would register his own tie hands it to a colleague."""
    mine = list(Declaration.objects.standing().filter(person=by.person_id))
    for at, one in enumerate(found):
        if isinstance(one, DomainError):
            continue
        lead, people = one
        names, units = {person.name for person in people}, {person.unit_text for person in people}
        for tie in mine:
            home = tie.home_id is not None and tie.home_id in conflicts.places(lead.region_id)
            kin = tie.kind == "kin" and tie.name in names
            if kin or (tie.kind == "home" and home) or (tie.kind == "unit" and tie.unit_text in units - {""}):
                found[at] = NotAllowed("register.conflict", TIED)


def _number(leads: Sequence[Lead]) -> None:
    by_unit: dict[int, list[Lead]] = {}
    for lead in leads:
        by_unit.setdefault(lead.registering_unit_id, []).append(lead)
    for mine in by_unit.values():
        unit = mine[0].registering_unit
        numbers = numbering.take_many("lead", unit.region, len(mine), unit.office_code)
        for lead, number in zip(mine, numbers, strict=True):
            lead.number = number


def _start(leads: Sequence[Lead]) -> None:
    """The periods that begin on receipt, as `intake.start_clocks` starts them for one."""
    registries: dict[str, Any] = {}

    def whom(lead: Lead) -> dict[str, Any]:
        place = lead.registering_unit.region_id
        if place not in registries:
            registries[place] = registry_of(place)
        return {"owner_unit": lead.registering_unit, "body_unit": registries[place]}

    for code, event, mine in (
        ("lead.accept_transferred", "收到上级转送件", [a for a in leads if a.counts and a.channel == Channel.SUPERIOR]),
        ("lead.forward", "收到线索", [a for a in leads if a.counts and a.channel != Channel.SUPERIOR]),
        ("lead.acknowledge", "收到实名检举控告", [a for a in leads if a.acknowledgement_owed]),
        ("lead.assigned", "收到上级交办件", [a for a in leads if a.counts and a.channel == Channel.SUPERIOR and not a.result_due_on]),
    ):  # fmt: skip
        batch, on_desk = ClockBatch(code, event), code in {"lead.accept_transferred", "lead.forward"}
        batch.start(
            (lead, batch.of(lead.region_id, lead.received_on), _desk(whom(lead)) if on_desk else whom(lead))
            for lead in mine
        )
    for lead in leads:
        if lead.counts and lead.result_due_on:
            event = "收到上级交办件" if lead.channel == Channel.SUPERIOR else "受理"
            said = {"due_on": lead.result_due_on, "reason": "要求报结果的日期", **addressees(lead)}
            clocks.start(lead, "lead.assigned", on=lead.received_on, event=event, **said)


def _desk(whom: dict[str, Any]) -> dict[str, Any]:
    return {**whom, "owner_unit": whom["body_unit"] or whom["owner_unit"]}


def _tell(by: User, leads: Sequence[Lead]) -> None:
    """One message for all that others than the registry registered."""
    counted = [lead for lead in leads if lead.counts]
    if not counted or counted[0].registering_unit_id in {
        p.unit_id for p in by.current_posts() if p.role == Role.CASE_MANAGER
    }:
        return
    registry = registry_of(counted[0].registering_unit.region_id)
    if registry is not None:
        people = User.objects.holding((Role.CASE_MANAGER,), unit=registry)
        text = f"表格导入登记了 {len(counted)} 件线索，请提出分办意见。"
        notify.tell(
            people, f"{VERB}:{counted[0].public_id}:many", kind=VERB, text=text, url="/leads/?tab=mine"
        )
