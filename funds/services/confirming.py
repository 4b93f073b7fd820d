"""回访确认退还: the household is asked whether the money came."""

from datetime import date

from django.db import transaction

from funds.models import Misuse, Recovery, ReturnConfirmation
from funds.services.telling import desk_of
from funds.workflow import MISUSE
from povertyaudit.core import moment, notify
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import User


@transaction.atomic
def confirm_return(
    misuse: Misuse, *, by: User, recovery: Recovery, result: str, way: str, asked_on: date | None = None,
    said: str = "", expected_version: int | None = None,
) -> Misuse:  # fmt: skip
    """回访确认退还, by another person than who booked it. "没有收到" changes no figure: the desk is told and reverses it."""
    row = MISUSE.begin(misuse, "confirm_return", by=by, expected_version=expected_version)
    found: Recovery | None = (
        row.recoveries.returned().filter(pk=recovery.pk).select_related("signed_by").first()
    )
    if found is None:
        text = "这笔退还不在该问题下或者已经冲正，请重新选择。"
        raise RuleBroken("confirm_return.gone", text, field="recovery")
    if found.signed_by is not None and found.signed_by.person_id == by.person_id:
        raise NotAllowed("confirm_return.same_person", "这笔退还由您经办，请由另一人回访。")
    day = asked_on or moment.today()
    if not found.received_on <= day <= moment.today():
        text = f"回访日期应在退还日期 {found.received_on} 之后，且不晚于今天。"
        raise RuleBroken("confirm_return.day", text, field="asked_on")
    wrong = result != ReturnConfirmation.Result.RECEIVED
    if wrong and not said.strip():
        raise RuleBroken("confirm_return.said", "没有足额收到的，请写明群众怎么说。", field="said")
    asked = ReturnConfirmation(
        misuse=row, recovery=found, result=result, way=way, asked_on=day, said=said, asked_by=by
    )
    facts = {"confirmed": [found.voucher_no, found.voucher_line, result]}
    done: Misuse = MISUSE.finish(row, "confirm_return", by=by, saved=[asked], facts=facts)
    if wrong:
        notify.tell_of(
            done,
            desk_of(done),
            f"回访：{asked.get_result_display()}，请核实后冲正或者补退。",
            by=by,
            kind="misuse",
        )
    return done
