"""户名册 pushed by a program: up to a thousand lines at once, loaded before the answer, all or what is right of them."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from funds.models import HouseholdMark, Register, RegisterKind, RegisterRefusal
from funds.models.registers import COLUMNS
from funds.register_file import spool
from funds.services import register_loading, registers
from funds.workflow.registers import LOADERS
from povertyaudit.core import jobs
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, raise_all
from povertyaudit.core.models import Job, Unit, User
from povertyaudit.core.models.jobs import JobState

MOST = 1000  # lines: what a web process does within its patience
OTHER_NAMES = {"household": "household_no", "amount": "amount_fen"}  # column of a register → field of a row
FIELDS = {OTHER_NAMES.get(column, column): heading for column, heading in COLUMNS.items()}
SIGNS = str.maketrans("\r\n\t\x00", "    ")


@sensitive_variables()
@transaction.atomic
def push(
    *, by: User, kind: RegisterKind, as_of: date, rows: Sequence[Mapping[str, Any]], whole: bool, part: str = "",
    source_unit: Unit | None = None, note: str = "",
) -> Register:  # fmt: skip
    """载入名册 from `rows` as `registers.load`, done when it returns; the same rows again are the register of before.

    `whole`: one wrong line and nothing is kept, every wrong one is named as `rows.<n>.<field>`, n from 1. Otherwise the
    wrong ones are the register's refusals, in line n + 1. Raises NotAllowed, RuleBroken/Several.
    """
    if by.post_as(LOADERS) is None:
        raise NotAllowed("register.role", "名册由案管室、监督检查室或者财政部门载入。")
    content = _file_of(rows)
    digest = hashlib.sha256(content).hexdigest()
    row = registers.load(
        by=by, kind=kind, as_of=as_of, file_name="接口推送.csv", file_digest=digest, part=part, source_unit=source_unit,
        spool_sha256=spool.kept(content, digest), wake=False, note=note,
    )  # fmt: skip
    if row.state == Register.State.LOADING:
        _load(row)
        row.refresh_from_db()
    if row.state == Register.State.FAILED:
        raise RuleBroken("register.failed", row.failure, field="rows")
    if whole:
        raise_all(_wrong(row))
    return row


def _load(row: Register) -> None:
    lease = jobs.claim(Job.objects.get(key=registers.job_key(row)).pk, from_others=True)
    if lease is None:
        raise RuleBroken("register.busy", "名册正在后台载入，请稍后查看。", field="rows")
    outcome = register_loading.work({"register": row.pk}, lease)
    lease.finish(state=JobState.DONE, result=outcome)


def _wrong(row: Register) -> list[DomainError]:
    return [
        RuleBroken(f"register.{one.cause}", sentence_of(one), field=f"rows.{row_of(one)}.{field_of(one)}")
        for one in row.refusals.order_by("line", "pk")
    ]


def row_of(refusal: RegisterRefusal) -> int:
    """Which of the rows pushed, from 1: the first line of the file is the headings."""
    return refusal.line - 1


def field_of(refusal: RegisterRefusal) -> str:
    return OTHER_NAMES.get(refusal.column, refusal.column)


def sentence_of(refusal: RegisterRefusal) -> str:
    """As the register says it, counted in rows."""
    before = refusal.other_line
    text = str(refusal.get_cause_display())
    return text.replace("前面一行", f"第 {before - 1} 条") if before else text


@sensitive_variables()
def _file_of(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The rows as the file a department would send, headings first; nothing that ends a line stands in a cell."""
    told = io.StringIO()
    lines = csv.writer(told, lineterminator="\n")
    lines.writerow(FIELDS.values())
    for row in rows:
        lines.writerow(_cell(name, row.get(name)) for name in FIELDS)
    return told.getvalue().encode()


def _cell(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name == "exit":
        return str(HouseholdMark.Exit(value).label)
    if name == "amount_fen":
        return f"{value // 100}.{value % 100:02d}"
    return "是" if value is True else "否" if value is False else str(value).translate(SIGNS)
