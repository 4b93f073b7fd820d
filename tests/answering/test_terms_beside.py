"""Terms of responsibility where others work: on matters and their accountability, and with whoever leaves."""

from datetime import date, timedelta

import pytest

from cases.models import Lead
from povertyaudit.answering.models import Responsibility
from povertyaudit.core import handing_over, moment
from povertyaudit.core.models import Role
from tests import factories
from tests.answering import makers
from tests.answering.test_terms import text, web
from tests.cases.conftest import Maker
from tests.cases.test_asking import opened as accountability

pytestmark = pytest.mark.django_db


def test_matters_show_who_answered_and_accountability_takes_the_person_over(people):
    makers.every_level(people)
    lead = Maker(people)("dispatched")
    Lead.objects.filter(pk=lead.pk).update(region=factories.VILLAGE, received_on=date(2026, 1, 5))
    desk = web(people.casemgr)
    page = text(desk.get(lead.get_absolute_url()))
    assert "谁负责（2026-01-05）" in page
    assert "吴包村" in page
    assert "郑乡" not in page
    row = accountability(Maker(people), people)
    Lead.objects.filter(pk=row.lead_id).update(region=factories.VILLAGE, received_on=date(2026, 1, 5))
    term = Responsibility.objects.get(name="李镇")
    choose = f"{row.get_absolute_url()}add_responsible/?term={term.public_id}"
    assert choose in text(desk.get(row.get_absolute_url()))
    form = text(desk.get(choose))
    assert 'value="李镇"' in form
    assert "柳溪镇党委主要负责人" in form
    assert 'value="李镇"' not in text(web(people.casemgr).get(choose[:-3] + "zzz"))
    assert "谁负责" in text(desk.get(f"/regions/{factories.VILLAGE}/"))


def test_who_leaves_hands_his_terms_over(people):
    colleague = factories.user(
        Role.LIAISON, unit=factories.unit("柳溪镇人民政府", region=factories.TOWN), region=factories.TOWN
    )
    unit = people.official.home.unit
    row = makers.term(
        people, "vice_head", factories.TOWN, "", user=people.official, home_unit=unit, post_title="副镇长"
    )
    assert row.called == people.official.display_name
    done = handing_over.hand_over(people.official, by=people.secadmin, successor=colleague, note="调离")
    assert done.handed[colleague]["责任人任职"] == 1
    row.refresh_from_db()
    assert (row.state, row.ends_on, row.successor.user) == ("ended", moment.today(), colleague)
    assert row.successor.starts_on == moment.today() + timedelta(days=1)


def test_who_answers_opens_with_ones_own_place_and_today(people):
    makers.every_level(people)
    official = web(people.official)
    own = official.get(f"/responsible/?region={factories.TOWN}").content.decode()
    shown = official.get("/responsible/").content.decode()
    assert "李镇" in shown
    assert shown.count("<tr") == own.count("<tr")
