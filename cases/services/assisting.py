"""办理方式: what 交办, 督办 and 协办 add to a dispatch; offices that assist; the result reported back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from cases.models import Assist, DispatchMode, Lead, SpecialMode
from cases.roles import LEADERS, OFFICES
from cases.services.telling import registry_of, tell_person, tell_registry, tell_unit
from cases.workflow import LEAD
from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Role, Unit, User


@dataclass(frozen=True)
class Manner:
    """How the lead is to be handled. 督办: `supervisor` presses (the leader, where none is named). 协办: `assisting`
    offices beside the responsible one. 提级、交叉、直查直办: `special_mode` with the reason and who decided it."""

    mode: str
    supervisor: User | None = None
    assisting: tuple[Unit, ...] = ()
    special_mode: str = ""
    special_reason: str = ""
    special_decider: User | None = None

    def check(self, lead: Lead, unit: Unit, due_on: date | None) -> None:
        """Raise RuleBroken where the mode lacks what it needs."""
        if self.mode == DispatchMode.ASSIGN and not due_on:
            text = "交办须写明要求报结果的日期，请填写。"
            raise RuleBroken("dispatch.result_due", text, field="result_due_on")
        if self.mode == DispatchMode.ASSIST and not self.assisting:
            text = "协办须至少选择一个协办部门；没有协办部门的，请改选办理方式。"
            raise RuleBroken("dispatch.assisting", text, field="assisting_units")
        if self.supervisor is not None and not self.supervisor.roles & (LEADERS | {Role.CASE_MANAGER}):
            text = "督办人应是分管领导、主要负责人或案管人员，请改选。"
            raise RuleBroken("dispatch.supervisor", text, field="supervisor")
        self._check_special()
        for one in self.assisting:
            check_assistant(one, unit)

    def _check_special(self) -> None:
        if self.special_mode and not self.special_reason.strip():
            text = f"{SpecialMode(self.special_mode).label}须写明理由，请填写。"
            raise RuleBroken("dispatch.special_reason", text, field="special_reason")
        if not self.special_mode and (self.special_reason.strip() or self.special_decider):
            text = "写了特殊办理的理由或决定人，请同时选择提级、交叉或直查直办。"
            raise RuleBroken("dispatch.special_mode", text, field="special_mode")
        if self.special_decider is not None and not self.special_decider.roles & LEADERS:
            text = "特殊办理由分管领导或主要负责人决定，请改选。"
            raise RuleBroken("dispatch.special_decider", text, field="special_decider")

    def of_dispatch(self, leader: User, due_on: date | None) -> dict[str, Any]:
        """The columns of the Dispatch row."""
        decider = (self.special_decider or leader) if self.special_mode else None
        return {
            "supervisor": self.presses(leader), "result_due_on": due_on, "special_mode": self.special_mode,
            "special_reason": self.special_reason.strip(), "special_decider": decider,
        }  # fmt: skip

    def presses(self, leader: User) -> User | None:
        """督办 says who presses: the one named, else the leader."""
        return self.supervisor or (leader if self.mode == DispatchMode.SUPERVISED else None)

    def assists(self, lead: Lead, task: str, by: User) -> list[Assist]:
        """The rows of the assisting offices, each once."""
        units = {unit.pk: unit for unit in self.assisting}
        return [asked(lead, unit, task, by) for unit in units.values()]


def check_assistant(unit: Unit, responsible: Unit | None) -> None:
    if responsible is not None and unit.pk == responsible.pk:
        text = f"“{unit.name}”是承办部门，不能同时协办，请改选。"
        raise RuleBroken("assist.same", text, field="assisting_units")
    if not User.objects.holding(OFFICES, unit=unit).exists():
        text = f"“{unit.name}”没有在任的监督检查、审查调查或审理人员，不能协办，请改选。"
        raise RuleBroken("assist.office", text, field="assisting_units")


def asked(lead: Lead, unit: Unit, task: str, by: User) -> Assist:
    return Assist(lead=lead, unit=unit, task=task, asked_by=by, asked_on=moment.today())


def tell_assistants(lead: Lead, units: Iterable[Unit], *, by: User) -> None:
    for unit in units:
        tell_unit(lead, unit, "请您的部门协办，办理后请反馈协办结果。", by=by)


def ended(lead: Lead) -> list[Assist]:
    """What is still being assisted ends today without a result: the lead goes back or goes away."""
    found = list(lead.assists.filter(ended_on=None))
    for one in found:
        one.ended_on = moment.today()
    return found


@transaction.atomic
def ask_assist(
    lead: Lead, *, by: User, assisting_units: Iterable[Unit], note: str, expected_version: int | None = None
) -> Lead:
    """增加协办部门 beside the responsible one; `note` says what they are to do. Raises RuleBroken."""
    row = LEAD.begin(lead, "ask_assist", by=by, note=note, expected_version=expected_version)
    units = {unit.pk: unit for unit in assisting_units}
    under_way = set(row.assists.filter(ended_on=None).values_list("unit_id", flat=True))
    for unit in units.values():
        check_assistant(unit, row.handling_unit)
        if unit.pk in under_way:
            text = f"“{unit.name}”已在协办这件线索，不需要重复交办。"
            raise RuleBroken("assist.twice", text, field="assisting_units")
    if not units:
        raise RuleBroken("assist.none", "请选择协办部门。", field="assisting_units")
    saved = [asked(row, unit, note, by) for unit in units.values()]
    done: Lead = LEAD.finish(row, "ask_assist", by=by, note=note, saved=saved)
    tell_assistants(done, units.values(), by=by)
    return done


@transaction.atomic
def give_assistance(lead: Lead, *, by: User, result: str, expected_version: int | None = None) -> Lead:
    """反馈协办结果: by an officer of the assisting office, which is then no longer concerned with the lead."""
    row = LEAD.begin(lead, "give_assistance", by=by, expected_version=expected_version)
    own = [post.unit_id for post in by.current_posts() if post.role in OFFICES]
    assist = row.assists.filter(ended_on=None, unit__in=own).first()
    if assist is None:
        raise NotAllowed("assist.not_yours", "您的部门没有正在协办这件线索，请刷新页面查看。")
    if not result.strip():
        raise RuleBroken("assist.result", "请写明协办的情况和结果。", field="result")
    assist.result, assist.given_by, assist.ended_on = result, by, moment.today()
    done: Lead = LEAD.finish(row, "give_assistance", by=by, saved=[assist])
    tell_unit(done, done.acting_unit, "协办部门已反馈协办结果，请查看。", by=by)
    return done


@transaction.atomic
def report_back(
    lead: Lead, *, by: User, result: str, note: str = "", expected_version: int | None = None
) -> Lead:
    """报送交办结果: 交办 asks for the result by a day; the office reports it to the registry. Late stays visible."""
    row = LEAD.begin(lead, "report_back", by=by, note=note, expected_version=expected_version)
    if not result.strip():
        raise RuleBroken("report.result", "请写明办理情况和结果。", field="result")
    today = moment.today()
    record = row.dispatches.filter(handed_back_at=None).order_by("-id").first()
    record.report_text, record.reported_by, record.reported_on = result, by, today
    changes = {"reported_on": today}
    done: Lead = LEAD.finish(row, "report_back", by=by, note=note, changes=changes, saved=[record])
    clocks.stop(done, "lead.assigned", today, "lead.report_back")
    tell_registry(done, "承办部门已报送交办结果，请查看。", by=by)
    tell_person(done, done.leader, "承办部门已报送交办结果，请查看。", by=by)
    return done


def start_sign_for(lead: Lead, by: User) -> None:
    """The days a dispatch may lie unsigned begin."""
    registry = registry_of(lead.registering_unit.region_id)
    clocks.start(
        lead, "lead.sign_for", on=moment.today(), event="分办", owner_unit=lead.acting_unit, leader_user=lead.leader,
        body_unit=registry,
    )  # fmt: skip
