"""Round the handling: people, periods, recusal, what is owed to the complainant, and who he is."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from cases.models import EndingTerm, IdentityStatus, Lead, State
from cases.roles import OFFICES, REGISTRY
from cases.services import approving, conflicts, ending, taking
from cases.services.checking import check_day, misread_id
from cases.services.naming import check_handler, check_leader
from cases.services.telling import addressees, tell_person, tell_registry, tell_unit
from cases.workflow import LEAD, bodies_of, of_this_body
from povertyaudit.core import clocks, moment, reasons, rows, secrecy, vault
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Clock, Purpose, Recusal, Role, User
from povertyaudit.core.models.rules import Extender

PLACES = {"title": "登记的反映问题摘要里", "text": "登记的反映的主要问题里", "subjects": "登记的被反映人里"}


@transaction.atomic
def assign(
    lead: Lead, *, by: User, handler: User | None = None, leader: User | None = None,
    participants: Sequence[User] = (), note: str = "", expected_version: int | None = None,
) -> Lead:  # fmt: skip
    """调整承办人员: the handler by the office or the registry, the leader by the registry; `participants` join the
    present step. A lead that was stopped because somebody must stand aside goes on once another handler is named."""
    row = LEAD.begin(lead, "assign", by=by, note=note, expected_version=expected_version)
    if handler is None and leader is None:
        raise RuleBroken("assign.nothing", "请选择新的承办人或分管领导。", field="handler")
    if leader is not None and not of_this_body(row, by, {Role.CASE_MANAGER}):
        raise NotAllowed("assign.leader", "分管领导由案管室按领导批示调整。")
    if leader is not None:
        check_leader(leader, *bodies_of(row), code="assign.leader_role", lead=row)
    if handler is not None:
        check_handler(row, handler, row.acting_unit, OFFICES, code="assign.handler")
    changes = {"handler": handler or row.handler, "leader": leader or row.leader}
    goes_on = row.stopped_on is not None and handler is not None
    saved = taking.joining(row, handler if goes_on else None, participants)
    if goes_on:
        changes["stopped_on"] = None
    done: Lead = LEAD.finish(row, "assign", by=by, note=note, changes=changes, saved=saved)
    if goes_on:
        conflicts.resume(done, by=by)
    clocks.address(done, **addressees(done))
    tell_person(done, handler, "由您承办，请查看。", by=by)
    tell_person(done, leader, "由您分管，请查看。", by=by)
    return done


@transaction.atomic
def recuse(
    lead: Lead, *, by: User, note: str, person: User | None = None, expected_version: int | None = None
) -> Lead:
    """回避 (监察法 2024 art. 67): oneself, or another on the decision of the registry, the head or its leader.

    From then on the person finds nothing of this lead anywhere. The leader steps down only when another is named.
    """
    row = LEAD.begin(lead, "recuse", by=by, note=note, expected_version=expected_version)
    user = person or by
    if not note.strip():
        raise RuleBroken("recuse.reason", "请写明回避事由。", field="note")
    if user.pk != by.pk and not by.roles & REGISTRY and row.leader_id != by.pk:
        raise NotAllowed("recuse.others", "要求他人回避，由案管室、分管领导或主要负责人登记。")
    if row.leader is not None and row.leader.person_id == user.person_id:
        raise RuleBroken(
            "recuse.leader", "该人员是分管领导，请案管室先调整分管领导，再登记回避。", field="person"
        )
    if approving.is_recused(row, user):
        raise WrongState("recuse.twice", "该人员已经回避，不必重复登记。")
    Recusal.objects.create(
        person_id=user.person_id, target_label="cases.lead", target_id=row.pk, reason=note[:200], declared_by=by,
        declared_at=moment.now(),
    )  # fmt: skip
    handles = row.handler is not None and row.handler.person_id == user.person_id
    changes = {"handler": None} if handles else {}
    done: Lead = LEAD.finish(
        row, "recuse", by=by, note=note, changes=changes, facts={"recused": user.public_id}
    )
    clocks.address(done, **addressees(done))
    if handles:
        tell_unit(done, done.acting_unit, "原承办人回避，请另行指定承办人。", by=by)
    conflicts.stand_aside(done, {user.person_id}, by=by, handled=handles)
    return done


@transaction.atomic
def lift_recusal(
    lead: Lead, *, by: User, person: User, note: str, expected_version: int | None = None
) -> Lead:
    """解除回避: the ground does not exist (a namesake) or has gone. The recusal stays in the record, ended."""
    row = LEAD.begin(lead, "lift_recusal", by=by, note=note, expected_version=expected_version)
    if person.person_id == by.person_id:
        raise NotAllowed("lift.own", "不能解除本人的回避，请由其他人员办理。")
    ended = approving.recusals(row).filter(person_id=person.person_id).update(ended_at=moment.now())
    if not ended:
        raise RuleBroken("lift.none", "该人员没有对这件线索回避，请重新选择。", field="person")
    done: Lead = LEAD.finish(row, "lift_recusal", by=by, note=note, facts={"lifted": person.public_id})
    return done


@transaction.atomic
def extend(
    lead: Lead,
    *,
    by: User,
    note: str,
    reason_code: str = "",
    clock: str = "",
    months: int = 0,
    days: int = 0,
    working_days: int = 0,
    due_on: date | None = None,
    superior_body: str = "",
    document_number: str = "",
    expected_version: int | None = None,
) -> Lead:
    """延长期限 of one running clock (default: the one due first) by the head of the body, within what its rule allows;
    or `due_on`, the new date a superior has named, entered by the registry. Where the rule says that the next higher
    body approves, that body and its paper are named, and a date of its own counts as the one extension."""
    row = LEAD.begin(lead, "extend", by=by, note=note, expected_version=expected_version)
    running = Clock.objects.of(row).running()
    chosen = running.filter(code=clock).first() if clock else running.first()
    if chosen is None:
        raise RuleBroken("extend.clock", "没有正在计算的这项期限，请核对。", field="clock")
    if due_on is None and not of_this_body(row, by, {Role.SECRETARY}):
        raise NotAllowed("extend.head", "延长期限须由主要负责人批准；上级重新指定的日期由案管室录入。")
    facts = reasons.facts(Purpose.EXTENSION, reason_code) | _superior(chosen, superior_body, document_number)
    reason = f"{note}（{superior_body} {document_number} 批准）" if "superior" in facts else note
    if due_on is not None:
        change = clocks.override(row, chosen.code, due_on, reason=reason, by=by)
    else:
        change = clocks.extend(
            row, chosen.code, days=days, months=months, working_days=working_days, reason=reason, by=by
        )
    changes = {"result_due_on": due_on} if due_on and chosen.code == "lead.assigned" else {}
    done: Lead = LEAD.finish(
        row, "extend", by=by, note=note, changes=changes, facts=facts | dict(change.changes)
    )
    tell_unit(done, done.acting_unit, change.sentence, by=by)
    return done


def _superior(clock: Clock, body: str, paper: str) -> dict[str, list[str]]:
    """The fact that the next higher body approved, where the rule asks for it: by a paper, once."""
    if clock.rule.extension_by != Extender.SUPERIOR:
        return {}
    name = clock.rule.name
    if not body.strip():
        text = f"“{name}”的延长须报上一级机关批准，请写明批准机关。"
        raise RuleBroken("extend.superior", text, field="superior_body")
    if not paper.strip():
        raise RuleBroken("extend.paper", f"请写明批准“{name}”延长的文号。", field="document_number")
    if clock.extensions or clock.override:
        raise RuleBroken("clock.extended_enough", f"“{name}”只能延长一次，已经延长过。")
    return {"superior": [body, paper]}


@transaction.atomic
def acknowledge(
    lead: Lead,
    *,
    by: User,
    acknowledged_on: date | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Lead:
    """登记受理告知 to the named complainant (#4)."""
    row = LEAD.begin(lead, "acknowledge", by=by, note=note, expected_version=expected_version)
    day = acknowledged_on or moment.today()
    check_day(
        day,
        "acknowledged_on",
        code="acknowledged_on.date",
        what="告知日期",
        since=row.received_on,
        since_what="受理日期",
    )
    changes = {"acknowledged_on": day, "acknowledgement_owed": False}
    done: Lead = LEAD.finish(row, "acknowledge", by=by, note=note, changes=changes)
    clocks.stop(done, "lead.acknowledge", day, "lead.acknowledge")
    return done


@transaction.atomic
def feedback(
    lead: Lead,
    *,
    by: User,
    fed_back_on: date | None = None,
    way: EndingTerm | None = None,
    objects_to: bool = False,
    new_evidence: bool = False,
    objection: str = "",
    note: str = "",
    expected_version: int | None = None,
) -> Lead:
    """登记结果反馈, as the desk gave it (#24): the way, and the complainant's objection or new evidence if any.

    Either of the two is put before the registry, which studies it or starts anew. Raises RuleBroken.
    """
    row = LEAD.begin(lead, "feedback", by=by, note=note, expected_version=expected_version)
    day = fed_back_on or moment.today()
    check_day(
        day,
        "fed_back_on",
        code="fed_back_on.date",
        what="反馈日期",
        since=row.concluded_on,
        since_what="办结日期",
    )
    answer = ending.delivered(
        row, by=by, on=day, way=way, objects_to=objects_to, new_evidence=new_evidence, objection=objection
    )
    changes = {"fed_back_on": day, "feedback_owed": False}
    if objection:
        changes["objected_on"] = day
    done: Lead = LEAD.finish(row, "feedback", by=by, note=note, changes=changes, saved=[answer])
    clocks.stop(done, "lead.feedback", day, "lead.feedback")
    if objection:
        ending.tell_objection(done, answer, by=by)
    else:
        tell_unit(done, done.acting_unit, "结果已向检举控告人反馈。", by=by)
    return done


@transaction.atomic
def verify_identity(
    lead: Lead, *, by: User, verified: bool, note: str = "", expected_version: int | None = None
) -> Lead:
    """核实署名: the desk has found the name real, or not. Not real: nothing is owed to anybody."""
    row = LEAD.begin(lead, "verify_identity", by=by, note=note, expected_version=expected_version)
    if verified:
        real: Lead = LEAD.finish(
            row, "verify_identity", by=by, note=note, changes={"identity_status": IdentityStatus.VERIFIED}
        )
        return real
    changes = {"identity_status": IdentityStatus.ANONYMOUS, "acknowledgement_owed": False}
    done: Lead = LEAD.finish(row, "verify_identity", by=by, note=note, changes=changes)
    clocks.stop(done, "lead.acknowledge", moment.today(), "lead.verify_identity")
    tell_registry(done, "署名经核实不属实，按匿名件办理。", by=by)
    return done


@sensitive_variables("complainant")
@transaction.atomic
def note_complainant(lead: Lead, *, by: User, complainant: dict[str, str]) -> Lead:
    """Put or replace what the desk knows of the complainant, on the locked lead: what is written beside it meanwhile
    waits. Only the desk; the record says only that it happened. Raises WrongState once it is archived or returned."""
    lead = rows.lock(lead)
    if lead.is_archived or lead.state == State.RETURNED:
        word = "归档" if lead.is_archived else "退回来件单位"
        raise WrongState("complainant.ended", f"这件线索已经{word}，不再登记反映人信息。")
    if lead.identity_status == IdentityStatus.ANONYMOUS:
        raise RuleBroken("complainant.anonymous", "匿名件不登记反映人信息。", field="complainant")
    identity = {name: text for name, text in complainant.items() if text}
    if (wrong := misread_id(identity)) is not None:
        raise wrong
    secrecy.refuse_of(identity, _standing(lead), desk=True, places=PLACES)
    vault.put(lead, lead.registering_unit, identity, by=by)
    return lead


def _standing(lead: Lead) -> dict[str, str]:
    """What already stands in the register, under the field that the sentence is shown at."""
    people = [f"{row.name} {row.unit_text} {row.post_text}" for row in lead.subjects.all()]
    return {"title": lead.title, "text": lead.text, "subjects": "\n".join(people)}


@sensitive_variables()
def reveal_complainant(lead: Lead, *, by: User, reason: str = "") -> dict[str, str]:
    """查看反映人: only members of the registering desk; every look is recorded. Raises NotAllowed, RuleBroken."""
    if vault.holds(lead, by=by):  # to anybody else the same refusal, whatever his reason says
        secrecy.refuse(lead, {"reason": reason}, by=by)
    return vault.reveal(lead, by=by, reason=reason)
