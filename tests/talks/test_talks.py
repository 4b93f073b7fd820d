"""约谈: decided, told with the hour, received, held, signed by three persons, followed; and what is refused."""

from datetime import timedelta

import pytest

from cases.services.declaring import declare
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Clock, Notification, Recusal, Role
from povertyaudit.core.verify import verify
from povertyaudit.talks.models import Talk, TalkRule
from povertyaudit.talks.services import following, minutes, notices
from povertyaudit.talks.services.opening import open_talk, propose
from tests import factories
from tests.factories import fresh
from tests.rectification.makers import photo, second_account
from tests.talks import makers as make

pytestmark = pytest.mark.django_db


def seen(who):
    return Talk.objects.visible_to(fresh(who)).count()


def due(row, code):
    return Clock.objects.of(row).running().filter(code=code).first()


def test_the_whole_way_from_the_proposal_to_the_kept_promise(cast):
    """An office proposes, a leader approves; the other side knows of it from the notice on."""
    row = propose(by=cast.inspector1, unit=cast.town, reason=make.REASON)
    assert (row.state, row.origin, row.number[:9]) == ("proposed", "leader", "990101-YT")
    assert Notification.objects.filter(user=cast.leader, number=row.number).exists()
    with pytest.raises(NotAllowed):
        notices.approve(row, by=cast.inspector2)
    row = make.again(notices.approve(row, by=cast.leader))
    assert [seen(who) for who in (cast.leader, cast.unithead, cast.official, cast.countyleader, cast.neighbour)] == [
        1, 0, 0, 0, 0,
    ]  # fmt: skip
    row = make.issued(cast, row)
    assert [seen(who) for who in (cast.unithead, cast.official, cast.otherhead, cast.sector)] == [1, 1, 0, 0]
    assert due(row, "talk.receive").owner_user == cast.unithead
    assert row.talk_at_words in Notification.objects.get(user=cast.official, number=row.number).text
    with pytest.raises(WrongState, match="还没有签收"):
        make.held(cast, row)
    notices.postpone(row, by=fresh(cast.inspector1), talk_at=moment.now() + timedelta(hours=3), note="防汛")
    row = make.again(notices.receive(make.again(row), by=fresh(cast.official)))
    assert (row.postponed, row.received_by, due(row, "talk.receive")) == (1, cast.official, None)
    with make.later(hours=4):
        row = make.held(cast, row)
        assert row.signatures.get().person == cast.inspector2.person
        assert due(row, "talk.follow_up").due_on > row.promise_due_on
        with pytest.raises(NotAllowed, match="主要负责人签署"):
            minutes.sign(row, by=fresh(cast.official))
        minutes.sign(row, by=fresh(cast.unithead))
        minutes.rewrite(
            make.again(row), by=fresh(cast.inspector2), **make.said(promise="八天内完工。"), note="笔误"
        )
        row = make.again(row)
        assert (row.subject_signed, row.signatures.filter(voided_at=None).count()) == ("", 1)
        minutes.sign(row, by=fresh(cast.unithead))
        row = make.again(minutes.sign(make.again(row), by=fresh(cast.secretary)))
        assert (row.state, row.signatures.filter(voided_at=None).count()) == ("following", 3)
        following.answer(row, by=fresh(cast.official), text="已完工。", files=[photo()])
        row = following.follow_up(
            make.again(row), by=fresh(cast.inspector1), outcome="kept", finding="现场查看。"
        )
    assert (row.state, due(row, "talk.follow_up")) == ("closed", None)
    assert verify().broken == []


def test_one_person_or_several_each_sees_his_own(cast):
    """集体约谈: one decision, one notice, a talk each; nobody sees that of another."""
    clerk = factories.user(Role.LIAISON, unit=cast.town, region=factories.TOWN, username="clerk")
    persons = [
        {"account": cast.unithead, "post_text": "镇长", "rank": "chief"},
        {"account": clerk, "post_text": "副镇长", "rank": "vice"},
        {"name": "丁某某", "post_text": "站长", "rank": "staff"},
    ]
    first, second, third = open_talk(by=cast.secretary, unit=cast.town, reason=make.REASON, persons=persons)
    assert first.group
    assert {first.group} == {second.group, third.group}
    make.issued(cast, make.again(first))
    assert set(Talk.objects.values_list("state", flat=True)) == {"notified"}
    assert [seen(who) for who in (cast.unithead, clerk, cast.official)] == [1, 1, 0]
    notices.record_receipt(make.again(third), by=fresh(cast.inspector1), file=photo())
    with make.later(hours=3):
        row = make.held(cast, make.again(third))
        minutes.sign(row, by=fresh(cast.secretary))
        for how, wanted in (("paper", "扫描件"), ("refused", "经过")):
            with pytest.raises(RuleBroken, match=wanted):
                minutes.sign_on_paper(make.again(row), by=fresh(cast.inspector2), how=how)
        done = minutes.sign_on_paper(make.again(row), by=fresh(cast.inspector2), how="paper", files=[photo()])
    assert (done.state, done.subject_signed, done.receipt_on_paper) == ("following", "paper", True)
    units = open_talk(by=cast.secretary, units=[cast.town, cast.bureau], reason="集体约谈")
    assert [row.title for row in units] == ["约谈柳溪镇人民政府", "约谈县农业农村局"]


def test_who_may_not_be_talked_to_and_by_whom(cast):
    """Bad input when it is opened and when the notice goes out, each at its field."""
    twin = second_account(cast.unithead, Role.LIAISON, cast.town, factories.TOWN, "twin")

    def refused(field, words, **values):
        with pytest.raises(DomainError, match=words) as caught:
            make.opened(cast, **values)
        assert caught.value.field == field

    refused("reason", "约谈事由", reason=" ")
    refused("persons", "两个账号也是一个人", persons=[cast.unithead, twin])
    refused("persons", "不是柳溪镇人民政府的人员", persons=[cast.otherhead])
    refused("persons", "主要负责人，职级", persons=[{"account": cast.unithead, "rank": "staff"}])
    refused("persons", "姓名", persons=[{"post_text": "镇长"}])
    mine = factories.user(
        Role.SECRETARY, unit=cast.leader.current_posts()[0].unit, username="both", person=cast.unithead.person
    )
    refused("persons", "约谈自己", by=mine, persons=[cast.unithead])
    with pytest.raises(DomainError, match="本地区"):
        open_talk(by=fresh(cast.neighbour), unit=cast.town, reason="越界")
    with pytest.raises(NotAllowed):
        open_talk(by=fresh(cast.official), unit=cast.town, reason="自己")
    row = make.opened(cast, persons=[{"account": cast.unithead, "rank": "chief"}])

    def no(field, words, **values):
        with pytest.raises(RuleBroken, match=words) as caught:
            make.issued(cast, make.again(row), **values)
        assert caught.value.field == field

    no("talk_at", "已经过去", talk_at=moment.now() - timedelta(hours=1))
    no("talk_at", "核对年份", talk_at=moment.now() + timedelta(days=4000))
    no("talker", "县领导、纪委监委主要负责人约谈", talker=cast.leader)
    no("talker", "约谈对象本人", talker=mine)
    no("talker", "不能约谈", talker=cast.official)
    no("recorder", "同一个人", talker=cast.countyleader, recorder=second_account(
        cast.countyleader, Role.SUPERVISION, cast.inspector1.current_posts()[0].unit, username="deskman"))  # fmt: skip
    post = fresh(cast.patroloffice)
    Recusal.objects.create(
        person=cast.countyleader.person, target_label="talks.talk", target_id=row.pk, reason="亲属",
        declared_by=post,
    )  # fmt: skip
    no("talker", "登记回避", talker=cast.countyleader)
    declare(by=cast.inspector2, kind="unit", unit_text=cast.town.name)
    no("recorder", "应当回避", talker=cast.secretary)
    TalkRule.objects.filter(rank="chief").update(level="deputy")  # as a county may decide
    assert make.issued(cast, row, talker=cast.leader, recorder=cast.inspector1).talker == cast.leader


def test_minutes_and_follow_up_on_sensible_days(cast):
    row = make.talk(cast, "received")
    with pytest.raises(RuleBroken, match="没有谈的不能登记"):
        make.held(cast, row, held_on=moment.today() + timedelta(days=1))
    with make.later(hours=3):
        for name in ("promise", "measure", "questions"):
            with pytest.raises(RuleBroken) as caught:
                make.held(cast, row, **{name: " "})
            assert caught.value.field == name
        for day in (None, moment.today() - timedelta(days=1)):
            with pytest.raises(RuleBroken, match="承诺时限"):
                make.held(cast, row, promise_due_on=day)
        with pytest.raises(RuleBroken, match="跟踪日期不能早于"):
            make.held(cast, row, follow_up_on=moment.today() - timedelta(days=3))
        day = moment.today() + timedelta(days=20)
        row = make.held(cast, row, follow_up_on=day)
        assert due(row, "talk.follow_up").due_on == day
        minutes.sign(row, by=fresh(cast.secretary))
        row = make.again(minutes.sign(make.again(row), by=fresh(cast.unithead)))
        judge = fresh(cast.inspector1)
        wrong = (
            ("followed_on", {"outcome": "kept", "followed_on": moment.today() - timedelta(days=1)}),
            ("next_step", {"outcome": "not_kept"}),
            ("next_step", {"outcome": "kept", "next_step": "press"}),
            ("item", {"outcome": "not_kept", "next_step": "item"}),
            ("finding", {"outcome": "kept", "finding": " "}),
            ("outcome", {"outcome": "perhaps"}),
        )
        for field, values in wrong:
            with pytest.raises(RuleBroken) as caught:
                following.follow_up(row, by=judge, **{"finding": "没有动静。"} | values)
            assert caught.value.field == field, values
        done = following.follow_up(row, by=judge, outcome="not_kept", finding="没有动静。", next_step="talk")
    next_one = Talk.objects.get(previous=done)
    assert (next_one.state, next_one.origin, next_one.subject_key) == ("proposed", "again", done.subject_key)
    assert next_one.reason.endswith("没有动静。")
