"""Two clerks settle the same money at the same moment, on both databases: one is booked, the other told what is left."""

import threading

import pytest
from django.db import connection

from funds import services
from funds.models import Misuse
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import User
from tests import factories
from tests.funds import makers
from tests.funds.test_constraints_books import balanced


@pytest.mark.django_db(transaction=True)
def test_four_clerks_settle_the_last_of_it_at_once():
    people = factories.cast()
    row = makers.recovery(people, makers.misuse(people), 10_000_000)
    gate, answers = threading.Barrier(4), []

    def press(number):
        try:
            gate.wait(20)
            services.record_recovery(
                Misuse.objects.get(pk=row.pk), by=User.objects.get(username="finance"), kind="treasury",
                amount_fen=15_000_000, voucher_no=f"同时-{number}", destination="缴入县国库",
            )  # fmt: skip
            answers.append("booked")
        except DomainError as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == ["booked", *["record_recovery.too_much"] * 3]
    row = Misuse.objects.get(pk=row.pk)
    assert (row.left_fen, row.entries.count()) == (5_000_000, 3)
    balanced(row)
