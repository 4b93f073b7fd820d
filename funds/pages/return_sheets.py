"""A table of households before it is booked: what it says against the book. Names are masked."""

from typing import Any

from cases.masking import Mask, masked
from funds.models import Misuse, ReturnLine, ReturnSheet
from funds.workflow.misuse import waiting_sheet
from funds.workflow.who import DESK
from povertyaudit.core import render
from povertyaudit.core.models import User
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table

SHOWN, NAMED = 20, 10  # lines shown of a table; lines named in a sentence

COLUMNS = (
    Column("voucher_no", "凭证号", phone="main"),
    Column("received_on", "退还日期", kind="date"),
    Column("households", "户数", kind="number"),
    Column("total_fen", "合计（元）", kind="money", phone="side"),
    Column("taken_by.display_name", "上传人"),
    Column("state", "状态", kind="state"),
    Column("refusal", "未能登记的原因"),
)
LINES = (
    Column("place", "行", kind="number"),
    Column("household", "户主", value=lambda line: masked(line.household, Mask.SURNAME), phone="main"),
    Column("village.name", "所在村"),
    Column("amount_fen", "金额（元）", kind="money", phone="side"),
)


def tables(misuse: Misuse) -> list[Table]:
    rows: Any = list(misuse.return_sheets.select_related("taken_by__person"))
    return [Table("发放表", COLUMNS, rows, key="return_sheets")] if rows else []


def missing(misuse: Any, user: User) -> list[Missing]:
    """What waits for the desk."""
    if misuse.sheet_state != ReturnSheet.State.STAGED or not user.roles & DESK:
        return []
    text = "发放表已经读完，还没有登记：请核对户数和合计后登记，或者放弃。"
    return [Missing(text, f"{misuse.get_absolute_url()}book_returns/")]


def look(misuse: Misuse) -> list[Facts | Table]:
    """What will be booked, beside what is open and what the households were given before."""
    sheet = waiting_sheet(misuse)
    if sheet is None:
        return []
    left = misuse.left_fen
    facts = [
        Fact("凭证号", sheet.voucher_no),
        Fact("退还日期", sheet.received_on, "date"),
        Fact("户数", sheet.households, "number"),
        Fact("合计（元）", sheet.total_fen, "money"),
        Fact("大写", render.capital(sheet.total_fen)),
        Fact("未结（元）", left, "money"),
        Fact("登记后未结（元）", max(0, left - sheet.total_fen), "money"),
        Fact("以前退还过的", _before(misuse, sheet), wide=True),
    ]
    title = f"前 {SHOWN} 行" if sheet.households > SHOWN else "发放表"
    first = sheet.lines.select_related("village")[:SHOWN]
    return [Facts("发放表", facts), Table(title, LINES, first)]


def _before(misuse: Misuse, sheet: ReturnSheet) -> str:
    """The lines of households that this misuse paid back before: they may be right, and should be looked at."""
    paid = set(misuse.recoveries.returned().values_list("household", "village_id"))
    lines = ReturnLine.objects.filter(sheet=sheet).values_list("place", "household", "village_id")
    known = [place for place, *home in lines if tuple(home) in paid] if paid else []
    if not known:
        return "没有"
    places = "、".join(map(str, known[:NAMED])) + ("等" if len(known) > NAMED else "")
    return f"{len(known)} 户（第 {places} 行），请核对是否重复发放"
