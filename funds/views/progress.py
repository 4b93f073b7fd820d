"""支出进度: the board of projects and their money against time."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from funds import progress
from funds.project_home import READERS
from funds.project_pages import percent
from povertyaudit.core import moment
from povertyaudit.core.views import BoardLine, BoardPage


class ProgressBoard(BoardPage):
    section, title, parent = "fund_progress", "支出进度", ("项目库", "/projects/")
    template_name = "funds/progress.html"
    ways: Sequence[tuple[str, str]] = (("town", "按乡镇"), ("kind", "按项目类别"), ("level", "按资金级别"))
    empty = "今年还没有批复的项目。"
    wide = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def first_head(self) -> str:  # type: ignore[override]
        return {"town": "乡镇", "kind": "项目类别", "level": "资金级别"}[self.by()]

    @cached_property
    def year(self) -> int:
        return moment.today().year

    @cached_property
    def pace(self) -> progress.Pace:
        return progress.pace(moment.today())

    @cached_property
    def groups(self) -> list[Any]:
        """The lowest rate of spending first."""
        return sorted(
            progress.grouped(self.user, self.by(), self.year), key=lambda one: progress.rate(one[1])
        )

    def heads(self) -> Sequence[str]:
        return progress.LEVEL_HEADS if self.by() == "level" else progress.HEADS

    def lines(self) -> Sequence[BoardLine]:
        if self.by() == "level":
            return progress.levels(self.user, self.year)
        return [progress.line(label, row, self.year, asked, self.pace) for label, row, asked in self.groups]

    @cached_property
    def whole(self) -> dict[str, Any]:
        names = [name for _, row, _ in self.groups[:1] for name in row if name != "key"]
        return {name: sum(row[name] or 0 for _, row, _ in self.groups) for name in names}

    def total(self) -> BoardLine | None:
        if self.by() == "level" or not self.groups:
            return None
        return progress.line("合计", self.whole, self.year, {}, self.pace)

    def finding(self) -> str:
        """The rate of all against time, and the three that are last."""
        if not self.groups:
            return ""
        row = self.whole
        told = self.pace.words(row["spent"], row["funded"])
        words = f"{self.year} 年项目支出率 {percent(row['spent'], row['funded'] or 1)} %，序时进度"
        words += f" {self.pace.due:.1f} %，{told}"
        behind = [label for label, one, _ in self.groups if self.pace.lags(one["spent"] or 0, one["funded"])]
        last = "、".join(behind[: progress.LAST])
        return f"{words}；最低的是{last}。" if last else f"{words}，没有滞后的。"

    @property
    def note(self) -> str:
        """What is counted, and how."""
        return (
            f"只统计您能看到的、{self.year} 年计划、已批复的项目。拨付率、支出率是已拨付、已支出占安排资金的比例；"
            "序时进度是本月月份除以 12，低于序时进度超过规定幅度的算滞后（“分类目录—资金管理规定”）。"
            "一个项目用几个级别资金的，在各级别都算一个。点数字看是哪些项目。"
        )
