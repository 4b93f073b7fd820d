"""Read what stands in the files of dossiers, in the background, so that the search finds it.

A task reads what has not been read: nothing is added to the act of attaching, and a worker that is killed leaves the
files unread that the next one finds. Each file is read in a process of its own (`core.apart`), kept in pieces, in one
transaction. What only its desk may open is never read; a text that says who complained is not kept; long numbers
(ID cards, telephones, accounts) are blotted out. Why: docs/decisions, "search".
"""

import json
import logging
import re
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.utils import IntegrityError

from povertyaudit.core import apart, moment, secrecy, store
from povertyaudit.core.jobs import Lease
from povertyaudit.core.models import Attachment, FileReading, FileText, Job
from povertyaudit.core.models.reading import LONGEST, Outcome

JOB = "read_files"
PIECE, OVERLAP = 1500, 80  # characters; no word looked for is longer than 60
LATE = 1000  # a file whose row is committed after that of so many younger ones waits for the night
BATCH = 50
NUMBERS = re.compile(  # eleven digits and more, or parted as telephones, ID numbers and accounts are written
    r"(?<!\d)(?:\d{11,}[Xx]?|1\d\d[ -]\d{4}[ -]\d{4}|\d{6}[ -]\d{8}[ -]\d{3}[\dXx]|\d{4}(?:[ -]\d{4}){3,4}(?:[ -]\d{1,3})?)(?!\d)"
)
log = logging.getLogger(__name__)


def unread() -> Any:
    """Files that may be read and have not been."""
    return Attachment.objects.filter(desk_unit=None, reading=None)


def _lately() -> Any:
    """The same, looked for at the end of the table only."""
    last = FileReading.objects.order_by("-pk").values_list("pk", flat=True).first()
    return unread().filter(pk__gt=(last or 0) - LATE)


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """Once a day everything, and what was attached since, unless it is being read already: two at once would read every
    file twice, so the day's own comes alone."""
    jobs = [(f"{JOB}:{day}", JOB, {"all": True})]
    if not Job.objects.filter(key=jobs[0][0]).exists():
        return jobs
    newest = _lately().order_by("-pk").values_list("pk", flat=True).first()
    if newest is not None and not Job.objects.filter(kind=JOB).unfinished().exists():
        jobs.append((f"{JOB}:{day}:{newest}", JOB, {}))
    return jobs


def behind() -> datetime | None:
    """Since when files wait to be read; None while there are none."""
    at: datetime | None = _lately().order_by("pk").values_list("created_at", flat=True).first()
    return at


def job(payload: dict[str, Any], lease: Lease) -> dict[str, int]:
    """Job handler: read until nothing is left; how many of each outcome."""
    found: dict[str, int] = {}
    rows, after = unread() if payload.get("all") else _lately(), 0
    while batch := list(rows.filter(pk__gt=after).order_by("pk")[:BATCH]):
        for attachment in batch:
            outcome = read(attachment)
            found[outcome] = found.get(outcome, 0) + 1
            lease.renew()
        after = batch[-1].pk
    return found


def read(attachment: Attachment) -> str:
    """Read one file and keep its text; what another worker did meanwhile stays. Returns the outcome."""
    outcome, text, is_cut = _words(attachment)
    name = f"{attachment.title} {attachment.original_name}".strip()
    if outcome != Outcome.FAILED and _says_who(attachment, f"{name}\n{text}"):
        outcome, name, text = Outcome.WITHHELD, "", ""
    pieces = [blotted(name), *_pieces(blotted(text))] if name else []
    try:
        with transaction.atomic():
            made = FileReading(attachment=attachment, outcome=outcome, characters=len(text), is_cut=is_cut)
            made.at = moment.now()
            made.save(force_insert=True)
            FileText.objects.bulk_create(
                [FileText(reading=made, no=number, text=one[:LONGEST]) for number, one in enumerate(pieces)]
            )
    except IntegrityError:
        log.info("attachment %s was read by another worker, or is gone", attachment.pk)
    return outcome


def _words(attachment: Attachment) -> tuple[str, str, bool]:
    if attachment.is_image:
        return Outcome.NAMED, "", False
    try:
        said = json.loads(apart.look("text", store.path_of(attachment.sha256).read_bytes()))
    except (FileNotFoundError, apart.Declined) as error:
        log.warning("attachment %s is not read: %s", attachment.pk, getattr(error, "code", "lost"))
        return Outcome.FAILED, "", False
    return (Outcome.READ if said["text"] else Outcome.NAMED), said["text"], said["is_cut"]


def _says_who(attachment: Attachment, text: str) -> bool:
    """Whether it names the person who complained in this matter; the record itself may be gone."""
    try:
        secrecy.refuse(attachment.dossier, {"text": text}, by=None)
    except secrecy.Leaked:
        return True
    except ObjectDoesNotExist:
        return True
    return False


def blotted(text: str) -> str:
    """`text` without long numbers: an index of ID numbers in clear would undo their being sealed."""
    return NUMBERS.sub("●", text)


def _pieces(text: str) -> list[str]:
    return [text[at : at + PIECE + OVERLAP] for at in range(0, len(text), PIECE)]


def forget() -> int:
    """Throw away all that was read, to be read again; returns how many files."""
    return FileReading.objects.all().delete()[1].get("core.FileReading", 0)
