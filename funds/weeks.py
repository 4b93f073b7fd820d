"""Lines of 支出进度周报 for the pages: one week, live or kept, and the series of a kind over three months."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from funds import areas
from funds.approved import due_share
from funds.models import ProgressLine, ProgressWeek, Project
from funds.progress import Pace, pace, paces
from funds.project_pages import percent
from funds.services import weeks
from povertyaudit.core import moment, render
from povertyaudit.core.views import BoardLine, Figure

HEADS = ("支出率", "名次", "项目", "安排资金", "已拨付", "已支出", "比序时进度", "连续几周后三名")
KIND_HEADS = ("支出率", "项目", "安排资金", "已拨付", "已支出", "比序时进度")
SERIES = 14  # Mondays: three months
WIDE, HIGH = 600, 80  # of the drawing of a series


def kept_for(user: Any) -> list[ProgressWeek]:
    """The last weeks the user may read, the newest first."""
    rows: Any = ProgressWeek.objects.visible_to(user).select_related("region")
    return list(rows.filter(day__gt=moment.today() - timedelta(days=7 * SERIES)))


def _rate(spent: int, funded: int) -> str:
    return f"{percent(spent, funded)} %" if funded else "—"


def _line(label: str, line: ProgressLine, at: Pace, url: str, *, town: bool) -> BoardLine:
    sums = (line.funded_fen, line.paid_fen, line.spent_fen)
    share = line.spent_fen * 10_000 // line.funded_fen if line.funded_fen else 0  # as long as its bar
    rate = Figure(share, url, _rate(line.spent_fen, line.funded_fen))
    found = [
        Figure(line.projects, url),
        *(Figure(fen, url, f"{render.wan(fen)} 万元") for fen in sums),
        Figure(0, "", at.words(line.spent_fen, line.funded_fen)),
    ]
    if town:
        weeks_on_end = f"连续 {line.weeks_last} 周" if line.pk else "现列后三名"
        last = weeks_on_end if line.weeks_last else "—"
        place = f"第 {line.place} 名" if line.place else "不参加"
        found = [Figure(0, "", place), *found, Figure(0, "", last)]
    return BoardLine(label, [rate, *found])


def of_week(week: ProgressWeek, by: str) -> list[BoardLine]:
    """As it was kept; the figures of a kept week open nothing: the rows have moved on."""
    lines, at = week.lines.filter(by=by), pace(week.through)
    return [_line(one.label, one, at, "", town=by == weeks.BY.TOWN) for one in lines]


def now(user: Any, by: str) -> list[BoardLine]:
    """As it stands today, of the projects the user sees; each figure opens its rows."""
    today, town = moment.today(), by == weeks.BY.TOWN
    at = pace(today)
    rows = [row for _, row in sorted(weeks.standing(Project.objects.visible_to(user), by, today).items())]
    names, places = weeks.labels(row.key for row in rows), weeks.ranked(rows)
    last = weeks.last_of(places) if town else set()
    found = []
    for place, row in places:
        place_or_kind = {"area": row.key[: areas.TOWN]} if town else {"kind": row.key}
        asked = urlencode({"standing": "approved", "year": today.year, **place_or_kind, "view": "all"})
        line = ProgressLine(
            label=names.get(row.key, row.key), projects=row.projects, funded_fen=row.funded, paid_fen=row.paid,
            spent_fen=row.spent, place=place, weeks_last=1 if row.key in last else 0,
        )  # fmt: skip
        found.append(_line(line.label, line, at, f"/projects/?{asked}", town=town))
    return found


def finding(week: ProgressWeek) -> str:
    """The three that are last, and for how many weeks on end."""
    lines = list(week.lines.filter(by=weeks.BY.TOWN, place__isnull=False))
    last = [f"{one.label}（连续 {one.weeks_last} 周）" for one in lines if one.weeks_last]
    words = f"截至 {week.through}，{len(lines)} 个乡镇参加排名，序时进度 {due_share(week.through):.1f} %"
    return f"{words}；后三名：{'、'.join(last)}。" if last else f"{words}。"


def lines_of(kept: Sequence[ProgressWeek], kind: str = "") -> list[ProgressLine]:
    """Lines by kind of these weeks, the newest week first; of one kind where one is named. One question."""
    rows = ProgressLine.objects.filter(week__in=[one.pk for one in kept], by=weeks.BY.KIND)
    rows = rows.filter(key=kind) if kind else rows
    return list(rows.select_related("week").order_by("-week__day", "key"))


def month_ends(kept: Sequence[ProgressWeek]) -> list[ProgressWeek]:
    """The last week kept of each month (by the day it is as of), the oldest first."""
    found = {(one.through.year, one.through.month): one for one in sorted(kept, key=lambda one: one.day)}
    return list(found.values())


def by_kind(kept: Sequence[ProgressWeek]) -> list[BoardLine]:
    """One line a kind: number of projects and rate at each month end."""
    ends = month_ends(kept)
    cells: dict[str, dict[int, ProgressLine]] = {}
    labels: dict[str, str] = {}
    for one in reversed(lines_of(ends)):
        cells.setdefault(one.key, {})[one.week_id] = one
        labels[one.key] = one.label
    return [
        BoardLine(labels[key], [_cell(key, row.get(end.pk)) for end in ends])
        for key, row in sorted(cells.items())
    ]


def _cell(key: str, line: ProgressLine | None) -> Figure:
    if line is None:
        return Figure(0, "", "—")
    text = f"{line.projects} 项，{_rate(line.spent_fen, line.funded_fen)}"
    return Figure(line.projects, f"?{urlencode({'kind': key})}", text)


def of_kind(lines: Sequence[ProgressLine]) -> list[BoardLine]:
    """One line a week of one kind, the newest first."""
    at = paces(one.week.through for one in lines)
    return [_line(str(one.week.through), one, at[one.week.through], "", town=False) for one in lines]


def points(lines: Sequence[ProgressLine]) -> str:
    """The rates of the weeks as a line of a drawing of WIDE x HIGH, the oldest at the left; 100 % is the top."""
    rates = [one.spent_fen / one.funded_fen if one.funded_fen else 0.0 for one in reversed(lines)]
    step = WIDE / max(len(rates) - 1, 1)
    return " ".join(f"{n * step:.1f},{HIGH - rate * HIGH:.1f}" for n, rate in enumerate(rates))
