"""The verbs of a payment: 准备, 材料, 申请, 乡镇意见, 审核, 复核拨付, 退回, 撤回, 冲销. Money is in 分.

The project is locked before the payment, its lines after both.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from funds.models import FundingLine, PaperKind, Payment, PaymentPart, Project, Spending
from funds.services import paying_rules, rules, slips
from funds.services.days import in_order
from funds.services.vouchers import county_key
from funds.workflow.payments import PAYMENT
from funds.workflow.project_who import OWNERS, SECTOR, units_by
from povertyaudit.core import files, moment, numbering, render, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken, raise_all
from povertyaudit.core.models import Attachment, Row, User


@transaction.atomic
def open_payment(
    *, by: User, project: Project, stage: str, amount_fen: int, progress: str, payee: str = "",
    sum_checked: bool = False, note: str = "",
) -> Payment:  # fmt: skip
    """准备报账 of one stage of a project, one at a time. Raises NotAllowed, RuleBroken."""
    row = judged(
        by, project.payments.under_way().first(), project=project, stage=stage, amount_fen=amount_fen,
        progress=progress, payee=payee, sum_checked=sum_checked,
    )  # fmt: skip
    row.number = numbering.take("payment", project.region)
    return rows.create(row, verb="payment.open_payment", by=by, note=note)


def judged(
    by: User, standing: Payment | None, *, project: Project, stage: str, amount_fen: int, progress: str,
    payee: str = "", sum_checked: bool = False, figure: Callable[..., int] = rules.amount,
) -> Payment:  # fmt: skip
    """The payment, unsaved and without its number. `standing`: what is under way of the project. Raises NotAllowed,
    RuleBroken. `figure`: where many are prepared, what was read for all of them."""
    if project.responsible_unit_id not in units_by(by, OWNERS | SECTOR):
        raise NotAllowed("open_payment.unit", "由项目的实施单位报账。")
    if standing is not None:
        number = f" {standing.number} " if standing.number else ""
        text = f"这个项目的报账{number}还没有办完，请先办完或者撤回。"
        raise RuleBroken("open_payment.under_way", text, field="project")
    raise_all(paying_rules.broken(project, stage, amount_fen, moment.today(), figure))
    if not sum_checked:
        sums, times = [project.ceiling_fen] * slips.FEW, partial(figure, "slip_times")
        raise_all(
            [asked] if (asked := slips.asked(amount_fen, sums, field="amount_fen", times_of=times)) else []
        )
    return Payment(
        project=project, region=project.region, stage=stage, amount_fen=amount_fen, progress=progress,
        payee=payee or project.contractor or project.responsible_unit.name,
    )  # fmt: skip


@transaction.atomic
def amend_payment(
    payment: Payment, *, by: User, sum_checked: bool = False, note: str = "", expected_version: int | None = None,
    **said: Any,
) -> Payment:  # fmt: skip
    """修改 while it is prepared or was sent back: stage, amount_fen, progress, payee."""
    row = PAYMENT.begin(payment, "amend", by=by, note=note, expected_version=expected_version)
    if not said:
        raise RuleBroken("amend.nothing", "没有要修改的内容，请填写。")
    stage, fen = said.get("stage", row.stage), said.get("amount_fen", row.amount_fen)
    raise_all(paying_rules.broken(row.project, stage, fen, moment.today()))
    slips.ask(fen, [row.project.ceiling_fen] * slips.FEW, checked=sum_checked, field="amount_fen")
    done: Payment = PAYMENT.finish(row, "amend", by=by, note=note, changes=said)
    return done


@transaction.atomic
def add_paper(
    payment: Payment, *, by: User, file: UploadedFile, kind: str = "", title: str = "",
    expected_version: int | None = None,
) -> Attachment:  # fmt: skip
    """上传报账材料 of one kind of the list of the day; without `kind` of the first that is lacking."""
    row = PAYMENT.begin(payment, "add_paper", by=by, expected_version=expected_version)
    if not kind:
        kind = next((one.code for one, there in paying_rules.checklist(row) if not there), "")
    found = PaperKind.objects.on().filter(code=kind).first()
    if found is None:
        raise RuleBroken("add_paper.kind", "没有这种材料，请重新选择。", field="kind")
    return files.attach(row, file, by=by, kind=found.code, title=title or found.name)


@transaction.atomic
def submit(
    payment: Payment, *, by: User, applied_on: date | None = None, note: str = "", expected_version: int | None = None
) -> Payment:  # fmt: skip
    """申请报账: the papers are all there and the project is as far as the stage asks, on that day."""
    row = PAYMENT.begin(payment, "submit", by=by, note=note, expected_version=expected_version)
    day = applied_on or moment.today()
    in_order("applied_on", day, "申请日期")
    found = paying_rules.broken(row.project, row.stage, row.amount_fen, day)
    found += paying_rules.unpublished(row.project, row.stage, day)
    if lacking := paying_rules.lacking(row):
        found.append(RuleBroken("submit.papers", f"还缺这些报账材料：{'、'.join(lacking)}。请先上传。"))
    raise_all(found)
    changes = {"applied_on": day, "applied_by": by, **NOT_SIGNED}
    done: Payment = PAYMENT.finish(row, "submit", by=by, note=note, changes=changes)
    return done


NOT_SIGNED = {
    "endorsed_on": None, "endorsed_by": None, "endorsed_text": "", "reviewed_on": None, "reviewed_by": None,
    "reviewed_text": "",
}  # fmt: skip


@transaction.atomic
def endorse(
    payment: Payment, *, by: User, text: str, endorsed_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Payment:  # fmt: skip
    """签署乡镇意见, not before the application; by another person than who applied."""
    row = PAYMENT.begin(payment, "endorse", by=by, note=note, expected_version=expected_version)
    day = endorsed_on or moment.today()
    in_order("endorsed_on", day, "乡镇意见日期", row.applied_on, "申请日期")
    changes = {"endorsed_on": day, "endorsed_by": by, "endorsed_text": text}
    done: Payment = PAYMENT.finish(row, "endorse", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def review(
    payment: Payment, *, by: User, text: str, reviewed_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Payment:  # fmt: skip
    """主管部门审核, not before the township's opinion."""
    row = PAYMENT.begin(payment, "review", by=by, note=note, expected_version=expected_version)
    day = reviewed_on or moment.today()
    in_order("reviewed_on", day, "审核日期", row.endorsed_on, "乡镇意见日期")
    changes = {"reviewed_on": day, "reviewed_by": by, "reviewed_text": text}
    done: Payment = PAYMENT.finish(row, "review", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def pay(
    payment: Payment, *, by: User, voucher_no: str, paid_on: date | None = None, to_unit: bool = False,
    parts: Iterable[Mapping[str, Any]] = (), note: str = "", expected_version: int | None = None,
) -> Payment:  # fmt: skip
    """复核拨付 out of `parts` [{"line", "amount_fen"}] (none: the lines in their order), straight to the payee or with
    `to_unit` into the account of the unit, which then enters what it spends. Never above what was given or contracted."""
    project = rows.lock(payment.project)
    row = PAYMENT.begin(payment, "pay", by=by, note=note, expected_version=expected_version)
    row.project = project
    day = paid_on or moment.today()
    in_order("paid_on", day, "拨付日期", row.reviewed_on, "审核日期")
    raise_all(paying_rules.broken(project, row.stage, row.amount_fen, row.applied_on))
    raise_all(paying_rules.unpublished(project, row.stage, day))
    key = county_key(row, voucher_no)
    lines = list(project.lines.select_for_update().order_by("pk"))
    shares = _shares(row, lines, list(parts))
    for line in lines:
        line.paid_fen += shares.get(line.pk, 0)
    made: list[Row] = [
        PaymentPart(payment=row, line=line, amount_fen=shares[line.pk])
        for line in lines
        if shares.get(line.pk)
    ]
    if not to_unit:
        made.append(_straight(row, voucher_no, key, day))
    spent = 0 if to_unit else row.amount_fen
    _count(project, row, row.amount_fen, spent, [line for line in lines if shares.get(line.pk)], by=by)
    changes = {
        "paid_on": day, "paid_by": by, "voucher_no": voucher_no, "voucher_key": key, "to_unit": to_unit, "spent_fen": spent,
    }  # fmt: skip
    done: Payment = PAYMENT.finish(row, "pay", by=by, note=note, changes=changes, saved=made)
    return done


def _shares(row: Payment, lines: list[FundingLine], parts: list[Mapping[str, Any]]) -> dict[int, int]:
    """Line → 分 of this payment. Raises RuleBroken at `parts`."""
    left = {line.pk: line.amount_fen - line.paid_fen for line in lines}
    if not parts:
        found, rest = {}, row.amount_fen
        for line in lines:
            found[line.pk] = min(left[line.pk], rest)
            rest -= found[line.pk]
        if rest:
            text = f"安排给项目的资金只剩 {render.yuan(sum(left.values()))} 元，不够拨付，请先调整资金来源。"
            raise RuleBroken("pay.funds", text)
        return found
    found = {}
    for part in parts:
        line, fen = part["line"], part["amount_fen"]
        if line.pk not in left or line.pk in found:
            raise RuleBroken("pay.line", "资金来源不是这个项目的，或者列了两行，请核对。", field="parts")
        if fen > left[line.pk]:
            text = f"{line} 只剩 {render.yuan(left[line.pk])} 元没有拨付，请核对金额。"
            raise RuleBroken("pay.above", text, field="parts")
        found[line.pk] = fen
    if sum(found.values()) != row.amount_fen:
        text = f"各项资金来源合计应等于申请金额 {render.yuan(row.amount_fen)} 元。"
        raise RuleBroken("pay.total", text, field="parts")
    return found


def _straight(row: Payment, voucher_no: str, key: str, day: date) -> Spending:
    """What is paid straight to the payee is spent with the same voucher."""
    return Spending(
        payment=row, amount_fen=row.amount_fen, spent_on=day, payee=row.payee, voucher_no=voucher_no,
        voucher_key=f"={key}", note="直接拨付到收款单位",
    )  # fmt: skip


def _count(
    project: Project, row: Payment, paid: int, spent: int, lines: list[FundingLine], *, by: User
) -> None:
    """The sums of the project and its lines moved, as an act in the project's record."""
    changes = {"paid_fen": project.paid_fen + paid, "spent_fen": project.spent_fen + spent}
    facts = {"payment": row.number, "fen": paid, "spent": spent}
    rows.write(project, verb="project.paid", by=by, changes=changes, saved=lines, facts=facts)


@transaction.atomic
def send_back(payment: Payment, *, by: User, note: str = "", expected_version: int | None = None) -> Payment:
    """退回补充, with what is missing or wrong."""
    done: Payment = PAYMENT.apply(payment, "send_back", by=by, note=note, expected_version=expected_version)
    return done


@transaction.atomic
def drop(payment: Payment, *, by: User, note: str = "", expected_version: int | None = None) -> Payment:
    """撤回 a payment that is not under way."""
    done: Payment = PAYMENT.apply(payment, "drop", by=by, note=note, expected_version=expected_version)
    return done


@transaction.atomic
def reverse(payment: Payment, *, by: User, note: str = "", expected_version: int | None = None) -> Payment:
    """冲销 a payment entered wrongly or given back: the row stays, its money no longer counts, its voucher is free again.
    What the unit has spent must be voided first."""
    project = rows.lock(payment.project)
    row = PAYMENT.begin(payment, "reverse", by=by, note=note, expected_version=expected_version)
    if row.to_unit and row.spent_fen:
        text = f"实施单位已支出 {render.yuan(row.spent_fen)} 元，请先作废支出再冲销。"
        raise RuleBroken("reverse.spent", text)
    shares = {part.line_id: part.amount_fen for part in row.parts.all()}
    lines = list(project.lines.select_for_update().filter(pk__in=shares).order_by("pk"))
    for line in lines:
        line.paid_fen -= shares[line.pk]
    voided: list[Row] = list(row.spendings.standing())
    for one in voided:
        one.voided_on, one.voucher_key = moment.today(), None  # type: ignore[attr-defined]
    _count(project, row, -row.amount_fen, -row.spent_fen, lines, by=by)
    changes = {"voucher_key": None, "spent_fen": 0}
    done: Payment = PAYMENT.finish(row, "reverse", by=by, note=note, changes=changes, saved=voided)
    return done
