"""账号管理: posts. Granted where a role belongs, never to oneself nor beside an officer's, moved and ended at once."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from povertyaudit.core import granting
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import AuditEntry, Post, Role, Unit, User
from povertyaudit.core.models.roles import PLACES
from tests import factories
from tests.core.test_accounts import fresh, made, room, sign_in
from tests.core.test_sign_ins import works
from tests.core.test_tokens import call, take

pytestmark = pytest.mark.django_db


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
