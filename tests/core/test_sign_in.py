"""Signing in at the page: lock-out, the way back, the first password, one's own sessions."""

import pytest

from povertyaudit.core.accounts import MAX_ATTEMPTS
from povertyaudit.core.models import AuditEntry
from tests import factories

PASSWORD = factories.PASSWORD
NEW = "柳溪河畔 walk 2026"


def sign_in(client, username="finance", password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def test_everything_leads_to_the_sign_in_page_and_back(client, people):
    answer = client.get("/misuses/?q=低保")
    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/?next=/misuses/")
    page = client.get(answer.url)
    assert "请登录后继续" in page.content.decode()
    assert sign_in(client, next="/misuses/?state=open").url == "/misuses/?state=open"


@pytest.mark.parametrize(
    "there", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "/sign-in/", "misuses", "\x00"]
)  # fmt: skip
def test_the_way_back_never_leaves_this_site(client, people, there):
    assert sign_in(client, next=there).url == "/"


def test_a_wrong_password_says_no_more_than_it_must(client, people):
    wrong = sign_in(client, password="wrong")
    unknown = sign_in(client, username="nobody", password="wrong")
    assert wrong.status_code == unknown.status_code == 422
    assert "账号或密码不正确" in wrong.content.decode()
    assert "账号或密码不正确" in unknown.content.decode()
    assert "wrong" not in wrong.content.decode()


def test_after_five_wrong_passwords_the_right_one_must_wait(client, people):
    for _ in range(MAX_ATTEMPTS):
        answer = sign_in(client, password="wrong")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 60
    locked = sign_in(client)
    assert locked.status_code == 429
    assert "分钟后再试" in locked.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("username", "password"),
    [("", ""), ("finance", ""), ("", PASSWORD), ("a\x00b", "x"), ("a" * 5000, "x"), ("finance", "x" * 5000), ("😀", "😀")],
)  # fmt: skip
def test_odd_input_is_answered_with_the_page(client, people, username, password):
    answer = sign_in(client, username=username, password=password)
    assert answer.status_code in {400, 422}
    assert "登录" in answer.content.decode()


def test_full_width_user_names_are_folded(client, people):
    assert sign_in(client, username="ｆｉｎａｎｃｅ").status_code == 302


def test_a_first_password_is_changed_before_anything_else(client, people):
    people.finance.must_change_password = True
    people.finance.save()
    assert sign_in(client).url == "/account/password/"
    for page in ("/", "/misuses/", "/misuses/new/", "/notifications/"):
        assert client.get(page).url == "/account/password/"
    assert "初始密码" in client.get("/account/password/").content.decode()
    done = client.post("/account/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert done.url == "/"
    assert client.get("/misuses/").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("wrong", NEW, NEW, "原密码不正确"),
        (PASSWORD, NEW, NEW + "1", "不一致"),
        (PASSWORD, "12345678901", "12345678901", "。"),
        (PASSWORD, PASSWORD, PASSWORD, "不能与原密码相同"),
        ("", "", "", "请输入密码"),
    ],
)
def test_a_bad_new_password_is_refused_at_its_field(client, people, old, new, again, sentence):
    sign_in(client)
    answer = client.post("/account/password/", {"old": old, "new": new, "again": again})
    assert answer.status_code in {400, 422}
    assert sentence in answer.content.decode()
    assert new == "" or f'value="{new}"' not in answer.content.decode()


def test_signing_out_needs_a_post_and_leaves_an_entry(client, people):
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").url == "/sign-in/"
    assert client.get("/").status_code == 302
    assert AuditEntry.objects.filter(verb="account.sign_out").count() == 1


def test_other_sessions_are_ended_from_the_account_page(client, people, django_user_model):
    from django.test import Client

    other = Client()
    sign_in(client)
    sign_in(other)
    assert "现在有 2 处登录" in client.get("/account/").content.decode()
    client.post("/account/end-other-sessions/")
    assert other.get("/").status_code == 302
    assert client.get("/").status_code == 200


def test_the_sign_in_page_is_never_kept_by_a_cache(client, db):
    assert "no-store" in client.get("/sign-in/").headers["Cache-Control"]


def test_who_is_signed_in_already_goes_on(client, people):
    sign_in(client)
    assert client.get("/sign-in/?next=/misuses/").url == "/misuses/"


def test_a_form_without_its_token_gets_a_page_that_says_what_to_do(people):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    answer = sign_in(strict)
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()
