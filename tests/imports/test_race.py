"""Somebody changes a row in the moment between reading and writing: that line is refused, the others go in."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from funds.services import projects
from povertyaudit.core import moment
from povertyaudit.sheets import services
from tests import factories
from tests.core.test_holiday_locks import waits_for_a_lock
from tests.funds import project_makers
from tests.imports.test_working import at, fetched, sent_back

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.servers]


def test_a_row_that_changes_while_the_import_writes_is_refused_and_the_others_go_in():
    """The import has read both rows when it comes to the one that is held: what it read of it is out of date by then."""
    people = factories.cast()
    first, held, last = (project_makers.stored(people, title=f"{n}路", targets="原来") for n in "甲乙丙")
    book = fetched(people.official, "projects")
    sheet = book["项目"]
    for line in (3, 4, 5):
        at(sheet, line, "绩效目标").value = "乡镇改的"
    row = sent_back(people.official, book)
    assert (row.rows_changed, row.rows_refused) == (3, 0)
    done = []

    def bring_in():
        try:
            done.append(services.bring_in(row, by=factories.fresh(people.official)))
        finally:
            connection.close()

    bringing = threading.Thread(target=bring_in)
    with transaction.atomic():
        projects.amend(held, by=factories.fresh(people.unithead), targets="县里改的", sum_checked=True)
        bringing.start()
        until = moment.now() + timedelta(seconds=20)
        while not waits_for_a_lock():
            assert bringing.is_alive()
            assert moment.now() < until
            threading.Event().wait(0.02)  # let the import come to the row that is held
    bringing.join(20)
    for one in (first, held, last):
        one.refresh_from_db()
    assert [one.targets for one in (first, held, last)] == ["乡镇改的", "县里改的", "乡镇改的"]
    assert (done[0].rows_changed, done[0].rows_refused) == (2, 1)
    refused = row.rows.get(outcome="refused")
    assert refused.done
    # Where the import waits before it has read the row, it meets the change as any other: the reader is asked to choose.
    assert any(words in str(refused.problems) for words in ("已被他人修改", "改为“县里改的”"))
