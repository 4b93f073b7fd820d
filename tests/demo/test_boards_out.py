"""Every board of the demo county taken to Excel: the file says what the table on the page says."""

import io
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from lxml import html
from openpyxl import load_workbook

from povertyaudit.core.models import User
from povertyaudit.core.views.board_sheets import SheetsOut, number

PEOPLE = ("leader", "casemgr", "patroloffice", "finance", "official")
MORE = {
    "leader_board": ("?period=all&part=rest", "?period=2026Q3"), "my_figures": ("?period=2026",), "misuse_board": ("?period=all&by=bracket",),
    "item_board_matrix": ("?rounds=all",), "fund_weeks": ("?by=kind",),
    "item_board_pack": ("?kind=quarter", "?kind=week&day=2026-10-26"),
}  # fmt: skip
TABLES = "//table[contains(@class, 'board') or contains(@class, 'matrix')]|//article[@class='paper']//table|//*[@id='periods']//table"
NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")


def boards():
    """(name, address) of each page whose tables can be taken away."""

    def walk(patterns, before=""):
        for one in patterns:
            place = before + str(one.pattern)
            if not isinstance(one, URLPattern):
                yield from walk(one.url_patterns, place)
            elif issubclass(getattr(one.callback, "view_class", object), SheetsOut) and "<" not in place:
                yield one.name, f"/{place}"

    return sorted(set(walk(get_resolver().url_patterns)))


BOARDS = boards()


def test_the_boards_are_found():
    assert len(BOARDS) >= 21
    names = {
        "leader_board",
        "my_figures",
        "fund_flow",
        "item_board_matrix",
        "item_board_pack",
        "item_board_week",
    }
    assert names | {"outcome_forms"} <= {name for name, _ in BOARDS}


def numerals(texts):
    return [Decimal(one.replace(",", "")).normalize() for text in texts for one in NUMERAL.findall(text)]


def words(cell):
    return " ".join(cell.text_content().split())


def shown(table):
    """Rows of a table as their cells, without the bars."""
    rows = table.xpath(".//tbody/tr|.//tfoot/tr")
    return [
        [words(cell) for cell in row.xpath("./th|./td[not(contains(@class, 'board-bar'))]")] for row in rows
    ]


def duties(tree):
    """What a unit owes this week, day by day, as one table."""
    for section in tree.xpath("//section[ul[@class='duties']]"):
        heading = words(section.find(".//h2")).rpartition(" ")[0]
        for one in section.iterfind(".//li"):
            what, title, about = (words(part) for part in one.iterfind("./a/span"))
            yield [heading, what, title, *about.split(" ", 1), *one.xpath(".//time/@datetime")]


def tables_of(tree):
    """The rows of each table of the page."""
    owed = list(duties(tree))
    return [owed] if owed else [shown(table) for table in tree.xpath(TABLES)]


def written(answer):
    """(title and notes, rows) of the file."""
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows())
    at = next(n for n, row in enumerate(rows) if n > 1 and sum(cell.value is not None for cell in row) > 1)
    return [row[0].value for row in rows[:at]], rows[at + 1 :]


def compare(page, client, address):
    """How many tables of the page were compared with their files."""
    tree = html.fromstring(page)
    links = tree.xpath("//a[contains(@href, 'format=xlsx') and contains(@href, 'chart=')]")
    tables = tables_of(tree)
    assert len(links) == len(tables), f"{address}: a table without its file"
    for link, lines in zip(links, tables, strict=True):
        answer = client.get(f"{address.partition('?')[0]}{link.get('href')}")
        assert answer.status_code == 200, link.get("href")
        head, rows = written(answer)
        assert "截至：" in head[1]
        assert "制表人：" in head[1]
        assert len(rows) == len(lines), link.get("href")
        for line, row in zip(lines, rows, strict=True):
            cells = [cell for cell in row if cell.value is not None]
            assert not [cell for cell in cells if cell.data_type == "f"]
            assert " ".join(cells[0].value.split()) == line[0]
            assert numerals(
                str(abs(c.value)) if c.data_type == "n" else c.value for c in cells[1:]
            ) == numerals(line[1:])
            if len(line) == len(row):
                said = {at: " ".join(c.value.split()) for at, c in enumerate(row) if c.data_type == "s"}
                assert said == {at: line[at] for at in said}
                plain = [at for at, text in enumerate(line) if at and number(text) and not number(text)[1]]
                assert all(row[at].value == number(line[at])[0] for at in plain), (
                    line,
                    [c.value for c in row],
                )
    return len(links)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "address"), BOARDS, ids=[name for name, _ in BOARDS])
def test_the_file_says_what_the_table_says(demo, name, address):
    compared = opened = 0
    for username in PEOPLE:
        client = Client()
        client.force_login(User.objects.get(username=username))
        for query in ("", *MORE.get(name, ())):
            answer = client.get(address + query)
            if answer.status_code == 200:
                opened += 1
                compared += compare(answer.content.decode(), client, address + query)
    assert opened
    assert compared or name in {"fund_series", "fund_weeks", "item_board_ranking"}, (
        "nobody sees a figure on it"
    )
