"""How often one may sign in, search and export: counted once, on both databases, for all processes."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from povertyaudit.core import limits, tidying
from povertyaudit.core.accounts import MAX_ATTEMPTS
from povertyaudit.core.addresses import address_of, network_of
from povertyaudit.core.models import Tally
from tests import factories
from tests.core.machines import API, assert_refusal, machine


def sign_in(client, username="finance", password="wrong", **headers):
    return client.post("/sign-in/", {"username": username, "password": password}, **headers)


def take_token(client, username="finance", password="wrong", **headers):
    body = {"username": username, "password": password}
    return client.post(f"{API}tokens/", body, content_type="application/json", **headers)


def test_one_address_may_fail_only_so_often_whatever_the_names(client, people, settings):
    settings.SIGN_IN_FAILURES_PER_ADDRESS = 5
    for number in range(5):
        assert sign_in(client, f"nobody{number}").status_code == 422
    for answer in (
        sign_in(client, "finance", factories.PASSWORD),
        take_token(client, password=factories.PASSWORD),
    ):
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
        assert "网络地址" in answer.content.decode()
    assert sign_in(client, "finance", factories.PASSWORD, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_failures_are_forgotten_after_a_quarter_of_an_hour(client, people, settings):
    settings.SIGN_IN_FAILURES_PER_ADDRESS = 5
    for number in range(6):
        sign_in(client, f"nobody{number}")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert sign_in(client, "finance", factories.PASSWORD).status_code == 302


def test_right_passwords_are_never_counted(client, people, settings):
    settings.SIGN_IN_FAILURES_PER_ADDRESS = 5
    for _ in range(8):
        assert take_token(client, password=factories.PASSWORD).status_code == 201


def test_a_name_nobody_has_is_locked_like_one_somebody_has(client, people):
    for door in (sign_in, take_token):
        name = f"nobody-{door.__name__}"
        for _ in range(MAX_ATTEMPTS - 1):
            assert door(client, name).status_code in {401, 422}
        for _ in range(2):
            locked = door(client, name)
            assert locked.status_code == 429
            assert "账号已锁定" in locked.content.decode()
        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            assert door(client, name).status_code in {401, 422}
    assert not Tally.objects.filter(key__contains="nobody").exists()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "6.6.6.6", "10.0.0.1"),
        (1, "6.6.6.6", "6.6.6.6"),
        (1, "1.2.3.4, 6.6.6.6", "6.6.6.6"),
        (2, "1.2.3.4, 6.6.6.6, 10.0.0.2", "6.6.6.6"),
        (2, "6.6.6.6", "10.0.0.1"),
        (1, "", ""),
        (1, "nonsense", ""),
        (1, "::ffff:6.6.6.6", "6.6.6.6"),
    ],
)
def test_an_address_is_believed_only_as_far_as_our_own_proxies_saw_it(settings, proxies, forwarded, seen):
    settings.PROXIES = proxies
    assert address_of({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}) == seen


def test_an_ipv6_caller_is_counted_by_his_network():
    assert network_of("2001:db8:1:2:aaaa::1") == network_of("2001:db8:1:2:bbbb::2")
    assert network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")


def test_searching_too_often_waits_a_minute_on_every_door(client, people, settings):
    settings.SEARCHES_PER_MINUTE = 4
    client.force_login(people.casemgr)
    asks = ("/search/?q=a", "/leads/?q=a", "/choose/units/?q=a")
    for path in asks:
        assert client.get(path).status_code == 200
    assert machine(people.casemgr).get(f"{API}leads/?q=a").status_code == 200
    for path in asks:
        answer = client.get(path)
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) <= 60
        assert "请等一分钟再试" in answer.content.decode()
    assert_refusal(machine(people.casemgr).get(f"{API}leads/ledger.csv?q=a"), 429)
    for path in ("/leads/", "/leads/?q=", "/"):
        assert client.get(path).status_code == 200
    client.force_login(people.leader)
    assert client.get(asks[0]).status_code == 200


def test_an_account_writes_two_ledgers_at_once_and_a_third_waits(people):
    asked = {"headers": {"accept-encoding": "gzip"}}  # compressed on the way out, and closed all the same
    first, second, third = (
        machine(people.ledgerclient).get(f"{API}leads/ledger.csv", **asked) for _ in range(3)
    )
    assert (first.status_code, second.status_code) == (200, 200)
    assert_refusal(third, 429)
    assert int(third.headers["Retry-After"]) > 0
    assert machine(people.casemgr).get(f"{API}leads/ledger.csv").status_code == 200
    assert first.getvalue()
    assert machine(people.ledgerclient).get(f"{API}leads/ledger.ndjson").status_code == 200


def test_the_place_of_a_ledger_whose_process_was_killed_is_free_after_a_while(people):
    for _ in range(2):
        machine(people.ledgerclient).get(f"{API}leads/ledger.csv")
    with time_machine.travel(timezone.now() + timedelta(seconds=limits.EXPORT_LEASE + 1)):
        assert machine(people.ledgerclient).get(f"{API}leads/ledger.csv").status_code == 200


def test_a_ledger_closed_late_does_not_free_anothers_place(people):
    late = machine(people.ledgerclient).get(f"{API}leads/ledger.csv")
    with time_machine.travel(timezone.now() + timedelta(seconds=limits.EXPORT_LEASE + 1)):
        for _ in range(2):
            machine(people.ledgerclient).get(f"{API}leads/ledger.csv")
        assert late.getvalue()
        assert_refusal(machine(people.ledgerclient).get(f"{API}leads/ledger.csv"), 429)


def test_ended_counters_are_thrown_away_at_night(client, people):
    sign_in(client)
    assert tidying.tidy()["tallies"] == 0
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert tidying.tidy()["tallies"] >= 1


@pytest.mark.django_db(transaction=True)
def test_counts_at_the_same_moment_are_all_counted():
    numbers, start = [], threading.Barrier(6)

    def ask():
        start.wait()
        numbers.extend([limits.count("race", 60)[0] for _ in range(5)])
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 31))
