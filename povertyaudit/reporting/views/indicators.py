"""指标目录: what each figure means, and what it is now within what the reader may see."""

from dataclasses import dataclass
from typing import Any

from django.views.generic import TemplateView

from povertyaudit.core.views import Figure
from povertyaudit.reporting import figures
from povertyaudit.reporting.indicators import GROUPS, RATES, Indicator, Rate, values
from povertyaudit.reporting.views.reading import Reading

LEADS = "问题线索"
PARTS = {"leads": LEADS, "rest": "其他各项"}


@dataclass(frozen=True)
class Line:
    one: Indicator | Rate
    figure: Figure | None = None  # none yet: told after the page


class Catalogue(Reading, TemplateView):
    section, title = "indicators", "指标目录"
    template_name = "reporting/indicators.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The definitions, which need no counting; the figures where they are asked for: leads, then all the rest."""
        if not self.asks_part:
            groups = [(heading, [Line(one) for one in ones]) for heading, ones in GROUPS.items()]
            rates = [Line(rate) for rate in RATES.values()]
            later = [(name, words, self.part_url(name)) for name, words in PARTS.items()]
            return super().get_context_data(groups=groups, rates=rates, later=later, **kwargs)
        asked = {heading: ones for heading, ones in GROUPS.items() if self.asks_for(heading)}
        found = values([one for ones in asked.values() for one in ones], self.sight, [self.span])
        at = {code: value for (code, _), value in found.items()}
        groups = [
            (heading, [Line(one, figures.of(one, at[one.code], self.span)) for one in ones])
            for heading, ones in asked.items()
        ]
        rates = [
            Line(rate, figures.rate(rate, at[rate.part.code], at[rate.whole.code], self.span))
            for rate in RATES.values()
            if rate.group in asked
        ]
        return super().get_context_data(groups=groups, rates=rates, part=self.request.GET["part"], **kwargs)

    def asks_for(self, heading: str) -> bool:
        """Whether the figures under a heading are in the part asked for; by hand all are."""
        return not self.wants_part() or (heading == LEADS) == (self.request.GET["part"] == "leads")

    def get_template_names(self) -> list[str]:
        return ["reporting/_figures.html" if self.wants_part() else self.template_name]
