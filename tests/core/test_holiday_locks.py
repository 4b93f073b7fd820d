"""A holiday notice and a signature at the same moment: the row first, then its clock, on both sides."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from povertyaudit.core import clocks, holiday_notice, moment, rows
from povertyaudit.core.models import Clock
from rectification.services.opening_periods import RULE
from tests.rectification import makers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.servers]


def waits_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_a_notice_waits_for_the_row_before_it_takes_the_clock():
    """It used to take the clock first: whoever held the report then waited for the clock, and the two for each other."""
    with moment.pretend(timezone.make_aware(datetime(2026, 11, 2, 9))):
        item = makers.at(makers.people(), "accepted", days=90)
    report = makers.owed(item)
    done = []

    def load():
        try:
            with transaction.atomic():
                done.append(holiday_notice.recount_touched(date(2026, 1, 1), date(2028, 1, 1)))
        finally:
            connection.close()

    with transaction.atomic():
        row = rows.lock(report)
        loading = threading.Thread(target=load)
        loading.start()
        until = moment.now() + timedelta(seconds=20)
        while not waits_for_a_lock():
            assert moment.now() < until
            threading.Event().wait(0.02)  # let the other thread come to the lock
        assert clocks.stop(row, RULE, moment.today(), "periodreport.sign")
    loading.join(20)
    assert done
    assert Clock.objects.of(report).get().state == "stopped"
