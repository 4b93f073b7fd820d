"""What a list tells after its page: how many rows there are, and the sums of the entries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funds.models import LedgerEntry
from povertyaudit.core import keyset
from tests.funds import makers
from tests.funds.test_doors import web

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(monkeypatch):
    """More rows than a page counts at once: here more than one."""
    monkeypatch.setattr(keyset, "AT_ONCE", 1)
    monkeypatch.setattr("funds.views.books.LedgerEntryList.page_size", 2)


def test_the_sums_and_the_count_of_many_rows_come_after_the_page(people, many):
    row = makers.misuse(people)
    for fen in (1_000_000, 2_000_000):
        makers.recovery(people, row, fen, voucher=f"QH-{fen}")
    desk = web(people.finance)
    page = desk.get("/ledger-entries/").content.decode()
    assert "1 条以上" in page
    assert "part=count" in page
    assert "part=sums" in page
    assert "300,000.00" not in page.split('class="rows"')[0]
    late = {"headers": {"HX-Request": "true"}}
    assert "共 3 条" in desk.get("/ledger-entries/?part=count", **late).content.decode()
    sums = desk.get("/ledger-entries/?part=sums", **late).content.decode()
    assert "<html" not in sums
    assert "300,000.00" in sums
    assert "270,000.00" in sums
    narrowed = desk.get("/ledger-entries/?part=sums&group=taken", **late).content.decode()
    assert "30,000.00" in narrowed
    assert "270,000.00" not in narrowed


def test_by_hand_the_same_addresses_are_pages(people, many):
    row = makers.misuse(people)
    makers.recovery(people, row, 1_000_000, voucher="QH-1")
    makers.recovery(people, row, 2_000_000, voucher="QH-2")
    desk = web(people.finance)
    counted = desk.get("/ledger-entries/?part=count").content.decode()
    assert "<html" in counted
    assert "共 3 条" in counted
    summed = desk.get("/ledger-entries/?part=sums").content.decode()
    assert "<html" in summed
    assert "270,000.00" in summed
    assert "1 条以上" in summed
    assert "part=" not in counted.split("下一页")[0].rsplit("href", 1)[1]  # links do not keep it


def test_what_a_neighbour_may_not_see_is_in_no_part(people, many):
    makers.recovery(people, makers.misuse(people), 1_000_000)
    late = {"headers": {"HX-Request": "true"}}
    other = web(people.neighbour)
    assert "共 0 条" in other.get("/ledger-entries/?part=count", **late).content.decode()
    assert "300,000" not in other.get("/ledger-entries/?part=sums", **late).content.decode()


def test_few_rows_are_looked_for_once(people, django_assert_num_queries):
    """What narrows a list is worked out once: the page is asked for by the keys, and their number is the count."""
    makers.misuse(people)
    rows = LedgerEntry.objects.visible_to(people.finance)
    with CaptureQueriesContext(connection) as asked:
        page, count = keyset.take_counted(rows, "-pk")
    assert count == keyset.Count(len(page.rows)) == keyset.Count(rows.count())
    assert [narrows_by_scope(query) for query in asked] == [True, False]


def narrows_by_scope(query):
    return "funds_misuse" in query["sql"].partition(" WHERE ")[2]
