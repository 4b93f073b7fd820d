"""The figures the seeds publish come out of the rows of the demo county; every mark of its board opens exactly its rows."""

import html
import re
from datetime import date

import pytest

from funds import spans
from povertyaudit.core.models import Region, User
from povertyaudit.demo.money import WAN
from povertyaudit.reporting import spanning
from povertyaudit.reporting.boards.leader import Board
from povertyaudit.reporting.indicators import CATALOGUE, RATES, County, values
from tests.demo.figures import page_of
from tests.demo.seeding import whole

pytestmark = pytest.mark.django_db

COUNTED = re.compile(r"共约? ?([\d,]+)")


def told(span, *codes):
    """Figures of 青禾县, whoever asks."""
    county = County(Region.objects.get(code="990101000000"))
    found = values([CATALOGUE[code] for code in codes], county, [span])
    return tuple(found[code, span.key] for code in codes)


@whole
def test_the_published_figures_come_out_of_rows(demo):
    span, year = spanning.days(date(2018, 1, 1), date(2019, 4, 30)), spans.of_year(2018)
    assert told(span, "cases_filed", "money_taken", "money_returned") == (192, 188.72 * WAN, 48.46 * WAN)
    assert told(year, "rounds", "round_villages", "round_extended") == (4, 72, 129)
    assert told(year, "opinions", "opinions_accepted", "advice") == (283, 283, 42)
    assert told(year, "immediate_notices", "immediate_closed") == (84, 84)
    assert told(spans.ALL, "bulletins", "bulletin_cases", "bulletin_persons") == (17, 62, 101)
    petitions, done = told(spans.ALL, "petitions", "petitions_done")
    assert (petitions, done, petitions - done) == (278, 253, 25)
    assert (RATES["petitions_done_rate"].part.code, RATES["petitions_done_rate"].whole.code) == (
        "petitions_done",
        "petitions",
    )


@whole
def test_every_mark_of_the_board_opens_exactly_its_rows(demo):
    board, wrong, walked = Board(User.objects.get(username="secretary"), spans.of_year(2026)), [], 0
    charts = board.charts()
    assert len(charts) >= 9
    for chart in charts:
        for line in chart.lines:
            for figure in line.figures:
                if figure.value and figure.url:
                    walked += 1
                    found = COUNTED.search(html.unescape(page_of("secretary", figure.url)))
                    number = int(found[1].replace(",", "")) if found else 0
                    # A sum of money lists its entries; persons sanctioned list each of their sanctions.
                    listed = chart.key == "money" or "tab=sanctions" in figure.url
                    if number != figure.value and not (listed and number >= min(figure.value, 1)):
                        wrong.append((chart.key, line.label, figure.value, number, figure.url))
    assert not wrong
    assert walked > 60
