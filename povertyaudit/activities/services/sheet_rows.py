"""The lines of a sheet as they were sent, checked one by one: everything wrong is said in one go, with line and column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from povertyaudit.activities.models import MOST, MOST_SESSIONS, ActivityKind, ActivitySheetLine, Category
from povertyaudit.activities.models.sheets import MOST_LINES
from povertyaudit.activities.querysets import DESKS, OF_UNITS
from povertyaudit.activities.services.activities import LEVELS, LONGEST
from povertyaudit.core import cleaning, moment
from povertyaudit.core.errors import RuleBroken, Several
from povertyaudit.core.list_file import Heads
from povertyaudit.core.models import Level, Unit, UnitKind, User
from povertyaudit.core.scope import region_under

TOLD = 500  # wrong places named at once
HEADS = Heads(
    spellings={
        "kind": ("类别", "活动类别"), "title": ("名称", "活动名称", "会议名称", "培训名称"), "unit": ("举办单位", "单位", "主办单位"),
        "starts_on": ("开始日期", "日期", "举办日期", "时间"), "ends_on": ("结束日期",), "place": ("地点", "举办地点"),
        "host": ("主持人、主讲人", "主持人", "主讲人"), "sessions": ("场次", "期次"), "category": ("参加人员", "参加对象"),
        "times": ("人次", "参加人次"), "persons": ("人数", "参加人数"), "leaflets": ("发放资料（份）", "发放资料", "发放资料(份)"),
        "topics": ("主要内容", "内容"),
    },
    bare=("kind", "title", "unit", "starts_on", "ends_on", "place", "host", "sessions", "category", "times", "persons", "leaflets",
          "topics"),
)  # fmt: skip
NEEDED = ("kind", "title", "starts_on", "times")
EXAMPLE = (
    "政策培训", "帮扶政策培训班", "", "2026-03-05", "", "镇政府三楼会议室", "", "1", "村（社区）干部", "48", "48", "", "监测帮扶、资金使用",
)  # fmt: skip


@dataclass
class Checked:
    lines: list[ActivitySheetLine] = field(default_factory=list)
    given: int = 0


class Known:
    """Kinds by name and code, and the units this person keeps the log of by name; two of one name say nothing."""

    def __init__(self, by: User) -> None:
        self.kinds: dict[str, list[ActivityKind]] = {}
        for kind in ActivityKind.objects.named():
            for word in {kind.name, kind.code}:
                self.kinds.setdefault(word, []).append(kind)
        self.units: dict[str, list[Unit]] = {}
        self.own: Unit | None = None
        for unit in Unit.objects.current().filter(self._kept(by)).select_related("region"):
            self.units.setdefault(unit.name, []).append(unit)

    def _kept(self, by: User) -> Q:
        wanted = Q(pk__in=())
        for post in by.current_posts():
            if post.role in DESKS | OF_UNITS:
                self.own = self.own or post.unit
                wanted |= Q(pk=post.unit_id)
            if post.role in DESKS or (post.role in OF_UNITS and post.unit.kind == UnitKind.TOWNSHIP):
                wanted |= region_under("region_id", post.region_id)
        return wanted

    def kind(self, text: str, day: date | None) -> ActivityKind:
        found = self.kinds.get(cleaning.clean_line(text, max_length=50), [])
        if not found:
            raise ValidationError("没有这个类别，请按“分类目录”中的名称填写。", "kind")
        on = [
            one for one in found
            if day is None or ((one.valid_from or day) <= day <= (one.valid_to or day))
        ]  # fmt: skip
        if not on:
            raise ValidationError("这一类别在活动当日没有启用。", "kind")
        return on[-1]

    def unit(self, text: str) -> Unit:
        name = cleaning.clean_line(text, max_length=100, required=False)
        if not name:
            if self.own is None:
                raise ValidationError("请填写举办单位。", "unit")
            return self.own
        found = self.units.get(name, [])
        if len(found) != 1:
            text = (
                "有几个同名的单位，请在页面上逐个登记。"
                if found
                else "没有这个单位，或者您不能登记它的活动。"
            )
            raise ValidationError(text, "unit")
        return found[0]


def check(rows: Iterable[tuple[int, Mapping[str, Any]]], by: User, *, where: str = "file") -> Checked:
    """Every line read. Raises RuleBroken, or Several with each wrong line and its column."""
    done, wrong, known = Checked(), [], Known(by)
    seen: dict[Any, int] = {}
    for place, cells in rows:
        done.given += 1
        if done.given > MOST_LINES:
            raise RuleBroken("sheet.too_long", f"导入表超过 {MOST_LINES} 行，请拆分后分别导入。", field=where)
        line, found = _line(place, cells, known)
        if line is not None:
            key = (line.unit_id, line.kind.code, line.title, line.starts_on)
            if key in seen:
                found = [f"第 {place} 行“名称”：与第 {seen[key]} 行是同一个活动，请删去一行。"]
            else:
                seen[key] = place
                done.lines.append(line)
        wrong += [RuleBroken("sheet.line", text, field=where) for text in found]
    if not done.given:
        raise RuleBroken("sheet.empty", "导入表是空的，请核对表头和内容。", field=where)
    if len(wrong) > TOLD:
        rest = f"另有 {len(wrong) - TOLD} 处没有列出，请先改正以上各处。"
        wrong = [*wrong[:TOLD], RuleBroken("sheet.more", rest, field=where)]
    if wrong:
        raise Several(wrong) if len(wrong) > 1 else wrong[0]
    return done


def _line(place: int, cells: Mapping[str, Any], known: Known) -> tuple[ActivitySheetLine | None, list[str]]:
    """The line, or a sentence for each wrong cell."""
    wrong: list[str] = []

    def clean(name: str, cleaner: Any, **options: Any) -> Any:
        try:
            return cleaner(str(cells.get(name) or ""), **options)
        except ValidationError as refused:
            wrong.append(f"第 {place} 行“{HEADS.spellings[name][0]}”：{refused.messages[0]}")
        return None

    starts_on = clean("starts_on", cleaning.clean_date)
    said = {
        "kind": clean("kind", known.kind, day=starts_on), "title": clean("title", cleaning.clean_line, max_length=100),
        "unit": clean("unit", known.unit), "starts_on": starts_on, "ends_on": clean("ends_on", _day, none=starts_on),
        "where": clean("place", cleaning.clean_line, max_length=100, required=False),
        "host": clean("host", cleaning.clean_line, max_length=100, required=False),
        "topics": clean("topics", cleaning.clean_line, max_length=1000, required=False),
        "sessions": clean("sessions", _number, none=1, least=1, most=MOST_SESSIONS), "category": clean("category", _category),
        "times": clean("times", _number, none=0), "leaflets": clean("leaflets", _number, none=0),
    }  # fmt: skip
    said["persons"] = clean("persons", _number, none=said["times"] if said["sessions"] == 1 else None)
    if not wrong:
        wrong += _unfit(place, said)
    if wrong:
        return None, wrong
    return ActivitySheetLine(place=place, level=LEVELS[Level(said["unit"].region.level)], **said), []


def _unfit(place: int, said: Mapping[str, Any]) -> list[str]:
    """What does not fit together, at the column where it is mended."""
    found = []
    times, persons, sessions = said["times"], said["persons"], said["sessions"]
    if said["ends_on"] < said["starts_on"]:
        found.append(("ends_on", "不能早于开始日期。"))
    elif (said["ends_on"] - said["starts_on"]).days >= LONGEST:
        found.append(("ends_on", "一次活动不能超过一年。"))
    elif said["ends_on"] > moment.today():
        found.append(("starts_on", "活动还没有结束；还没有举办的，请列入计划。"))
    if not times and not said["leaflets"]:
        found.append(("times", "请填写参加人次；只发放资料的，填写发放份数。"))
    if persons > times:
        found.append(("persons", f"人数 {persons} 大于人次 {times}。"))
    elif times > persons * sessions:
        found.append(("times", f"人次 {times} 大于人数 {persons} 乘以场次 {sessions}。"))
    return [f"第 {place} 行“{HEADS.spellings[name][0]}”：{text}" for name, text in found]


def _day(text: str, *, none: date | None) -> date | None:
    return cleaning.clean_date(text) if text.strip() else none


def _number(text: str, *, none: int | None = None, least: int = 0, most: int = MOST) -> int:
    plain = cleaning.to_halfwidth(text).strip().replace(",", "").removesuffix(".0")
    if not plain:
        if none is None:
            raise ValidationError("举办几场的，人次和人数都要填写。", "number")
        return none
    if not plain.isascii() or not plain.isdigit() or len(plain) > 8:
        raise ValidationError("请填写整数，不能是负数。", "number")
    if not least <= int(plain) <= most:
        raise ValidationError(f"应在 {least} 和 {most} 之间。", "number")
    return int(plain)


def _category(text: str) -> str:
    word = cleaning.clean_line(text, max_length=50, required=False)
    known = {str(label): code for code, label in Category.choices} | {"": Category.OTHER.value}
    if word not in known:
        raise ValidationError(f"请填写：{'、'.join(str(label) for label in Category.labels)}。", "category")
    return known[word]
