"""After a complaint proved untrue: clarifications in every state; a false accusation proposed, sent up, found, not found."""

from cases.models import CloseKind, EndingTerm, Lead
from cases.services import clearing
from povertyaudit.demo.people import Cast

TEXT = "经查，反映的问题不属实，特此澄清。"
BASIS = "反映所附的收据经核对系伪造，与财务凭证不符。"


def tell(cast: Cast) -> None:
    """As far as the year has complaints that proved untrue."""
    rows = Lead.objects.filter(
        close_kind__in=(CloseKind.UNTRUE, CloseKind.TALK_ACCEPTED), subjects__isnull=False
    )
    ours = rows.filter(
        registering_unit__region=cast.places.county, archived_on=None, handling_unit__isnull=False
    )
    leads = list(ours.distinct().order_by("-concluded_on", "-pk"))
    first = [lead for lead in leads if lead.close_kind == CloseKind.UNTRUE][:2]
    others = [lead for lead in leads if lead not in first]
    for lead, end in zip(first, ("", "submit"), strict=False):
        _mark(cast, lead, end)
    for lead, end in zip(others[:4], ("", "approve", "refuse", "carry_out"), strict=False):
        _clear(cast, lead, end)
    untrue = [lead for lead in others[4:] if lead.close_kind == CloseKind.UNTRUE]
    for lead, end in zip(untrue, ("confirm", "reject"), strict=False):
        _mark(cast, lead, end)


def _clear(cast: Cast, lead: Lead, end: str) -> None:
    way = EndingTerm.objects.clearings().on().order_by("order")[1]
    row = clearing.propose_clarification(
        by=cast.casemgr, lead=lead, subject=lead.subjects.all()[0], way=way, place=f"{lead.region.name}村民委员会",
        text=TEXT,
    )  # fmt: skip
    if end == "refuse":
        clearing.refuse(row, by=cast.secretary, note="影响范围小，由承办部门当面说明。")
    elif end:
        row = clearing.approve(row, by=cast.secretary, note="同意。")
    if end == "carry_out":
        clearing.carry_out(row, by=cast.casemgr, informed="村两委全体成员、村民代表和本人")


def _mark(cast: Cast, lead: Lead, end: str) -> None:
    row = clearing.propose_false_accusation(by=cast.casemgr, lead=lead, basis=BASIS)
    if end:
        row = clearing.submit(row, by=cast.secretary, note="同意报市纪委监委认定。")
    if end == "confirm":
        clearing.confirm(
            row, by=cast.casemgr, level="city", body="市纪委监委", document_number="市纪函〔2026〕9 号"
        )
    elif end == "reject":
        clearing.reject(row, by=cast.casemgr, note="市纪委监委认为不能证明故意捏造。")
