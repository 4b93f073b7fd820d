"""The verbs of registers: 载入, 作废, 查看身份证号, 按身份证号查找. The loading itself: `register_loading`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from funds.models import Beneficiary, Register, RegisterKind
from funds.register_file import storing
from funds.services import register_marks
from funds.workflow.registers import LOADERS, REGISTER, SEEKERS
from povertyaudit.core import audit, id_seals, idnumbers, jobs, moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Job, Level, Region, Unit, User
from povertyaudit.core.models.jobs import JobState
from povertyaudit.core.scope import prefix_of

JOB = "register"
GIVEN_UP = "后台多次没有载入成功，请重新载入；仍不成功的，请联系系统管理员。"
FOUND_AT_MOST = 200  # rows of one person


@transaction.atomic
def load(
    *, by: User, kind: RegisterKind, as_of: date, file_name: str, file_digest: str, region: Region | None = None,
    part: str = "", source_unit: Unit | None = None, spool_sha256: str = "", path: str = "", wake: bool = True,
    note: str = "",
) -> Register:  # fmt: skip
    """载入名册: the file, by its SHA-256 `file_digest`, becomes a register that a job (or whoever claims it) loads.

    The file lies sealed in the store (`spool_sha256`) or on the server (`path`). The same file again is the register of
    before. Raises NotAllowed, RuleBroken.
    """
    post = by.post_as(LOADERS)
    if post is None:
        raise NotAllowed("register.role", "名册由案管室、监督检查室或者财政部门载入。")
    county = region or Region.objects.get(code=post.region.county_code())
    if county.level != Level.COUNTY or not county.code.startswith(prefix_of(post.region_id)):
        raise RuleBroken("register.county", "只能载入您管辖的县的名册，请核对。", field="region")
    if as_of > moment.today():
        raise RuleBroken("register.future", "截止日期不能晚于今天，请核对。", field="as_of")
    then = RegisterKind.objects.of_day(kind, as_of)
    if then is None:
        text = "该名册种类在截止日期尚未设立或者已经停用，请重新选择。"
        raise RuleBroken("register.kind", text, field="kind")
    made = Register(
        region=county, kind=then, as_of=as_of, part=part, source_unit=source_unit, file_name=file_name[:200],
        file_digest=file_digest, loaded_by=by, unit=post.unit, spool_sha256=spool_sha256,
    )  # fmt: skip
    Region.objects.select_for_update().get(pk=county.pk)  # one at a time asks whether it is there
    if before := _before(made, by):
        return before
    made.number = numbering.take("register", county)
    made = rows.create(made, verb="register.load", by=by, note=note)
    at = None if wake else moment.now() + jobs.LEASE
    jobs.enqueue(JOB, {"register": made.pk, "path": path}, job_key(made), run_after=at)
    return made


def _before(made: Register, by: User) -> Register | None:
    """The register of the same file, in use or being loaded. Raises WrongState while another file is being loaded.

    One whose job was given up is no longer being loaded: what it left is cleared away.
    """
    found: list[Register] = list(
        Register.objects.same_as(made).filter(state__in=("loaded", "loading")).order_by("-pk")
    )
    for one in found:
        if one.state == Register.State.LOADING and _given_up(one):
            storing.clear(one)
            rows.change(
                one,
                verb="register.fail",
                by=by,
                changes={"state": Register.State.FAILED, "failure": GIVEN_UP},
            )
            continue
        if one.file_digest == made.file_digest:
            return one
        if one.state == Register.State.LOADING:
            text = f"{one.number} 正在载入同一种类、截止日期的名册，请等它载入完成后再办理。"
            raise WrongState("register.loading", text)
    return None


def _given_up(register: Register) -> bool:
    return Job.objects.filter(key=job_key(register), state=JobState.FAILED).exists()


def job_key(register: Register) -> str:
    return f"{JOB}:{register.pk}"


def lines_read(register: Register) -> int:
    """How far the loading is."""
    job = Job.objects.filter(key=job_key(register)).only("result").first()
    return int(job.result.get("lines", 0)) if job else 0


@transaction.atomic
def void(register: Register, *, by: User, note: str = "", expected_version: int | None = None) -> Register:
    """作废 a register loaded by mistake, with the reason: its rows count no more and are not shown in searches."""
    row = REGISTER.begin(register, "void", by=by, note=note, expected_version=expected_version)
    done: Register = REGISTER.finish(row, "void", by=by, note=note, changes={"marks_year": None})
    if register.marks_year:
        register_marks.settle(register.region_id, register.marks_year, by=by)
    return done


@sensitive_variables()
@transaction.atomic
def reveal(
    register: Register, *, by: User, line: int, note: str = "", expected_version: int | None = None
) -> str:
    """查看身份证号 of the person in a line, with the reason, which the record keeps.

    Raises NotAllowed, RuleBroken (no such line in the caller's scope), KeyMissing.
    """
    row = REGISTER.begin(register, "reveal", by=by, note=note, expected_version=expected_version)
    person = Beneficiary.objects.filter(register=row, line=line).visible_to(by).first()
    if person is None:
        text = "这份名册里没有这一行，请核对行号（行号是文件里的行号）。"
        raise RuleBroken("register.line", text, field="line")
    number = id_seals.unseal(bytes(person.sealed), person.key_id, bytes(person.id_key))
    audit.record("register.reveal", row, by=by, note=note, facts={"line": line})
    return number


@sensitive_variables()
def look_up(*, by: User, id_number: str) -> Sequence[Any]:
    """按身份证号查找: the rows of that person the caller may see, in registers that count. The record keeps that it was
    asked, with a count, never what was asked. Raises NotAllowed."""
    post = by.post_as(SEEKERS)
    if post is None:
        raise NotAllowed("register.look_up", "按身份证号查找由案管室、监督检查室、审查调查室和财政部门办理。")
    key = idnumbers.id_key(id_number)
    rows_: Any = Beneficiary.objects.standing().filter(id_key=key).visible_to(by).for_list()
    found = list(rows_.order_by("-pk")[:FOUND_AT_MOST])
    audit.record("register.look_up", post.region, by=by, facts={"found": len(found)})
    return found
