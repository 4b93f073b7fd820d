"""回避: declared ties become recusals as soon as a lead touches them; from then on scope, search and messages leave the
person out. A tie found while he works on it stops the step until somebody else is named."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from cases.models import Declaration, Lead, LeadStep, State
from cases.roles import PART
from cases.services import approving
from cases.services.disposing import tell_approver
from cases.services.telling import registry_of
from cases.workflow import bodies_of
from povertyaudit.core import audit, clocks, moment, notify, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Clock, Post, Recusal, Role, User
from povertyaudit.core.scope import prefix_of

DECLARED = "按申报："
MID_STEP = frozenset({State.PROPOSED, State.APPROVED, State.IN_STEP, State.CASE_FILED})
PAUSED = "因回避停止办理"
NAMED = 3  # substitutes a refusal proposes


def grounds(lead: Lead) -> dict[int, str]:
    """Person → the neutral ground, of everybody in the bodies concerned whose declaration touches the lead."""
    subjects = list(lead.subjects.all())
    tie = Q(kind="kin", name__in=[one.name for one in subjects])
    tie |= Q(kind="home", home_id__in=places(lead.region_id))
    tie |= Q(kind="unit", unit_text__in=[one.unit_text for one in subjects if one.unit_text])
    here = [body.ljust(12, "0") for body in bodies_of(lead)]
    staff = Post.objects.current().filter(role__in=PART, region_id__in=here)
    found = Declaration.objects.standing().filter(tie, person__accounts__in=staff.values("user_id"))
    return {one.person_id: str(one.get_kind_display()) for one in found}


def places(code: str) -> list[str]:
    """The place and what it lies in, down from the township."""
    prefix = prefix_of(code)
    return [prefix[:size].ljust(12, "0") for size in (9, 12) if len(prefix) >= size]


def apply(lead: Lead, *, by: User) -> set[int]:
    """Recuse everybody a declaration touches and who was never recused here; one entry in the record. The persons."""
    wanted = grounds(lead)
    if not wanted:
        return set()
    known = Recusal.objects.filter(target_label="cases.lead", target_id=lead.pk)
    new = set(wanted) - set(known.values_list("person_id", flat=True))
    if not new:
        return set()
    Recusal.objects.bulk_create(
        Recusal(
            person_id=person, target_label="cases.lead", target_id=lead.pk, reason=f"{DECLARED}{wanted[person]}",
            declared_by=by, declared_at=moment.now(),
        )
        for person in sorted(new)
    )  # fmt: skip
    said = {"recused": sorted(User.objects.filter(person__in=new).values_list("public_id", flat=True))}
    audit.record("lead.conflict_found", lead, by=by, facts=said)
    stand_aside(lead, new, by=by)
    return new


def keep_out(lead: Lead, *, by: User) -> Lead:
    """`apply` to a new lead; who would register his own tie hands it to a colleague. Raises NotAllowed."""
    if by.person_id in apply(lead, by=by):
        text = "按您的回避申报，您应当回避这件线索，请交本单位其他人员登记。"
        raise NotAllowed("register.conflict", text)
    return lead


def stand_aside(lead: Lead, persons: Iterable[int], *, by: User, handled: bool = False) -> None:
    """What follows when these persons may no longer touch the lead: the step they work in stops; an approval they were
    asked for goes to the next above; the registry names another leader. `handled`: one of them had it in hand."""
    row, gone = rows.lock(lead), set(persons)
    changes, steps = approving.asked_again(row)
    if row.handler is not None and row.handler.person_id in gone:
        changes["handler"] = None
    if row.state in MID_STEP:
        step = steps[0] if steps else LeadStep.objects.latest_of(row.pk)
        taking_part = set(step.participants.values_list("person_id", flat=True)) | {step.proposer_id}
        if handled or "handler" in changes or taking_part & gone:
            today = moment.today()
            step.stopped_on, step.stopped_why, step.resumed_on = today, PAUSED, None
            changes["stopped_on"], steps = today, [step]
    led = row.leader is not None and row.leader.person_id in gone
    if changes:
        row = rows.write(row, verb="lead.stand_aside", by=by, changes=changes, saved=steps)
        clocks.address(row, owner_user=row.handler)
        if "approver" in changes:
            tell_approver(row, "原审批人应当回避，处置意见改由您审批。", by=by)
    if "stopped_on" in changes:
        for clock in list(
            Clock.objects.of(row).running().exclude(code__in=("lead.acknowledge", "lead.assigned"))
        ):
            clocks.pause(row, clock.code, reason=PAUSED, by=by)
    if changes or led:
        _tell(row, led, by=by)


def _tell(lead: Lead, led: bool, *, by: User) -> None:
    what = "分管领导应当回避" if led else "办理人员应当回避"
    more = "，已停止办理" if lead.stopped_on else ""
    registry = registry_of(lead.registering_unit.region_id)
    people = User.objects.holding({Role.CASE_MANAGER}, unit=registry) if registry else User.objects.none()
    leader = User.objects.filter(pk=lead.leader_id) if lead.leader_id else User.objects.none()
    notify.tell(
        (people | leader).exclude(pk=by.pk), f"lead.stand_aside:{lead.pk}:{lead.version}", kind="lead.stand_aside",
        number=lead.number or "", text=f"{lead.number} {what}{more}，请另行指定人员。", url=lead.get_absolute_url(),
        target=lead,
    )  # fmt: skip


def check(lead: Lead, user: User | None, field: str, others: QuerySet[User]) -> None:
    """Refuse somebody who must stand aside, with the ground in neutral words and who could do it instead."""
    found = approving.recusals(lead).filter(person_id=user.person_id).first() if user is not None else None
    if user is None or found is None:
        return
    ground = found.reason.removeprefix(DECLARED) if found.reason.startswith(DECLARED) else "已登记回避"
    able = others.exclude(person__in=approving.recusals(lead).values("person")).order_by("pk")
    names = "、".join(one.display_name for one in able.select_related("person")[:NAMED])
    more = f"可以选择：{names}。" if names else "没有其他可选的人员，请报主要负责人研究。"
    raise RuleBroken(
        "recused", f"{user.display_name}应当回避这件线索（{ground}），请另选。{more}", field=field
    )


def resume(lead: Lead, *, by: User) -> None:
    """Its clocks go on after somebody else was named."""
    for clock in list(Clock.objects.of(lead).open().filter(state="paused")):
        if clock.pauses and clock.pauses[-1].get("reason") == PAUSED:
            clocks.resume(lead, clock.code, by=by)
