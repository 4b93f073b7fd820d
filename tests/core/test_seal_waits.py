"""A seal never misses a writer that began before it: it waits, on PostgreSQL by a shared lock, on SQLite by the single writer."""

import threading
import time

import pytest
from django.db import connection, transaction

from povertyaudit.core import sealing
from povertyaudit.core.models import SealLeaf
from povertyaudit.core.verify import verify
from tests.core.test_record import misuse

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_seal_waits_for_the_writer_and_then_holds_his_entry(people):
    wrote, may_commit, order = threading.Event(), threading.Event(), []

    def write():
        with transaction.atomic():
            misuse(people.finance)
            wrote.set()
            may_commit.wait(10)
            order.append("committed")
        connection.close()

    def seal():
        sealing.seal()
        order.append("sealed")
        connection.close()

    writer, sealer = threading.Thread(target=write), threading.Thread(target=seal)
    writer.start()
    assert wrote.wait(10)
    sealer.start()
    time.sleep(0.3)
    assert order == []
    may_commit.set()
    writer.join(10)
    sealer.join(10)
    assert order == ["committed", "sealed"]
    assert SealLeaf.objects.filter(target_label="funds.misuse").count() == 1
    assert verify().broken == []
