"""A match list as it was sent, checked line by line: everything wrong is said in one go, never with the number itself."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.views.decorators.debug import sensitive_variables

from funds.models.match_lists import MOST_ROWS, MatchLine
from povertyaudit.core import cleaning, id_seals, idnumbers
from povertyaudit.core.errors import RuleBroken, Several
from povertyaudit.core.list_file import Heads
from povertyaudit.core.models import Level, Region
from povertyaudit.core.scope import region_under

TOLD = 500  # wrong lines named at once
HEADS = Heads(
    spellings={
        "name": ("姓名", "户主", "享受人", "对象姓名"),
        "id_number": ("身份证号", "身份证号码", "公民身份号码", "证件号码"),
        "region": ("村", "所在村", "村代码", "地区", "行政村"),
        "benefit": ("享受待遇", "待遇", "享受政策", "项目", "补助项目"),
        "amount_fen": ("金额", "金额（元）", "金额(元)", "享受金额", "享受金额(元)"),
        "says": ("比对情况", "比对结果", "疑点", "疑点情况", "说明"),
    },
    bare=("name", "id_number", "region", "benefit", "amount_fen", "says"),
)
NEEDED = ("name", "id_number", "region")
LABELS = {
    "name": "姓名", "id_number": "身份证号", "region": "村", "benefit": "享受待遇", "amount_fen": "金额", "says": "比对情况",
}  # fmt: skip
_NUMBER = re.compile(r"(?<![0-9])[0-9]{14,17}[0-9Xx](?![0-9])")
_AS_FIGURE = re.compile(r"[0-9.]+[Ee]\+?[0-9]+")


@dataclass
class Checked:
    """Lines fit to be taken in, one a person, and how many rows there were and were the same person again."""

    lines: list[MatchLine] = field(default_factory=list)
    given: int = 0
    doubled: int = 0


class Places:
    """The villages and townships of a county by code and by name; a name two of them bear says nothing."""

    def __init__(self, county: str) -> None:
        found = Region.objects.current().filter(region_under("code", county), level__gte=Level.TOWNSHIP)
        self._by_word: dict[str, str | None] = {}
        towns: dict[str, str] = {}
        for code, name, level in found.order_by("code").values_list("code", "name", "level"):
            self._by_word[code] = code
            if level == Level.TOWNSHIP:
                towns[code[:9]] = name
            for word in {name, f"{towns.get(code[:9], '')}{name}"}:
                known = self._by_word.get(word)
                self._by_word[word] = code if word not in self._by_word or known == code else None

    def code(self, text: str) -> str:
        """The 12-digit code. Raises ValidationError."""
        word = re.sub(r"[\s/·]", "", cleaning.clean_line(text, max_length=80))
        if word not in self._by_word:
            raise ValidationError("没有找到这个村，请填 12 位代码，或者“乡镇名村名”。", "region")
        if (code := self._by_word[word]) is None:
            raise ValidationError("本县有几个同名的村，请在前面加上乡镇名。", "region")
        return code


def no_number(text: str, where: str, field: str = "") -> None:
    """Raise RuleBroken where prose holds what looks like an ID number."""
    if _NUMBER.search(cleaning.to_halfwidth(text)):
        raise RuleBroken(
            "suspicion.id_number",
            f"{where}里有身份证号，请删去；号码只在专门的一栏登记。",
            field=field or None,
        )


@sensitive_variables()
def check(rows: Iterable[tuple[int, Mapping[str, Any]]], county: str, *, where: str = "file") -> Checked:
    """Every row cleaned and its number sealed. Raises RuleBroken, or Several with each wrong row and its column."""
    done, wrong = Checked(), []
    places, sealer, seen = Places(county), id_seals.Sealer(), set()
    for place, cells in rows:
        done.given += 1
        if done.given > MOST_ROWS:
            text = f"清单超过 {MOST_ROWS} 行，请按乡镇拆分后分别导入。"
            raise RuleBroken("match.too_long", text, field=where)
        line, found = _line(place, cells, places, sealer)
        wrong += [RuleBroken(f"match.{name}", text, field=where) for name, text in found]
        if line is None:
            continue
        if line.id_key in seen:
            done.doubled += 1
            continue
        seen.add(line.id_key)
        done.lines.append(line)
    if not done.given:
        raise RuleBroken("match.empty", "清单是空的，请核对表头和内容。", field=where)
    _refuse(wrong, where)
    return done


def _refuse(wrong: list[RuleBroken], where: str) -> None:
    if len(wrong) > TOLD:
        rest = f"另有 {len(wrong) - TOLD} 处没有列出，请先改正以上各处。"
        wrong = [*wrong[:TOLD], RuleBroken("match.more", rest, field=where)]
    if wrong:
        raise Several(wrong) if len(wrong) > 1 else wrong[0]


@sensitive_variables()
def _line(
    place: int, cells: Mapping[str, Any], places: Places, sealer: id_seals.Sealer
) -> tuple[MatchLine | None, list[tuple[str, str]]]:
    """The line, or (column, sentence) of all that is wrong in it."""
    wrong: list[tuple[str, str]] = []

    @sensitive_variables()
    def clean(name: str, cleaner: Any, **options: Any) -> Any:
        try:
            return cleaner(cells.get(name, ""), **options)
        except ValidationError as refused:
            wrong.append((name, f"第 {place} 行“{LABELS[name]}”：{refused.messages[0]}"))
        except RuleBroken as refused:
            wrong.append((name, f"第 {place} 行：{refused.message}"))
        return None

    name = clean("name", cleaning.clean_line, max_length=60)
    number = clean("id_number", _id_number)
    region = clean("region", places.code)
    benefit = clean("benefit", _prose, where="享受待遇", max_length=60, required=False)
    amount = clean("amount_fen", _money)
    says = clean("says", _prose, where="比对情况", max_length=300)
    if wrong:
        return None, wrong
    key = idnumbers.id_key(number)
    made = MatchLine(
        place=place, person_name=name, id_key=key, id_sealed=sealer.seal(number, key), id_key_id=sealer.key_id,
        region_id=region, benefit=benefit, amount_fen=amount, says=says,
    )  # fmt: skip
    return made, []


@sensitive_variables()
def _id_number(value: Any) -> str:
    if _AS_FIGURE.fullmatch(str(value).strip()):
        text = "身份证号被表格软件当成了数字，末几位已经丢失：请把这一列设为“文本”后重新填写。"
        raise ValidationError(text, "id_number")
    return idnumbers.clean_id_number(str(value))


def _prose(value: Any, *, where: str, max_length: int, required: bool = True) -> str:
    text = cleaning.clean_line(str(value or ""), max_length=max_length, required=required)
    no_number(text, where)
    return text


def _money(value: Any) -> int | None:
    """分; an integer is 分 already, as programs send it. None where nothing is said."""
    if value in (None, ""):
        return None
    return cleaning.clean_money_fen(value) if isinstance(value, int) else cleaning.clean_money_yuan(value)
