"""整改数据 added up: of each item the totals it reported last, by unit or by round; every figure opens its reports."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Sum
from django.utils.functional import cached_property

from inspections.models import Round
from povertyaudit.core.forms import DateField, PageForm
from povertyaudit.core.models import Unit
from povertyaudit.core.views import BoardLine, BoardPage, Figure
from rectification.models import FigureKind, PeriodFigure, PeriodReport

BY = {"unit": "report__unit", "round": "report__item__finding__round"}


class DayForm(PageForm):
    on = DateField(label="截至", required=False, latest_today=True)


class Totals(BoardPage):
    template_name = "rectification/period_totals.html"
    section, title, parent = "period_reports", "整改数据汇总", ("整改定期报告", "/period-reports/")
    ways = (("unit", "按报告单位"), ("round", "按巡察轮次"))
    empty = "还没有签报过数据的单位或者轮次。"

    @cached_property
    def form(self) -> DayForm:
        return DayForm(self.request.GET if "on" in self.request.GET else None)

    @cached_property
    def on(self) -> date | None:
        """The day as of which totals are read: what was signed by its end. None: today."""
        return self.form.cleaned_data["on"] if self.form.is_bound and self.form.is_valid() else None

    @cached_property
    def reports(self) -> Any:
        return PeriodReport.objects.visible_to(self.user).last_signed(self.on)

    @property
    def first_head(self) -> str:  # type: ignore[override]
        return "报告单位" if self.by() == "unit" else "巡察轮次"

    @cached_property
    def sums(self) -> dict[tuple[int | None, str], int]:
        """(key of the unit or round, code of the figure) → sum over the items; each item counts once."""
        path = BY[self.by()]
        rows = PeriodFigure.objects.filter(report__in=self.reports.order_by().values("pk")).order_by()
        found = rows.values_list(path, "kind__code").annotate(total=Sum("value"))
        return {(key, code): total for key, code, total in found}

    @cached_property
    def kinds(self) -> list[tuple[str, str]]:
        """The figures somebody reported, as they are called now."""
        used = {code for _, code in self.sums}
        names = dict(FigureKind.objects.codes())
        return [(code, names[code]) for code in names if code in used]

    @cached_property
    def groups(self) -> dict[int | None, tuple[str, dict[str, str]]]:
        """Key → name and the condition of the list. A round the reader may not know of stands under none."""
        keys = {key for key, _ in self.sums if key is not None}
        rows: Any = Unit.objects.all() if self.by() == "unit" else Round.objects.visible_to(self.user)
        known = rows.filter(pk__in=keys)
        return {row.pk: (row.name, {self.by(): row.public_id}) for row in known}

    def heads(self) -> list[str]:
        return [name for _, name in self.kinds]

    def lines(self) -> list[BoardLine]:
        first = self.kinds[0][0] if self.kinds else ""
        order = sorted(self.groups, key=lambda key: (-self.sums.get((key, first), 0), key or 0))
        return [
            BoardLine(self.groups[key][0], [self.figure(code, key) for code, _ in self.kinds])
            for key in order
        ]

    def figure(self, code: str, key: int | None) -> Figure:
        return Figure(self.sums.get((key, code), 0), self.address(code, **self.groups[key][1]))

    def total(self) -> BoardLine | None:
        """Of all items, those of no round too."""
        if not self.kinds:
            return None
        whole = [sum(n for (_, of), n in self.sums.items() if of == code) for code, _ in self.kinds]
        figures = [Figure(n, self.address(code)) for n, (code, _) in zip(whole, self.kinds, strict=True)]
        return BoardLine("合计" if self.by() == "unit" else "合计（含不属于巡察轮次的）", figures)

    def finding(self) -> str:
        until = f"截至 {self.on}，" if self.on else ""
        return f"{until}{self.reports.count()} 个事项签报过定期报告，每个事项取最近一期签报的累计数。"

    def address(self, code: str, **where: str) -> str:
        """The reports a figure adds up."""
        which = {"latest_on": self.on.isoformat()} if self.on else {"latest": "true"}
        return f"/period-reports/?{urlencode({**which, 'figure': code, **where, 'view': 'all'})}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.on:  # the other way of adding up keeps the day
            context["tabs"] = [(label, f"{url}&on={self.on}", now) for label, url, now in context["tabs"]]
        return context
