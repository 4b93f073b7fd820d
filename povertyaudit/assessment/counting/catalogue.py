"""The measures. Each counts all units of an assessment at once (a few grouped questions) and names the list of its rows.

A share counts `hits` of `among`; a number of cases only `hits`. Rows are those that stand in the name of the unit itself:
what a unit had open when it was merged is the successor's, what was closed before stays where it was.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Concat, Substr

from funds.approved import APPROVED, due_share
from funds.models import Project, VillageSheet
from funds.services import weeks
from inspections.models import AttendanceMonth
from inspections.services.quotas import amount
from povertyaudit.core import moment
from povertyaudit.core.models import Region, Unit, UnitKind
from povertyaudit.core.scope import region_under
from rectification import standing
from rectification.look_back_querysets import RELAPSES
from rectification.models import Item, LookBackCheck, PeriodReport

TOWN = 9  # digits of a region code that name a township


@dataclass(frozen=True)
class Counted:
    hits: int
    among: int | None = None  # none: a number of cases


@dataclass(frozen=True)
class Scope:
    """Whom and when: units of one region, a period that is over."""

    region: Region
    units: Sequence[Unit]
    first: date
    last: date

    @property
    def towns(self) -> dict[str, int]:
        """Region code of a township → its unit."""
        return {unit.region_id: unit.pk for unit in self.units if unit.kind == UnitKind.TOWNSHIP}


@dataclass(frozen=True)
class Measure:
    """`count`: unit → what was counted, units without rows left out. `address`: the list of exactly those rows."""

    code: str
    name: str
    definition: str
    count: Callable[[Scope], Mapping[int, Counted]]
    address: Callable[[Unit, date, date], str]
    is_share: bool = True
    only_towns: bool = False


def _list(path: str, **asked: Any) -> str:
    return f"/{path}/?{urlencode({**asked, 'view': 'all'})}"


def _mains(scope: Scope) -> Any:
    """Items by the unit that answers first; what a secret round found is not counted."""
    rows: Any = Item._base_manager.filter(
        standing.NOT_SECRET, units__is_main=True, units__unit__in=scope.units
    )
    return rows.order_by().values(unit=F("units__unit"))


def _items_on_time(scope: Scope) -> Mapping[int, Counted]:
    due = _mains(scope).filter(due_on__gte=scope.first, due_on__lte=scope.last)
    found = due.annotate(**standing.counts("issued", "ever_late", through=scope.last)).filter(n_issued__gt=0)
    return {row["unit"]: Counted(row["n_issued"] - row["n_ever_late"], row["n_issued"]) for row in found}


def _items_on_time_rows(unit: Unit, first: date, last: date) -> str:
    return _list(
        "items",
        main_unit=unit.public_id,
        due_from=first,
        due_to=last,
        as_of=last,
        standing="issued",
        countable="true",
    )


def _items_overdue(scope: Scope) -> Mapping[int, Counted]:
    found = _mains(scope).annotate(**standing.counts("late", through=scope.last)).filter(n_late__gt=0)
    return {row["unit"]: Counted(row["n_late"]) for row in found}


def _relapses(scope: Scope) -> Mapping[int, Counted]:
    rows: Any = LookBackCheck._base_manager.filter(
        state__in=RELAPSES, unit__in=scope.units, visited_on__gte=scope.first, visited_on__lte=scope.last
    )
    return {row["unit"]: Counted(row["n"]) for row in rows.order_by().values("unit").annotate(n=Count("pk"))}


def _reports_missed(scope: Scope) -> Mapping[int, Counted]:
    rows: Any = PeriodReport.objects.missed(moment.today()).filter(
        unit__in=scope.units, last_day__gte=scope.first, last_day__lte=scope.last
    )
    return {row["unit"]: Counted(row["n"]) for row in rows.order_by().values("unit").annotate(n=Count("pk"))}


def _spending(scope: Scope) -> Mapping[int, Counted]:
    """What was spent against what should have been (安排资金 × 序时进度), as of the last day."""
    projects: Any = Project._base_manager.filter(region_under("region_id", scope.region.code))
    found = weeks.standing(projects, weeks.BY.TOWN, scope.last)
    towns, due = scope.towns, due_share(scope.last)
    return {
        towns[key]: Counted(sums.spent, int(sums.funded * due / 100))
        for (_, key), sums in found.items()
        if key in towns and sums.funded
    }


def _projects(unit: Unit, first: date, last: date, **more: str) -> str:
    return _list("projects", standing="approved", year=last.year, area=unit.region_id[:TOWN], **more)


def _money_held(scope: Scope) -> Mapping[int, Counted]:
    rows: Any = Project._base_manager.filter(
        APPROVED,
        region_under("region_id", scope.region.code),
        year=scope.last.year,
        paid_fen__lt=F("funded_fen"),
    )
    return _of_towns(scope, rows.annotate(town=_town("region_id")))


def _town(path: str) -> Any:
    return Concat(Substr(path, 1, TOWN), Value("000"))


def _of_towns(scope: Scope, rows: Any, **counts: Any) -> dict[int, Counted]:
    """Rows with a `town`, counted; with `hits` a share."""
    towns = scope.towns
    grouped = rows.order_by().values("town").annotate(n=Count("pk"), **counts)
    return {
        towns[row["town"]]: Counted(row["hits"], row["n"]) if counts else Counted(row["n"])
        for row in grouped
        if row["town"] in towns
    }


def _village_sheets(scope: Scope) -> Mapping[int, Counted]:
    """Months of villages that lack something are what the list opens; the share is of those that lack nothing."""
    rows: Any = VillageSheet._base_manager.filter(
        region_under("region_id", scope.region.code), month__gte=scope.first, month__lte=scope.last
    )
    lacking = VillageSheet.objects.lacking(moment.today()).order_by().values("pk")
    return _of_towns(
        scope, rows.annotate(town=_town("region_id")), hits=Count("pk", filter=~Q(pk__in=lacking))
    )


def _village_days(scope: Scope) -> Mapping[int, Counted]:
    days = amount("village_days", scope.last)
    months: Any = AttendanceMonth._base_manager.filter(
        region_under("region_id", scope.region.code), month__gte=scope.first, month__lte=scope.last
    )
    enough = Count("pk", filter=Q(days_present__gte=days))
    return _of_towns(scope, months.annotate(town=_town("region_id")), hits=enough)


MEASURES = (
    Measure(
        "items_on_time", "整改事项按期办结率", "整改时限在本期内的主责整改事项中，没有超期也没有逾期销号的所占比例",
        _items_on_time, _items_on_time_rows,
    ),
    Measure(
        "items_overdue", "期末超期未销号事项", "本期最后一天仍未销号并且已经超期的主责整改事项数", _items_overdue,
        lambda unit, first, last: _list(
            "items", main_unit=unit.public_id, standing="late", as_of=last, countable="true"
        ), is_share=False,
    ),
    Measure(
        "relapses", "回头看反弹", "本期回头看核查中认定反弹的件数", _relapses,
        lambda unit, first, last: _list(
            "look-back-checks", unit=unit.public_id, standing="relapsed", visited_from=first, visited_to=last
        ), is_share=False,
    ),
    Measure(
        "reports_missed", "整改定期报告未报", "报告期止于本期、计数时已过时限仍未签报的定期报告份数", _reports_missed,
        lambda unit, first, last: _list(
            "period-reports", unit=unit.public_id, missed="true", ended_from=first, ended_to=last
        ), is_share=False,
    ),
    Measure(
        "spending", "支出进度（比序时）", "当年已批复项目截至本期最后一天的已支出资金，占安排资金乘以序时进度的比例",
        _spending, _projects, only_towns=True,
    ),
    Measure(
        "money_held", "资金没有拨完的项目", "当年已批复、计数时安排资金尚未拨完的项目数", _money_held,
        lambda unit, first, last: _projects(unit, first, last, unpaid="true"), is_share=False, only_towns=True,
    ),
    Measure(
        "village_sheets", "村务公开报齐率", "本期各村各月的公开清单中，按时上报并且没有未公开事项的所占比例",
        _village_sheets,
        lambda unit, first, last: _list("village-sheets", region=unit.region_id, month_from=first, month_to=last),
        only_towns=True,
    ),
    Measure(
        "village_days", "驻村天数达标率", "本期驻村考勤中，驻村天数达到规定天数的人月所占比例", _village_days,
        lambda unit, first, last: _list("attendance", region=unit.region_id, month_from=first, month_to=last),
        only_towns=True,
    ),
)  # fmt: skip
CATALOGUE: dict[str, Measure] = {measure.code: measure for measure in MEASURES}


def choices() -> list[tuple[str, str]]:
    return [(measure.code, measure.name) for measure in MEASURES]


def definition(code: str) -> str:
    return CATALOGUE[code].definition if code in CATALOGUE else ""
