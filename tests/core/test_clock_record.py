"""Rules, notices and scans leave a record that verifies."""

import pytest
from django.db import connection

from povertyaudit.core import clock_rules, holiday_notice, moment, remind
from povertyaudit.core.models import ClockRule
from povertyaudit.core.verify import verify
from tests import factories
from tests.core.test_calendars import notice
from tests.factories import QINGHE

pytestmark = pytest.mark.django_db


def test_what_the_clocks_write_verifies_and_a_changed_rule_is_named():
    people = factories.cast()
    general = clock_rules.rule_for("lead.verify", QINGHE, moment.today())
    rule = clock_rules.propose(
        general, by=people.casemgr, region=people.casemgr.home.region, valid_from=moment.today(), amount=2
    )
    clock_rules.confirm(rule, by=people.secadmin)
    holiday_notice.load(notice(), by=people.sysadmin)
    holiday_notice.load(notice(days=range(5, 15)), by=None)
    remind.scan(moment.today())
    remind.scan(moment.today())
    assert verify().broken == []
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {ClockRule._meta.db_table} SET amount = 9 WHERE id = %s", [rule.pk])
    assert "期限规则" in "".join(verify().broken)


def test_a_reference_rule_changed_behind_the_programs_back_is_named():
    ClockRule.objects.filter(code="lead.propose", valid_from="2019-01-01").update(amount=30)
    assert verify().broken == ["期限规则被改动：lead.propose 2019-01-01 的“期限”。"]
