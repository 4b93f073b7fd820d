"""A retried POST: one act, the same answer; another body under the same key is refused; secrets are not kept."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from funds.models import Misuse
from povertyaudit.core import once, tidying
from povertyaudit.core.api import idempotency
from povertyaudit.core.models import IdempotencyRecord
from tests import factories
from tests.core.machines import API, NEW_MISUSE, assert_refusal, machine, register

KEY = {"idempotency-key": "7f3c-0001"}


def test_the_same_post_twice_is_one_act_with_one_answer(people):
    first, second = register(people, headers=KEY), register(people, headers=KEY)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["Location"] == second.headers["Location"]
    assert second.headers["Idempotency-Replayed"] == "true"
    assert Misuse.objects.count() == 1


def test_without_a_key_two_posts_are_two_acts(people):
    register(people)
    register(people)
    assert Misuse.objects.count() == 2


def test_another_body_or_address_under_the_same_key_is_refused(people):
    made = register(people, headers=KEY).json()["id"]
    assert_refusal(register(people, headers=KEY, amount_fen=5), 422)
    elsewhere = machine(people.finance).post(
        f"{API}misuses/{made}/record_recovery/", NEW_MISUSE, format="json", headers=KEY
    )
    assert_refusal(elsewhere, 422)
    assert Misuse.objects.count() == 1


def test_a_key_where_nothing_is_posted_is_refused_like_any_post(people):
    assert_refusal(machine(people.casemgr).post(f"{API}regions/", {}, format="json", headers=KEY), 405)


def test_a_key_is_ones_own(people):
    register(people, headers=KEY)
    other = machine(people.inspector1).post(f"{API}misuses/", NEW_MISUSE, format="json", headers=KEY)
    assert other.status_code == 201
    assert Misuse.objects.count() == 2
    again = machine(people.inspector1).post(f"{API}misuses/", NEW_MISUSE, format="json", headers=KEY)
    assert again.json()["id"] == other.json()["id"]


def test_a_refused_post_may_be_sent_again(people):
    assert_refusal(register(people, headers=KEY, title=""), 400)
    assert_refusal(register(people, headers=KEY, found_on="2090-01-01"), 422)
    assert register(people, headers=KEY).status_code == 201


@pytest.mark.parametrize("key", [" ", "有中文".encode().decode("latin-1"), "a" * 201, "a b"])
def test_a_malformed_key_is_refused(people, key):
    assert_refusal(register(people, headers={"idempotency-key": key}), 400)


def test_a_key_is_forgotten_after_a_day(people):
    register(people, headers=KEY)
    with time_machine.travel(timezone.now() + idempotency.KEPT_FOR + timedelta(minutes=1)):
        assert register(people, headers=KEY).status_code == 201
        assert Misuse.objects.count() == 2
        assert tidying.tidy()["answers"] == 0
    with time_machine.travel(timezone.now() + 3 * idempotency.KEPT_FOR):
        assert tidying.tidy()["answers"] == 1


def test_identities_are_struck_from_a_kept_answer_and_bodies_are_not_kept_at_all(people):
    register(people, headers=KEY, description="秘密内容")
    kept = IdempotencyRecord.objects.get()
    assert "description" in kept.answer
    assert idempotency._struck({"id": "x", "identity": {"name": "王"}}) == {"id": "x"}
    assert idempotency._struck({"identity": {"name": "王"}, "rows": [{"name": "王", "phone": "1"}]}) == {
        "rows": [{}]
    }
    assert idempotency._kept_answer({"id": "x", "complainant": {"name": "王"}}) == {"id": "x"}
    assert NEW_MISUSE["title"] not in kept.body_digest
    assert len(kept.body_digest) == 64


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_the_same_moment_are_one_act():
    people = factories.cast()
    start, answers = threading.Barrier(4), []

    def post():
        try:
            client = machine(people.finance)
            start.wait()
            answers.append(client.post(f"{API}misuses/", NEW_MISUSE, format="json", headers=KEY))
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Misuse.objects.count() == 1


def test_a_refusal_that_is_answered_and_not_raised_is_not_kept_either(people):
    request = Request(APIRequestFactory().post("/x/", {}, format="json", headers=KEY), parsers=[JSONParser()])
    request.user = people.finance
    assert idempotency.once(request, lambda: Response({}, status=409)).status_code == 409
    assert IdempotencyRecord.objects.count() == 0


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_post_whose_twin_is_still_at_work_is_told_when_to_come_again(monkeypatch):
    monkeypatch.setattr(idempotency._wait_no_longer, "__defaults__", ("300ms",))
    people = factories.cast()
    holds, leave = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                IdempotencyRecord.objects.create(
                    user=people.finance,
                    key=KEY["idempotency-key"],
                    path="/",
                    body_digest="",
                    expires_at=timezone.now(),
                )
                holds.set()
                leave.wait(10)
                transaction.set_rollback(True)
        finally:
            connection.close()

    twin = threading.Thread(target=slow)
    twin.start()
    holds.wait(10)
    answer = register(people, headers=KEY)
    leave.set()
    twin.join()
    assert_refusal(answer, 409)
    assert answer.json()["code"] == "idempotency.in_flight"
    assert int(answer.headers["Retry-After"]) > 0
    assert register(people, headers=KEY).status_code == 201


def test_a_very_long_answer_is_kept_by_its_marks_alone():
    kept = idempotency._kept_answer({"id": "x", "version": 3, "text": "长" * 200_000})
    assert kept == {"id": "x", "version": 3}
    assert idempotency._kept_answer({"id": "x", "text": "短"}) == {"id": "x", "text": "短"}


def test_a_forms_token_counts_for_that_form_alone(people, client, rf):
    def press(path):
        request = rf.post(path, {"once": "token-1"})
        request.user = people.finance
        return once.carry_out(request, lambda: f"{path}done/")

    assert press("/a/") == press("/a/") == "/a/done/"
    assert press("/b/") == "/b/done/"
