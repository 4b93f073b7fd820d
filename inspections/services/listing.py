"""Reading a list of objects: chosen, by region, and as pasted from a document."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from inspections.models import RoundObject
from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Region, Unit, UnitKind
from povertyaudit.core.models.places import Level
from povertyaudit.core.scope import region_under

_BETWEEN = re.compile(r"[\n\r、，,；;\t]+")
CODE = re.compile(r"\d{12}")
NAMED = 10
_KINDS = {UnitKind.TOWNSHIP: RoundObject.Kind.TOWN, UnitKind.VILLAGE: RoundObject.Kind.VILLAGE}


@dataclass(frozen=True)
class Target:
    """One object to be listed. A village or town without a unit of its own stands for itself."""

    name: str
    kind: str
    region: Region
    unit: Unit | None = None


def targets(
    here: Region, units: Iterable[Unit], regions: Iterable[Region], villages_of: Iterable[Region], names: str,
    extension: bool,
) -> list[Target]:  # fmt: skip
    """What was chosen and written, each once, in the order given. Raises RuleBroken."""
    chosen = [*units]
    places = [*regions, *_villages(list(villages_of))]
    _refuse_outside(here, [unit.region_id for unit in chosen] + [place.pk for place in places])
    more_units, more_places = _read(here, names)
    units_of = _units_of([*places, *more_places])
    found = [of_unit(unit, extension) for unit in (*chosen, *more_units)]
    found += [of_region(place, units_of.get(place.pk), extension) for place in (*places, *more_places)]
    return list(
        {
            (one.unit.pk if one.unit else None, "" if one.unit else one.region.pk): one for one in found
        }.values()
    )


def of_unit(unit: Unit, extension: bool) -> Target:
    """A department, the government of a town, or the committee of a village."""
    kind = _KINDS.get(UnitKind(unit.kind), RoundObject.Kind.DEPARTMENT)
    if kind == RoundObject.Kind.VILLAGE and extension:
        kind = RoundObject.Kind.EXTENSION
    return Target(unit.name, kind, unit.region, unit)


def of_region(place: Region, unit: Unit | None, extension: bool) -> Target:
    """A town or village; `unit` answers for it where there is exactly one."""
    if place.level not in {Level.TOWNSHIP, Level.VILLAGE}:
        text = f"“{place.name}”不是乡镇或者村，不能列为巡察对象。"
        raise RuleBroken("add_objects.level", text, field="regions")
    if place.level == Level.TOWNSHIP:
        return Target(place.name, RoundObject.Kind.TOWN, place, unit)
    kind = RoundObject.Kind.EXTENSION if extension else RoundObject.Kind.VILLAGE
    return Target(place.name, kind, place, unit)


def _villages(towns: list[Region]) -> list[Region]:
    found: list[Region] = []
    for town in towns:
        below = Region.objects.current().filter(region_under("code", town.pk), level=Level.VILLAGE)
        found += below.order_by("code")
    return found


def _units_of(places: Iterable[Region]) -> dict[str, Unit]:
    """Region → the one unit that answers for it: the government of a town, the committee of a village."""
    kinds = (UnitKind.TOWNSHIP, UnitKind.VILLAGE)
    codes = [place.pk for place in places]
    found: dict[str, list[Unit]] = {}
    for unit in Unit.objects.current().filter(kind__in=kinds, region__in=codes).select_related("region"):
        if (unit.kind == UnitKind.TOWNSHIP) == (unit.region.level == Level.TOWNSHIP):
            found.setdefault(unit.region_id, []).append(unit)
    return {code: units[0] for code, units in found.items() if len(units) == 1}


def _refuse_outside(here: Region, codes: Iterable[str]) -> None:
    if any(not code.startswith(here.prefix) for code in codes):
        raise RuleBroken(
            "add_objects.outside", "所选的巡察对象不都在本轮次的巡察地区，请重新选择。", field="names"
        )


def _read(here: Region, names: str) -> tuple[list[Unit], list[Region]]:
    """Units and regions by the names written. Raises RuleBroken with every line that names none, or more than one."""
    lines = list(
        dict.fromkeys(" ".join(one.split()) for one in _BETWEEN.split(to_halfwidth(names)) if one.strip())
    )
    last = [line.split(" ")[-1] for line in lines]
    units: dict[str, list[Unit]] = {}
    inside = Unit.objects.answering().filter(region_under("region_id", here.pk)).select_related("region")
    for unit in inside.filter(name__in=lines):
        units.setdefault(unit.name, []).append(unit)
    places: dict[str, list[Region]] = {}
    below = Region.objects.current().filter(region_under("code", here.pk), level__gte=Level.TOWNSHIP)
    for place in below.filter(name__in=last):
        places.setdefault(place.name, []).append(place)
    coded = below.in_bulk([line for line in lines if CODE.fullmatch(line)])
    found_units: list[Unit] = []
    found_places: list[Region] = []
    wrong: list[str] = []
    for line in lines:
        fitting = [coded[line]] if line in coded else _fitting(places, line)
        if len(units.get(line, [])) == 1:
            found_units += units[line]
        elif len(fitting) == 1:
            found_places += fitting
        else:
            wrong.append(f"{line}（有 {len(fitting)} 个同名的，请在前面写乡镇名）" if fitting else line)
    _refuse_unknown(wrong)
    return found_units, found_places


def _fitting(places: dict[str, list[Region]], line: str) -> list[Region]:
    """Places of this name; of several, those whose path holds the words before it: 柳溪镇 石桥坳村."""
    *before, name = line.split(" ")
    return [place for place in places.get(name, []) if all(word in place.path_name for word in before)]


def _refuse_unknown(wrong: list[str]) -> None:
    if wrong:
        more = f"等 {len(wrong)} 行" if len(wrong) > NAMED else ""
        text = f"这些没有找到，请核对名称或者改填 12 位区划代码：{'；'.join(wrong[:NAMED])}{more}。"
        raise RuleBroken("add_objects.unknown", text, field="names")
