"""The verbs of opinions: recorded, sent, answered by the unit, accepted or returned."""

from datetime import date
from typing import Any

from django.db import transaction

from inspections.models import Finding, Opinion, Round
from inspections.services.finding_out import about
from inspections.services.telling import addressees, team_and_office, tell, tell_unit
from inspections.workflow.opinions import OPINION
from povertyaudit.core import clocks, moment, numbering, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Unit, User

ANSWER_CLOCK = "opinion.answer"
AMENDABLE = frozenset({"kind", "unit", "text", "finding"})


@transaction.atomic
def record_opinion(
    *,
    by: User,
    round: Round,
    kind: str,
    unit: Unit,
    text: str,
    finding: Finding | None = None,
    note: str = "",
) -> Opinion:
    """登记意见 of a round, to a unit it looked at (整改意见) or to a department (相关职能部门意见). Not yet sent, no number.

    Raises NotAllowed, RuleBroken.
    """
    row = rows.lock(round)
    _check(row, finding)
    opinion = Opinion(
        round=row, region=unit.region, kind=kind, unit=unit, text=text, finding=finding, recorded_by=by,
        object=about(row, unit, by, finding.object if finding else None),
    )  # fmt: skip
    return rows.create(opinion, verb="opinion.record", by=by, note=note)


def _check(round_: Round, finding: Finding | None) -> None:
    if finding is not None and finding.round_id != round_.pk:
        raise RuleBroken("opinion.finding", "所选问题不是本轮次发现的，请重新选择。", field="finding")


@transaction.atomic
def amend_opinion(
    opinion: Opinion, *, by: User, note: str = "", expected_version: int | None = None, **changes: Any
) -> Opinion:
    """修改意见 that was not sent: kind, unit, text, finding."""
    if unknown := set(changes) - AMENDABLE:
        raise TypeError(f"not amendable: {sorted(unknown)}")
    row = OPINION.begin(opinion, "amend", by=by, note=note, expected_version=expected_version)
    unit, finding = changes.get("unit", row.unit), changes.get("finding", row.finding)
    _check(row.round, finding)
    object_ = about(row.round, unit, by, finding.object if finding else None)
    changes |= {"region": unit.region, "object": object_}
    done: Opinion = OPINION.finish(row, "amend", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def withdraw_opinion(
    opinion: Opinion, *, by: User, note: str, expected_version: int | None = None
) -> Opinion:
    """撤销意见 that was not sent, with the reason."""
    done: Opinion = OPINION.apply(opinion, "withdraw", by=by, note=note, expected_version=expected_version)
    return done


@transaction.atomic
def send_opinion(
    opinion: Opinion, *, by: User, due_on: date | None = None, note: str = "", expected_version: int | None = None
) -> Opinion:  # fmt: skip
    """发出意见: numbered now; the period for the answer (rule, or `due_on`) begins today."""
    row = OPINION.begin(opinion, "send", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    if due_on is not None and due_on < today:
        raise RuleBroken("opinion.due_on", "答复期限不能早于今天，请核对。", field="due_on")
    changes = {"sent_on": today, "number": row.number or numbering.take("opinion", row.round.region, "YJ")}
    done: Opinion = OPINION.finish(row, "send", by=by, note=note, changes=changes)
    _start(done, by, due_on)
    tell_unit(done, "巡察提出的意见已发出，请按期答复。", by=by, sector=True)
    return done


def _start(row: Opinion, by: User, due_on: date | None = None) -> None:
    given: dict[str, Any] = {"due_on": due_on, "reason": "发出意见时确定的答复期限"} if due_on else {}
    clocks.start(
        row, ANSWER_CLOCK, on=moment.today(), event="发出意见", by=by, **given, **addressees(row.round, row.unit)
    )  # fmt: skip


@transaction.atomic
def answer_opinion(
    opinion: Opinion, *, by: User, answer_text: str, note: str = "", expected_version: int | None = None
) -> Opinion:
    """答复意见, by the unit it was sent to."""
    row = OPINION.begin(opinion, "answer", by=by, note=note, expected_version=expected_version)
    if not answer_text.strip():
        raise RuleBroken("opinion.answer", "请写明采取的措施和结果。", field="answer_text")
    today = moment.today()
    changes = {"answered_on": today, "answer_text": answer_text, "answered_by": by}
    done: Opinion = OPINION.finish(row, "answer", by=by, note=note, changes=changes)
    clocks.stop_all(done, today, "opinion.answer")
    tell(done, team_and_office(row.round), f"{row.unit.name}已答复，请审核。", by=by)
    return done


@transaction.atomic
def accept_opinion(
    opinion: Opinion, *, by: User, note: str = "", expected_version: int | None = None
) -> Opinion:
    """采纳答复: the opinion is carried out."""
    row = OPINION.begin(opinion, "accept", by=by, note=note, expected_version=expected_version)
    done: Opinion = OPINION.finish(
        row, "accept", by=by, note=note, changes={"accepted_on": moment.today(), "return_reason": ""}
    )
    tell_unit(done, "答复已采纳。", by=by, sector=True)
    return done


@transaction.atomic
def return_opinion(opinion: Opinion, *, by: User, note: str, expected_version: int | None = None) -> Opinion:
    """退回重新答复 with the reason; what was answered stays to be read, the period begins anew."""
    row = OPINION.begin(opinion, "send_back", by=by, note=note, expected_version=expected_version)
    changes = {"answered_on": None, "answered_by": None, "return_reason": note}
    done: Opinion = OPINION.finish(row, "send_back", by=by, note=note, changes=changes)
    _start(done, by)
    tell_unit(done, "答复被退回，请按退回理由重新答复。", by=by, sector=True)
    return done
