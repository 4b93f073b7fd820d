"""The book of a misuse as tables: entries with what is debited and credited, requests, the sums by group."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from funds.models import Account, LedgerEntry, Misuse
from funds.querysets import GROUPS, totals
from povertyaudit.core import render
from povertyaudit.core.views import Column, Fact, Facts, Table

LABELS = {"owed": "应追缴", "taken": "追缴", "returned": "退还群众", "otherwise": "其他处理", "open": "未结"}
ABOUT = "追缴是收回来的钱，退还群众是还给农户的钱，两项分别合计；其他处理是调整用途、抵顶、取消计划和经批准的核销。"


def what(entry: LedgerEntry) -> str:
    """What the entry is, in a word: 应追缴立账, 调增, 核减, the kind of settlement, 冲正."""
    if entry.reverses_id:
        return f"冲正第 {entry.reverses.no} 条" if entry.reverses else "冲正"
    if entry.credit == Account.OWED:
        return "应追缴立账" if entry.no == 1 else "调增应追缴"
    return "核减应追缴" if entry.debit == Account.OWED else str(entry.get_debit_display())


def signed(entry: LedgerEntry) -> str:
    """The sum with its sign: a counter-entry and less owed are negative."""
    return ("" if entry.signed_fen >= 0 else "−") + render.yuan(abs(entry.signed_fen))


def voucher(entry: LedgerEntry) -> str:
    return entry.recovery.voucher_no if entry.recovery else ""


COLUMNS = (
    Column("no", "序号", kind="number", phone="hide"),
    Column("booked_on", "记账日期", kind="date"),
    Column("what", "事项", value=what, phone="main"),
    Column("signed", "金额（元）", kind="number", value=signed, phone="side"),
    Column("get_debit_display", "借方"),
    Column("get_credit_display", "贷方"),
    Column("owed_after_fen", "应追缴", kind="money"),
    Column("settled_after_fen", "已结", kind="money"),
    Column("open_after_fen", "未结", kind="money"),
)


def table(misuse: Misuse) -> Table:
    rows = misuse.entries.for_list().order_by("-no")
    return Table(
        "台账分录", COLUMNS, rows, key="entries", whole=f"/ledger-entries/?misuse={misuse.public_id}"
    )


RELIEF_COLUMNS = (
    Column("asked_on", "申请日期", kind="date"),
    Column("get_kind_display", "类别", phone="main"),
    Column("amount_fen", "金额（元）", kind="money", phone="side"),
    Column("basis", "依据文号"),
    Column("reason", "理由"),
    Column("asked_by.display_name", "申请人"),
    Column("state", "状态", kind="state"),
    Column("decided_by.display_name", "批准人"),
)


def reliefs(misuse: Misuse) -> list[Table]:
    rows: Any = misuse.reliefs.select_related("asked_by__person", "decided_by__person")
    return [Table("核销核减", RELIEF_COLUMNS, rows, key="reliefs")] if rows else []


def _opens(fen: int, url: str) -> SafeString:
    return (
        format_html('<a href="{}">{}</a>', url, render.yuan(fen))
        if fen
        else format_html("{}", render.yuan(fen))
    )


def sums(misuse: Misuse) -> Facts:
    """The money of one misuse: what was misused, what is owed, and where it went."""
    found = LedgerEntry.objects.filter(misuse=misuse).aggregate(**totals())
    here = f"/ledger-entries/?misuse={misuse.public_id}"
    facts = [
        Fact("涉及金额（元）", misuse.amount_fen, "money"),
        Fact("大写", render.capital(misuse.amount_fen)),
    ]
    facts += [Fact("应追缴（元）", _opens(misuse.owed_fen, f"{here}&group=owed"))]
    facts += [Fact(f"{LABELS[name]}（元）", _opens(found[name], f"{here}&group={name}")) for name in GROUPS]
    return Facts("金额", [*facts, Fact("未结（元）", misuse.left_fen, "money")])
