"""Regions of the demonstration: invented names only, codes that begin with 99.

Village names are a tree or bird and a thing of the study or the loom: plausible to the ear, on no map we know of.
93 of the 246 villages are 贫困村 from 2014 to 2019, a few of them 深度贫困村; two townships are 极贫乡镇.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from povertyaudit.core.models import Area, Level, Region, RegionAttribute, RegionMark

PROVINCE, CITY = "990000000000", "990100000000"
QINGHE, YUNPING = "990101000000", "990102000000"
QINGHE_TOWNS = (
    "禾阙镇", "荻渚镇", "砚屏镇", "桐笙镇", "鹭笠镇", "葭汀镇", "菱歌镇", "榉岚镇", "槿篱乡", "泠篁乡",
    "棠杼乡", "麂岚乡", "栎簪乡", "蘅渚乡", "苇笛乡", "楮岚乡", "桕屏乡", "枳坞乡", "芷笙乡", "梣坪乡",
)  # fmt: skip
YUNPING_TOWNS = ("云阙镇", "澹汀镇", "鹤笺镇", "杉弦乡", "岫笠乡", "檀畔乡")
FIRST = "砚鹭桐菱岚荻篁麂榉槿棠栎泠苇葭蘅楮桕枳芷梣檀"
SECOND = ("畔", "笺", "笠", "屏", "弦", "杼", "簪", "汀", "坞", "篱", "渚", "笛")
VILLAGES, POOR_VILLAGES = 246, 93
YUNPING_VILLAGES = 42
YEARS = range(2014, 2020)  # from the registers of poor villages to the year the county left poverty behind
AREAS = ("城郊片区", "河东片区", "河西片区", "南岭片区", "北坪片区", "高山片区")


@dataclass(frozen=True)
class Places:
    """What the stories need to find again."""

    county: Region
    towns: tuple[Region, ...]
    villages: tuple[Region, ...]
    poor: frozenset[str]

    def villages_of(self, town: Region) -> list[Region]:
        return [village for village in self.villages if village.parent_id == town.code]


def build() -> tuple[Places, Places]:
    """青禾县 with 20 townships and 246 villages, and 云屏县 beside it."""
    province = _region(PROVINCE, "岚陵省", Level.PROVINCE, None)
    city = _region(CITY, "澜汀市", Level.CITY, province)
    Region.objects.bulk_create([province, city])
    qinghe = _county(city, QINGHE, "青禾县", QINGHE_TOWNS, VILLAGES, POOR_VILLAGES, skip=0)
    yunping = _county(city, YUNPING, "云屏县", YUNPING_TOWNS, YUNPING_VILLAGES, 12, skip=VILLAGES)
    for number, name in enumerate(AREAS):
        area = Area.objects.create(name=name, county=qinghe.county)
        area.regions.set(qinghe.towns[number :: len(AREAS)])
    RegionAttribute.objects.bulk_create([*_marked(qinghe), *_marked(yunping)])
    return qinghe, yunping


def _marked(places: Places) -> Iterator[RegionAttribute]:
    """Which of the places were poor, and in which years."""
    marks = {mark.code: mark for mark in RegionMark.objects.on()}
    poor = sorted(places.poor)
    lists = {"poor_village": (poor, YEARS), "deep_poor_village": (poor[::8], YEARS[4:])}
    lists["extreme_poor_township"] = ([town.code for town in places.towns[-2:]], YEARS[2:])
    for kind, (codes, years) in lists.items():
        for year in years:
            yield from (RegionAttribute(region_id=code, year=year, mark=marks[kind]) for code in codes)


def _county(
    city: Region, code: str, name: str, towns: tuple[str, ...], villages: int, poor: int, *, skip: int
) -> Places:
    county = _region(code, name, Level.COUNTY, city, path=name)
    below = [
        _region(f"{code[:6]}{100 + n:03}000", town, Level.TOWNSHIP, county)
        for n, town in enumerate(towns, start=1)
    ]
    names = village_names()[skip : skip + villages]
    lowest = []
    for n, village in enumerate(names):
        town = below[n % len(below)]
        lowest.append(_region(f"{town.code[:9]}{201 + n // len(below):03}", village, Level.VILLAGE, town))
    Region.objects.bulk_create([county, *below, *lowest])
    return Places(county, tuple(below), tuple(lowest), frozenset(v.code for v in lowest[: poor * 2 : 2]))


def village_names() -> list[str]:
    """As many different names as both counties need, always in the same order."""
    plain = [f"{first}{second}村" for second in SECOND for first in FIRST]
    return plain + [f"{first}{second}坪村" for second in SECOND for first in FIRST]


def _region(code: str, name: str, level: int, parent: Region | None, *, path: str = "") -> Region:
    path = path or (f"{parent.path_name} / {name}" if parent and parent.level >= Level.COUNTY else name)
    return Region(code=code, name=name, level=level, parent=parent, path_name=path)
