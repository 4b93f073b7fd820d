"""支出进度周报 and 支出进度变化: the week chosen, townships ranked; kinds over three months."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from funds import weeks
from funds.models import ProgressWeek
from funds.project_pages import percent
from funds.project_querysets import REGION_WIDE
from funds.views.progress import ProgressBoard
from povertyaudit.core.views import BoardLine

NOW = "now"
FROZEN = "数字在周一早上固定，截至前一天（星期日），以后不再改变，不能点开；"
COUNTED = "只统计本年计划、截至当日已批复的项目；支出率是已支出/安排资金，序时进度是当月月份除以 12。"


class OfWeeks(ProgressBoard):
    """For those who read the progress of the county; of one county, the first where a post reaches several."""

    parent = ("支出进度", "/fund-boards/progress/")

    @cached_property
    def kept(self) -> list[ProgressWeek]:
        found = weeks.kept_for(self.user)
        return [one for one in found if one.region_id == found[0].region_id]

    def total(self) -> BoardLine | None:
        return None


class WeeksBoard(OfWeeks):
    title, template_name = "支出进度周报", "funds/weeks.html"
    ways: Sequence[tuple[str, str]] = (("town", "乡镇排名"), ("kind", "按项目类别"))
    empty = "还没有固定过的周报，每周一早上固定一次。"

    @cached_property
    def week(self) -> ProgressWeek | None:
        """The one asked for, else the newest; None: as it stands today, for who sees more than one unit."""
        asked = self.request.GET.get("week", "")
        if asked == NOW and self.sees_all:
            return None
        return next((one for one in self.kept if one.day.isoformat() == asked), next(iter(self.kept), None))

    @property
    def sees_all(self) -> bool:
        return bool(self.user.roles & REGION_WIDE)

    @property
    def live(self) -> bool:
        return self.sees_all and (self.request.GET.get("week") == NOW or not self.kept)

    def heads(self) -> Sequence[str]:
        return weeks.HEADS if self.by() == "town" else weeks.KIND_HEADS

    def lines(self) -> Sequence[BoardLine]:
        if self.live:
            return weeks.now(self.user, self.by())
        return weeks.of_week(self.week, self.by()) if self.week else []

    def finding(self) -> str:
        if self.live or self.week is None:
            return "现在的情况，没有固定；点数字看是哪些项目。"
        return weeks.finding(self.week)

    def choices(self) -> list[tuple[str, str, bool]]:
        """The weeks to choose from: value, words, whether it is this one."""
        current = NOW if self.live else str(self.week.day) if self.week else ""
        found = [(NOW, "现在")] if self.sees_all else []
        found += [(str(one.day), f"{one.day} 固定，截至 {one.through}") for one in self.kept]
        return [(value, words, value == current) for value, words in found]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        asked = NOW if self.live else str(self.week.day) if self.week else ""
        found["tabs"] = [(label, f"{url}&week={asked}", on) for label, url, on in found["tabs"]]
        return found

    @property
    def note(self) -> str:
        rank = "按支出率排名，相同的并列，没有安排资金的不参加，全部支出的不列后三名。"
        return ("" if self.live else FROZEN) + COUNTED + (rank if self.by() == "town" else "")


class SeriesBoard(OfWeeks):
    title, template_name = "支出进度变化", "funds/series.html"
    ways: Sequence[tuple[str, str]] = ()
    empty = "还没有固定过的周报，每周一早上固定一次。"

    @cached_property
    def series(self) -> list[Any]:
        """The weeks of the kind asked for; none: all kinds by month."""
        kind = self.request.GET.get("kind", "")
        return weeks.lines_of(self.kept, kind) if kind and kind.isascii() and len(kind) <= 30 else []

    @property
    def first_head(self) -> str:  # type: ignore[override]
        return "截至" if self.series else "项目类别"

    def heads(self) -> Sequence[str]:
        if self.series:
            return weeks.KIND_HEADS
        return [f"{one.through.month} 月（截至 {one.through}）" for one in weeks.month_ends(self.kept)]

    def lines(self) -> Sequence[BoardLine]:
        return weeks.of_kind(self.series) if self.series else weeks.by_kind(self.kept)

    def finding(self) -> str:
        """How far the kind came in the weeks shown."""
        if not self.series:
            return "各类项目每个月最后一次固定的项目数和支出率；点开看每一周。"
        first, last = self.series[-1], self.series[0]
        rates = [percent(one.spent_fen, one.funded_fen or 1) for one in (first, last)]
        return (
            f"{last.label}：{first.week.through} {first.projects} 项、支出率 {rates[0]} %，"
            f"{last.week.through} {last.projects} 项、支出率 {rates[1]} %。"
        )

    @property
    def note(self) -> str:
        return FROZEN + COUNTED

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            points=weeks.points(self.series), wide=weeks.WIDE, high=weeks.HIGH, **kwargs
        )
