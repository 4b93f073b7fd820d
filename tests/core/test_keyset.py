"""Paging by keyset: every row once, forward and back, with ties and with empty values."""

from datetime import timedelta

import pytest

from povertyaudit.core import keyset, moment
from povertyaudit.core.models import Notification, Region, Unit
from tests import factories

pytestmark = pytest.mark.django_db


def pages(rows, ordering, size):
    found, cursor = [], ""
    while True:
        page = keyset.take(rows, ordering, cursor, size)
        found.append(page)
        assert len(found) < 60, "the pages do not end"
        if not page.next:
            return found
        cursor = page.next


@pytest.fixture
def messages(people):
    now = moment.now()
    for n in range(23):
        Notification.objects.create(
            user=people.finance, key=str(n), kind="x", text=str(n),
            created_at=now - timedelta(hours=n // 4), read_at=now - timedelta(days=n // 3) if n % 2 else None,
        )  # fmt: skip
    return Notification.objects.all()


@pytest.mark.parametrize(
    "ordering", ["created_at", "-created_at", "read_at", "-read_at", "pk", "-pk", "user__username"]
)
@pytest.mark.parametrize("size", [1, 4, 22, 23, 50])
def test_every_row_comes_once_and_back_again(messages, ordering, size):
    there = pages(messages, ordering, size)
    flat = [row.pk for page in there for row in page.rows]
    assert len(flat) == len(set(flat)) == 23
    back, cursor = list(there[-1].rows), there[-1].previous
    while cursor:
        page = keyset.take(messages, ordering, cursor, size)
        back = [*page.rows, *back]
        cursor = page.previous
    assert [row.pk for row in back] == flat


def test_empty_values_come_last_in_both_directions(messages):
    for ordering in ("read_at", "-read_at"):
        rows = keyset.take(messages, ordering, "", 50).rows
        empty = [row.read_at is None for row in rows]
        assert empty == sorted(empty)


def test_a_row_that_is_gone_does_not_lose_its_neighbours(messages):
    page = keyset.take(messages, "-created_at", "", 5)
    after = keyset.take(messages, "-created_at", page.next, 50)
    page.rows[-1].delete()
    again = keyset.take(messages, "-created_at", page.next, 50)
    assert {row.pk for row in again.rows} <= {row.pk for row in after.rows}
    assert (
        len(again.rows) >= len(after.rows) - 3
    )  # rows tied with the one that went may be skipped, never repeated


def test_a_cursor_shows_no_database_key(people):
    factories.places()
    cursor = keyset.take(Unit.objects.all(), "name", "", 2).next
    with pytest.raises(keyset.BadCursor):
        keyset.take(Unit.objects.all(), "name", cursor[:-3], 2)
    with pytest.raises(keyset.BadCursor):
        keyset.take(Region.objects.all(), "name", "nonsense", 2)


def test_counts_are_exact_up_to_the_cap(messages, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert keyset.count(messages) == keyset.Count(23)
    assert keyset.count(messages, cap=10).number >= 10


def test_a_number_is_read_in_threes():
    assert keyset.Count(110_000).figure == "110,000"
