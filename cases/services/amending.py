"""修改登记: what was written at registration put right, with the same checks."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from cases.models import IntakeDetail, Lead
from cases.services import conflicts, repeats
from cases.services.checking import broken_rules, details, doubts, unexplained
from cases.services.intake import clock_of_result, start_clocks
from cases.services.registering import is_named_complaint
from cases.services.telling import tell_registry
from cases.workflow import LEAD
from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import RuleBroken, raise_all
from povertyaudit.core.models import User

AMENDABLE = {"title", "text", "kind", "region", "category", "style", "amount_fen", "check_note"}
# What the probe needs besides to be judged as the lead itself would be.
STAYS = ("channel", "received_on", "identity_status", "result_due_on", "state")


@transaction.atomic
def amend(
    lead: Lead, *, by: User, expected_version: int | None = None, note: str = "", **changes: Any
) -> Lead:
    """修改登记内容. Accepts AMENDABLE and `intake` (来件情况); anything else is a TypeError."""
    intake = changes.pop("intake", None)
    if unknown := set(changes) - AMENDABLE:
        raise TypeError(f"not amendable: {sorted(unknown)}")
    row = LEAD.begin(lead, "amend", by=by, note=note, expected_version=expected_version)
    region = changes.get("region")
    if region is not None and region.code[:6] != row.region_id[:6]:
        raise RuleBroken(
            "amend.region", "问题属地只能在本县范围内更正；属于其他县的请办理转办。", field="region"
        )
    kind = changes.get("kind", row.kind)
    if kind != row.kind and row.state != "registered":
        raise RuleBroken("amend.kind", "分办以后不能再改类型，请先退回案管室。", field="kind")
    detail = _checked(row, changes, intake)
    counted = row.counts
    if kind != row.kind:
        changes["acknowledgement_owed"] = row.acknowledged_on is None and is_named_complaint(
            kind, row.identity_status
        )
    done: Lead = LEAD.finish(
        row, "amend", by=by, note=note, changes=changes, saved=[detail] if detail else ()
    )
    repeats.index(done)
    if detail is not None:
        clock_of_result(done)
    if counted and not done.counts:
        clocks.stop_all(done, moment.today(), "lead.amend")
    elif done.counts and not counted:
        start_clocks(done)
        tell_registry(done, "改按问题线索登记，请提出分办意见。", by=by)
    conflicts.apply(done, by=by)
    return done


def _checked(row: Lead, changes: dict[str, Any], intake: Mapping[str, Any] | None) -> IntakeDetail | None:
    """Judge the lead as it would be; `changes` gets the categories in the words of the day."""
    values = {name: changes.get(name, getattr(row, name)) for name in AMENDABLE}
    probe = Lead(**values, **{name: getattr(row, name) for name in STAYS})
    persons = list(row.subjects.all())
    found = broken_rules(probe, len(persons), {})
    detail = details(probe, intake, found)
    raise_all(found)
    raise_all(unexplained(doubts(probe, persons), changes.get("check_note")))
    changes |= {name: getattr(probe, name) for name in ("category", "style") if name in changes}
    if intake is None:
        return None
    kept = getattr(row, "intake", None) or IntakeDetail(lead=row)
    said = detail or IntakeDetail()
    for field in IntakeDetail.FIELDS:
        setattr(kept, field, getattr(said, field))
    return kept if detail or kept.pk else None
