"""A list of village teams as it was sent, checked line by line against itself and what is registered: everything wrong
is said in one go. What is registered already is counted and left out, so that a list may be sent again without harm."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from funds.services.match_rows import Places
from inspections.models import VillagePerson
from povertyaudit.answering.models import Capacity, Responsibility
from povertyaudit.answering.models.team_lists import MOST_ROWS
from povertyaudit.answering.services.checks import EARLIEST
from povertyaudit.answering.services.rules import amount, months_on
from povertyaudit.core import cleaning, moment
from povertyaudit.core.errors import RuleBroken, Several
from povertyaudit.core.list_file import Heads
from povertyaudit.core.models import Level, Unit, UnitAlias
from povertyaudit.core.scope import region_under

TOLD = 500  # wrong lines named at once
HEADS = Heads(
    spellings={
        "region": ("村", "所驻村", "所驻的村", "行政村", "村代码"),
        "role": ("职务", "驻村职务", "责任身份"),
        "name": ("姓名", "驻村人员"),
        "unit": ("派出单位", "选派单位", "单位"),
        "post_title": ("单位职务", "原职务", "现任职务"),
        "starts_on": ("驻村开始", "任职日期", "到村日期", "开始日期"),
        "ends_on": ("任期至", "届满日期", "结束日期"),
    },
    bare=("region", "role", "name", "unit", "post_title", "starts_on", "ends_on"),
)
NEEDED = ("region", "role", "name", "unit", "starts_on")
LABELS = {name: words[0] for name, words in HEADS.spellings.items()}
ALSO = {
    "队长": "leader",
    "工作队长": "leader",
    "队员": "member",
    "工作队员": "member",
    "第一书记": "first_secretary",
}


@dataclass
class Checked:
    """Lines fit to be taken in, and how many there were and are registered already."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    given: int = 0
    known: int = 0


class Standing:
    """What a county has registered, read once: teams by place and capacity, village persons, units, villages."""

    def __init__(self, county: str) -> None:
        self.places = Places(county)
        self.capacities = {row.team: row for row in Capacity.objects.on().exclude(team="")}
        self.roles = {**ALSO, **{row.name: row.team for row in self.capacities.values()}}
        here = region_under("region_id", county)
        units = Unit.objects.current().filter(here)
        also = UnitAlias.objects.filter(unit__in=units).values_list("name", "unit_id")
        self.units = {**dict(also), **dict(units.order_by("-pk").values_list("name", "pk"))}
        self.terms: dict[tuple[str, str], list[tuple[str, date, date | None]]] = {}
        rows = Responsibility.objects.standing().teams().filter(here).for_list()
        for row in rows:
            self.add(row.code, row.region_id, row.called, row.starts_on, row.ends_on)
        people = VillagePerson.objects.serving().filter(here).values_list("region_id", "name", "pk", "term")
        self.people = {(region, name): (pk, term) for region, name, pk, term in people}
        self.months = amount("team_months")

    def add(self, code: str, region: str, name: str, starts: date, ends: date | None) -> None:
        self.terms.setdefault((code, region), []).append((name, starts, ends))


def check(rows: Iterable[tuple[int, Mapping[str, Any]]], county: str, *, where: str = "file") -> Checked:
    """Every row cleaned. Raises RuleBroken, or Several with each wrong row and its column."""
    done, standing = Checked(), Standing(county)
    wrong: list[RuleBroken] = []
    for place, cells in rows:
        done.given += 1
        if done.given > MOST_ROWS:
            raise RuleBroken("teams.too_long", f"名单超过 {MOST_ROWS} 行，请按乡镇拆分。", field=where)
        line, found = _line(cells, standing)
        if line is not None and not found:
            known, found = against(line, standing)
            done.known += known
            if not known and not found:
                done.lines.append(line)
        wrong += [
            RuleBroken(f"teams.{name}", f"第 {place} 行“{LABELS[name]}”：{text}", field=where)
            for name, text in found
        ]
    if not done.given:
        raise RuleBroken("teams.empty", "名单是空的，请核对表头和内容。", field=where)
    _refuse(wrong, where)
    return done


def _refuse(wrong: list[RuleBroken], where: str) -> None:
    if len(wrong) > TOLD:
        rest = f"另有 {len(wrong) - TOLD} 处没有列出，请先改正以上各处。"
        wrong = [*wrong[:TOLD], RuleBroken("teams.more", rest, field=where)]
    if wrong:
        raise Several(wrong) if len(wrong) > 1 else wrong[0]


def _line(
    cells: Mapping[str, Any], standing: Standing
) -> tuple[dict[str, Any] | None, list[tuple[str, str]]]:
    """The line, or (column, sentence) of all that is wrong in it."""
    wrong: list[tuple[str, str]] = []

    def clean(name: str, cleaner: Callable[..., Any], **options: Any) -> Any:
        try:
            return cleaner(cells.get(name) or "", **options)
        except ValidationError as refused:
            wrong.append((name, refused.messages[0]))
        return None

    region = clean("region", standing.places.code)
    role = clean("role", _role(standing))
    line = {
        "region": region, "role": role, "name": clean("name", cleaning.clean_line, max_length=50),
        "unit": clean("unit", _unit(standing)),
        "post_title": clean("post_title", cleaning.clean_line, max_length=50, required=False),
        "starts_on": clean("starts_on", cleaning.clean_date),
        "ends_on": clean("ends_on", cleaning.clean_date) if cells.get("ends_on") else None,
    }  # fmt: skip
    if region is not None and region.endswith("000"):
        wrong.append(("region", f"应填写{Level.VILLAGE.label}，不能是乡镇。"))
    if wrong:
        return None, wrong
    wrong += _days(line, standing)
    return line, wrong


def _days(line: dict[str, Any], standing: Standing) -> list[tuple[str, str]]:
    starts = line["starts_on"]
    if not EARLIEST <= starts <= moment.today():
        return [("starts_on", "不能晚于今天，请核对。")]
    if line["ends_on"] is None and standing.months:
        line["ends_on"] = months_on(starts, standing.months)
    if line["ends_on"] is not None and line["ends_on"] < starts:
        return [("ends_on", "不能早于驻村开始。")]
    return []


def _role(standing: Standing) -> Callable[[str], str]:
    def role(text: str) -> str:
        word = cleaning.clean_line(text, max_length=50)
        if standing.roles.get(word) not in standing.capacities:
            raise ValidationError("请填写第一书记、驻村工作队长或者驻村工作队员。", "role")
        return str(standing.roles[word])

    return role


def _unit(standing: Standing) -> Callable[[str], int]:
    def unit(text: str) -> int:
        word = cleaning.clean_line(text, max_length=100)
        if word not in standing.units:
            raise ValidationError("没有这个单位，请填写全称；没有设立的，先由案管室设立。", "unit")
        return int(standing.units[word])

    return unit


def against(line: dict[str, Any], standing: Standing) -> tuple[bool, list[tuple[str, str]]]:
    """Whether the line is registered already; what stands in its way. A line that is fit counts from now on."""
    capacity = standing.capacities[line["role"]]
    region, name, starts, ends = line["region"], line["name"], line["starts_on"], line["ends_on"]
    for other, begun, over in standing.terms.get((capacity.code, region), []):
        if other == name and begun == starts:
            return True, []
        apart = (ends is not None and ends < begun) or (over is not None and over < starts)
        if not apart and (capacity.single or other == name):
            text = f"{capacity.name}在 {begun} 至 {over or '今'} 由{other}担任，任期不能重叠。"
            return False, [("starts_on", text)]
    _, term = standing.people.get((region, name), (None, None))
    if term is not None:
        return False, [
            ("name", "这个村已有同名的驻村人员，正在另一任期内；确是另一人的，请在姓名后加注区别。")
        ]
    standing.people[region, name] = (standing.people.get((region, name), (None, None))[0], 0)
    standing.add(capacity.code, region, name, starts, ends)
    return False, []
