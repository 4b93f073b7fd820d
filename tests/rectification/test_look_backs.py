"""回头看: drawn by a seed, secret until told, checked by who signed none of it, and what follows a relapse."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from cases.models import Declaration
from funds import services as funds
from funds.models import Recovery, ReturnConfirmation
from inspections import sampling
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Attachment, Notification, Recusal, Role
from povertyaudit.core.verify import verify
from rectification import look_back_pages
from rectification.models import Item, LookBack, LookBackCheck, LookBackDraw
from rectification.services import look_back_checks as checks
from rectification.services import look_backs
from tests.factories import TOWN, fresh, user
from tests.rectification import look_back_makers as make
from tests.rectification.makers import at, misuse, photo, second_account

pytestmark = pytest.mark.django_db


def seen(model, who):
    return model.objects.visible_to(fresh(who)).count()


def test_the_whole_way_from_the_lot_to_the_reopened_item(cast):
    """Drawn again from what is kept; secret until told; the relapse opens the item in the same act."""
    items = [at(cast, "closed") for _ in range(3)]
    plan = make.plan(cast, closed=False, random_size=2)
    keys = [line[0] for line in plan.draw.population]
    assert keys == sorted(item.number for item in items)
    assert sampling.drawn(plan.draw.seed, keys, 2) == plan.draw.drawn
    drawn = make.rows(plan)
    assert sorted(row.item.number for row in drawn) == sorted(plan.draw.drawn)
    assert {(row.unit, row.signer, row.kind) for row in drawn} == {
        (cast.town, cast.inspector2.person, "audit")
    }
    assert [
        seen(LookBack, who) for who in (cast.inspector1, cast.secretary, cast.leader, cast.patroloffice)
    ] == [1, 1, 0, 0]
    first, second = (make.assigned(cast, row) for row in drawn)
    assert seen(LookBackCheck, cast.patroloffice) == 0  # not approved yet
    with pytest.raises(WrongState, match="批准以后才能核查"):
        make.recorded(cast, first, by=fresh(cast.patroloffice))
    look_backs.approve(plan, by=cast.secretary)
    for who in (
        cast.unithead,
        cast.official,
        cast.sector,
        cast.finance,
        cast.leader,
        cast.patrol1,
        cast.neighbour,
    ):
        assert (seen(LookBack, who), seen(LookBackCheck, who)) == (0, 0), who
    assert (seen(LookBack, cast.patroloffice), seen(LookBackCheck, cast.patroloffice)) == (0, 2)
    make.recorded(cast, first, photos=[photo()])
    assert Attachment.objects.of(first).count() == 1
    assert first.answers.count() == 1
    assert len(make.again(first).questions) == 6
    assert not Notification.objects.filter(
        user__in=[cast.unithead, cast.official], text__contains="回头看"
    ).exists()
    make.recorded(cast, second, "relapsed", answers=[make.NOT_PAID])
    with pytest.raises(RuleBroken, match="1 件反弹没有处理"):
        look_backs.finish(make.again(plan), by=fresh(cast.inspector1))
    day = moment.today() + timedelta(days=20)
    with pytest.raises(RuleBroken, match="新的整改时限"):
        checks.reopen_item(make.again(second), by=fresh(cast.leader), note="反弹")
    done = checks.reopen_item(make.again(second), by=fresh(cast.leader), note="反弹", due_on=day)
    item = Item.objects.get(pk=done.item_id)
    assert (done.state, item.state, item.due_on, item.reopened_count) == ("reopened", "rectifying", day, 1)
    over = look_backs.finish(make.again(plan), by=fresh(cast.inspector1))
    assert over.number.startswith("990101-HT-")
    assert Notification.objects.filter(user=cast.unithead, text__contains="回头看").count() == 1
    assert (
        seen(LookBack, cast.leader),
        seen(LookBackCheck, cast.leader),
        seen(LookBackCheck, cast.unithead),
    ) == (1, 2, 0)
    assert verify().broken == []


def test_what_is_looked_at_without_a_lot_and_a_return_that_did_not_come(cast):
    """All above a sum without a lot; a return denied is told to the fund and becomes an item about its money."""
    money = misuse(cast)
    homes = [{"household": "陶有田", "amount_fen": 90_000}, {"household": "禾有穗", "amount_fen": 10_000}]
    funds.record_returns(
        money, by=cast.finance, voucher_no="表2", households=homes, received_on=moment.today()
    )
    plan = make.plan(cast, "approved", pool="both", random_size=0, above_fen=90_000)
    assert len(plan.draw.population) == 3
    (row,) = make.rows(plan)
    assert (row.ground, row.kind, row.amount_fen, row.signer) == (
        "amount",
        "returned",
        90_000,
        cast.finance.person,
    )
    assert "陶" not in row.title + row.about + str(plan.draw.population)
    booked = second_account(cast.finance, "case_manager", cast.casemgr.current_posts()[0].unit)
    with pytest.raises(RuleBroken, match="经办人"):
        make.assigned(cast, row, booked)
    make.assigned(cast, row, cast.inspector2)
    make.recorded(cast, row, "relapsed", by=fresh(cast.inspector2), answers=[make.NOT_PAID])
    told = ReturnConfirmation.objects.get(misuse=money)
    assert (told.result, told.said) == ("nothing", "钱没有退到户。")
    with pytest.raises(WrongState, match="另立整改事项"):
        checks.reopen_item(make.again(row), by=fresh(cast.leader), note="反弹", due_on=moment.today())
    with pytest.raises(RuleBroken, match="牵头单位") as refused:
        checks.open_item(make.again(row), by=fresh(cast.casemgr), problem="没有退到户")
    assert refused.value.field == "lead_unit"
    done = checks.open_item(
        make.again(row), by=fresh(cast.casemgr), problem="没有退到户", lead_unit=cast.bureau
    )
    assert (done.state, done.new_item.source, done.new_item.main_unit) == ("renewed", "misuse", cast.town)
    assert done.new_item.misuse_links.get().misuse == money


def test_a_relapse_may_become_a_new_item_that_cites_the_old(cast):
    row = make.check(cast, "renewed")
    made = row.new_item
    assert (made.source, made.recurrence_of, made.state, made.main_unit) == (
        "look_back",
        row.item,
        "draft",
        cast.town,
    )
    assert Item.objects.relapsed().filter(pk=row.item_id).exists()
    for who, shown in ((cast.unithead, ""), (cast.casemgr, made)):  # a draft is not the unit's to see
        (table,) = look_back_pages.of_item(row.item, who)
        assert [one.new_item_seen for one in table.rows] == [shown]
    later = make.plan(cast, repeat_units=True, random_size=0)
    assert {one.ground for one in make.rows(later)} == {"repeat"}


REFUSED_PLANS = (
    ({"random_size": 3}, "范围内只有 2 件", "random_size"),
    ({"random_size": 1, "units": "town"}, "可随机抽取的只有 0 件", "random_size"),
    ({"random_size": 0}, "一件也没有选中", "random_size"),
    ({"period_from": None}, "开始日期", "period_from"),
    ({"period_to": "early"}, "不能早于", "period_to"),
    ({"origin": "round"}, "请填写轮次", "round"),
    ({"approver": "inspector2"}, "批准人应是", "approver"),
    ({"ends_on": "early"}, "截止日期", "ends_on"),
    ({"pool": "returns"}, "没有已销号", "origin"),
    ({"region": "neighbour"}, "本地区", "region"),
)


def test_what_a_plan_refuses(cast):
    for _ in range(2):
        at(cast, "closed")
    early = moment.today() - timedelta(days=90)
    real = {"early": early, "inspector2": cast.inspector2, "town": [{"unit": cast.town}],
            "neighbour": cast.neighbour.current_posts()[0].region}  # fmt: skip
    for change, words, field in REFUSED_PLANS:
        values = {
            name: real.get(value, value) if isinstance(value, str) else value
            for name, value in change.items()
        }
        with pytest.raises(DomainError, match=words) as refused, transaction.atomic():
            look_backs.plan(by=cast.inspector1, **make.said(cast, **values))
        assert refused.value.field == field, change
    with pytest.raises(NotAllowed, match="巡察办或者监督检查室"):
        look_backs.plan(by=cast.casemgr, **make.said(cast, origin="round"))
    assert not LookBack.objects.exists()
    plan = make.plan(cast, closed=False)
    with pytest.raises(NotAllowed):
        look_backs.approve(plan, by=fresh(cast.leader))
    look_backs.cancel(plan, by=cast.inspector1, note="改期")
    assert seen(LookBack, cast.leader) == 0


def test_nobody_checks_what_he_signed_or_stands_aside_from(cast):
    """Refused by name at the assignment, again at the recording, and by the database."""
    row = make.rows(make.plan(cast, "approved"))[0]
    item = row.item
    for who, words in (
        (cast.inspector2, "复核"),
        (cast.finance, "核查人应是"),
        (cast.unithead, "核查人应是"),
    ):
        with pytest.raises(RuleBroken, match=words) as refused:
            make.assigned(cast, row, who)
        assert refused.value.field == "checker"
    twice = second_account(cast.unithead, "patrol_team", cast.patrol1.current_posts()[0].unit)
    with pytest.raises(RuleBroken, match="办理过"):
        make.assigned(cast, row, twice)
    idle = user(Role.LIAISON, unit=cast.town, region=TOWN)
    idle = second_account(idle, "patrol_team", cast.patrol1.current_posts()[0].unit)
    with pytest.raises(RuleBroken, match="该单位是责任单位"):
        make.assigned(cast, row, idle)
    tie = Declaration.objects.create(
        person=cast.patrol2.person, kind="unit", unit_text=cast.town.name, noted_by=cast.casemgr
    )
    with pytest.raises(RuleBroken, match="曾任职单位"):
        make.assigned(cast, row, cast.patrol2)
    tie.delete()
    make.assigned(cast, row, cast.patrol2)
    aside = {"person": cast.patrol2.person, "target_label": "rectification.item", "target_id": item.pk}
    Recusal.objects.create(**aside, reason="亲属", declared_by=cast.casemgr)
    assert seen(LookBackCheck, cast.patrol2) == 0
    with pytest.raises(NotAllowed, match="登记回避"):
        make.recorded(cast, row, by=fresh(cast.patrol2))
    for who in (cast.inspector2, twice):
        with pytest.raises(DatabaseError), transaction.atomic():
            LookBackCheck.objects.filter(pk=row.pk).update(checker=who)
    with pytest.raises(DatabaseError), transaction.atomic():
        LookBackDraw.objects.filter(plan=row.plan).update(seed="x")
    assert Recovery.objects.count() + ReturnConfirmation.objects.count() == 0


REFUSED_RESULTS = (
    ({"answers": []}, "1 至 30 名", "answers"),
    ({"answers": [make.ASKED | {"surname": "陶有禾"}]}, "只填姓氏", "answers"),
    ({"answers": [make.NOT_PAID | {"amount_fen": 5}]}, "不填日期和金额", "answers"),
    ({"answers": [make.ASKED | {"paid_on": moment.today() + timedelta(days=1)}]}, "不能晚于", "answers"),
    ({"answers": [make.NOT_PAID]}, "不能是整改到位", "result"),
    ({"result": "relapsed", "reason": " "}, "写明反弹", "reason"),
    ({"result": "reopened"}, "请选择", "result"),
    ({"reason": "x"}, "不填反弹", "reason"),
    ({"visited_on": moment.today() - timedelta(days=1)}, "核查日期", "visited_on"),
    ({"latitude": 29}, "同时填写", "latitude"),
)


def test_what_a_result_refuses(cast):
    row = make.check(cast)
    for change, words, field in REFUSED_RESULTS:
        with pytest.raises(DomainError, match=words) as refused, transaction.atomic():
            make.recorded(cast, row, **change)
        assert refused.value.field == field, change
    with pytest.raises(NotAllowed, match="指派的核查人"):
        make.recorded(cast, row, by=fresh(cast.inspector1))
    assert make.again(row).state == "assigned"
