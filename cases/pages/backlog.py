"""The figures of 清零看板: what each line is called and which list its figures open."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from cases import worklists
from cases.models import Lead
from povertyaudit.core.models import Area, Region, Unit, User
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.views import BoardLine, Figure

# figure, its head, the conditions of the list that holds exactly the rows it counts
FIGURES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("n_all", "合计", {"age": worklists.ALL.key}),
    *((f"n_{band.key}", band.label, {"age": band.key}) for band in worklists.BANDS),
    ("n_held", "其中暂存待查", {"age": worklists.ALL.key, "state": "held"}),
    ("n_overdue", "其中已超期", {"age": worklists.ALL.key, "due": "overdue"}),
)
OLD = f"n_{worklists.BANDS[-1].key}"
LEVELS = {2: "1", 4: "2", 6: "3", 9: "4"}  # significant digits of a code -> level of the region

Counts = Mapping[str, Any]


def seen(user: User) -> Any:
    return Lead.objects.visible_to(user)


def line(label: str, counts: Counts, **conditions: str) -> BoardLine:
    """A line whose figures open the list under `conditions`."""
    figures = [
        Figure(counts[name], f"/leads/?{urlencode({**conditions, **more, 'view': 'all'})}")
        for name, _, more in FIGURES
    ]
    return BoardLine(label, figures)


def total(user: User) -> BoardLine:
    return line("合计", worklists.figures(seen(user)))


def by_office(user: User) -> list[BoardLine]:
    """承办部门. Those of other counties one has no dealings with stand in one line."""
    groups = {row["handling_unit"]: row for row in worklists.backlog(seen(user), "handling_unit")}
    known = Unit.objects.visible_to(user).filter(pk__in=[pk for pk in groups if pk])
    found = [line(unit.name, groups.pop(unit.pk), handling_unit=unit.public_id) for unit in known]
    if (waiting := groups.pop(None, None)) is not None:
        found.append(line("尚未分办", waiting, handled="none"))
    if groups:
        found.append(line("外地部门承办", added(groups.values()), handled="elsewhere"))
    return found


def by_town(user: User) -> list[BoardLine]:
    """Townships with what lies below them; a county or city has a line for what is named no closer."""
    groups = {f"{row['town']}000": row for row in worklists.backlog(seen(user), "town")}
    names = Region.objects.in_bulk(list(groups))
    found = []
    for code, counts in groups.items():
        level = LEVELS[len(prefix_of(code))]
        more = {} if level == "4" else {"region_level": level}
        label = names[code].path_name if level == "4" else f"{names[code].path_name}（未具体到乡镇）"
        found.append(line(label, counts, region=code, **more))
    return found


def by_area(user: User) -> list[BoardLine]:
    """片区, and what lies in none. A township of two areas counts in both; the total counts it once."""
    areas = list(Area.objects.visible_to(user).prefetch_related("regions").order_by("pk"))
    found = [
        line(area.name, worklists.figures(seen(user).filter(worklists.within([area]))), area=area.public_id)
        for area in areas
    ]
    rest = worklists.figures(seen(user).exclude(worklists.within(areas)))
    return [one for one in (*found, line("未划片区", rest, area="none")) if one.figures[0].value]


WAYS = {"office": by_office, "town": by_town, "area": by_area}


def added(groups: Iterable[Counts]) -> Counts:
    rows = list(groups)
    return {name: sum(row[name] for row in rows) for name, _, _ in FIGURES}


def finding(lines: list[BoardLine], whole: BoardLine) -> str:
    """What the board says, in words."""
    if not lines:
        return ""
    first, (open_, *_) = lines[0], whole.figures
    counts = dict(
        zip((name for name, _, _ in FIGURES), (figure.value for figure in whole.figures), strict=True)
    )
    late = f"，其中 180 天以上 {counts[OLD]} 件" if counts[OLD] else ""
    overdue = f"，已超期 {counts['n_overdue']} 件" if counts["n_overdue"] else ""
    return f"未办结 {open_.value} 件{late}{overdue}；{first.label}最多，{first.figures[0].value} 件。"


def areas_of(rows: Iterable[Lead], user: User) -> None:
    """Put the names of its areas on each row: one query for all."""
    areas = [
        (area.name, [prefix_of(town.code) for town in area.regions.all()])
        for area in Area.objects.visible_to(user).prefetch_related("regions")
    ]
    for row in rows:
        row.area_names = "、".join(  # type: ignore[attr-defined]
            name for name, towns in areas if any(row.region_id.startswith(town) for town in towns)
        )
