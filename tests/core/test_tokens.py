"""Tokens: taken with a password, kept as a digest, ended by time, by hand and by a new password."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from povertyaudit.core import accounts, tidying, tokens
from povertyaudit.core.models import ApiToken, AuditEntry
from tests.factories import PASSWORD

TOKENS, REGIONS = "/api/v1/tokens/", "/api/v1/regions/"


def take(username="casemgr", password=PASSWORD):
    return APIClient().post(TOKENS, {"username": username, "password": password}, format="json")


def call(token):
    return APIClient().get(REGIONS, HTTP_AUTHORIZATION=f"Bearer {token}").status_code


def test_a_password_buys_a_token_that_works(people):
    answer = take()
    assert answer.status_code == 201
    assert set(answer.json()) == {"token", "expires_at"}
    assert call(answer.json()["token"]) == 200
    assert AuditEntry.objects.filter(verb="account.token").count() == 1


def test_the_database_holds_no_token(people):
    token = take().json()["token"]
    row = ApiToken.objects.get()
    assert token not in (row.digest, row.stamp)
    assert token not in repr(vars(row))


@pytest.mark.parametrize(("username", "password"), [("casemgr", "wrong"), ("nobody", PASSWORD)])
def test_wrong_names_and_wrong_passwords_get_the_same_answer(people, username, password):
    answer = take(username, password)
    assert answer.status_code == 401
    assert answer.json()["message"] == accounts.WRONG


def test_after_five_wrong_passwords_the_account_is_locked_and_says_for_how_long(people):
    for _ in range(accounts.MAX_ATTEMPTS):
        answer = take(password="wrong")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= accounts.LOCK_FOR.total_seconds()
    assert take().status_code == 429


def test_a_token_ends_by_itself(people):
    token = take().json()["token"]
    with time_machine.travel(timezone.now() + timedelta(hours=tokens.DEFAULT_HOURS, minutes=1)):
        assert call(token) == 401
        assert tidying.tidy()["tokens"] == 1


def test_a_token_is_ended_by_hand(people):
    token = take().json()["token"]
    ended = APIClient().delete(f"{TOKENS}current/", HTTP_AUTHORIZATION=f"Bearer {token}")
    assert ended.status_code == 204
    assert call(token) == 401


def test_a_new_password_ends_every_token(people):
    token = take().json()["token"]
    accounts.change_password(people.casemgr, PASSWORD, "全新的口令-2027-qh")
    assert call(token) == 401


def test_a_closed_account_ends_every_token(people):
    token = take().json()["token"]
    people.casemgr.is_active = False
    people.casemgr.save()
    assert call(token) == 401


def test_who_must_change_the_first_password_gets_no_token(people):
    people.casemgr.must_change_password = True
    people.casemgr.save()
    answer = take()
    assert answer.status_code == 403
    assert ApiToken.objects.count() == 0


def test_who_must_change_the_first_password_does_nothing_with_a_session_either(people, client):
    people.casemgr.must_change_password = True
    people.casemgr.save()
    client.force_login(people.casemgr)
    assert client.get(REGIONS).status_code == 403


def test_a_password_set_without_the_service_ends_every_token_too(people):
    token = take().json()["token"]
    people.casemgr.set_password("全新的口令-2027-qh")
    people.casemgr.save()
    assert call(token) == 401
