"""涉案款物 of a case, per person: owed by the decision, taken in, given back to the people. All in 分."""

from typing import Any

from django.db import transaction

from cases.models import CaseMoney, Lead, LeadSubject
from cases.services.filing import of_this_lead
from cases.workflow import LEAD
from povertyaudit.core import render
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User


@transaction.atomic
def record_money(
    lead: Lead,
    *,
    by: User,
    subject: LeadSubject,
    kind: str,
    owed_fen: int,
    paper: str,
    taken_fen: int = 0,
    returned_fen: int = 0,
    note: str = "",
    expected_version: int | None = None,
) -> Lead:
    """登记涉案款物: what the person owes (`owed_fen`), what has come in, what of it went back to the people."""
    row = LEAD.begin(lead, "record_money", by=by, note=note, expected_version=expected_version)
    of_this_lead(row, subject)
    money = CaseMoney(
        lead=row, subject=subject, kind=kind, owed_fen=owed_fen, taken_fen=taken_fen, returned_fen=returned_fen,
        paper=paper,
    )  # fmt: skip
    return _save(row, "record_money", money, by, note)


@transaction.atomic
def note_money(
    lead: Lead,
    *,
    by: User,
    money: CaseMoney,
    taken_fen: int,
    paper: str,
    returned_fen: int | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Lead:
    """登记款物缴纳: what has come in so far, all together, and how much of it was given back to the people."""
    row = LEAD.begin(lead, "note_money", by=by, note=note, expected_version=expected_version)
    found = row.money.filter(pk=money.pk).first()
    if found is None:
        raise RuleBroken("money.other_lead", "请从这件线索的涉案款物中选择。", field="money")
    found.taken_fen, found.paper = taken_fen, paper
    found.returned_fen = found.returned_fen if returned_fen is None else returned_fen
    return _save(row, "note_money", found, by, note)


def _save(lead: Lead, verb: str, money: CaseMoney, by: User, note: str) -> Lead:
    if money.kind not in CaseMoney.Kind.values:
        raise RuleBroken("money.kind", "请选择款物的方式。", field="kind")
    if money.owed_fen <= 0:
        raise RuleBroken("money.owed", "应缴金额应大于 0，请核对。", field="owed_fen")
    if money.taken_fen > money.owed_fen:
        text = f"已缴金额不能超过应缴的 {render.yuan(money.owed_fen)} 元，请核对。"
        raise RuleBroken("money.taken", text, field="taken_fen")
    if money.returned_fen > money.taken_fen:
        text = f"退还群众的金额不能超过已缴的 {render.yuan(money.taken_fen)} 元，请核对。"
        raise RuleBroken("money.returned", text, field="returned_fen")
    facts: dict[str, Any] = {
        "money": [str(money.get_kind_display()), money.owed_fen, money.taken_fen, money.returned_fen]
    }
    done: Lead = LEAD.finish(lead, verb, by=by, note=note, saved=[money], facts=facts)
    return done
