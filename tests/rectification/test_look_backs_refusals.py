"""回头看: what a plan is drawn from, who may do which step, and what else is refused."""

import pytest
from django.db import transaction

from inspections.models import Round
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken
from povertyaudit.core.models import Role
from rectification.models import Item
from rectification.services import look_back_checks as checks
from rectification.services import look_back_drawing, look_backs
from rectification.workflow import look_back_apart
from tests import factories
from tests.core.test_files import PDF, upload
from tests.factories import fresh
from tests.inspections import makers as rounds
from tests.rectification import look_back_makers as make
from tests.rectification.makers import at, finding, photo

pytestmark = pytest.mark.django_db


def no(words, act, *args, kind=DomainError, field=None, **values):
    with pytest.raises(kind, match=words) as refused, transaction.atomic():
        act(*args, **values)
    assert field is None or refused.value.field == field


def test_a_plan_of_a_round_or_a_campaign_draws_from_it_alone(cast, monkeypatch):
    campaign = rounds.campaign(cast)
    found = finding(cast)
    Round.objects.filter(pk=found.round_id).update(campaign=campaign)
    inside = at(cast, "closed", source="finding", finding=found, by=cast.patroloffice)
    at(cast, "closed")
    none = {"period_from": None, "period_to": None, "closed": False}
    for of in ({"round": found.round}, {"campaign": campaign}):
        origin = next(iter(of))
        plan = make.plan(cast, origin=origin, **of, **none)
        assert [line[0] for line in plan.draw.population] == [inside.number]
        no("不填", make.plan, cast, **of, closed=False, field=origin)
    secret = rounds.round_(cast, "保密的一轮", secret=True)
    no("还在保密", make.plan, cast, by=cast.patroloffice, origin="round", round=secret, **none, field="round")
    twice = [{"unit": cast.town}, {"unit": cast.town}]
    no("只能出现一次", make.plan, cast, closed=False, units=twice, field="units")
    monkeypatch.setattr(look_backs, "MOST_UNITS", 1)
    two = [{"unit": cast.town}, {"unit": cast.bureau}]
    no("最多 1 个", make.plan, cast, closed=False, units=two, field="units")
    monkeypatch.setattr(look_back_drawing, "MOST_CHECKS", 1)
    no("一次最多 1 件", make.plan, cast, closed=False, random_size=2, field="random_size")
    monkeypatch.setattr(look_back_drawing, "MOST_LINES", 1)
    no("最多 1 件，请缩小范围", make.plan, cast, closed=False, field="origin")


def test_each_step_is_for_whoever_it_was_given_to(cast):
    plan = make.plan(cast, "approved")
    (row,) = make.rows(plan)
    stranger = fresh(cast.casemgr)
    no("由拟定的单位办理", checks.assign, row, by=stranger, checker=cast.patroloffice, kind=NotAllowed)
    no("拟定人或者批准人取消", look_backs.cancel, plan, by=stranger, note="不查", kind=NotAllowed)
    make.assigned(cast, row)
    no("核查人没有变", make.assigned, cast, make.again(row), field="checker")
    no("最多 20 张", make.recorded, cast, row, photos=[photo()] * 21, field="photos")
    no("只能上传照片", make.recorded, cast, row, photos=[upload(PDF, "表.pdf")], field="photos")
    make.recorded(cast, row, "relapsed", answers=[make.NOT_PAID])
    no("已有核查结果", look_backs.cancel, make.again(plan), by=fresh(cast.inspector1), note="不查")
    far = factories.user(Role.DEPUTY, unit=cast.neighbour.home.unit, region=factories.YUNPING)
    no("本地区", checks.reopen_item, make.again(row), by=far, note="反弹", kind=NotAllowed)


def test_a_signature_is_enough_even_where_the_record_of_acts_is_silent(cast):
    """Signed or named on the item: both are asked beside the record of who did what."""
    (row,) = make.rows(make.plan(cast))
    item, patrol = row.item, cast.patrol1
    Item.objects.filter(pk=item.pk).update(applicant=patrol.person)
    no("申请、审核或者复核人", make.assigned, cast, make.again(row), patrol, kind=RuleBroken, field="checker")
    item.signatures.filter(step="apply").update(person=cast.patrol2.person)
    assert "签署过" in look_back_apart.conflict(make.again(row), cast.patrol2)


def test_a_form_offers_only_what_its_reader_may_draw_from(cast, client):
    for who, offered in ((cast.casemgr, 1), (cast.inspector1, 3)):
        client.force_login(who)
        page = client.get("/look-backs/new/").content.decode()
        chosen = page.split('name="origin"')[1].split("</select>")[0]
        assert chosen.count("<option") == offered, who
