"""支出进度: how far projects and their money are, by kind, township and level, against time (序时进度 = month/12).

One condition per word, written once for the board that counts and the list that opens the rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Sum

from funds import areas
from funds.approved import APPROVED, due_share
from funds.models import FundingLine, FundLevel, Project, ProjectKind
from funds.project_pages import percent
from funds.services import rules
from povertyaudit.core import moment, render
from povertyaudit.core.views import BoardLine, Figure

STANDING = {
    "approved": "已批复的全部项目",
    "not_started": "已批复未开工",
    "late_start": "到计划开工日期没有开工",
    "late_end": "到计划完工日期没有完工",
    "done": "已完工（含验收、公示）",
}
LEVEL_HEADS = ("项目", "安排资金", "已拨付", "拨付率")
HEADS = ("项目", "未开工", "超过工期未完工", "已完工", "安排资金", "拨付率", "支出率", "比序时进度")
LAST = 3


def conditions() -> dict[str, Q]:
    """Word → rows, today."""
    today = moment.today()
    unbuilt = APPROVED & Q(started_on=None)
    return {
        "approved": APPROVED, "not_started": unbuilt, "late_start": unbuilt & Q(plan_start__lt=today),
        "late_end": APPROVED & Q(completed_on=None, plan_end__lt=today), "done": APPROVED & Q(completed_on__isnull=False),
    }  # fmt: skip


@dataclass(frozen=True)
class Pace:
    """How far spending should be on a day, and how many per cent points behind count as 滞后."""

    due: float
    slack: int

    def lags(self, spent: int, funded: int) -> bool:
        return bool(funded) and spent * 100 / funded < self.due - self.slack

    def words(self, spent: int, funded: int) -> str:
        """In per cent points, with a word: 滞后 20.8, 超前 3.1."""
        if not funded:
            return "—"
        points = spent * 100 / funded - self.due
        word = "滞后" if self.lags(spent, funded) else "超前" if points > 0 else "正常，差"
        return f"{word} {abs(points):.1f} 个百分点"


def pace(day: date) -> Pace:
    """By the rule in force on the day: one query for a whole board."""
    return Pace(due_share(day), rules.amount("lag", day))


def paces(days: Iterable[date]) -> dict[date, Pace]:
    """The same for several days: one query too."""
    return {day: Pace(due_share(day), slack) for day, slack in rules.amount_each("lag", days).items()}


def seen(user: Any, year: int) -> Any:
    return Project.objects.visible_to(user).filter(APPROVED, year=year).order_by()


SUMS = {name: Sum(f"{name}_fen") for name in ("funded", "paid", "spent")}


def grouped(user: Any, by: str, year: int) -> list[tuple[str, dict[str, Any], dict[str, str]]]:
    """`[(label, figures, conditions of the list)]`: one question a way."""
    words = {f"n_{word}": Count("pk", filter=rows) for word, rows in conditions().items()}
    rows = seen(user, year)
    if by == "town":
        found = list(
            rows.annotate(key=areas.key("region_id", areas.TOWN)).values("key").annotate(**words, **SUMS)
        )
        names = areas.names([row["key"] for row in found], areas.TOWN)
        return [(names.get(row["key"], row["key"]), row, {"area": row["key"][: areas.TOWN]}) for row in found]
    found = list(rows.values(key=F("kind__code")).annotate(**words, **SUMS))
    kinds = dict(ProjectKind.objects.codes())
    return [(kinds[row["key"]], row, {"kind": row["key"]}) for row in found]


def levels(user: Any, year: int) -> list[BoardLine]:
    """By the level money comes from: lines, not projects, so that each level has its share of a project of two."""
    lines = FundingLine.objects.filter(project__in=seen(user, year).values("pk")).order_by()
    found = lines.values(key=F("allocation__level")).annotate(
        projects=Count("project", distinct=True), funded=Sum("amount_fen"), paid=Sum("paid_fen")
    )
    names = dict(FundLevel.choices)
    return [
        _level(str(names[row["key"]]), row, year) for row in sorted(found, key=lambda row: -row["funded"])
    ]


def _level(label: str, row: dict[str, Any], year: int) -> BoardLine:
    asked = urlencode({"level": row["key"], "year": year, "standing": "approved", "view": "all"})
    funded, paid = row["funded"], row["paid"]
    return BoardLine(label, [
        Figure(row["projects"], f"/projects/?{asked}"),
        Figure(funded, "", f"{render.wan(funded)} 万元"),
        Figure(paid, "", f"{render.wan(paid)} 万元"),
        Figure(paid, "", _share(paid, funded)),
    ])  # fmt: skip


def line(label: str, row: dict[str, Any], year: int, asked: dict[str, str], at: Pace) -> BoardLine:
    """The figures of one group, each with the list of its rows."""
    funded, paid, spent = (row[name] or 0 for name in ("funded", "paid", "spent"))

    def opens(word: str) -> str:
        return f"/projects/?{urlencode({'standing': word, 'year': year, **asked, 'view': 'all'})}"

    return BoardLine(label, [
        Figure(row["n_approved"], opens("approved")),
        Figure(row["n_not_started"], opens("not_started")),
        Figure(row["n_late_end"], opens("late_end")),
        Figure(row["n_done"], opens("done"), f"{row['n_done']}/{row['n_approved']}"),
        Figure(funded, opens("approved"), f"{render.wan(funded)} 万元"),
        Figure(paid, opens("approved"), _share(paid, funded)),
        Figure(spent, opens("approved"), _share(spent, funded)),
        Figure(0, "", at.words(spent, funded)),
    ])  # fmt: skip


def _share(part: int, whole: int) -> str:
    return f"{percent(part, whole)} %" if whole else "—"


def rate(row: dict[str, Any]) -> float:
    return (row["spent"] or 0) / row["funded"] if row["funded"] else 0.0
