"""资金流向: the money of a year from its source through the kinds of projects to the places they lie in.

Two grouped questions over the lines of projects — source by kind, kind by place. A project has one kind and one place, so
projects counted in a pair add up to those of the kind and of the place; of two sources it is counted in both.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Sum

from funds import areas
from funds.models import FundKind, FundLevel, ProjectKind
from funds.progress import seen
from funds.project_pages import percent
from povertyaudit.core import render
from povertyaudit.core.views import BoardLine, Figure

ADDRESS = "/fund-boards/flow/"
COLUMNS = ("资金来源", "项目类别", "地区")
HEADS = ("项目", "安排（万元）", "已拨付（万元）", "拨付率", "占全部")


def kind_words() -> dict[str, str]:
    """Code → words of the kinds of projects."""
    return dict(ProjectKind.objects.codes())


def fund_words() -> dict[str, str]:
    """Code → words of the kinds of money."""
    return dict(FundKind.objects.codes())


@dataclass(frozen=True)
class Asked:
    """What the board is narrowed to: the same words as the filters of the list of projects."""

    year: int
    level: str = ""
    fund_kind: str = ""
    kind: str = ""
    area: str = ""

    def query(self) -> dict[str, str]:
        found = {"year": str(self.year), "level": self.level, "fund_kind": self.fund_kind, "kind": self.kind}
        return {name: value for name, value in {**found, "area": self.area}.items() if value}

    def narrowed(self, added: dict[str, str]) -> "Asked":
        more: dict[str, Any] = {**added}
        return replace(self, **more)

    def board(self) -> str:
        return f"{ADDRESS}?{urlencode(self.query())}"

    def rows(self) -> str:
        """The list that holds exactly the projects counted."""
        fixed = {"standing": "approved", "funded": "true"}
        return f"/projects/?{urlencode({**fixed, **self.query(), 'view': 'all'})}"


@dataclass
class Mark:
    """One place where money passes, or one band between two: so many projects, so much money, and its rows."""

    label: str
    asked: Asked
    projects: int = 0
    fen: int = 0
    paid: int = 0
    ends: tuple[str, str] = ("", "")  # keys of what a band joins

    def add(self, row: dict[str, Any]) -> None:
        self.projects += row["projects"]
        self.fen += row["fen"]
        self.paid += row["paid"]

    @property
    def words(self) -> str:
        return f"{self.label}：{self.projects} 个项目，{render.wan(self.fen)} 万元"


@dataclass
class Flow:
    """Sources, kinds and places (key → mark, the most money first), and the bands between them."""

    user: Any
    asked: Asked
    columns: list[dict[str, Mark]] = field(default_factory=lambda: [{}, {}, {}])
    bands: list[list[Mark]] = field(default_factory=lambda: [[], []])

    def __post_init__(self) -> None:
        given = self._pairs(self._source(), of_lines=True)
        spread = self._pairs(areas.key("region_id", self.depth), of_lines=False)
        self._gather(0, {row["key"]: row for row in given}, self._sources())
        self._gather(1, {row["kind"]: row for row in spread}, kind_words())
        self._gather(2, {row["key"]: row for row in spread}, self._places(spread))
        for row in given:
            self.columns[0][row["key"]].add(row)
            self._band(0, row, (row["key"], row["kind"]))
        for row in spread:
            self.columns[1][row["kind"]].add(row)
            self.columns[2][row["key"]].add(row)
            self._band(1, row, (row["kind"], row["key"]))
        self.columns = [
            dict(sorted(column.items(), key=lambda one: (-one[1].fen, one[0]))) for column in self.columns
        ]

    @cached_property
    def depth(self) -> int:
        return areas.depth_below(self.asked.area, self.user)

    def _pairs(self, key: Any, *, of_lines: bool) -> list[dict[str, Any]]:
        """Pairs of `key` and kind, with the sums of the lines asked for; where all lines are, those kept by the project."""
        asked, rows = self.asked, seen(self.user, self.asked.year).filter(funded_fen__gt=0)
        if asked.kind:
            rows = rows.filter(kind__code=asked.kind)
        if asked.area:
            rows = rows.filter(areas.area_range("region_id", asked.area))
        lines = {"allocation__level": asked.level, "allocation__fund_kind__code": asked.fund_kind}
        if wanted := {f"lines__{path}": value for path, value in lines.items() if value}:
            rows, of_lines = rows.filter(**wanted), True
        sums = {
            "projects": Count("pk", distinct=of_lines), "fen": Sum("lines__amount_fen" if of_lines else "funded_fen"),
            "paid": Sum(F("lines__paid_fen") if of_lines else F("paid_fen")),
        }  # fmt: skip
        grouped = rows.annotate(key=key, group=F("kind__code")).values("key", "group").annotate(**sums)
        return [{"kind": row["group"], **row} for row in grouped]

    def _source(self) -> Any:
        """Levels; of one level the kinds of its money."""
        return F("lines__allocation__fund_kind__code" if self.asked.level else "lines__allocation__level")

    def _sources(self) -> dict[str, str]:
        return fund_words() if self.asked.level else dict(FundLevel.choices)

    def _places(self, spread: list[dict[str, Any]]) -> dict[str, str]:
        return areas.names(sorted({row["key"] for row in spread}), self.depth)

    def _narrowed(self, column: int, key: str) -> dict[str, str]:
        """The condition a mark of the column adds."""
        if column == 1:
            return {"kind": key}
        if column == 2:  # noqa: PLR2004 — the last of three
            return {"area": key[: self.depth]}
        return {"fund_kind": key} if self.asked.level else {"level": key}

    def _gather(self, column: int, rows: dict[str, Any], names: dict[str, str]) -> None:
        for key in rows:
            asked = self.asked.narrowed(self._narrowed(column, key))
            self.columns[column][key] = Mark(str(names.get(key, key)), asked)

    def _band(self, side: int, row: dict[str, Any], ends: tuple[str, str]) -> None:
        first, last = self.columns[side][ends[0]], self.columns[side + 1][ends[1]]
        asked = self.asked.narrowed(self._narrowed(side, ends[0]) | self._narrowed(side + 1, ends[1]))
        mark = Mark(f"{first.label} → {last.label}", asked, ends=ends)
        mark.add(row)
        self.bands[side].append(mark)

    @cached_property
    def whole(self) -> Mark:
        found = Mark("合计", self.asked)
        for mark in self.columns[1].values():
            found.add({"projects": mark.projects, "fen": mark.fen, "paid": mark.paid})
        return found

    def down(self, mark: Mark) -> str:
        """The way further down: the board of this mark; none where it stands there already."""
        return "" if mark.asked == self.asked else mark.asked.board()

    def tables(self) -> list[tuple[str, list["Line"]]]:
        """One table a column: the twin of the picture."""
        heads = ("资金种类" if self.asked.level else "资金级别", "项目类别", self.place_word())
        return [
            (head, [self._line(mark) for mark in column.values()])
            for head, column in zip(heads, self.columns, strict=True)
        ]

    def place_word(self) -> str:
        return {areas.COUNTY: "县", areas.TOWN: "乡镇"}.get(self.depth, "村")

    def bands_table(self) -> list["Line"]:
        bands = [mark for side in self.bands for mark in sorted(side, key=lambda one: -one.fen)]
        return [replace(self._line(mark), url="") for mark in bands]

    def _line(self, mark: Mark) -> "Line":
        rows, whole = mark.asked.rows(), self.whole.fen
        return Line(mark.label, [
            Figure(mark.projects, rows),
            Figure(mark.fen, rows, render.wan(mark.fen)),
            Figure(mark.paid, rows, render.wan(mark.paid)),
            Figure(0, "", f"{percent(mark.paid, mark.fen)} %"),
            Figure(0, "", f"{percent(mark.fen, whole)} %"),
        ], round(mark.fen * 100 / whole), self.down(mark))  # fmt: skip

    def finding(self) -> str:
        """How much for how many, and where most of it comes from, goes to and lies."""
        words = f"{self.asked.year} 年 {self.whole.projects} 个项目安排 {render.wan(self.whole.fen)} 万元"
        most = [next(iter(column.values())) for column in self.columns]
        told = "、".join(f"{mark.label}（{percent(mark.fen, self.whole.fen)} %）" for mark in most)
        return f"{words}；来源、类别、{self.place_word()}最多的是{told}。"


@dataclass(frozen=True)
class Line(BoardLine):
    """A line of a table that leads further down."""

    url: str = ""


def without(asked: Asked, name: str) -> Asked:
    """One condition less; of a village its township remains, of a township its county."""
    if name != "area":
        return asked.narrowed({name: ""})
    size = len(asked.area)
    return replace(
        asked, area=asked.area[: {areas.VILLAGE: areas.TOWN, areas.TOWN: areas.COUNTY}.get(size, 0)]
    )
