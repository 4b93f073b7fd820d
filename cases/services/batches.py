"""交办批次: received, joined by leads, closed when the last of them is done."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cases.models import Batch, Lead
from cases.querysets import ENDED
from cases.roles import DESK
from cases.services.checking import check_day
from cases.services.telling import registry_of
from cases.workflow import LEAD
from cases.workflow.batches import BATCH
from povertyaudit.core import clocks, moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, User

NAMED = 10  # numbers of open leads a refusal lists


@transaction.atomic
def receive(
    *, by: User, title: str, sender: str, received_on: date, promised: int, sender_number: str = "",
    deadline: date | None = None, note: str = "",
) -> Batch:  # fmt: skip
    """登记交办批次. `promised` is the number of leads the paper says. Raises NotAllowed, RuleBroken."""
    post = by.post_as(DESK)
    if post is None:
        raise NotAllowed("batch.role", "交办批次由案管室和信访室登记。")
    check_day(received_on, "received_on", code="batch.received", what="收到日期")
    _check_deadline(received_on, deadline)
    county = Region.objects.get(code=post.region.county_code())
    row = Batch(
        region=county, title=title, sender=sender, sender_number=sender_number, received_on=received_on,
        promised=promised, deadline=deadline, received_by=by, number=numbering.take("batch", county),
    )  # fmt: skip
    done = rows.create(row, verb="batch.receive", by=by, note=note)
    named: dict[str, Any] = {"due_on": deadline, "reason": "来文要求的办结日期"} if deadline else {}
    clocks.start(
        done, "batch.finish", on=received_on, event="收到交办批次", owner_unit=registry_of(county.code) or post.unit,
        **named,
    )  # fmt: skip
    return done


def _check_deadline(received_on: date, deadline: date | None) -> None:
    if deadline is not None and deadline < received_on:
        raise RuleBroken("batch.deadline", "要求办结日期不能早于收到日期，请核对。", field="deadline")


@transaction.atomic
def amend_batch(
    batch: Batch, *, by: User, note: str = "", expected_version: int | None = None, **changes: Any
) -> Batch:
    """修改批次: title, sender, sender_number, promised, deadline. A new deadline moves the clock; without one (None)
    the period of the rule counts again."""
    if unknown := set(changes) - {"title", "sender", "sender_number", "promised", "deadline"}:
        raise TypeError(f"not amendable: {sorted(unknown)}")
    row = BATCH.begin(batch, "amend", by=by, note=note, expected_version=expected_version)
    before, deadline = row.deadline, changes.get("deadline", row.deadline)
    _check_deadline(row.received_on, deadline)
    done: Batch = BATCH.finish(row, "amend", by=by, note=note, changes=changes)
    if deadline is None and before is not None:
        clocks.withdraw_override(done, "batch.finish")
    elif deadline is not None and deadline != before:
        clocks.override(done, "batch.finish", deadline, reason="来文要求的办结日期", by=by)
    return done


@transaction.atomic
def close_batch(batch: Batch, *, by: User, note: str = "", expected_version: int | None = None) -> Batch:
    """结清: every lead done and as many as the paper says; refused with the list otherwise."""
    row = BATCH.begin(batch, "close", by=by, note=note, expected_version=expected_version)
    if more := surplus(row):
        text = (
            f"来文载明 {row.promised} 件，已登记 {row.promised + more} 件，件数不符，不能结清。"
            "请补登线索，或者核对后修改批次件数。"
        )
        raise RuleBroken("batch.count", text)
    waiting = _leads(row).exclude(state__in=ENDED)
    if waiting.exists():
        raise RuleBroken("batch.open", _still_open(waiting, by))
    today = moment.today()
    done: Batch = BATCH.finish(row, "close", by=by, note=note, changes={"closed_on": today})
    clocks.stop_all(done, today, "batch.close")
    return done


def _leads(batch: Batch) -> QuerySet[Lead]:
    """All leads of the batch, whoever may see them: a count that depended on the reader could never come right."""
    found: QuerySet[Lead] = Lead.objects.filter(batch=batch)
    return found


def surplus(batch: Batch) -> int:
    """How many leads more than the paper says are registered; below nought: so many are missing."""
    return _leads(batch).count() - batch.promised


def _still_open(waiting: Any, by: User) -> str:
    """How many leads are open, and the numbers of those `by` may know of."""
    seen = waiting.visible_to(by).order_by("received_on", "pk").values_list("number", flat=True)
    named = "、".join(seen[:NAMED])
    total = waiting.count()
    return (
        f"还有 {total} 件没有办结，不能结清{f'：{named}' if named else ''}{'等' if total > NAMED else ''}。"
    )


@transaction.atomic
def reopen_batch(batch: Batch, *, by: User, note: str, expected_version: int | None = None) -> Batch:
    """撤销结清, as when another lead turns up; the period runs on from the day the batch was received."""
    row = BATCH.begin(batch, "reopen", by=by, note=note, expected_version=expected_version)
    done: Batch = BATCH.finish(row, "reopen", by=by, note=note, changes={"closed_on": None})
    named: dict[str, Any] = {"due_on": done.deadline, "reason": "来文要求的办结日期"} if done.deadline else {}
    owner = registry_of(done.region_id)
    clocks.start(done, "batch.finish", on=done.received_on, event="收到交办批次", owner_unit=owner, **named)
    return done


def check_batch(batch: Batch, lead: Lead) -> Batch:
    """The batch, locked, if the lead may join it: open, and of the body that registered the lead."""
    row = rows.lock(batch)
    if row.state != Batch.State.OPEN:
        raise RuleBroken("batch.closed", f"批次 {row.number} 已经结清，不能再列入线索。", field="batch")
    if row.region_id[:6] != lead.registering_unit.region_id[:6]:
        raise RuleBroken("batch.county", "只能列入本机关登记的批次，请改选。", field="batch")
    return row


@transaction.atomic
def join_batch(
    lead: Lead, *, by: User, batch: Batch, note: str = "", expected_version: int | None = None
) -> Lead:
    """列入批次 a lead that is registered already. Raises RuleBroken for a closed batch or another body's."""
    row = LEAD.begin(lead, "join_batch", by=by, note=note, expected_version=expected_version)
    joined = check_batch(batch, row)
    if row.batch_id == joined.pk:
        raise RuleBroken("batch.twice", f"该线索已在批次 {joined.number} 中。", field="batch")
    check_not_closed(row)
    facts = {"batch": joined.number}
    done: Lead = LEAD.finish(row, "join_batch", by=by, note=note, changes={"batch": joined}, facts=facts)
    return done


@transaction.atomic
def leave_batch(lead: Lead, *, by: User, note: str, expected_version: int | None = None) -> Lead:
    """移出批次 a lead that was put into it by mistake."""
    row = LEAD.begin(lead, "leave_batch", by=by, note=note, expected_version=expected_version)
    check_not_closed(row)
    facts = {"batch": row.batch.number}
    done: Lead = LEAD.finish(row, "leave_batch", by=by, note=note, changes={"batch": None}, facts=facts)
    return done


def check_not_closed(lead: Lead, what: str = "其中的线索不能移动") -> None:
    """The batch of the lead, if it is in one, locked and open still. Raises RuleBroken, saying what to do first."""
    if lead.batch is not None and rows.lock(lead.batch).state == Batch.State.CLOSED:
        text = f"批次 {lead.batch.number} 已经结清，{what}；确需办理的，请先撤销批次的结清。"
        raise RuleBroken("batch.closed", text)
