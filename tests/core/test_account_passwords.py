"""账号管理: passwords and locks. Set anew by one officer, for an officer with a second's consent; told and recorded."""

import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone

from povertyaudit.core import accounts, administering
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import AuditEntry, AuditValue, Notification, PasswordReset
from tests import factories
from tests.core.test_accounts import another, fresh, sign_in
from tests.core.test_sign_ins import works
from tests.core.test_tokens import call, take

pytestmark = pytest.mark.django_db


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
