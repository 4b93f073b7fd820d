"""How money that came back is shown in tables and choices. Names of households are masked everywhere but in choices."""

from typing import Any

from django.utils.safestring import SafeString

from cases.masking import Mask, masked
from funds.models import Misuse, Recovery, ReturnConfirmation
from povertyaudit.core import render
from povertyaudit.core.views import Column, Table


def standing(recovery: Recovery) -> SafeString:
    return render.badge("有效", "done") if recovery.is_standing else render.badge("已冲正", "stop")


def masked_household(recovery: Recovery) -> str:
    """陶某某 of 陶有田; empty where no household is named."""
    return masked(recovery.household, Mask.SURNAME) if recovery.household else ""


def confirmed(recovery: Recovery) -> SafeString | str:
    """What the household said last; to be asked; nothing where no household is named."""
    if not recovery.household or not recovery.is_standing:
        return ""
    said = next(iter(recovery.confirmations.all()), None)
    if said is None:
        return render.badge("待回访", "wait")
    tone = "done" if said.result == ReturnConfirmation.Result.RECEIVED else "stop"
    return render.badge(said.get_result_display(), tone)


def recovery_words(recovery: Recovery) -> str:
    """A recovery as a choice: 收缴国库 12,000.00 元（凭证 …，2026-03-02）."""
    money = render.yuan(recovery.amount_fen)
    whom = f" {masked_household(recovery)}" if recovery.household else ""
    return f"{recovery.get_kind_display()}{whom} {money} 元（凭证 {recovery.voucher_no}，{recovery.received_on}）"


def household_words(recovery: Recovery) -> str:
    """A return for who goes to ask: the whole name, the village, the sum."""
    where = f"（{recovery.village.name}）" if recovery.village else ""
    return f"{recovery.household}{where} {render.yuan(recovery.amount_fen)} 元，{recovery.received_on}"


def whereto(recovery: Recovery) -> str:
    """The destination, with the number of the project where it went to one, or the household, masked."""
    if recovery.to_project:
        return f"{recovery.destination}（{recovery.to_project.number}）"
    return f"{recovery.destination} {masked_household(recovery)}".strip()


def signer(recovery: Recovery) -> str:
    return recovery.signed_by.display_name if recovery.signed_by else ""


COLUMNS = (
    Column("received_on", "到账日期", kind="date"),
    Column("get_kind_display", "方式", phone="main"),
    Column("amount_fen", "金额（元）", kind="money", phone="side"),
    Column("voucher_no", "凭证号"),
    Column("destination", "去向", value=whereto),
    Column("signer", "经办人", value=signer),
    Column("confirmed", "回访", kind="html", value=confirmed),
    Column("standing", "状态", kind="html", value=standing),
)


def table(misuse: Misuse) -> Table:
    rows = misuse.recoveries.for_list()
    return Table(
        "追缴、退还和其他处理", COLUMNS, rows, empty="还没有登记追缴。", key="recoveries",
        whole=f"/recoveries/?misuse={misuse.public_id}",
    )  # fmt: skip


CONFIRMATION_COLUMNS = (
    Column("asked_on", "回访日期", kind="date"),
    Column("recovery.household", "退还户", value=lambda row: masked_household(row.recovery), phone="main"),
    Column("recovery.amount_fen", "金额（元）", kind="money", phone="side"),
    Column("get_way_display", "方式"),
    Column("get_result_display", "结果"),
    Column("said", "群众怎么说"),
    Column("asked_by.display_name", "回访人"),
)


def confirmations(misuse: Misuse) -> list[Table]:
    rows: Any = misuse.confirmations.select_related("recovery", "asked_by__person")
    return [Table("退还回访", CONFIRMATION_COLUMNS, rows, key="confirmations")] if rows else []
