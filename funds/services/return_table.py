"""A table of households as it was uploaded, pasted or sent, line by line: everything wrong is said in one go."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from funds.models.return_sheets import MOST_HOUSEHOLDS
from funds.services.match_rows import Places, no_number
from povertyaudit.core import cleaning, table_file
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.list_file import Heads
from povertyaudit.core.models import Region

TOLD = 200  # wrong lines named at once
HEADS = Heads(
    spellings={
        "household": ("户主姓名", "户主", "姓名", "农户姓名", "农户"),
        "village": ("所在村", "村", "行政村", "村代码", "地区"),
        "amount_fen": ("金额", "退还金额", "金额(元)", "退还金额(元)", "实退金额"),
    },
    bare=("household", "village", "amount_fen"),
)
NEEDED = ("household", "amount_fen")
SUMS = frozenset({"合计", "总计", "小计", "共计"})
Lines = Iterable[tuple[int, Mapping[str, Any]]]


def given(file: UploadedFile | None, text: str) -> tuple[str, Lines]:
    """The field that was used, and its lines. Raises RuleBroken."""
    if file is not None and text.strip():
        raise RuleBroken("returns.two_tables", "发放表或者粘贴，或者上传，请只留一种。", field="file")
    if file is not None:
        content = table_file.content_of(file)
        return "file", table_file.named_rows(content, file.name or "", HEADS, NEEDED)
    if not text.strip():
        raise RuleBroken("returns.empty", "请上传或者粘贴发放表。", field="file")
    return "text", table_file.named_rows(text.encode(), "", HEADS, NEEDED)


def households(lines: Lines, county: str, field: str) -> list[dict[str, Any]]:
    """{place, household, village, amount_fen (分)} of every line. Raises RuleBroken, or Several with each wrong line."""
    places, found, wrong = Places(county), list[dict[str, Any]](), list[DomainError]()
    try:
        for place, cells in lines:
            if not any(str(cell).strip() for cell in cells.values() if cell is not None):
                continue
            one = _household(place, cells, places, wrong, field)
            found.append(one)
            if len(found) > MOST_HOUSEHOLDS:
                text = f"发放表超过 {MOST_HOUSEHOLDS} 户，请按村拆分后分别登记。"
                raise RuleBroken("returns.too_long", text, field=field)
    except RuleBroken as refused:  # the file as a whole
        raise RuleBroken(refused.code, refused.message, field=field) from None
    if not found:
        raise RuleBroken("returns.empty", "发放表是空的，请核对表头和内容。", field=field)
    if len(wrong) > TOLD:
        rest = f"另有 {len(wrong) - TOLD} 处没有列出，请先改正以上各处。"
        wrong = [*wrong[:TOLD], RuleBroken("returns.more", rest, field=field)]
    raise_all(wrong)
    villages = Region.objects.in_bulk({one["village"] for one in found if one["village"]})
    return [one | {"village": villages.get(one["village"])} for one in found]


def _household(
    place: int, cells: Mapping[str, Any], places: Places, wrong: list[DomainError], field: str
) -> dict[str, Any]:
    """One line cleaned; what is wrong with it goes to `wrong`, never with what stood in the cell."""

    def clean(name: str, label: str, cleaner: Any) -> Any:
        try:
            return cleaner(cells.get(name) if cells.get(name) is not None else "")
        except ValidationError as refused:
            text = f"第 {place} 行“{label}”：{refused.messages[0]}"
        except RuleBroken as refused:
            text = f"第 {place} 行：{refused.message}"
        wrong.append(RuleBroken("returns.line", text, field=field))
        return None

    return {
        "place": place, "household": clean("household", "户主姓名", _name),
        "village": clean("village", "所在村", lambda text: places.code(str(text)) if str(text).strip() else None),
        "amount_fen": clean("amount_fen", "金额", _money),
    }  # fmt: skip


def _name(value: Any) -> str:
    name = cleaning.clean_line(str(value), max_length=50)
    no_number(name, "户主姓名")
    if name in SUMS:
        raise ValidationError("这是合计行，请从表中删去。", "sum")
    return name


def _money(value: Any) -> int:
    """分; an integer is 分 already, as programs send it."""
    fen = cleaning.clean_money_fen(value) if isinstance(value, int) else cleaning.clean_money_yuan(value)
    if fen < 1:
        raise ValidationError("应大于 0。", "nothing")
    return fen
