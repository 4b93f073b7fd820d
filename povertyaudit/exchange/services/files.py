"""Large ledgers as workbooks: ordered over REST, written by a job as who ordered them, fetched until they expire."""

from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction

from povertyaudit.core import jobs, moment
from povertyaudit.core.errors import RuleBroken, WrongState
from povertyaudit.core.models import Job, User
from povertyaudit.exchange.models import LedgerFile

JOB = "ledger_file"
KEPT = timedelta(days=3)
AT_ONCE = 3  # files one account may have waiting


def folder() -> Path:
    place = Path(settings.DATA_DIR) / "ledger-files"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def path_of(file: LedgerFile) -> Path:
    return folder() / f"{file.public_id}.xlsx"


@transaction.atomic
def order(ledger: str, query: str, rows: int, *, by: User) -> LedgerFile:
    """导出大台账: a job writes it. Raises RuleBroken when too many wait."""
    waiting = LedgerFile.objects.filter(user=by, job__in=Job.objects.unfinished())
    if waiting.count() >= AT_ONCE:
        raise RuleBroken("ledger_file.waiting", f"您已有 {AT_ONCE} 份台账正在导出，请等其中一份完成后再试。")
    file = LedgerFile.objects.create(
        user=by, ledger=ledger, query=query, rows=rows, expires_at=moment.now() + KEPT
    )
    file.job = jobs.enqueue(JOB, {"file": file.public_id}, f"{JOB}:{file.public_id}")
    file.save(update_fields=["job"])
    return file


def name_of(file: LedgerFile) -> str:
    """What the file is called when it is saved."""
    return f"{file.ledger.strip('/').replace('/', '-')}-{file.created_at:%Y%m%d}.xlsx"


def opened(file: LedgerFile) -> BinaryIO:
    """The bytes. Raises WrongState while they are not there."""
    if file.state != "done" or not path_of(file).exists():
        raise WrongState("ledger_file.not_ready", "文件还没有写好，请稍后再下载。")
    return path_of(file).open("rb")


def cancel(file: LedgerFile) -> None:
    """取消: a job at work finds its order gone and stops."""
    file.delete()
    path_of(file).unlink(missing_ok=True)


class Cancelled(Exception):
    """Whoever ordered it wants it no more."""


def told(file: LedgerFile, lease: jobs.Lease) -> Any:
    """Says how far the work is, every five seconds."""
    said = [moment.now()]

    def say(rows: int) -> None:
        if moment.now() - said[0] < timedelta(seconds=5):
            return
        if not LedgerFile.objects.filter(pk=file.pk).exists():
            raise Cancelled
        lease.renew(result={"rows": rows})
        said[0] = moment.now()

    return say


def sweep() -> int:
    """Remove files that have expired, and bytes no order names; returns how many orders."""
    ended = LedgerFile.objects.ended().delete()[0]
    named = set(LedgerFile.objects.values_list("public_id", flat=True))
    for path in folder().glob("*.xlsx"):
        if path.stem not in named:
            path.unlink(missing_ok=True)
    return ended
