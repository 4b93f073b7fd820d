"""账号管理: who may do what to whose account, and what an account is worth without a post."""

import re
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from povertyaudit.core import accounts, administering, granting
from povertyaudit.core.account_flow import ACCOUNT
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import (
    OFFICERS,
    AuditEntry,
    AuditValue,
    Notification,
    PasswordReset,
    Post,
    Role,
    Unit,
    User,
)
from povertyaudit.core.models.roles import PLACES
from tests import factories
from tests.core.test_sign_ins import works
from tests.core.test_tokens import call, take

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


# passwords


def test_a_reset_password_must_be_changed_and_ends_what_was_open(people):
    here, token = sign_in("finance", factories.PASSWORD), take("finance").json()["token"]
    issued = administering.reset_password(people.finance, by=people.sysadmin)
    assert (works(here), call(token)) == (False, 401)
    assert sign_in("finance", factories.PASSWORD).answer.status_code == 422
    assert sign_in("finance", issued.password).answer.url == "/account/password/"
    assert Notification.objects.filter(user=people.finance, text__contains="已由管理员重置").exists()


def test_an_officers_new_password_waits_for_a_second_officer(people, client):
    issued = administering.reset_password(people.auditor, by=people.sysadmin)
    assert sign_in("auditor", issued.password).answer.status_code == 422
    assert works(sign_in("auditor", factories.PASSWORD))
    assert (
        Notification.objects.filter(user=people.secadmin, url=people.auditor.get_absolute_url()).count() == 1
    )
    client.force_login(people.secadmin)
    confirm = f"{people.auditor.get_absolute_url()}confirm-reset/"
    assert people.sysadmin.display_name in client.get(confirm).content.decode()
    client.post(confirm, {})
    assert sign_in("auditor", issued.password).answer.url == "/account/password/"
    assert sign_in("auditor", factories.PASSWORD).answer.status_code == 422
    assert PasswordReset.objects.get().password == ""


def test_the_secadmins_own_reset_needs_another_secadmin(people):
    administering.reset_password(people.secadmin, by=people.sysadmin)
    for by in (people.secadmin, people.sysadmin, people.auditor):
        with pytest.raises(NotAllowed):
            administering.confirm_reset(people.secadmin, by=by)
    administering.confirm_reset(people.secadmin, by=another("secadmin", "secadmin2"))


def test_a_refused_reset_changes_nothing(people):
    administering.reset_password(people.auditor, by=people.sysadmin)
    with pytest.raises(WrongState):
        administering.reset_password(fresh(people.auditor), by=people.sysadmin)
    with pytest.raises(RuleBroken):
        administering.refuse_reset(fresh(people.auditor), by=people.secadmin)
    administering.refuse_reset(fresh(people.auditor), by=people.secadmin, note="本人没有提出")
    assert works(sign_in("auditor", factories.PASSWORD))
    with pytest.raises(WrongState):
        administering.confirm_reset(fresh(people.auditor), by=people.secadmin)


def test_the_database_wants_three_persons_for_a_reset(people):
    a, b = people.auditor, people.sysadmin
    decided = {"state": "confirmed", "decided_at": timezone.now()}
    for one in ({"requester": a.person}, {"requester": b.person, "decider": b.person, **decided},
                {"requester": b.person, "decider": a.person, **decided}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            PasswordReset.objects.create(user=a, target=a.person, **one)


def test_the_servers_own_command_is_recorded_and_told(people, capsys):
    call_command("reset_password", "secadmin")
    password = re.search(r"密码：([a-z0-9-]{19})", capsys.readouterr().out)[1]
    assert sign_in("secadmin", password).answer.url == "/account/password/"
    entry = AuditEntry.objects.of(people.secadmin).get(verb="account.server_reset")
    assert entry.actor is None
    assert Notification.objects.filter(user=people.auditor, kind="account").count() == 1
    with pytest.raises(CommandError, match="没有账号"):
        call_command("reset_password", "nobody")


def test_a_closed_account_is_out_at_once_and_comes_back_by_the_same_officer(people):
    here = sign_in("finance", factories.PASSWORD)
    administering.deactivate(people.finance, by=people.sysadmin, note="借调")
    assert not works(here)
    administering.reactivate(fresh(people.finance), by=people.sysadmin, note="返回")
    assert works(sign_in("finance", factories.PASSWORD))


def test_a_locked_account_is_unlocked_by_the_it_officer(people):
    for _ in range(accounts.MAX_ATTEMPTS):
        sign_in("finance", "wrong")
    assert fresh(people.finance).state == "locked"
    administering.unlock(fresh(people.finance), by=people.sysadmin)
    assert works(sign_in("finance", factories.PASSWORD))


def test_contact_data_enter_the_record_sealed(people):
    administering.amend(people.finance, by=people.sysadmin, phone="0990-77", email="a@example.cn")
    entry = AuditEntry.objects.of(people.finance).get(verb="account.amend")
    assert "0990-77" not in str(entry.changes)
    assert AuditValue.objects.filter(entry=entry, field="phone").exists()


# posts


def test_a_post_is_granted_told_and_recorded(people, client):
    account = made(people).account
    client.force_login(people.secadmin)
    form = {"unit": room("县财政局").public_id, "role": "finance", "ends_on": "2099-12-31"}
    assert client.post(f"{account.get_absolute_url()}grant/", form).status_code == 302
    post = account.posts.get()
    assert (post.granted_by, post.region_id, post.ends_on) == (
        people.secadmin,
        factories.QINGHE,
        date(2099, 12, 31),
    )
    entry = AuditEntry.objects.of(account).get(verb="account.grant")
    assert entry.changes["post"][:2] == ["县财政局", "finance"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SERVICE}))
def test_a_role_is_held_where_it_belongs(people, role):
    account = made(people).account
    kinds, letters = PLACES[role]
    for unit in (unit for unit in Unit.objects.all() if unit.region_id.startswith("990101")):
        fits = unit.kind in kinds and unit.office_code.startswith(letters)
        with transaction.atomic():
            wanted = nullcontext() if fits else pytest.raises(RuleBroken, match="岗位应设在")
            with wanted:
                granting.grant(fresh(account), by=people.secadmin, unit=unit, role=role)
            transaction.set_rollback(True)


def test_unit_and_region_lie_within_the_officers_region(people):
    account = made(people).account
    township, other = Unit.objects.get(name="柳溪镇人民政府"), Unit.objects.get(name="松涛镇人民政府")
    for unit, region, field in ((other, None, "unit"), (township, room("县财政局").region, "region")):
        with pytest.raises(RuleBroken) as refused:
            granting.grant(account, by=people.secadmin, unit=unit, role="liaison", region=region)
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("first", "second"), [("sysadmin", "secadmin"), ("auditor", "petition"), ("petition", "auditor")]
)
@pytest.mark.parametrize("two_accounts", [False, True])
def test_an_officer_holds_no_other_post_even_under_a_second_account(people, first, second, two_accounts):
    places = {"petition": room("信访室")}
    office = room("县纪委监委办公室")
    account = made(people).account
    granting.grant(account, by=people.secadmin, unit=places.get(first, office), role=first)
    other = made(people, "second", same_as=account).account if two_accounts else fresh(account)
    with pytest.raises(RuleBroken) as refused:
        granting.grant(other, by=people.secadmin, unit=places.get(second, office), role=second)
    assert refused.value.code == "grant.apart"
    post = Post(user=other, unit=office, role=second, region_id=factories.QINGHE, starts_on=date(2020, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        post.save()


def test_the_database_lets_nobody_grant_himself_a_post_nor_move_an_account(people):
    twin = User.objects.create_user("twin", person=people.secadmin.person)
    post = Post(user=twin, unit=room("县纪委监委办公室"), role="secadmin", region_id=factories.QINGHE,
                starts_on=date(2020, 1, 1), granted_by=people.secadmin)  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        post.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=twin.pk).update(person=people.finance.person)


def test_after_a_term_somebody_may_become_an_officer(people):
    account = made(people).account
    today = timezone.localdate()
    granting.grant(account, by=people.secadmin, unit=room("信访室"), role="petition", ends_on=today)
    granting.grant(
        fresh(account), by=people.secadmin, unit=room("县纪委监委办公室"), role="auditor", starts_on=today + timedelta(days=1)
    )  # fmt: skip
    with pytest.raises(RuleBroken):
        granting.change_term(fresh(account), by=people.secadmin, post=account.posts.first(), ends_on=None)


def test_an_ended_post_ends_what_is_open_at_once(people):
    here, token = sign_in("finance", factories.PASSWORD), take("finance").json()["token"]
    granting.end_post(people.finance, by=people.secadmin, post=people.finance.posts.get())
    assert (works(here), call(token)) == (False, 401)
    assert sign_in("finance", factories.PASSWORD).answer.status_code == 422
    assert fresh(people.finance).state == "waiting"


def test_a_term_is_moved_and_never_into_the_past(people):
    post = people.finance.posts.get()
    granting.change_term(people.finance, by=people.secadmin, post=post, ends_on=date(2999, 1, 1))
    assert people.finance.posts.get().ends_on == date(2999, 1, 1)
    with pytest.raises(RuleBroken):
        granting.change_term(fresh(people.finance), by=people.secadmin, post=post, ends_on=date(2020, 1, 1))


def test_a_program_gets_no_office_and_a_person_no_program_post(people):
    account = made(people).account
    with pytest.raises(RuleBroken) as refused:
        granting.grant(account, by=people.secadmin, unit=room("县财政局"), role="service")
    assert refused.value.code == "grant.service"


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
