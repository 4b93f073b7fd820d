"""The figures the seeds publish come out of the rows of the demo county; every mark of its board opens exactly its rows."""

import html
import re
from datetime import date

import pytest

from funds import spans
from povertyaudit.core import render
from povertyaudit.core.models import Region, User
from povertyaudit.demo.money import WAN
from povertyaudit.reporting import spanning
from povertyaudit.reporting.boards.leader import Board
from povertyaudit.reporting.boards.small import SmallBoard
from povertyaudit.reporting.indicators import CATALOGUE, RATES, County, values
from povertyaudit.reporting.models import Report
from povertyaudit.reporting.services import guard
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
    assert told(span, "cases_filed", "persons_sanctioned") == (192, 171)
    assert told(span, "money_taken", "money_returned") == (188.72 * WAN, 48.46 * WAN)
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


def taken_apart(code, span, way):
    """Key of the part → figure of 青禾县."""
    county = County(Region.objects.get(code="990101000000"))
    return {mark.key: mark.value for mark in CATALOGUE[code].parts(county, span, way)}


@whole
def test_the_sums_of_the_feedback_come_out_of_rows(demo):
    """Seed 002: 2×150 = 300 lent without a plan, 42.5 + 150 = 192.5 used beyond their purpose, all of it settled."""
    amounts = taken_apart("misuse_money", spans.ALL, "kind")
    assert (amounts["NO_PLAN"], amounts["OUT_OF_SCOPE"]) == (2 * 150 * WAN, 42.5 * WAN + 150 * WAN)
    assert taken_apart("misuses", spans.ALL, "kind")["NO_PLAN"] == 2
    taken, otherwise = (taken_apart(code, spans.ALL, "kind") for code in ("money_taken", "money_otherwise"))
    assert taken["NO_PLAN"] == 300 * WAN
    assert taken["OUT_OF_SCOPE"] + otherwise["OUT_OF_SCOPE"] == 192.5 * WAN


@whole
def test_styles_of_work_add_up_to_666(demo):
    """Seed 000: 59 + 55 + 249 + 303."""
    year = spans.of_year(2018)
    styles = taken_apart("leads_style", year, "style")
    assert styles == {"formalism": 59, "bureaucratism": 55, "inaction": 249, "misconduct": 303}
    assert told(year, "leads_style") == (sum(styles.values()),) == (666,)
    address = CATALOGUE["leads_style"].address(year)
    assert "共 666 " in page_of("casemgr", address)


def test_the_share_that_does_not_fit_is_flagged(demo):
    """Seed 002: 35 of 93 is 37.6 %, the paper says 37.5 %: the draft that quotes it cannot be checked without a word."""
    draft = Report.objects.for_page().get(kind="quarter", state="draft", text__contains="37.5%")
    said = [one.words for one in guard.findings(draft)]
    assert "正文中 35 占 93 写成 37.5%，按这两个数算是 37.6%，请核对。" in said


@whole
def test_every_mark_of_the_board_opens_exactly_its_rows(demo):
    charts = Board(User.objects.get(username="secretary"), spans.of_year(2026)).charts()
    assert len(charts) >= 9
    assert sum(walked("secretary", chart) for chart in charts) > 60


@whole
@pytest.mark.parametrize(
    "who",
    [
        "inspector1",
        "official",
        "unithead",
        "sector",
        "finance",
        "patroloffice",
        "leader",
        "countyleader",
        "adjudicator",
    ],
)
def test_every_mark_of_ones_own_figures_opens_exactly_its_rows(demo, who):
    charts = SmallBoard(User.objects.get(username=who), spans.of_year(2026)).charts()
    assert sum(len(chart.lines) for chart in charts) >= 4
    assert sum(walked(who, chart) for chart in charts) >= 2


def walked(who, chart):
    """How many marks of the chart were followed; each opened a list of as many rows, a sum the entries that make it."""
    wrong, marks = (
        [],
        [(line, figure) for line in chart.lines for figure in line.figures if figure.value and figure.url],
    )
    for line, figure in marks:
        page = html.unescape(page_of(who, figure.url))
        if figure.url.startswith("/ledger-entries/"):
            if (
                f">{render.yuan(figure.value)}<"
                not in page.partition("合计（元）")[2].partition("</section>")[0]
            ):
                wrong.append((chart.key, line.label, figure.value, "合计", figure.url))
            continue
        found = COUNTED.search(page)
        number = int(found[1].replace(",", "")) if found else 0
        # A sum of misuses lists them; persons sanctioned list each of their sanctions.
        listed = "万元" in line.label or "tab=sanctions" in figure.url
        if number != figure.value and not (listed and number >= min(figure.value, 1)):
            wrong.append((chart.key, line.label, figure.value, number, figure.url))
    assert not wrong
    return len(marks)
