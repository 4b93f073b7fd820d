"""账号管理: who may do what to whose account, what an account is worth without a post, and what is seen of it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from povertyaudit.core import administering, granting
from povertyaudit.core.account_flow import ACCOUNT
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken
from povertyaudit.core.models import OFFICERS, PasswordReset, Post, Role, Unit, User
from tests import factories
from tests.core.test_tokens import take

pytestmark = pytest.mark.django_db
NEW = "柳溪河畔 walk 2026"
TECHNICAL = {"amend", "unlock", "reset_password", "end_sessions", "deactivate", "reactivate"}
RIGHTS = {"confirm_reset", "refuse_reset", "grant", "change_term", "end_post", "hand_over"}
EVERYBODY = [name for name, *_ in factories.PEOPLE]


def fresh(account):
    return factories.fresh(account)


def room(name):
    return Unit.objects.get(name=name, region_id=factories.QINGHE)


def made(people, username="newcomer", **more):
    return administering.create_account(by=people.sysadmin, username=username, name="温砚秋", **more)


def another(role, username):
    return factories.user(role, unit=room("县纪委监委办公室"), username=username)


def sign_in(username, password):
    client = Client()
    client.answer = client.post("/sign-in/", {"username": username, "password": password})
    return client


# the table


def state_of(people, account, verb):
    """Bring the account into a state in which the verb could be offered."""
    if verb == "unlock":
        User.objects.filter(pk=account.pk).update(locked_until=timezone.now() + timedelta(minutes=5))
    if verb == "reactivate":
        User.objects.filter(pk=account.pk).update(is_active=False)
    if verb in {"confirm_reset", "refuse_reset"}:
        asker = another("sysadmin", "sysadmin9")
        PasswordReset.objects.create(
            user=account, target=account.person, requester=asker.person, password="x"
        )
    return fresh(account)


@pytest.mark.parametrize("verb", sorted(TECHNICAL | RIGHTS))
def test_each_verb_is_one_officers_and_nobody_elses(people, verb):
    account = state_of(people, people.finance, verb)
    who = {
        name for name in EVERYBODY if ACCOUNT.transitions[verb].offered(account, fresh(getattr(people, name)))
    }
    assert who == ({"sysadmin"} if verb in TECHNICAL else {"secadmin"})


def test_the_table_has_no_other_verbs():
    assert set(ACCOUNT.transitions) == TECHNICAL | RIGHTS
    assert all(Role.AUDITOR not in step.roles for step in ACCOUNT.transitions.values())


@pytest.mark.parametrize("verb", sorted(TECHNICAL | RIGHTS))
def test_nobody_acts_on_an_account_of_his_own_person(people, verb):
    officer = people.sysadmin if verb in TECHNICAL else people.secadmin
    for account in (officer, factories.user("sector", unit=room("县农业农村局"), username="twin")):
        if account is not officer:
            Post.objects.filter(user=account).delete()
            account = User.objects.create_user("twin2", person=officer.person, region_id=factories.QINGHE)
        row = state_of(people, account, verb) if verb not in {"confirm_reset", "refuse_reset"} else account
        with pytest.raises(NotAllowed):
            ACCOUNT.transitions[verb].check_person(row, fresh(officer))


@pytest.mark.parametrize("verb", sorted(TECHNICAL | RIGHTS))
def test_accounts_of_another_county_are_not_there(people, verb, client):
    for name in ("sysadmin", "secadmin"):
        client.force_login(getattr(people, name))
        assert client.get(f"/accounts/{people.neighbour.public_id}/{verb}/").status_code == 404
        assert client.post(f"/accounts/{people.neighbour.public_id}/{verb}/").status_code == 404
        with pytest.raises(NotAllowed):
            ACCOUNT.transitions[verb].check_person(people.neighbour, getattr(people, name))


@pytest.mark.parametrize("name", [n for n in EVERYBODY if n not in {"sysadmin", "secadmin"}])
def test_nobody_else_sees_an_account(people, client, name):
    client.force_login(getattr(people, name))
    assert client.get("/accounts/").status_code == 403
    assert client.get(f"/accounts/{people.finance.public_id}/").status_code == 404


# a new account


def test_a_new_account_can_do_nothing_until_a_post_is_granted(people, client):
    client.force_login(people.sysadmin)
    answer = client.post("/accounts/new/", {"name": "温砚秋", "phone": "0990-5123", "username": "Newcomer"})
    password = re.search(r"<code>([a-z0-9-]{19})</code>", answer.content.decode())[1]
    assert "no-store" in answer.headers["Cache-Control"]
    account = User.objects.get(username="newcomer")
    assert sign_in("newcomer", password).answer.status_code == 422
    granting.grant(account, by=people.secadmin, unit=room("县财政局"), role="finance")
    here = sign_in("newcomer", password)
    assert here.answer.url == "/account/password/"
    assert here.get("/misuses/").url == "/account/password/"
    assert take("newcomer", password).status_code == 403
    here.post("/account/password/", {"old": password, "new": NEW, "again": NEW})
    assert here.get("/misuses/").status_code == 200


def test_the_one_time_password_stands_nowhere(people, client):
    client.force_login(people.sysadmin)
    page = client.post("/accounts/new/", {"name": "温砚秋", "username": "newcomer"}).content.decode()
    password = re.search(r"<code>([a-z0-9-]{19})</code>", page)[1]
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            assert password not in repr(cursor.fetchall()), table
    account = User.objects.get(username="newcomer")
    assert password not in client.get(account.get_absolute_url()).content.decode()


def test_the_form_sent_twice_shows_the_password_once(people, client):
    client.force_login(people.sysadmin)
    form = {"name": "温砚秋", "username": "newcomer", "once": "abc"}
    assert "一次性密码" in client.post("/accounts/new/", form).content.decode()
    assert client.post("/accounts/new/", form).url.startswith("/accounts/")
    assert User.objects.filter(username="newcomer").count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [({"username": "啊"}, "username"), ({"username": "ab"}, "username"), ({"username": "FINANCE"}, "username"),
     ({"name": " "}, "name")],
)  # fmt: skip
def test_a_bad_new_account_is_refused_at_its_field(people, change, field):
    with pytest.raises(RuleBroken) as refused:
        administering.create_account(
            by=people.sysadmin, **{"username": "newcomer", "name": "温砚秋"} | change
        )
    assert refused.value.field == field


def test_a_second_account_of_a_person_is_the_same_person(people):
    account = made(people, same_as=people.finance).account
    assert account.person_id == people.finance.person_id
    with pytest.raises(NotAllowed):
        made(people, "mine", same_as=people.sysadmin)


def test_only_the_it_officer_opens_accounts(people, client):
    for name in EVERYBODY:
        if name != "sysadmin":
            with pytest.raises(NotAllowed):
                administering.create_account(by=getattr(people, name), username="x123", name="温")
    client.force_login(people.secadmin)
    assert client.get("/accounts/new/").status_code == 403


# what is seen


def test_the_auditor_reads_the_acts_without_contents(people, client):
    granting.end_post(
        people.finance, by=people.secadmin, post=people.finance.posts.get(), note="调往外县某处"
    )
    client.post("/sign-in/", {"username": "sector", "password": "wrong"})
    client.force_login(people.auditor)
    page = client.get("/audit/?tab=accounts").content.decode()
    assert "登录失败" not in page
    assert "解除任职" in page
    assert "finance" in page
    assert "调往外县某处" not in page


def test_lists_of_business_stay_empty_for_the_officers(people, client):
    for name in ("sysadmin", "secadmin", "auditor"):
        client.force_login(getattr(people, name))
        for page in ("/leads/", "/items/", "/rounds/", "/findings/", "/misuses/"):
            assert client.get(page).context["lines"] == []


def test_the_list_costs_the_same_for_any_number_of_accounts(people, client):
    client.force_login(people.secadmin)
    costs = []
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/accounts/").status_code == 200
        costs.append(len(asked))
        for more in range(8):
            factories.user("sector", unit=room("县农业农村局"), username=f"more{number}{more}")
    assert costs[0] == costs[1]


def test_every_officer_finds_his_work_on_the_home_page(people, client):
    made(people)
    people.finance.posts.update(ends_on=timezone.localdate() + timedelta(days=9))
    administering.reset_password(people.auditor, by=people.sysadmin)
    User.objects.filter(pk=people.sector.pk).update(locked_until=timezone.now())
    client.force_login(people.secadmin)
    page = client.get("/").content.decode()
    for words in (
        "待授予任职的账号",
        "newcomer",
        "即将到期的任职",
        "finance",
        "还剩 9 天",
        "待确认的密码重置",
    ):
        assert words in page
    client.force_login(people.sysadmin)
    assert "连续输错密码的账号" in client.get("/").content.decode()


def test_every_page_of_an_account_opens_for_its_officer(people, client):
    for name, verbs in (("sysadmin", TECHNICAL), ("secadmin", RIGHTS)):
        client.force_login(getattr(people, name))
        assert "县财政局" in client.get(people.finance.get_absolute_url()).content.decode()
        for verb in verbs - {"unlock", "reactivate", "confirm_reset", "refuse_reset"}:
            assert client.get(f"{people.finance.get_absolute_url()}{verb}/").status_code == 200, verb


def test_a_stale_form_is_told_so_and_shows_no_hash(people):
    administering.amend(people.finance, by=people.sysadmin, phone="1", expected_version=1)
    with pytest.raises(DomainError) as stale:
        administering.amend(people.finance, by=people.sysadmin, phone="2", expected_version=1)
    assert stale.value.status == 412
    assert "password" not in stale.value.current


def test_officers_are_the_three():
    assert {Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR} == OFFICERS
