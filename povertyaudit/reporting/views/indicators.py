"""指标目录: what each figure means, and what it is now within what the reader may see."""

from dataclasses import dataclass
from typing import Any

from django.views.generic import TemplateView

from povertyaudit.core.views import Figure
from povertyaudit.reporting import figures
from povertyaudit.reporting.indicators import CATALOGUE, GROUPS, RATES, Indicator, Rate, values
from povertyaudit.reporting.views.reading import Reading


@dataclass(frozen=True)
class Line:
    one: Indicator | Rate
    figure: Figure | None = None  # none yet: told after the page


class Catalogue(Reading, TemplateView):
    section, title = "indicators", "指标目录"
    template_name = "reporting/indicators.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The definitions, which need no counting; the figures where they are asked for (`part`)."""
        if not self.asks_part:
            groups = [(heading, [Line(one) for one in ones]) for heading, ones in GROUPS.items()]
            rates = [Line(rate) for rate in RATES.values()]
            return super().get_context_data(groups=groups, rates=rates, rest_url=self.part_url(), **kwargs)
        found = values(list(CATALOGUE.values()), self.sight, [self.span])
        at = {code: value for (code, _), value in found.items()}
        groups = [
            (heading, [Line(one, figures.of(one, at[one.code], self.span)) for one in ones])
            for heading, ones in GROUPS.items()
        ]
        rates = [
            Line(rate, figures.rate(rate, at[rate.part.code], at[rate.whole.code], self.span))
            for rate in RATES.values()
        ]
        return super().get_context_data(groups=groups, rates=rates, **kwargs)

    def get_template_names(self) -> list[str]:
        return ["reporting/_figures.html" if self.wants_part() else self.template_name]
