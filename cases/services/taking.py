"""参加人员: who takes part in a step. Talks and verifications are carried out by two natural persons at least."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from cases.models import Lead, LeadStep, Method, StepParticipant, SubMethod
from cases.roles import OFFICES
from cases.services import approving
from cases.workflow import of_this_body
from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Row, User


def able(lead: Lead) -> QuerySet[User]:
    """Who may be asked to take part: the offices of the bodies concerned, without those who stand aside."""
    people = approving.of_the_bodies(lead, OFFICES)
    found: QuerySet[User] = people.exclude(person__in=approving.recusals(lead).values("person"))
    return found


def rows_of(lead: Lead, step: LeadStep, users: Iterable[User]) -> list[StepParticipant]:
    """One row per natural person not yet there. Raises RuleBroken for somebody of another body or recused."""
    there = set(step.participants.values_list("person_id", flat=True)) if step.pk else set()
    found = []
    for user in users:
        if user.person_id in there:
            continue
        _check(lead, user)
        there.add(user.person_id)
        found.append(StepParticipant(step=step, user=user, person_id=user.person_id))
    return found


def _check(lead: Lead, user: User) -> None:
    if not user.is_active or not of_this_body(lead, user, OFFICES):
        text = f"{user.display_name}不是本机关的监督检查、审查调查或审理人员，请改选。"
        raise RuleBroken("participants.post", text, field="participants")
    if approving.is_recused(lead, user):
        text = f"{user.display_name}应当回避这件线索，请另选参加人员。"
        raise RuleBroken("participants.recused", text, field="participants")


def needs_two(step: LeadStep) -> bool:
    """谈话 and 初步核实 (监察法 art. 44, 监督执纪工作规则); a delegated talk is held by the person's own party secretary."""
    return step.method == Method.VERIFY or step.sub_method == SubMethod.TALK


def for_start(lead: Lead, step: LeadStep, by: User, named: Sequence[User]) -> list[StepParticipant]:
    """Those named now or in the plan; where nobody is, handler, proposer and who starts it.

    Raises RuleBroken where two persons must be there and fewer are.
    """
    planned = list(step.participants.all()) if step.pk else []
    fallback = [
        user for user in (lead.handler, step.proposed_by, by) if user and lead.acting_unit_id in user.unit_ids
    ]
    new = rows_of(lead, step, named or ([] if planned else fallback))
    if needs_two(step) and len(planned) + len(new) < 2:
        text = f"{step.get_sub_method_display() or step.get_method_display()}须由两人以上进行，请在“参加人员”中至少再选一人。"
        raise RuleBroken("start.two_persons", text, field="participants")
    return new


def joining(lead: Lead, handler: User | None, named: Sequence[User]) -> list[Row]:
    """Rows of those who join the present step; with a new `handler` of a stopped lead the step goes on.

    Raises RuleBroken where two persons must be there and fewer are left.
    """
    step = lead.steps.order_by("-ordinal").first()
    if step is None or not (handler or named):
        return []
    new = rows_of(lead, step, [*([handler] if handler and step.started_on else []), *named])
    if handler is None:
        return [*new]
    step.resumed_on = moment.today()
    gone = approving.recusals(lead).values("person")
    left = step.participants.exclude(person__in=gone).count() + len(new)
    if step.started_on and needs_two(step) and left < 2:
        raise RuleBroken(
            "start.two_persons", f"{step.words}须由两人以上进行，请同时选择参加人员。", field="participants"
        )
    return [step, *new]
