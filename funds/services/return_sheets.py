"""上传发放表, 登记发放表, 放弃发放表: up to 2,000 households are looked through first and booked as one act, in one
transaction — at once or, many of them, by a job. Whatever stops it leaves the book as it was."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from funds.models import Misuse, ReturnLine, ReturnSheet
from funds.services import return_table
from funds.services.returning import amiss, booked
from funds.workflow import MISUSE
from funds.workflow.misuse import waiting_sheet
from povertyaudit.core import jobs, moment, notify, rows
from povertyaudit.core.errors import DomainError, raise_all
from povertyaudit.core.models import User

JOB = "return_sheet"
AT_ONCE = 200  # so few need no job
BATCH = 500  # lines of one statement


@transaction.atomic
def stage_returns(
    misuse: Misuse, *, by: User, voucher_no: str, file: UploadedFile | None = None, text: str = "",
    lines: Iterable[Mapping[str, Any]] | None = None, received_on: date | None = None, confirmed: bool = False,
    note: str = "", expected_version: int | None = None,
) -> Misuse:  # fmt: skip
    """上传发放表: `file` (xlsx, CSV), pasted `text`, or `lines` of {household, village, amount_fen (分)}.

    Looked through against the book and kept aside; nothing is booked until `book_returns`. Raises RuleBroken/Several
    with every wrong line.
    """
    row = MISUSE.begin(misuse, "stage_returns", by=by, note=note, expected_version=expected_version)
    field, read = ("lines", enumerate(lines, 1)) if lines is not None else return_table.given(file, text)
    found = return_table.households(read, row.region.county_code(), field)
    day = received_on or moment.today()
    raise_all(
        amiss("stage_returns", row, found, voucher_no=voucher_no, day=day, confirmed=confirmed, field=field)
    )
    sheet = ReturnSheet(
        misuse=row, voucher_no=voucher_no, received_on=day, confirmed=confirmed, taken_by=by,
        households=len(found), total_fen=sum(one["amount_fen"] for one in found),
    )  # fmt: skip
    facts = {"staged": [voucher_no, sheet.households, sheet.total_fen]}
    done: Misuse = MISUSE.finish(row, "stage_returns", by=by, note=note, saved=[sheet], facts=facts)
    ReturnLine.objects.bulk_create((ReturnLine(sheet=sheet, **one) for one in found), batch_size=BATCH)
    return done


@transaction.atomic
def book_returns(misuse: Misuse, *, by: User, note: str = "", expected_version: int | None = None) -> Misuse:
    """登记发放表: every household or none. Few at once, more by a job; the second press finds nothing to book."""
    row = MISUSE.begin(misuse, "book_returns", by=by, note=note, expected_version=expected_version)
    sheet = waiting_sheet(row)
    sheet.booked_by = by
    if sheet.households > AT_ONCE:
        sheet.state = ReturnSheet.State.BOOKING
        done: Misuse = MISUSE.finish(row, "book_returns", by=by, note=note, saved=[sheet])
        jobs.enqueue(JOB, {"sheet": sheet.public_id}, f"{JOB}:{sheet.public_id}")
        return done
    written = _written(row, sheet, by)
    at_once: Misuse = MISUSE.finish(row, "book_returns", by=by, note=note, saved=[sheet], **written)
    return at_once


@transaction.atomic
def drop_returns(misuse: Misuse, *, by: User, note: str = "", expected_version: int | None = None) -> Misuse:
    """放弃发放表: the lines are deleted, the sheet stays as what was looked at."""
    row = MISUSE.begin(misuse, "drop_returns", by=by, note=note, expected_version=expected_version)
    sheet = waiting_sheet(row)
    sheet.state = ReturnSheet.State.DROPPED
    sheet.lines.all().delete()
    done: Misuse = MISUSE.finish(row, "drop_returns", by=by, note=note, saved=[sheet])
    return done


def _written(row: Misuse, sheet: ReturnSheet, by: User) -> dict[str, Any]:
    """What booking the sheet writes, by the rules of the moment; its lines go. Raises RuleBroken/Several."""
    lines = sheet.lines.select_related("village")
    found = [
        {"place": one.place, "household": one.household, "village": one.village, "amount_fen": one.amount_fen}
        for one in lines
    ]
    said: dict[str, Any] = {"voucher_no": sheet.voucher_no, "day": sheet.received_on}
    raise_all(amiss("book_returns", row, found, **said, confirmed=sheet.confirmed, field=""))
    sheet.state = ReturnSheet.State.BOOKED
    sheet.lines.all().delete()
    return booked(row, found, by=by, **said)


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Book a sheet in one transaction, as who pressed; what the rules refuse by now is kept with the sheet and told.

    Killed, it begins anew and finds the book as it was; done, it finds nothing to do.
    """
    found = ReturnSheet.objects.select_related("misuse").get(public_id=payload["sheet"])
    lease.renew(result={"booked": 0, "of": found.households})
    with transaction.atomic():
        row = rows.lock(found.misuse)
        sheet = row.return_sheets.select_for_update(of=("self",)).get(pk=found.pk)
        if sheet.state == ReturnSheet.State.BOOKING:
            _book(row, sheet)
        done = sheet.state == ReturnSheet.State.BOOKED
    return {"booked": found.households if done else 0, "of": found.households}


def _book(row: Misuse, sheet: ReturnSheet) -> None:
    by: Any = sheet.booked_by
    told = f"发放表已登记，共 {sheet.households} 户。"
    try:
        with transaction.atomic():
            MISUSE.transitions["book_returns"].check_person(row, by)
            rows.write(row, verb="misuse.returns_booked", by=by, saved=[sheet], **_written(row, sheet, by))
    except DomainError as refused:
        row, sheet = rows.lock(row), ReturnSheet.objects.get(pk=sheet.pk)
        sheet.state, sheet.refusal = ReturnSheet.State.REFUSED, refused.message[:500]
        sheet.lines.all().delete()
        rows.write(row, verb="misuse.returns_refused", by=None, saved=[sheet])
        told = "发放表没有登记，什么也没有记账；请查看原因，改正后重新上传。"
    notify.tell_of(row, [by], told, by=None, kind="misuse")
