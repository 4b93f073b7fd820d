"""支出进度: figures against time, every one opens exactly its rows; money that lies still is found."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funds import progress
from funds.models import Allocation, FundRule, Payment, Project
from povertyaudit.core import moment
from tests import factories
from tests.funds import payment_makers as payments
from tests.funds import project_makers as makers
from tests.funds.project_makers import WAN
from tests.funds.test_doors import web

pytestmark = pytest.mark.django_db
BOARD = "/fund-boards/progress/"


def test_the_board_says_who_is_behind_and_each_figure_opens_its_rows(people, time_machine):
    time_machine.move_to("2026-07-15T09:00:00+08:00")
    row = payments.built(people)
    payments.paid(people, row, 10 * WAN)
    client = web(people.finance)
    with CaptureQueriesContext(connection) as one:
        page = client.get(f"{BOARD}?by=kind").content.decode()
    assert "2026 年项目支出率 12.5 %，序时进度 58.3 %，滞后 45.8 个百分点；最低的是道路桥梁。" in page
    makers.project(people, "approved", place="五组")
    makers.project(people, "stored", place="六组")
    for by in ("town", "kind"):
        page = client.get(f"{BOARD}?by={by}").content.decode()
        links = re.findall(r'<a href="(/projects/\?standing[^"]+)">(\d+)', page)
        assert links
        for url, number in links:
            shown = client.get(url.replace("&amp;", "&")).content.decode()
            assert f"共 {number} 条" in shown or int(number) > 2, (url, number)
    assert "省级" in client.get(f"{BOARD}?by=level").content.decode()
    assert "柳溪镇" in client.get(f"{BOARD}?by=town").content.decode()
    with CaptureQueriesContext(connection) as two:
        client.get(f"{BOARD}?by=kind")
    assert len(two) <= len(one) + 1
    FundRule.objects.filter(code="lag").update(amount="60")
    assert not progress.pace(moment.today()).lags(10 * WAN, 80 * WAN)
    assert web(people.petition).get(BOARD).status_code == 403
    assert "还没有批复的项目" in web(factories.fresh(people.otherofficial)).get(BOARD).content.decode()


def test_money_that_lies_still_is_found_by_its_age(people, time_machine):
    row = payments.built(people)
    paid = payments.paid(people, row, 10 * WAN, to_unit=True)
    source = Allocation.objects.get()
    Allocation.objects.update(amount_fen=90 * WAN)
    client, desk = web(people.finance), "/payments/?tab=stuck"
    assert paid.number not in client.get(desk).content.decode()
    time_machine.move_to(f"{moment.today() + timedelta(days=31)}T09:00:00+08:00")
    client = web(people.finance)
    assert paid.number in client.get(desk).content.decode()
    assert source.number in client.get("/allocations/?tab=idle").content.decode()
    assert (Payment.objects.get().held_days, Project.objects.get().paid_fen) == (31, 10 * WAN)
