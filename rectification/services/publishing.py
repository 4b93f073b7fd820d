"""公示、异议、销号、归档: what may lie between the verification and the closing, and what comes after."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Row, User
from rectification.models import Closing, Completion, Item, Objection, ObjectionState, Publication, SentBack
from rectification.models.publishing import MOST_DAYS, running_publication
from rectification.services import periods
from rectification.services.telling import addressees, reviewers, tell, unit_people, verifiers
from rectification.workflow import ITEM
from rectification.workflow.changes import picture
from rectification.workflow.extending import RECTIFY_CLOCK
from rectification.workflow.ruled import asked_days

PUBLICATION_CLOCK = "item.publication"


@transaction.atomic
def set_publication(
    item: Item, *, by: User, required: bool = True, days: int | None = None, place: str = "", note: str = "",
    expected_version: int | None = None,
) -> Item:  # fmt: skip
    """确定是否公示 before the item is verified, with the reason. Without `days` the rule of the clocks says how long.

    Raises RuleBroken (days, place).
    """
    row = ITEM.begin(item, "set_publication", by=by, note=note, expected_version=expected_version)
    if required and not place.strip():
        raise RuleBroken("set_publication.place", "请写明在哪里、怎样公示。", field="place")
    if days is not None and not 1 <= days <= MOST_DAYS:
        text = f"公示天数应是 1 至 {MOST_DAYS} 的整数，不填的按期限规则。"
        raise RuleBroken("set_publication.days", text, field="days")
    days = _as_ruled(row, required, days)
    changes = {
        "publication": required, "publication_days": days if required else None,
        "publication_place": place.strip() if required else "",
    }  # fmt: skip
    done: Item = ITEM.finish(row, "set_publication", by=by, note=note, changes=changes)
    tell(done, unit_people(row), "销号前须公示。" if required else "销号前不再要求公示。")
    return done


def _as_ruled(item: Item, required: bool, days: int | None) -> int | None:
    """The days, at least those the rules of today ask for. Raises RuleBroken (required, days) for less."""
    asked, about = asked_days(item)
    if not asked:
        return days
    if not required:
        text = f"按“复核和公示要求”（{about}），该事项销号前须公示不少于 {asked} 天。"
        raise RuleBroken("set_publication.ruled", text, field="required")
    if days is not None and days < asked:
        text = f"按“复核和公示要求”（{about}），公示不少于 {asked} 天，请改长；不填的按 {asked} 天。"
        raise RuleBroken("set_publication.too_short", text, field="days")
    return days or asked


def begin(item: Item, *, by: User, late: bool) -> tuple[Publication, dict[str, Any]]:
    """The period and its clock, as the verification starts them."""
    today = moment.today()
    given: dict[str, Any] = {}
    if length := item.publication_days or asked_days(item)[0]:
        given = {
            "due_on": today + timedelta(days=length),
            "reason": "确定的公示天数",
            "by": by,
        }
    clock = clocks.start(item, PUBLICATION_CLOCK, on=today, event="公示", body_unit=item.body_unit,
                         owner_user=by, owner_unit=item.body_unit, **given)  # fmt: skip
    made = Publication(
        item=item, no=item.publications.count() + 1, place=item.publication_place, verified_on=today, starts_on=today,
        ends_on=clock.due_on, late=late,
    )  # fmt: skip
    return made, {f"clock.{PUBLICATION_CLOCK}": (None, clock.due_on)}


def closing(item: Item, verifier: Any, verified_on: date, *, late: bool) -> tuple[Closing, dict[str, Any]]:
    """The record of the closing and what changes in the item. Late is what was verified after the date: the days of the
    publication are not the unit's."""
    today, due = moment.today(), item.due_on or verified_on  # an issued item has its date
    made = Closing(
        item=item, no=item.closings.count() + 1, due_on=due, closed_on=today, late=late, verified_on=verified_on,
        applicant=item.applicant, reviewer=item.reviewer, verifier=verifier,
    )  # fmt: skip
    return made, {"verifier": verifier, "closed_on": today, "closed_late": late}


def told(item: Item) -> None:
    """The unit, the reviewers and the leader hear that it is closed."""
    text = "已销号（逾期）。" if item.closed_late else "已销号。"
    tell(item, [*unit_people(item), *reviewers(item), item.leading_leader], text)


@transaction.atomic
def close(item: Item, *, by: User, note: str = "", expected_version: int | None = None) -> Item:
    """公示期满销号. Raises RuleBroken/Several: days not up, an objection open, a signature void, money open."""
    row = ITEM.begin(item, "close", by=by, note=note, expected_version=expected_version)
    running = running_publication(row)
    assert running is not None  # noqa: S101 — the state says so
    running.ended_on = moment.today()
    made, changes = closing(row, row.verifier, running.verified_on, late=running.late)
    stopped = clocks.stop_all(row, moment.today(), "item.close")
    facts = {key: pair for change in stopped for key, pair in change.changes.items()}
    done: Item = ITEM.finish(
        row, "close", by=by, note=note, changes=changes, saved=[running, made], facts=facts
    )
    periods.settle(done, by=by)
    told(done)
    return done


@transaction.atomic
def register_objection(
    item: Item, *, by: User, received_on: date, text: str, by_whom: str = "", note: str = "",
    expected_version: int | None = None,
) -> Item:  # fmt: skip
    """登记异议 while the item is published; anonymous ones too. Raises RuleBroken (received_on, text)."""
    row = ITEM.begin(item, "register_objection", by=by, note=note, expected_version=expected_version)
    running = running_publication(row)
    assert running is not None  # noqa: S101 — the state says so
    if not running.starts_on <= received_on <= moment.today():
        said = f"收到日期应在公示开始（{running.starts_on}）以后，不晚于今天。"
        raise RuleBroken("objection.received_on", said, field="received_on")
    if not text.strip():
        raise RuleBroken("objection.text", "请写明异议内容。", field="text")
    made = Objection(
        item=row, publication=running, no=row.objections.count() + 1, received_on=received_on, by_whom=by_whom,
        text=text, registered_by=by,
    )  # fmt: skip
    done: Item = ITEM.finish(
        row, "register_objection", by=by, note=note, saved=[made], facts={"objection": made.no}
    )
    tell(done, [*verifiers(row)], "公示期间收到异议，请研究答复。")
    return done


@transaction.atomic
def dismiss_objection(
    item: Item, *, by: User, objection: Objection, note: str = "", expected_version: int | None = None
) -> Item:
    """异议不成立, with the reason. The period goes on."""
    row = ITEM.begin(item, "dismiss_objection", by=by, note=note, expected_version=expected_version)
    own = _decided(row, objection, ObjectionState.DISMISSED, by, note)
    parts: dict[str, Any] = {"saved": [own], "facts": {"objection": own.no}}
    done: Item = ITEM.finish(row, "dismiss_objection", by=by, note=note, **parts)
    return done


@transaction.atomic
def uphold_objection(
    item: Item, *, by: User, objection: Objection, due_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Item:  # fmt: skip
    """异议成立: back to 整改中 with a new date; the signatures are void, the next application is compared with this one.

    Raises RuleBroken (objection, due_on).
    """
    row = ITEM.begin(item, "uphold_objection", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    own = _decided(row, objection, ObjectionState.UPHELD, by, note)
    if due_on is None or due_on <= today:
        raise RuleBroken("uphold_objection.due_on", "请填写新的整改时限，应晚于今天。", field="due_on")
    saved: list[Row] = [own]
    for signature in row.signatures.filter(voided_at=None):
        signature.voided_at, signature.voided_by = moment.now(), by
        signature.voided_verb = "item.uphold_objection"
        saved.append(signature)
    running = running_publication(row)
    assert running is not None  # noqa: S101 — the state says so
    running.ended_on, running.upheld = today, True
    kept = SentBack(
        item=row, no=row.sent_back.count() + 1, sent_back_by=by, sent_back_on=today, opinion=note,
        reason_name="公示期间异议成立", content=picture(row),
    )  # fmt: skip
    stopped = clocks.stop_all(row, today, "item.uphold_objection")
    facts: dict[str, Any] = {key: pair for change in stopped for key, pair in change.changes.items()}
    clock = clocks.start(row, RECTIFY_CLOCK, on=today, event="异议成立", due_on=due_on, reason=note, by=by,
                         **addressees(row))  # fmt: skip
    facts |= {"objection": own.no, "clock.item.rectify": (None, clock.due_on)}
    changes = {
        "applicant": None, "reviewer": None, "verifier": None, "completion": Completion.ONGOING, "due_on": clock.due_on,
        "at_work_since": today,
    }  # fmt: skip
    done: Item = ITEM.finish(
        row, "uphold_objection", by=by, note=note, changes=changes, saved=[*saved, running, kept], facts=facts
    )
    periods.revive(done, by=by)
    tell(done, [*unit_people(row), row.leading_leader], f"公示异议成立，请于 {row.due_on} 前补充整改到位。")
    return done


def _decided(item: Item, objection: Objection, state: str, by: User, answer: str) -> Objection:
    own: Objection | None = item.objections.filter(pk=objection.pk).first()
    if own is None or own.state != ObjectionState.OPEN:
        text = "该异议不在这个事项下，或者已经答复，请重新选择。"
        raise RuleBroken("objection.foreign", text, field="objection")
    own.state, own.decided_by, own.decided_on, own.answer = state, by, moment.today(), answer
    return own


@transaction.atomic
def archive(
    item: Item, *, by: User, pages: int, place: str, note: str = "", expected_version: int | None = None
) -> Item:
    """归档备案 of a closed item: how many pages lie where. Kept with the closing; afterwards only 重新打开 changes it."""
    row = ITEM.begin(item, "archive", by=by, note=note, expected_version=expected_version)
    if not 1 <= pages <= 9999:
        raise RuleBroken("archive.pages", "页数应是 1 至 9999 的整数。", field="pages")
    if not place.strip():
        raise RuleBroken("archive.place", "请写明案卷存放在哪里。", field="place")
    standing = row.closings.get(reopened_on=None)
    standing.filed_on, standing.pages, standing.place = moment.today(), pages, place.strip()
    parts: dict[str, Any] = {"saved": [standing], "changes": {"archived_on": moment.today()}}
    done: Item = ITEM.finish(row, "archive", by=by, note=note, **parts)
    return done
