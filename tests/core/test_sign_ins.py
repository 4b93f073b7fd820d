"""Where one is signed in: seen and ended by oneself, ended by a new password, a closed account, the end of a term."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from povertyaudit.core import accounts, sessions, tidying
from povertyaudit.core.models import ApiToken, AuditEntry, UserSession
from tests import factories
from tests.core.machines import API, machine
from tests.core.test_tokens import call, take

pytestmark = pytest.mark.django_db
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0"
)


def sign_in(username="finance", agent=WINDOWS):
    client = Client(headers={"User-Agent": agent})
    assert client.post("/sign-in/", {"username": username, "password": factories.PASSWORD}).status_code == 302
    return client


def works(client):
    return client.get("/").status_code == 200


def test_the_account_page_names_each_device_and_marks_this_one(people):
    here = sign_in()
    sign_in(agent=PHONE)
    take("finance")
    page = here.get("/account/").content.decode()
    for words in ("现在有 3 处登录", "Chrome，Windows", "微信，安卓", "127.0.0.1", "接口", "本机"):
        assert words in page
    assert page.count("本机") == 1


def test_one_sign_in_is_ended_and_the_others_go_on(people):
    here, phone = sign_in(), sign_in(agent=PHONE)
    token = take("finance").json()["token"]
    by_kind = {one.device: one.id for one in sessions.opened(people.finance)}
    here.post(f"/account/sessions/{by_kind['微信，安卓']}/end/")
    assert (works(here), works(phone), call(token)) == (True, False, 200)
    here.post(f"/account/sessions/{ApiToken.objects.get().digest}/end/")
    assert (works(here), call(token)) == (True, 401)
    assert AuditEntry.objects.of(people.finance).filter(verb="account.end_session").count() == 2


def test_nobody_ends_a_sign_in_of_somebody_else(people):
    mine, other = sign_in(), sign_in("sector")
    id_ = sessions.opened(people.sector)[0].id
    mine.post(f"/account/sessions/{id_}/end/")
    assert works(other)


def test_ending_the_others_ends_tokens_too(people):
    here, phone = sign_in(), sign_in(agent=PHONE)
    token = take("finance").json()["token"]
    here.post("/account/end-other-sessions/")
    assert (works(here), works(phone), call(token)) == (True, False, 401)


def test_the_database_holds_no_key_that_opens_a_session(people):
    client = sign_in()
    key = client.cookies["sessionid"].value
    assert UserSession.objects.get().session_key != key
    stolen = Client()
    stolen.cookies["sessionid"] = UserSession.objects.get().session_key
    assert not works(stolen)
    assert works(client)


def test_a_new_password_ends_everything_but_this_session(people):
    here, phone = sign_in(), sign_in(agent=PHONE)
    token = take("finance").json()["token"]
    new = "柳溪河畔 walk 2026"
    here.post("/account/password/", {"old": factories.PASSWORD, "new": new, "again": new})
    assert (works(here), works(phone), call(token)) == (True, False, 401)
    assert len(sessions.opened(people.finance)) == 1


def test_signing_out_leaves_no_session_behind(people):
    here = sign_in()
    here.post("/sign-out/")
    assert sessions.opened(people.finance) == []


@pytest.mark.parametrize("close", ["account", "term"])
def test_a_closed_account_and_an_ended_term_end_what_is_open_at_the_next_request(people, close):
    here, token = sign_in(), take("finance").json()["token"]
    if close == "account":
        people.finance.is_active = False
        people.finance.save()
    else:
        people.finance.posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert here.get("/").url.startswith("/sign-in/")
    assert here.get(f"{API}regions/").status_code == 401
    assert call(token) == 401


def test_a_term_ends_overnight(people):
    with time_machine.travel(
        "2026-06-30 15:50:00+00:00", tick=False
    ) as now:  # ten minutes before midnight here
        people.finance.posts.update(ends_on=date(2026, 6, 30))
        here, token = sign_in(), take("finance").json()["token"]
        assert (works(here), call(token)) == (True, 200)
        now.shift(timedelta(minutes=11))
        assert (works(here), call(token)) == (False, 401)


def test_a_token_shows_when_it_was_last_used(people):
    token = take("finance").json()["token"]
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert call(token) == 200
        seen = sessions.opened(people.finance)[0]
        assert seen.seen - seen.since >= timedelta(hours=2)


def test_clicks_within_a_minute_write_nothing_and_a_later_one_starts_the_half_hour_anew(people):
    def look():
        with CaptureQueriesContext(connection) as asked:
            status = here.get("/choose/regions/?q=柳溪").status_code
        return status, any("UPDATE" in q["sql"] and "core_usersession" in q["sql"] for q in asked)

    with time_machine.travel("2026-06-30 02:00:00+00:00", tick=False) as now:
        here = sign_in()
        now.shift(timedelta(seconds=55))
        assert look() == (200, False)
        now.shift(timedelta(minutes=28))  # half an hour from the last one that was written
        assert look() == (200, True)
        now.shift(timedelta(minutes=29))
        assert look() == (200, True)
        now.shift(timedelta(minutes=30))
        assert look()[0] == 302


def test_sessions_that_ran_out_are_swept(people):
    sign_in()
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert sessions.opened(people.finance) == []
        assert tidying.tidy()["sessions"] == 1


@pytest.mark.parametrize(
    "address",
    [
        "/choose/regions/?q=柳溪",
        "/notifications/read-all/",
        "/account/end-other-sessions/",
        "/attachments/abc/",
    ],
)
def test_with_a_password_somebody_else_set_no_other_address_answers(people, address):
    people.finance.must_change_password = True
    people.finance.save()
    here = sign_in()
    for answer in (here.get(address), here.post(address)):
        assert (answer.status_code, answer.url) == (302, "/account/password/")


def test_the_api_says_where_a_first_password_is_changed(people):
    caller = machine(people.finance)
    people.finance.must_change_password = True
    people.finance.save()
    for answer in (take("finance"), caller.get(f"{API}misuses/")):
        assert answer.status_code == 403
        assert "/account/password/" in answer.json()["message"]
    assert accounts.CHANGE_FIRST.endswith("。")


def test_unknown_devices_get_a_word_too():
    assert sessions.device_of("") == "其他程序"
    assert sessions.device_of("curl/8.5") == "curl"
