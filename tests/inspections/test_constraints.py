"""What the database itself refuses of rounds, objects, teams, campaigns and the pool, whatever the services forgot."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from inspections.models import (
    Campaign,
    CampaignLead,
    CampaignPoint,
    Draw,
    DrawEntry,
    PoolPerson,
    Round,
    RoundObject,
    RoundRecusal,
    RoundRhythm,
    Team,
    TeamMember,
)
from povertyaudit.core.models import Region
from tests import factories
from tests.cases.conftest import Maker
from tests.inspections import makers

pytestmark = pytest.mark.django_db
MODELS = (
    Campaign, CampaignLead, CampaignPoint, Draw, DrawEntry, PoolPerson, Round, RoundObject, RoundRecusal, RoundRhythm, Team, TeamMember,
)  # fmt: skip
DAY, BEFORE = date(2026, 3, 10), date(2026, 3, 1)


class Rows:
    """A round with a team and one of everything else, and raw rows beside them."""

    def __init__(self, people):
        self.people, self.town = people, Region.objects.get(code=factories.TOWN)
        self.round = makers.round_(people)
        self.team = self.round.teams.get()
        self.object = makers.objects(people, self.round, "柳溪镇")["柳溪镇"]
        self.village = makers.objects(people, self.round, "石桥坳村")["石桥坳村"]
        self.campaign, self.person = makers.campaign(people), makers.pooled(people)
        self.lead = Maker(people)("registered")

    def listed(self, **more):
        values = {"round": self.round, "region": self.town, "name": "对象", "kind": "town", **more}
        return RoundObject.objects.create(**values)

    def recusal(self, **more):
        values = {"round": self.round, "user": self.people.patrol1, "object": self.object, "ground": "kin"}
        return RoundRecusal.objects.create(**values | {"declared_on": DAY} | more)

    def rhythm(self, **more):
        values = {
            "cadence": "week",
            "valid_from": DAY,
            "reason": "周调度",
            "set_by": self.people.patroloffice,
        }
        return RoundRhythm.objects.create(round=self.round, **values | more)

    def member(self, **more):
        return TeamMember.objects.create(round=self.round, user=self.people.patrol2, **more)

    def named(self, **more):
        return TeamMember.objects.create(
            round=self.round, name="王某", home_unit=self.person.home_unit, **more
        )

    def draw(self, **more):
        values = {
            "round": self.round,
            "seed": "1",
            "size": 1,
            "drawn_by": self.people.patroloffice,
            "drawn_on": DAY,
        }
        return Draw.objects.create(**values | more)

    def entry(self, draw, **more):
        values = {"draw": draw, "pool_person": self.person, "place": 1, "result": "drawn"}
        return DrawEntry.objects.create(**values | more)

    def change(self, row, **values):
        type(row)._base_manager.filter(pk=row.pk).update(**values)


def twice(act):
    def both(rows):
        act(rows)
        act(rows)

    return both


def _two_entries(rows):
    draw = rows.draw()
    rows.entry(draw)
    rows.entry(draw)


def _tie(rows):
    CampaignLead.objects.create(campaign=rows.campaign, lead=rows.lead, tied_by=rows.people.casemgr)


BROKEN = {
    "round_name_once_in_region": lambda r: r.change(makers.round_(r.people, "二"), name=r.round.name),
    "round_ends_after_start": lambda r: r.change(r.round, ends_on=date(2026, 1, 1)),
    "round_finished_after_start": lambda r: r.change(r.round, state="finished", finished_on=date(2026, 1, 1)),
    "round_finished_has_date": lambda r: r.change(r.round, state="finished"),
    "round_closed_has_date": lambda r: r.change(r.round, state="closed", finished_on=DAY),
    "round_session_and_ordinal": lambda r: r.change(r.round, session=12),
    "round_not_below_itself": lambda r: r.change(r.round, parent=r.round.pk),
    "round_number_unless_secret": lambda r: r.change(r.round, number=None),
    "round_window_sensible": lambda r: r.change(r.round, window_months=25),
    "round_plan_period_whole": lambda r: r.change(r.round, plan_amount=20, periods_rule="文"),
    "round_report_period_whole": lambda r: r.change(
        r.round, report_amount=25, report_unit="months", periods_rule="文"
    ),
    "round_own_periods_by_document": lambda r: r.change(r.round, plan_amount=20, plan_unit="days"),
    "object_unit_once_in_round": lambda r: r.listed(unit=r.object.unit),
    "object_region_once_in_round": lambda r: r.listed(region=r.village.region),
    "object_department_is_a_unit": lambda r: r.listed(kind="department"),
    "object_dated_by_state": lambda r: r.change(r.object, state="entered"),
    "object_left_after_entered": lambda r: r.change(r.object, state="left", entered_on=DAY, left_on=BEFORE),
    "team_name_once_in_round": lambda r: Team.objects.create(round=r.round, name=r.team.name),
    "member_once_per_round": twice(lambda r: r.member()),
    "member_account_or_name": lambda r: r.member(name="王某"),
    "member_named_once_per_round": twice(lambda r: r.named()),
    "member_leader_has_account": lambda r: r.named(role="leader"),
    "recusal_account_or_name": lambda r: r.recusal(user=None),
    "round_recusal_named_once": twice(lambda r: r.recusal(user=None, name="王某", home_unit=r.object.unit)),
    "pool_account_or_name": lambda r: r.change(r.person, name="王某"),
    "pool_named_once": twice(
        lambda r: PoolPerson.objects.create(
            region=r.person.region, name="王某", home_unit=r.person.home_unit, starts_on=DAY
        )
    ),
    "team_has_one_leader": lambda r: r.member(team=r.team, role="leader"),
    "member_term_in_order": lambda r: r.member(seconded_from=DAY, seconded_to=BEFORE),
    "round_rhythm_once_a_day": twice(lambda r: r.rhythm()),
    "round_rhythm_has_reason": lambda r: r.rhythm(reason=""),
    "round_recusal_once": twice(lambda r: r.recusal()),
    "round_recusal_decided": lambda r: r.recusal(state="granted"),
    "campaign_name_once_in_region": lambda r: r.change(makers.campaign(r.people, "二"), name=r.campaign.name),
    "campaign_ends_after_start": lambda r: r.change(r.campaign, ends_on=date(2025, 1, 1)),
    "campaign_quarter_in_year": lambda r: r.change(r.campaign, quarter=5),
    "campaign_closed_is_dated": lambda r: r.change(r.campaign, state="closed"),
    "campaign_point_once": lambda r: CampaignPoint.objects.create(
        campaign=r.campaign, place=9, aspect="一", text=r.campaign.points.first().text
    ),
    "campaign_lead_once": twice(_tie),
    "pool_person_once": lambda r: PoolPerson.objects.create(
        region=r.person.region, user=r.person.user, home_unit=r.person.home_unit, starts_on=DAY
    ),
    "pool_term_in_order": lambda r: r.change(r.person, ends_on=date(2020, 1, 1)),
    "pool_out_is_dated": lambda r: r.change(r.person, state="out"),
    "draw_size_sensible": lambda r: r.draw(size=0),
    "draw_has_seed": lambda r: r.draw(seed=""),
    "draw_entry_once": _two_entries,
    "draw_excluded_says_why": lambda r: r.entry(r.draw(), result="excluded"),
}


def test_every_constraint_is_on_the_list():
    assert {one.name for model in MODELS for one in model._meta.constraints} == set(BROKEN)


def test_each_is_refused_by_the_database(people):
    rows = Rows(people)
    for name, act in BROKEN.items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            act(rows)
        said = str(refused.value)
        unique = "UNIQUE" in said or "unique" in said
        assert name in said or unique, f"{name}: {said}"
