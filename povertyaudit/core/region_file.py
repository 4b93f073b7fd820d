"""Read lists of regions: every line becomes a 12-digit code, its level, its parent and a name, or a sentence why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.list_file import Heads, rows
from povertyaudit.core.models.places import Level
from povertyaudit.core.scope import prefix_of

HEADS = Heads(
    {
        "code": ("id", "value", "adcode", "areacode", "regioncode", "key", "代码", "区划代码", "统计用区划代码",
                 "行政区划代码", "地区代码"),
        "name": ("label", "title", "text", "fullname", "areaname", "regionname", "名称", "区划名称", "单位名称",
                 "行政区划名称", "地区名称"),
        "parent": ("parentcode", "pcode", "parentid", "pid", "上级", "上级代码", "上级区划代码"),
    },
    bare=("code", "name", "parent"),
)  # fmt: skip
SUCCESSORS = Heads(
    {
        "old": ("oldcode", "from", "原代码", "撤销代码", "原区划代码"),
        "new": ("newcode", "to", "successor", "新代码", "并入代码", "新区划代码"),
    },
    bare=("old", "new"),
)
SIZES = (2, 4, 6, 9, 12)
LEVELS = dict(zip(SIZES, Level, strict=True))
LONGEST_NAME = 100


@dataclass(frozen=True)
class Line:
    """One region of a file; `code` is empty where it cannot be read, `refused` says what is wrong."""

    place: int
    code: str
    name: str
    level: int
    parent: str
    refused: str = ""


def full_code(raw: str) -> str:
    """12 digits of a code of 2, 4, 6, 9 or 12; empty when it is none."""
    plain = to_halfwidth(raw).strip()
    known = plain.isascii() and plain.isdigit() and len(plain) in SIZES and plain[:2] != "00"
    return plain.ljust(12, "0") if known else ""


def read(path: Path, within: str = "") -> Iterator[Line]:
    """Every region of the file. Raises RuleBroken when the file as a whole cannot be read."""
    inside = prefix_of(within) if within else ""
    for place, cells in rows(path, HEADS):
        yield line_of(place, cells, inside)


def line_of(place: int, cells: dict[str, str], inside: str) -> Line:
    """`cells` as a region whose code must begin with `inside`."""
    raw, name = cells.get("code", ""), " ".join(cells.get("name", "").split())
    code = full_code(raw)
    if not code:
        shown = raw.strip()[:20] or "（空）"
        return Line(place, "", name, 0, "", f"区划代码“{shown}”应为 2、4、6、9 或 12 位数字，请改正。")
    size = len(prefix_of(code))
    parent = code[: SIZES[SIZES.index(size) - 1]].ljust(12, "0") if size > SIZES[0] else ""
    return Line(place, code, name, LEVELS[size], parent, _wrong(code, name, cells.get("parent", ""), inside))


def _wrong(code: str, name: str, given_parent: str, inside: str) -> str:
    if not name:
        return f"{code} 没有名称，请补上。"
    if len(name) > LONGEST_NAME or not name.isprintable():
        return f"{code} 的名称超过 {LONGEST_NAME} 个字或者有看不见的字符，请改正。"
    if not code.startswith(inside):
        return f"{code} {name} 不在指定的地区范围内，请删除这一行或者改用 --within。"
    above = given_parent.strip()
    if above.strip("0") and not code.startswith(prefix_of(full_code(above) or "99" * 6)):
        return f"{code} {name} 的上级代码“{above[:20]}”与区划代码不一致，请核对。"
    return ""
