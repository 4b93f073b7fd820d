"""One line of a register's file made clean, or the reasons why it is not taken. Called by the hundred thousand."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from funds.models.marks import NEEDS, HouseholdMark
from funds.models.registers import Cause, Register
from povertyaudit.core.cleaning import clean_money_yuan, to_halfwidth
from povertyaudit.core.id_bulk import Numbers
from povertyaudit.core.list_file import Heads
from povertyaudit.core.models import Level, Region
from povertyaudit.core.region_file import full_code
from povertyaudit.core.scope import region_under

HEADS = Heads(
    {
        "village": ("村代码", "行政村代码", "村编码", "区划代码", "村区划代码", "地区代码", "所属村代码"),
        "household": ("户编号", "户号", "户编码", "家庭编号", "家庭编码"),
        "name": ("姓名", "人员姓名", "户主姓名", "成员姓名", "领款人", "享受人姓名", "对象姓名"),
        "relation": ("与户主关系", "关系", "家庭关系", "成员关系"),
        "idnumber": ("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码", "证件号"),
        "account": ("账号", "银行账号", "一卡通账号", "银行卡号", "卡号", "社保卡号"),
        "amount": ("金额", "金额(元)", "发放金额", "发放金额(元)", "补助金额", "补助金额(元)", "应发金额"),
        "note": ("备注", "说明"),
        "food": ("吃", "不愁吃"),
        "clothing": ("穿", "不愁穿"),
        "schooling": ("义务教育", "教育", "义务教育保障"),
        "health": ("基本医疗", "医疗", "基本医疗保障"),
        "housing": ("住房安全", "住房", "住房安全保障"),
        "water": ("饮水安全", "饮水", "安全饮水"),
        "exit": ("脱贫状态", "脱贫情况", "户状态"),
    },
    bare=("idnumber", "village"),
)
NEEDED = ("village", "name", "idnumber")
MARKS = (*NEEDS, "exit")
YES, NO = (
    frozenset({"是", "1", "y", "yes", "√", "有", "达标"}),
    frozenset({"否", "0", "n", "no", "×", "无", "不达标"}),
)
EXITS = {str(one.label): one.value for one in HouseholdMark.Exit} | {
    "稳定": HouseholdMark.Exit.STABLE.value, "已脱贫": HouseholdMark.Exit.OUT.value,
}  # fmt: skip
HEAD = frozenset({"户主", "本人", "本人或户主", ""})
LONGEST = {"household": 30, "relation": 20, "note": 100}
ID_CAUSES = {"校验": Cause.ID_CHECK, "出生日期": Cause.ID_DATE}
Refused = tuple[int, str, str, int | None]  # line, column, cause, the line it repeats
MOST_AMOUNTS = 100_000


@dataclass
class Desk:
    """Takes line after line. `people` and `marks` hold what is to be stored, `refused` why the others are not."""

    register: Register
    at: dict[str, int]
    numbers: Numbers = field(default_factory=Numbers)
    people: list[tuple[Any, ...]] = field(default_factory=list)
    marks: list[tuple[Any, ...]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    causes: Counter[str] = field(default_factory=Counter)  # of the first thing that was wrong with a line
    read: int = 0
    kept: int = 0

    def __post_init__(self) -> None:
        self.villages = {code: (level, ends) for code, level, ends in _regions(self.register.region_id)}
        self.places: dict[str, tuple[str, Cause | None]] = {}
        self.amounts: dict[str, int | None] = {}
        self.once = self.register.kind.per == "person"
        self.seen: dict[bytes, int] = {}
        self.heads: dict[str, int] = {}
        self.marked = [name for name in MARKS if name in self.at]
        self.pick = _picker(self.at)

    def take(self, line: int, cells: Sequence[str]) -> None:
        """Keep the line or say why not: everything that is wrong with it."""
        self.read += 1
        village, household, name, relation, number, account, amount, note = self.pick(cells)
        wrong: list[tuple[str, str, int | None]] = []
        place, cause = self.places.get(village) or self._place(village)
        if cause:
            wrong.append(("village", cause, None))
        if not name or len(name) > 60 or not name.isprintable():
            wrong.append(("name", Cause.NAME, None))
        for column, text in (("household", household), ("relation", relation), ("note", note)):
            if text and (len(text) > LONGEST[column] or not text.isprintable()):
                wrong.append((column, Cause.TEXT, None))
        fen = self.amounts.get(amount, -1)
        if fen == -1:
            fen = self._amount(amount, wrong)
        key, sealed = self._number(number, wrong)
        marks = self._marks(cells, household, relation, wrong) if self.marked else None
        if not wrong and self.once and (before := self.seen.setdefault(key, line)) != line:
            wrong.append(("id_number", Cause.TWICE, before))
        if not wrong and marks and (before := self.heads.setdefault(household, line)) != line:
            wrong.append(("household", Cause.HEAD_TWICE, before))
        if wrong:
            self.causes[wrong[0][1]] += 1
            self.refused += [(line, column, cause, other) for column, cause, other in wrong]
            return
        self.kept += 1
        tail = account[-4:] if account[-4:].isalnum() and account.isascii() else ""
        self.people.append((place, line, household, name, relation, key, sealed, tail, fen, note))
        if marks:
            self.marks.append((place, line, household, name, *marks))

    def _place(self, raw: str) -> tuple[str, Cause | None]:
        found = self.places[raw] = self._judged(full_code(raw))
        return found

    def _judged(self, code: str) -> tuple[str, Cause | None]:
        if not code:
            return code, Cause.REGION
        if code[:6] != self.register.region_id[:6]:
            return code, Cause.ELSEWHERE
        if code not in self.villages:
            return code, Cause.UNKNOWN
        level, ends = self.villages[code]
        if level != Level.VILLAGE:
            return code, Cause.LEVEL
        return code, Cause.ABOLISHED if ends and ends < self.register.as_of else None

    def _number(self, raw: str, wrong: list[Any]) -> tuple[bytes, bytes]:
        try:
            return self.numbers.keyed(self.numbers.clean(raw))
        except ValidationError as refused:
            said = refused.messages[0]
            cause = next((found for word, found in ID_CAUSES.items() if word in said), Cause.ID_SHAPE)
            wrong.append(("id_number", Cause.ID_DIGITS if "e+" in raw.lower() else cause, None))
            return b"", b""

    def _amount(self, raw: str, wrong: list[Any]) -> int | None:
        try:
            fen = clean_money_yuan(raw) if raw else None
        except ValidationError:
            wrong.append(("amount", Cause.AMOUNT, None))
            return None
        if len(self.amounts) < MOST_AMOUNTS:
            self.amounts[raw] = fen
        return fen

    def _marks(
        self, cells: Sequence[str], household: str, relation: str, wrong: list[Any]
    ) -> tuple[Any, ...] | None:
        """What the head's line says of the household; None where it says nothing."""
        if relation not in HEAD:
            return None
        said = {name: cells[at].strip() for name in self.marked if (at := self.at[name]) < len(cells)}
        if not any(said.values()):
            return None
        found: list[Any] = []
        for name in MARKS:
            text = said.get(name, "")
            value, known = _exit(text) if name == "exit" else _yes_or_no(text)
            if not known:
                wrong.append((name, Cause.MARK, None))
            found.append(value)
        if not household:
            wrong.append(("household", Cause.HOUSEHOLD, None))
        return tuple(found)


def _regions(county: str) -> list[tuple[str, int, date | None]]:
    return list(Region.objects.filter(region_under("code", county)).values_list("code", "level", "ends_on"))


def _yes_or_no(text: str) -> tuple[bool | None, bool]:
    plain = to_halfwidth(text).lower()
    return (
        True if plain in YES else False if plain in NO else None
    ), plain in YES or plain in NO or not plain


def _exit(text: str) -> tuple[str, bool]:
    return EXITS.get(text, ""), text in EXITS or not text


PICKED = ("village", "household", "name", "relation", "idnumber", "account", "amount", "note")


def _picker(at: dict[str, int]) -> Callable[[Sequence[str]], list[str]]:
    """Cells of a line in the order of PICKED, trimmed; empty where a column or the end of a short line is missing."""
    places = [at.get(name, -1) for name in PICKED]

    def pick(cells: Sequence[str]) -> list[str]:
        width = len(cells)
        return [cells[place].strip() if 0 <= place < width else "" for place in places]

    return pick
