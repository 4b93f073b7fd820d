"""A round is not finished over worksheets that could no longer become findings afterwards."""

import pytest

from inspections import services
from inspections.services import worksheets
from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Recusal, Role
from tests import factories
from tests.inspections import field_makers, handed, makers

pytestmark = pytest.mark.django_db
TEAM = ("patrol1", "inspector1")


@pytest.fixture
def round_(people):
    made = makers.round_(people, team=False)
    members = [{"user": people.patrol1, "role": "leader"}, {"user": people.inspector1, "role": "member"}]
    services.set_team(made, by=people.patroloffice, members=members)
    return handed.fresh(made)


def signed(people, **more):
    row = field_makers.worksheet(people, **more)
    for name in TEAM:
        row = worksheets.sign(row, by=getattr(people, name))
    return row


def test_signed_worksheets_are_registered_first_and_hidden_plans_are_not_told_of(people, round_):
    office = handed.web(people.patroloffice)
    other = factories.user(Role.PATROL_OFFICE, unit=people.patroloffice.home.unit)
    hidden = signed(
        people, plan=field_makers.plan(people, "under_way", by=other, round=round_), text="计划的问题"
    )
    waiting, half = signed(people, round=round_), field_makers.worksheet(people, round=round_, text="没签")
    worksheets.sign(half, by=people.patrol1)
    said = {"finished_on": "2026-05-06"}
    page = office.post(f"{round_.get_absolute_url()}finish_round/", said)
    (sentence,) = page.context["form"].errors["finished_on"]
    assert waiting.number in sentence
    assert "登记为发现问题" in sentence
    for kept in (half.number, hidden.title, "另有"):
        assert kept not in sentence
    machine = handed.api(people.patroloffice)
    url = f"/api/v1/rounds/{round_.public_id}/finish_round/"
    refused = machine.post(url, said, format="json")
    assert (refused.status_code, refused.data["field"]) == (422, "finished_on"), refused.data
    told = handed.api(other).post(url, said, format="json")
    assert hidden.title in told.data["message"]
    worksheets.to_finding(waiting, by=people.patrol1)
    assert machine.post(url, said, format="json").status_code == 200


def test_who_stands_aside_is_told_how_many_and_his_signature_does_not_count(people, round_):
    makers.objects(people, round_, "柳溪镇")
    waiting = signed(people, round=handed.fresh(round_))
    other = factories.user(Role.PATROL_OFFICE, unit=people.patroloffice.home.unit)
    Recusal.objects.create(
        person=other.person, target_label="inspections.roundobject", target_id=waiting.object_id, reason="家乡",
        declared_by=people.casemgr, declared_at=moment.now(),
    )  # fmt: skip
    with pytest.raises(RuleBroken) as refused:
        services.finish_round(handed.fresh(round_), by=factories.fresh(other))
    assert "您应当回避的 1 份" in refused.value.message
    assert waiting.number not in refused.value.message
    services.declare_recusal(
        handed.fresh(round_), by=people.patroloffice, member=people.patrol1, objects=[waiting.object],
        ground="home",
    )  # fmt: skip
    assert services.finish_round(handed.fresh(round_), by=people.patroloffice).state == "finished"
