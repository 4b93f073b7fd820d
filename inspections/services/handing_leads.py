"""移交问题线索: a lead a round found goes to the registry of the county, during the round too (边巡边移), without retyping.

The persons stand in the row of the hand-over, later in the lead; never on the finding.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from cases import services as cases
from inspections.models import Finding, HandedLead, Round
from inspections.services.standing_aside import refuse_recused
from inspections.services.telling import office_of
from inspections.workflow import ROUND
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Unit, User

MOST_TITLE = 100
FROM_FINDING = ("text", "region", "amount_fen")


@transaction.atomic
def hand_lead(
    round_: Round, *, by: User, leads: Iterable[Mapping[str, Any]], document: str = "", text: str = "",
    note: str = "", expected_version: int | None = None,
) -> Round:  # fmt: skip
    """移交问题线索 by one list with its receipt. Each of `leads` is {finding, title, text, persons, region, amount_fen}; what
    is not said is taken from the finding. Without `document` the list is named after the round.

    Raises NotAllowed, RuleBroken, WrongState while the round is secret: the list would tell of it.
    """
    row = ROUND.begin(round_, "hand_lead", by=by, note=note, expected_version=expected_version)
    given = [_entry(row, one, by) for one in leads]
    if not given:
        raise RuleBroken("hand_lead.empty", "请逐条填写要移交的问题线索。", field="leads")
    handover = cases.take_from_round(
        by=by, region=row.region, unit=_unit(row, by), document=document or f"{row.name}问题线索移交清单"[:100],
        entries=[entry for entry, _ in given], text=text, note=note,
    )  # fmt: skip
    lines = handover.rows.order_by("ordinal")
    saved = [
        HandedLead(round=row, finding=finding, row=line)
        for line, (_, finding) in zip(lines, given, strict=True)
    ]
    facts = {"handover:number": handover.number, "leads": len(saved)}
    done: Round = ROUND.finish(row, "hand_lead", by=by, note=note, saved=saved, facts=facts)
    return done


def _entry(round_: Round, said: Mapping[str, Any], by: User) -> tuple[dict[str, Any], Finding | None]:
    finding: Finding | None = said.get("finding")
    entry = {
        name: said[name] for name in ("title", "text", "persons", "region", "amount_fen") if said.get(name)
    }
    if finding is not None:
        if finding.round_id != round_.pk:
            raise RuleBroken("hand_lead.finding", "所选问题不是本轮次发现的，请重新选择。", field="leads")
        refuse_recused(finding.object, by)
        for name in FROM_FINDING:
            entry.setdefault(name, getattr(finding, name))
        entry.setdefault("title", finding.title[:MOST_TITLE])
    if not entry.get("title"):
        raise RuleBroken("hand_lead.title", "请填写问题摘要，或者选择对应的问题。", field="leads")
    return entry, finding


def _unit(round_: Round, by: User) -> Unit:
    """Whose hand-over it is: the inspection office that ordered the round, else the body that runs it."""
    return office_of(round_) or round_.run_by or by.current_posts()[0].unit
