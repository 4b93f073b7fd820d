"""退回重填: a report goes back to whoever filled it in, with the reason; its words and figures stay to be mended."""

from typing import Any

from django.db import transaction

from povertyaudit.core import moment
from povertyaudit.core.models import Role, User
from rectification.models import Item, PeriodReport, PeriodState
from rectification.services.periods import from_today
from rectification.services.telling import holders, tell
from rectification.workflow.periods import PERIOD


@transaction.atomic
def send_back(
    report: PeriodReport, *, by: User, note: str = "", expected_version: int | None = None
) -> PeriodReport:
    """退回重填 by the head before he signs; of a signed one by who watches over the item, until a later one is signed.

    A signature given is void, and the report is owed anew from today. Raises RuleBroken (note, later reports signed).
    """
    item = Item.objects.select_for_update(of=("self",)).get(pk=report.item_id)  # the item before its reports
    row = PERIOD.begin(report, "send_back", by=by, note=note, expected_version=expected_version)
    if row.state == PeriodState.SIGNED:
        return _signed_again(row, item, by, note)
    done: PeriodReport = PERIOD.finish(
        row, "send_back", by=by, note=note, changes={"returned_reason": note.strip()}
    )
    tell(done, holders(row.unit, Role.LIAISON), "定期报告被退回，请按退回理由修改后重新填报。")
    return done


def _signed_again(row: PeriodReport, item: Item, by: User, note: str) -> PeriodReport:
    void = list(row.signatures.filter(voided_at=None))
    for signature in void:
        signature.voided_at, signature.voided_by = moment.now(), by
        signature.voided_verb = "periodreport.send_back"
    changes: dict[str, Any] = {
        "state": PeriodState.RETURNED, "returned_reason": note.strip(), "signed_by": None, "signed_on": None,
    }  # fmt: skip
    from_today(
        row,
        item,
        by=by,
        verb="periodreport.send_back",
        event="退回重填",
        changes=changes,
        saved=void,
        note=note,
    )
    return row
