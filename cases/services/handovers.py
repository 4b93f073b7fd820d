"""线索移送: to other bodies and from them, with receipt, result, return, and each row accounted for."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cases.models import Category, Channel, Handover, HandoverRow, Lead, PartnerBody, Standing
from cases.roles import REGISTRY
from cases.services.checking import check_day
from cases.services.registering import register
from cases.services.telling import registry_of
from cases.workflow.batches import KEEPERS
from cases.workflow.handovers import HANDOVER
from povertyaudit.core import clocks, moment, numbering, rows, secrecy
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Region, Unit, User

MOST_ROWS = 200
DAY = "handover.day"
OUT, IN = Handover.Direction.OUT, Handover.Direction.IN


@transaction.atomic
def open_handover(
    *, by: User, direction: str, body: PartnerBody, document: str, handed_on: date, unit: Unit | None = None,
    their_number: str = "", text: str = "", leads: Iterable[Lead] = (), entries: Iterable[Mapping[str, Any]] = (),
    note: str = "",
) -> Handover:  # fmt: skip
    """登记移送. Out: `leads` of ours. In: `entries` {title, persons, region, amount_fen} to be registered or refused.

    The period for the receipt (#32) begins on `handed_on`. Raises NotAllowed, RuleBroken.
    """
    post = by.post_as(KEEPERS)
    if post is None:
        raise NotAllowed("handover.role", "线索移送由案管室登记。")
    county = Region.objects.get(code=post.region.county_code())
    check_day(handed_on, "handed_on", code=DAY, what="移送日期")
    then = PartnerBody.objects.of_day(body, handed_on)
    if then is None:
        raise RuleBroken("handover.body", f"“{body.name}”在移送时没有启用，请改选。", field="body")
    ours = list(leads) if direction == OUT else []
    children = _rows_out(ours, county) if direction == OUT else rows_in(list(entries), county)
    secrecy.refuse_each(ours, {"document": document, "text": text, "note": note}, by=by)
    row = Handover(
        region=county, direction=direction, body=then, unit=unit, their_number=their_number, document=document,
        handed_on=handed_on, text=text, handed_by=by, number=numbering.take("handover", county, "YS"),
    )  # fmt: skip
    done = rows.create(row, verb="handover.open", by=by, note=note, children=children)
    start(done, "handover.receipt", handed_on, "移送")
    return done


def _rows_out(leads: list[Lead], county: Region) -> list[HandoverRow]:
    unique = list({lead.pk: lead for lead in leads}.values())
    _check_number(len(unique), "leads", "请填写要移送的线索编号。")
    if any(lead.registering_unit.region_id[:6] != county.code[:6] for lead in unique):
        raise RuleBroken("handover.county", "只能移送本机关登记的线索，请核对编号。", field="leads")
    return [
        HandoverRow(ordinal=at, lead=lead, standing=Standing.WAITING) for at, lead in enumerate(unique, 1)
    ]


def rows_in(entries: list[Mapping[str, Any]], county: Region, field: str = "entries") -> list[HandoverRow]:
    """Rows to be registered; `field` is what they are called where they were typed."""
    _check_number(len(entries), field, "请逐条填写移送来的线索。")
    found = []
    for at, item in enumerate(entries, 1):
        region = item.get("region")
        if region is not None and region.code[:6] != county.code[:6]:
            raise RuleBroken("handover.region", f"第 {at} 条的问题属地不在本县，请核对。", field=field)
        found.append(HandoverRow(ordinal=at, standing=Standing.TO_REGISTER, **item))
    return found


def _check_number(number: int, field: str, text: str) -> None:
    if not number:
        raise RuleBroken("handover.empty", text, field=field)
    if number > MOST_ROWS:
        raise RuleBroken("handover.most", f"一次最多移送 {MOST_ROWS} 件，请分次登记。", field=field)


def start(row: Handover, rule: str, on: date, event: str) -> None:
    clocks.start(row, rule, on=on, event=event, owner_unit=registry_of(row.region_id))


def _finish(book: Handover, verb: str, *, by: User, note: str, **parts: Any) -> Handover:
    """Write the verb. What is written of a hand-over belongs to its leads too: it may not say who complained there."""
    texts = secrecy.texts_among(book, parts.get("changes", {}))
    said = {field: text for field, text in texts.items() if text != note} | {"note": note}
    secrecy.refuse_each(Lead.objects.filter(handover_rows__handover=book), said, by=by)
    done: Handover = HANDOVER.finish(book, verb, by=by, note=note, **parts)
    return done


@transaction.atomic
def record_handover_receipt(
    handover: Handover, *, by: User, receipt_by: str, receipt_on: date | None = None, receipt_number: str = "",
    missed: Iterable[HandoverRow] = (), note: str = "", expected_version: int | None = None,
) -> Handover:  # fmt: skip
    """登记回执: who, when, under which number. Out: `missed` are the rows their receipt does not name. #33 begins."""
    row = HANDOVER.begin(handover, "receipt", by=by, note=note, expected_version=expected_version)
    day = receipt_on or moment.today()
    check_day(day, "receipt_on", code=DAY, what="回执日期", since=row.handed_on, since_what="移送日期")
    lost = {one.pk for one in missed}
    saved = list(row.rows.all()) if row.is_out else []
    if lost - {one.pk for one in saved}:
        raise RuleBroken("handover.missed", "只有移出的线索可以核对对方是否确认。", field="missed")
    for one in saved:
        one.standing = Standing.MISSED if one.pk in lost else Standing.TAKEN
    changes = {"receipt_on": day, "receipt_by": receipt_by, "receipt_number": receipt_number}
    done = _finish(row, "receipt", by=by, note=note, changes=changes, saved=saved)
    clocks.stop(done, "handover.receipt", day, "handover.receipt")
    start(done, "handover.answer", day, "出具回执")
    return done


@transaction.atomic
def send_handover_back(
    handover: Handover, *, by: User, note: str, returned_on: date | None = None,
    expected_version: int | None = None,
) -> Handover:  # fmt: skip
    """退回 with the reason: they return what we sent, or we return what they sent and nothing of it was registered."""
    row = HANDOVER.begin(handover, "send_back", by=by, note=note, expected_version=expected_version)
    day = returned_on or moment.today()
    check_day(day, "returned_on", code=DAY, what="退回日期", since=row.handed_on, since_what="移送日期")
    saved = list(row.rows.all())
    if any(one.standing == Standing.REGISTERED for one in saved):
        text = "其中已有登记为线索的，不能整件退回；其余的请逐条办理“不予受理”。"
        raise RuleBroken("handover.registered", text)
    for one in saved:
        one.standing = Standing.RETURNED
    changes = {"returned_on": day, "return_reason": note}
    done = _finish(row, "send_back", by=by, note=note, changes=changes, saved=saved)
    clocks.stop_all(done, day, "handover.send_back")
    return done


@transaction.atomic
def answer_handover(
    handover: Handover, *, by: User, answer_text: str, answered_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Handover:  # fmt: skip
    """登记办理结果反馈: theirs to us, or ours to them once every row is registered or refused."""
    row = HANDOVER.begin(handover, "answer", by=by, note=note, expected_version=expected_version)
    day = answered_on or moment.today()
    check_day(day, "answered_on", code=DAY, what="反馈日期", since=row.receipt_on, since_what="回执日期")
    left = row.rows.filter(standing=Standing.TO_REGISTER)
    if numbers := "、".join(str(n) for n in left.values_list("ordinal", flat=True)):
        text = f"第 {numbers} 条还没有登记为线索，也没有不予受理，请先逐条办理。"
        raise RuleBroken("handover.left", text)
    if not answer_text.strip():
        raise RuleBroken("handover.answer", "请写明办理结果。", field="answer_text")
    changes = {"answered_on": day, "answer_text": answer_text}
    done = _finish(row, "answer", by=by, note=note, changes=changes)
    clocks.stop_all(done, day, "handover.answer")
    return done


@transaction.atomic
def register_row(
    handover: Handover, *, by: User, row: HandoverRow, title: str, region: Region, text: str = "",
    category: Category | None = None, style: Category | None = None, amount_fen: int | None = None, note: str = "",
    expected_version: int | None = None,
) -> Handover:  # fmt: skip
    """登记为线索: the row becomes a lead of ours by the one `register`, channel 其他机关移交 or 巡视巡察移交; without
    `text` what was handed over says it."""
    book = HANDOVER.begin(handover, "register_row", by=by, note=note, expected_version=expected_version)
    line = _undecided(book, row)
    names = [name.strip() for name in line.persons.split("、") if name.strip()]
    numbers = [{"issuer": book.party[:60], "number": book.their_number}] if book.their_number else []
    line.lead = register(
        by=by, channel=Channel.INSPECTION if book.from_round else Channel.HANDOVER, received_on=book.handed_on,
        title=title, region=region, text=text or line.text,
        category=category, style=style, amount_fen=amount_fen, other_numbers=numbers,
        subjects=[{"name": name[:60]} for name in names],
    )  # fmt: skip
    line.standing = Standing.REGISTERED
    facts = {"lead:number": line.lead.number}
    return _finish(book, "register_row", by=by, note=note, saved=[line], facts=facts)


@transaction.atomic
def refuse_row(
    handover: Handover, *, by: User, row: HandoverRow, note: str, expected_version: int | None = None
) -> Handover:
    """不予受理 one row, with the reason."""
    book = HANDOVER.begin(handover, "refuse_row", by=by, note=note, expected_version=expected_version)
    line = _undecided(book, row)
    line.standing, line.reason = Standing.REFUSED, note
    return _finish(book, "refuse_row", by=by, note=note, saved=[line])


def _undecided(book: Handover, row: HandoverRow) -> HandoverRow:
    """The row as it is now, behind the lock of its hand-over: two officers do not decide it twice."""
    line: HandoverRow | None = book.rows.filter(pk=row.pk).first()
    if line is None:
        raise RuleBroken("handover.row", "没有找到这一条，请重新选择。", field="row")
    if line.standing != Standing.TO_REGISTER:
        text = f"第 {line.ordinal} 条{line.get_standing_display()}，不能重复办理。请刷新页面查看最新情况。"
        raise WrongState("handover.row_state", text, field="row")
    return line


@transaction.atomic
def amend_handover(
    handover: Handover, *, by: User, note: str = "", expected_version: int | None = None, **changes: Any
) -> Handover:
    """修改: unit, document, their_number, text."""
    if unknown := set(changes) - {"unit", "document", "their_number", "text"}:
        raise TypeError(f"not amendable: {sorted(unknown)}")
    row = HANDOVER.begin(handover, "amend", by=by, note=note, expected_version=expected_version)
    return _finish(row, "amend", by=by, note=note, changes=changes)


def period_of(filters: Any) -> dict[str, date]:
    """The days a bound filter names, as `tally_of` takes them."""
    said = filters.form.cleaned_data if filters is not None and filters.is_valid() else {}
    return {name: said[name] for name in ("handed_from", "handed_to") if said.get(name)}


def tallied(user: User) -> QuerySet[PartnerBody]:
    """The bodies 对账 lists: all in use today, for whom keeps the book of hand-overs or heads the body."""
    found: QuerySet[PartnerBody] = PartnerBody.objects.on()
    return found if user.roles & REGISTRY else found.none()


def tally_of(
    user: User, *, handed_from: date | None = None, handed_to: date | None = None
) -> dict[str, dict[str, dict[str, int]]]:
    """对账: code of the body → direction → standing → rows, of what `user` sees, handed over in the period."""
    rows = HandoverRow.objects.visible_to(user)
    if handed_from is not None:
        rows = rows.filter(handover__handed_on__gte=handed_from)
    if handed_to is not None:
        rows = rows.filter(handover__handed_on__lte=handed_to)
    return rows.tally()
