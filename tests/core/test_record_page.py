"""操作记录: the auditor's page shows who did what to which number and whether the chain holds, never contents."""

from datetime import date

import pytest

from inspections import services as rounds
from povertyaudit.core import sealing
from povertyaudit.core.models import AuditEntry
from tests import factories
from tests.core.test_record import by_sql, misuse

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client, people):
    client.force_login(people.auditor)
    return client


def test_the_auditor_reads_acts_without_contents(people, auditor):
    row = misuse(people.finance)
    sealing.seal()
    page = auditor.get("/audit/").content.decode()
    assert row.number in page
    assert people.finance.display_name in page
    assert "完好" in page
    for secret in ("饮水工程款", "借给镇里周转", "年度检查发现"):
        assert secret not in page


def test_an_entry_changed_by_sql_is_marked(people, auditor):
    misuse(people.finance)
    by_sql("UPDATE core_auditentry SET actor_name = '别人' WHERE target_label = 'funds.misuse'")
    assert "被改动" in auditor.get("/audit/").content.decode()


def test_another_countys_acts_are_not_on_the_page(people, client):
    row = misuse(people.finance)
    stranger = factories.user(
        "auditor", unit=factories.unit("云屏县办公室", region=factories.YUNPING), region=factories.YUNPING
    )
    client.force_login(stranger)
    assert row.number not in client.get("/audit/").content.decode()


def test_looks_at_identities_and_failed_sign_ins_stand_in_their_own_tab(people, auditor, client):
    client.post("/sign-in/", {"username": "petition", "password": "wrong"})
    auditor.force_login(people.auditor)
    page = auditor.get("/audit/?tab=notable").content.decode()
    assert "登录失败" in page
    assert "需要留意的操作" in auditor.get("/").content.decode()


@pytest.mark.parametrize("name", ["casemgr", "sysadmin", "secadmin", "secretary"])
def test_nobody_else_opens_it(people, client, name):
    client.force_login(getattr(people, name))
    assert client.get("/audit/").status_code == 403


def test_the_page_costs_the_same_for_one_entry_and_for_ten(people, auditor, django_assert_max_num_queries):
    for _ in range(10):
        misuse(people.finance)
    auditor.get("/audit/")
    with django_assert_max_num_queries(16):
        auditor.get("/audit/")


def test_the_acts_of_a_plan_still_secret_are_not_even_counted(people, auditor):
    plan = rounds.open_round(
        by=people.patroloffice, name="机动巡察（不打招呼）", region=factories.places()[factories.QINGHE],
        starts_on=date(2026, 3, 2), ends_on=date(2026, 4, 2), approved_by=people.secretary, secret=True,
    )  # fmt: skip
    entry = AuditEntry.objects.of(plan).get()
    assert "机动" not in entry.target_number
    assert "县委巡察办" not in auditor.get("/audit/").content.decode()
    assert AuditEntry.objects.visible_to(people.patroloffice).of(plan).exists()
