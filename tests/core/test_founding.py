"""An empty installation: one command gives it a county and three officers, once."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from povertyaudit.core import accounts
from povertyaudit.core.models import AuditEntry, Post, Region, Role, Unit, UnitKind, User
from povertyaudit.core.models.roles import PLACES
from povertyaudit.core.verify import verify
from tests import factories

pytestmark = pytest.mark.django_db
NAMES = ("岚陵省", "澜汀市", "青禾县")
OFFICERS = {"sysadmin": "沈砚秋", "secadmin": "陆知远", "auditor": "顾墨川"}


@pytest.fixture(autouse=True)
def nobody(db):
    factories.empty()


def found(code="990101", names=NAMES, **officers):
    out = StringIO()
    people = {**OFFICERS, **officers}
    call_command("init_county", code, *names, stdout=out, **people)
    return out.getvalue()


def test_three_officers_may_sign_in_and_must_change_their_passwords():
    passwords = dict(re.findall(r"(sysadmin|secadmin|auditor)  (\S{19})", found()))
    for username, password in passwords.items():
        user = accounts.sign_in(username, password)
        assert user.must_change_password
        assert user.display_name == OFFICERS[username]
    assert {post.role for post in Post.objects.all()} == {Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR}
    assert len({user.person_id for user in User._base_manager.all()}) == len(passwords) == 3


def test_the_county_lies_in_its_city_and_province():
    found("990101000000")
    county = Region.objects.get(code="990101000000")
    assert (county.name, county.parent.name, county.parent.parent.name) == NAMES[::-1]
    assert Unit.objects.get(name="信访室").parent.name == "县纪委监委"


def test_every_post_of_the_county_itself_has_a_unit_to_be_held_in():
    found()
    for role, (kinds, letters) in PLACES.items():
        if UnitKind.DEPARTMENT not in kinds:
            assert Unit.objects.filter(kind__in=kinds, office_code__startswith=letters).exists(), role


def test_the_officers_look_after_each_others_accounts():
    found()
    sysadmin = User.objects.get(username="sysadmin")
    assert User.administered.visible_to(sysadmin).count() == 3


def test_regions_loaded_before_keep_their_names():
    Region.objects.create(code="990000000000", name="岚陵", path_name="岚陵", level=1)
    found()
    assert Region.objects.get(code="990000000000").name == "岚陵"


def test_the_record_says_that_it_happened_and_holds_no_password():
    told = found()
    entries = list(AuditEntry.objects.order_by("id"))
    assert [entry.verb for entry in entries] == ["account.create"] * 3 + ["county.found"]
    for password in re.findall(r"  (\S{19})\n", told):
        assert not any(password in str(entry.changes) for entry in entries)
    assert verify().broken == []


def test_a_second_time_is_refused():
    found()
    with pytest.raises(CommandError, match="已有账号"):
        found()
    assert User._base_manager.count() == 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "9901"}, "区划代码"),
        ({"code": "990100"}, "区划代码"),
        ({"code": "９９０１０１"}, "区划代码"),
        ({"names": ("岚陵省", " ", "青禾县")}, "省、市、县"),
        ({"auditor": "沈砚秋"}, "三个人"),
        ({"auditor": " "}, "三人的姓名"),
    ],
)
def test_bad_input_is_told_and_leaves_nothing(changes, sentence):
    with pytest.raises(CommandError, match=sentence):
        found(**changes)
    assert not User._base_manager.exists()
    assert not Region.objects.exists()
