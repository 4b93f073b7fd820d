"""资金流向: the board of money from its source to the village."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.views.generic import TemplateView

from funds import areas, flow, flow_chart
from funds.models import FundLevel
from funds.project_home import READERS
from povertyaudit.core import moment
from povertyaudit.core.views import BoardSheet, Page, SheetsOut

YEARS = 7
NAMES = {"level": "资金级别", "fund_kind": "资金种类", "kind": "项目类别", "area": "地区"}


class FlowBoard(SheetsOut, Page, TemplateView):
    section, title, parent = "fund_flow", "资金流向", ("项目库", "/projects/")
    template_name = "funds/flow.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def asked(self) -> flow.Asked:
        """What the address narrows to; what is no such thing is left out."""
        given = {name: self.request.GET.get(name, "") for name in NAMES}
        year = self.request.GET.get("year", "")
        known = year.isascii() and year.isdigit() and int(year[:5]) in self.years()
        return flow.Asked(
            int(year) if known else moment.today().year,
            given["level"] if given["level"] in FundLevel.values else "",
            given["fund_kind"] if given["fund_kind"] in self.fund_kinds else "",
            given["kind"] if given["kind"] in self.kinds else "",
            areas.good(given["area"]),
        )

    def years(self) -> list[int]:
        """Next year's plans are approved in autumn; what is older stands in the lists."""
        return [moment.today().year + 1 - n for n in range(YEARS)]

    @cached_property
    def kinds(self) -> dict[str, str]:
        return flow.kind_words()

    @cached_property
    def fund_kinds(self) -> dict[str, str]:
        return flow.fund_words()

    @cached_property
    def found(self) -> flow.Flow | None:
        """None where there is nothing to draw."""
        found = flow.Flow(self.user, self.asked)
        return found if found.whole.projects else None

    def period_words(self) -> str:
        return f"{self.asked.year} 年"

    def sheets(self) -> list[BoardSheet]:
        if self.found is None:
            return []
        said = self.found.finding()
        tables = [
            BoardSheet(name, f"{self.title}：按{name}", str(name), flow.HEADS, lines, said)
            for name, lines in self.found.tables()
        ]
        bands = self.found.bands_table()
        return [
            *tables,
            BoardSheet("bands", f"{self.title}：每一条流向", "从哪里到哪里", flow.HEADS, bands, said),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.found
        return super().get_context_data(
            flow=found, picture=flow_chart.draw(found) if found else None, heads=flow.HEADS,
            tables=found.tables() if found else [], bands=found.bands_table() if found else [], columns=flow.COLUMNS,
            finding=found.finding() if found else "", chips=self.chips(), bare_url=f"?year={self.asked.year}",
            asked=self.asked, years=self.years(), rows_url=self.asked.rows(), **kwargs,
        )  # fmt: skip

    def chips(self) -> list[tuple[str, str, str]]:
        """(label, words, address without it) of what it is narrowed to; a place goes back to the one above it."""
        asked, found = self.asked, []
        words = {
            "level": dict(FundLevel.choices).get(asked.level), "fund_kind": self.fund_kinds.get(asked.fund_kind),
            "kind": self.kinds.get(asked.kind),
        }  # fmt: skip
        if asked.area:
            code = asked.area.ljust(areas.VILLAGE, "0")
            words["area"] = areas.names([code], len(asked.area)).get(code, asked.area)
        for name, word in words.items():
            if word:
                found.append((NAMES[name], str(word), flow.without(asked, name).board()))
        return found
