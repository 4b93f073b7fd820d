"""考核: who may not, what is refused, what is taken away again; and what a list costs."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from povertyaudit.assessment.models import AssessmentScheme, ScoreSheet
from povertyaudit.assessment.services import deciding, ladders, schemes, scoring
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Role
from tests import factories
from tests.assessment import makers as make
from tests.factories import fresh
from tests.rectification.makers import api

pytestmark = pytest.mark.django_db


def test_who_opened_it_does_not_sign_it_in_another_account(cast):
    row = make.scored(cast, make.opened(cast))
    twin = factories.user(
        Role.DEPUTY, unit=cast.leader.current_posts()[0].unit, username="twin", person=cast.casemgr.person
    )
    with pytest.raises(NotAllowed, match="不能是同一个人"):
        deciding.sign(row, by=twin)
    assert deciding.sign(row, by=fresh(cast.leader)).state == "signed"


def test_a_score_sheet_is_filled_in_by_its_office_within_a_hundred(cast):
    row = make.opened(cast)
    card = ScoreSheet.objects.for_list().get(assessment=row)
    one, asked = next(iter(scoring.grid(card).cells()))
    said = {"unit": one.unit, "indicator": asked.code, "points": Decimal(80)}
    stranger = factories.user(Role.SECTOR, unit=cast.town, username="stranger")
    with pytest.raises(NotAllowed, match="由评分单位的人员填写"):
        scoring.score(card, by=stranger, scores=[said])
    with pytest.raises(RuleBroken) as refused:
        scoring.score(card, by=fresh(cast.sector), scores=[said | {"points": Decimal(101)}])
    assert refused.value.field == scoring.cell(one.unit, asked.code)


def test_what_only_townships_have_is_not_counted_of_departments(cast):
    of_towns = {
        "code": "sheets", "name": "村务公开", "weight": 100, "way": "counted", "measure": "village_sheets", "full_at": 0,
        "zero_at": 10,
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="只能用于考核乡镇"):
        schemes.propose(by=fresh(cast.casemgr), **make.said(judged="department", indicators=[of_towns]))


def test_what_was_added_is_taken_away_with_a_reason(cast, client):
    row = make.opened(cast)
    own = make.sheet(row)
    there = f"unit-sheets/{own.public_id}/"
    door = api(client, cast.casemgr)
    assert "withdraw_adjustment" not in door.get(there).json()["actions"]
    added = door.post(f"{there}adjust/", {"kind": "missed", "reason": "减贫任务没有完成"}).json()
    assert (added["task_missed"], len(added["adjustments"])) == (True, 1)
    gone = door.post(f"{there}withdraw_adjustment/", {"adjustment": "1", "note": "登记错误"}).json()
    assert (gone["task_missed"], gone["adjustments"]) == (False, [])
    out = door.post(f"{there}leave_out/", {"note": "新设，不可比"}).json()
    assert (out["left_out"], out["left_reason"]) == (True, "新设，不可比")
    assert door.post(f"{there}take_in/", {}).json()["left_out"] is False


def test_lists_cost_the_same_for_one_and_for_many(cast, client):
    """One assessment with two sheets, then three with six."""
    urls = ("/assessments/", "/unit-sheets/", "/score-sheets/", "/assessment-measures/")
    row = make.signed(cast)
    make.measure(cast, row)
    client.force_login(cast.casemgr)
    asked = [counted(client, url) for url in urls]
    scheme = AssessmentScheme.objects.get()
    first, _ = make.last_quarter()
    for _ in range(2):
        first, last = make.spans.before("quarter", first)
        ladders.propose(make.signed(cast, make.opened(cast, row=scheme, day=last)))
    assert [counted(client, url) for url in urls] == asked


def counted(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
