"""What pages show of 澄清 and 诬告陷害认定."""

from cases.models import Clarification, FalseAccusation, Lead
from cases.pages.repeats import named_if_seen
from cases.services import clearing
from cases.workflow.clearing import CLARIFICATION, PROPOSERS
from povertyaudit.core.models import User
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table

CLARIFICATION_COLUMNS = (
    Column("number", "编号", kind="link", phone="first"),
    Column("subject.name", "被反映人", phone="main"),
    Column("way.name", "澄清方式", phone="sub"),
    Column("place", "地点或者单位"),
    Column("decided_by.display_name", "批准人"),
    Column("done_on", "澄清日期", kind="date", phone="side"),
    Column("informed", "知悉人员和范围"),
    Column("state", "状态", kind="state"),
)
MARK_COLUMNS = (
    Column("number", "编号", kind="link", phone="first"),
    Column("body", "认定机关", phone="main"),
    Column("document_number", "认定文号", phone="sub"),
    Column("document_on", "认定日期", kind="date", phone="side"),
    Column("state", "状态", kind="state"),
)


def clearing_tables(lead: Lead, user: User) -> list[Table]:
    """On the lead's page, where there is something; the mark only to those who may know of it."""
    found = []
    cleared = Clarification.objects.visible_to(user).filter(lead=lead).for_list()
    if cleared.exists():
        found.append(Table("澄清", CLARIFICATION_COLUMNS, cleared, key="clarifications"))
    marks = FalseAccusation.objects.beside_leads(user).filter(lead=lead)
    if marks.exists():
        found.append(Table("诬告陷害认定", MARK_COLUMNS, marks, key="false_accusations"))
    return found


def clearing_missing(lead: Lead, user: User) -> list[Missing]:
    """Found as a false accusation above, and nobody cleared yet: the one effect the finding has here."""
    if not user.roles & PROPOSERS or not lead.concluded_on:
        return []
    found = FalseAccusation.objects.beside_leads(user).filter(lead=lead).confirmed()
    if not found.exists() or not (people := clearing.to_clear(lead)):
        return []
    names = "、".join(person.name for person in people)
    return [
        Missing(f"上级已认定诬告陷害，请研究是否为{names}澄清。", f"/clarifications/new/?lead={lead.number}")
    ]


def clarification_missing(row: Clarification, user: User) -> list[Missing]:
    """Its lead is no longer what it was proposed on: the way out."""
    wrong = clearing.ground_gone(row)
    if not wrong or not any(step.name == "withdraw" for step in CLARIFICATION.offered(row, user)):
        return []
    return [Missing(wrong, f"{row.get_absolute_url()}withdraw/")]


def clarification_facts(row: Clarification, user: User) -> list[Facts]:
    decided = [
        Fact("批准人", row.decided_by and row.decided_by.display_name),
        Fact("批准日期", row.decided_on, "date"),
        Fact("批准意见", row.decision, wide=True),
        Fact("澄清日期", row.done_on, "date"),
        Fact("知悉人员和范围", row.informed, wide=True),
        Fact("登记人", row.recorded_by and row.recorded_by.display_name),
        Fact("撤回日期", row.withdrawn_on, "date"),
        Fact("撤回的理由", row.withdrawal, wide=True),
    ]
    return [Facts("澄清", [
        Fact("线索", named_if_seen(row.lead, user)), Fact("被反映人", row.subject.name),
        Fact("澄清方式", row.way.name), Fact("地点或者单位", row.place),
        Fact("提出人", row.proposed_by.display_name), Fact("提出日期", row.proposed_on, "date"),
        Fact("澄清内容", row.text, wide=True), *_filled(decided),
    ])]  # fmt: skip


def false_accusation_facts(row: FalseAccusation) -> list[Facts]:
    """The lead by its number alone: no way from here to its page, where an identity may be asked for."""
    later = [
        Fact("同意上报", row.submitted_by and row.submitted_by.display_name),
        Fact("上报日期", row.submitted_on, "date"),
        Fact("认定机关层级", row.get_level_display()),
        Fact("认定机关", row.body),
        Fact("认定文号", row.document_number),
        Fact("认定日期", row.document_on, "date"),
        Fact("登记人", row.recorded_by and row.recorded_by.display_name),
        Fact("未认定日期", row.rejected_on, "date"),
        Fact("未认定的理由", row.rejection, wide=True),
    ]
    effect = "上级已认定" if row.stands else "没有效力：须由设区的市级以上机关认定"
    return [Facts("认定情况", [
        Fact("线索编号", row.lead.number), Fact("效力", effect), Fact("提出人", row.proposed_by.display_name),
        Fact("提出日期", row.proposed_on, "date"), Fact("理由和依据", row.basis, wide=True), *_filled(later),
    ])]  # fmt: skip


def _filled(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.value not in (None, "")]


def offered(lead: Lead, user: User) -> list[tuple[str, str]]:
    """Ways from the lead's page, for whoever may propose: (words, address). Where the reader's unit registered the lead
    nothing is said of a mark, and that one is under way already is not told by a way that is missing."""
    if not user.roles & PROPOSERS or not clearing.may_propose(lead, user):
        return []
    found: list[tuple[str, str]] = []
    if clearing.to_clear(lead):
        found.append(("提出澄清", f"/clarifications/new/?lead={lead.number}"))
    marks = FalseAccusation.objects.filter(lead=lead).exclude(state="rejected")
    knows_who = lead.registering_unit_id in user.unit_ids
    if clearing.proved_untrue(lead) and not knows_who and not marks.exists():
        found.append(("提出诬告陷害认定", f"/false-accusations/new/?lead={lead.number}"))
    return found
