"""The verbs of misuses and recoveries — the only code that writes them. Money is in 分 (integer)."""

from datetime import date
from typing import Any

from django.db import transaction

from funds.models import FundKind, Misuse, MisuseKind, Recovery
from funds.workflow import MISUSE, REGISTERS
from povertyaudit.core import moment, numbering, render, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, Unit, User


@transaction.atomic
def register_misuse(
    *,
    by: User,
    kind: MisuseKind,
    title: str,
    amount_fen: int,
    responsible_unit: Unit,
    how_found: str,
    description: str,
    found_on: date | None = None,
    region: Region | None = None,
    lead: Any = None,
    fund_kind: FundKind | None = None,
    note: str = "",
) -> Misuse:
    """登记违规使用资金 of `amount_fen` (分). The region is the unit's where none is given. Raises NotAllowed, RuleBroken."""
    post = by.post_as(REGISTERS)
    if post is None:
        raise NotAllowed("register_misuse.role", "违规使用资金由财政部门或者监督检查室登记。")
    place = region or responsible_unit.region
    if place.county_code() != responsible_unit.region.county_code():
        raise RuleBroken("register_misuse.region", "所属地区与责任单位不在同一个县，请核对。", field="region")
    day = found_on or moment.today()
    if day > moment.today():
        raise RuleBroken("register_misuse.future", "发现日期不能晚于今天，请核对。", field="found_on")
    then = MisuseKind.objects.of_day(kind, day)
    if then is None:
        raise RuleBroken(
            "register_misuse.kind", "该问题类型在发现之日尚未施行或者已经停用，请重新选择。", field="kind"
        )
    fund = _fund_kind_on(fund_kind, day)
    misuse = Misuse(
        kind=then, fund_kind=fund, title=title, amount_fen=amount_fen, responsible_unit=responsible_unit, found_on=day,
        how_found=how_found, description=description, region=place, lead=lead,
        number=numbering.take("misuse", place, post.unit.office_code),
    )  # fmt: skip
    return rows.create(misuse, verb="misuse.register_misuse", by=by, note=note)


def _fund_kind_on(kind: FundKind | None, day: date) -> FundKind | None:
    """The kind of money as it was called on the day. Raises RuleBroken where there was none of the kind."""
    then: FundKind | None = kind and FundKind.objects.of_day(kind, day)
    if kind is not None and then is None:
        text = "该资金种类在发现之日尚未设立或者已经停用，请重新选择。"
        raise RuleBroken("register_misuse.fund_kind", text, field="fund_kind")
    return then


@transaction.atomic
def record_recovery(
    misuse: Misuse,
    *,
    by: User,
    kind: str,
    amount_fen: int,
    voucher_no: str,
    destination: str,
    received_on: date | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Misuse:
    """登记追缴 of `amount_fen` (分). The last of it settles the misuse. Raises RuleBroken when more would be back than was misused."""
    row = MISUSE.begin(misuse, "record_recovery", by=by, note=note, expected_version=expected_version)
    if amount_fen > row.left_fen:
        text = f"该问题还有 {render.yuan(row.left_fen)} 元未追缴，本次登记不能超过这个数，请核对金额。"
        raise RuleBroken("record_recovery.too_much", text, field="amount_fen")
    day = received_on or moment.today()
    if day > moment.today():
        raise RuleBroken("record_recovery.future", "到账日期不能晚于今天，请核对。", field="received_on")
    if row.recoveries.standing().filter(voucher_no=voucher_no).exists():
        text = f"凭证号“{voucher_no}”已在该问题下登记，请核对是否重复。"
        raise RuleBroken("record_recovery.voucher", text, field="voucher_no")
    recovery = Recovery(
        misuse=row, kind=kind, amount_fen=amount_fen, received_on=day, voucher_no=voucher_no,
        destination=destination,
    )  # fmt: skip
    facts = {"recovery": [str(recovery.get_kind_display()), voucher_no, amount_fen]}
    return _with_total(row, "record_recovery", row.recovered_fen + amount_fen, recovery, by, note, facts)


@transaction.atomic
def void_recovery(
    misuse: Misuse,
    *,
    by: User,
    recovery: Recovery,
    note: str,
    expected_version: int | None = None,
) -> Misuse:
    """作废一笔追缴: the row stays, its money no longer counts; a settled misuse is open again."""
    row = MISUSE.begin(misuse, "void_recovery", by=by, note=note, expected_version=expected_version)
    found: Recovery | None = row.recoveries.standing().filter(pk=recovery.pk).first()
    if found is None:
        raise RuleBroken(
            "void_recovery.gone", "这笔追缴不在该问题下或者已经作废，请重新选择。", field="recovery"
        )
    found.voided_at, found.voided_by = moment.now(), by
    facts = {"recovery": [str(found.get_kind_display()), found.voucher_no, -found.amount_fen]}
    return _with_total(row, "void_recovery", row.recovered_fen - found.amount_fen, found, by, note, facts)


def _with_total(
    row: Misuse, verb: str, total: int, recovery: Recovery, by: User, note: str, facts: dict[str, Any]
) -> Misuse:
    """Write the recovery, the new total and the state that follows from it."""
    state = Misuse.State.SETTLED if total == row.amount_fen else Misuse.State.OPEN
    changes = {"recovered_fen": total, "state": state}
    done: Misuse = MISUSE.finish(row, verb, by=by, note=note, changes=changes, saved=[recovery], facts=facts)
    return done
