"""确定整改报告周期: how often what a round found is reported on."""

from datetime import date

from django.db import transaction

from inspections.models import Round, RoundRhythm
from inspections.workflow import ROUND
from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User


@transaction.atomic
def set_rhythm(
    round_: Round, *, by: User, cadence: str, valid_from: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Round:  # fmt: skip
    """确定整改报告周期 of the round's items from a day on (today), with the reason; an item's own goes before it.

    Said again for the same day, it replaces what was said.
    """
    row = ROUND.begin(round_, "set_rhythm", by=by, note=note, expected_version=expected_version)
    day = valid_from or moment.today()
    if day < moment.today():
        raise RuleBroken("set_rhythm.past", "起始日期不能早于今天。", field="valid_from")
    made = row.rhythms.filter(valid_from=day).first() or RoundRhythm(round=row, valid_from=day)
    made.cadence, made.reason, made.set_by = cadence, note, by
    facts = {"cadence": cadence, "valid_from": day}
    done: Round = ROUND.finish(row, "set_rhythm", by=by, note=note, saved=[made], facts=facts)
    return done
