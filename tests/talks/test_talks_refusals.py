"""约谈: one refusal after another, each with the sentence that says what to do."""

from datetime import timedelta

import pytest

from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Clock, Notification, Role
from povertyaudit.talks.services import following, linking, minutes, notices
from povertyaudit.talks.services.opening import open_talk, propose
from tests import factories
from tests.cases.conftest import Maker
from tests.cases.test_asking import opened as accountability
from tests.factories import fresh
from tests.rectification import makers as items
from tests.rectification.makers import photo, second_account
from tests.talks import makers as make

pytestmark = pytest.mark.django_db


def no(words, act, *args, kind=DomainError, field=None, **values):
    with pytest.raises(kind, match=words) as refused:
        act(*args, **values)
    assert field is None or refused.value.field == field


def test_who_decides_gives_notice_and_takes_it_back(cast):
    far = factories.user(Role.DEPUTY, unit=cast.neighbour.home.unit, region=factories.YUNPING, username="far")
    row = propose(by=cast.inspector1, unit=cast.town, reason=make.REASON)
    assert not Notification.objects.filter(user=far).exists()
    twin = second_account(cast.inspector1, Role.DEPUTY, cast.leader.home.unit, username="twin")
    no("本地区", notices.approve, row, by=far, kind=NotAllowed)
    no("提出人", notices.approve, row, by=twin, kind=NotAllowed)
    no("由领导决定", notices.cancel, row, by=fresh(cast.inspector2), note="不谈", kind=NotAllowed)
    assert notices.cancel(row, by=fresh(cast.inspector1), note="不谈").state == "cancelled"
    own = second_account(cast.unithead, Role.DEPUTY, cast.leader.home.unit, username="own")
    row = propose(
        by=cast.inspector1, unit=cast.town, reason=make.REASON, persons=[{"account": cast.unithead}]
    )
    no("您本人", notices.approve, row, by=own, kind=NotAllowed)
    row = make.again(notices.approve(row, by=fresh(cast.leader)))
    no("承办部门", make.issued, cast, row, by=cast.neighbour, kind=NotAllowed)
    for name in ("place", "matters"):
        no("请填写", make.issued, cast, row, **{name: " "}, field=name)
    no("由领导、巡察机构", make.issued, cast, row, recorder=cast.otherofficial, field="recorder")
    row = make.issued(cast, row)
    assert Clock.objects.of(row).running().get().owner_user == cast.unithead
    no("由约谈对象办理", notices.receive, row, by=fresh(cast.official), kind=NotAllowed)
    no("由领导决定", notices.cancel, row, by=fresh(cast.inspector1), note="不谈", kind=NotAllowed)
    assert notices.cancel(row, by=fresh(cast.secretary), note="不谈").state == "cancelled"
    mine = open_talk(by=cast.countyleader, unit=cast.town, reason=make.REASON)[0]
    assert notices.cancel(mine, by=fresh(cast.countyleader), note="不谈").state == "cancelled"


def test_whom_a_talk_is_opened_with(cast):
    no("所在单位", open_talk, by=cast.secretary, reason="没有对象", field="unit")
    two = {"units": [cast.town, cast.bureau], "persons": [{"name": "丁某某"}]}
    no("只选一个单位", open_talk, by=cast.secretary, reason="个人", **two, field="units")
    crowd = [{"name": f"第{n}人"} for n in range(51)]
    no(
        "最多约谈 50",
        open_talk,
        by=cast.secretary,
        reason="集体",
        unit=cast.town,
        persons=crowd,
        field="persons",
    )


def test_who_has_a_part_in_it_neither_talks_nor_records(cast):
    """Talked to over the same matter, or named in the accountability."""
    post = cast.secretary.home
    other = factories.user(Role.SECRETARY, unit=post.unit, region=post.region_id, username="other")
    persons = [{"account": other, "rank": "vice"}, {"account": cast.leader, "rank": "vice"}]
    first, _ = open_talk(by=cast.secretary, unit=post.unit, reason="集体", persons=persons)
    no("也是约谈对象|约谈对象单位", make.issued, cast, make.again(first), talker=cast.leader, field="talker")
    elsewhere = make.opened(cast)
    type(elsewhere)._base_manager.filter(pk=elsewhere.pk).update(group=first.group)
    no("同一事项也是约谈对象", make.issued, cast, make.again(elsewhere), talker=other, field="talker")
    found = accountability(Maker(cast), cast)
    named = found.objects_of.first()
    named.__class__._base_manager.filter(pk=named.pk).update(measure="talk", name=other.person.name)
    row = make.opened(cast)
    linking.link(row, by=fresh(cast.inspector1), accountability=found)
    no("问责的对象", make.issued, cast, make.again(row), talker=other, field="talker")
    no("已经关联", linking.link, make.again(row), by=fresh(cast.inspector1), accountability=found)


def test_who_writes_the_minutes_and_who_signs_them(cast):
    closed, row = items.at(cast, "closed"), make.talk(cast, "received")
    record = {"by": fresh(cast.inspector1), **make.said()}
    no("由记录人登记", minutes.hold, row, **record, kind=NotAllowed)
    far = make.issued(cast, make.opened(cast), talk_at=moment.now() + timedelta(days=2))
    far = make.again(notices.receive(far, by=fresh(cast.unithead)))
    no("先办理改期", make.held, cast, far, field="held_on")
    with make.later(hours=3):
        no("最多上传 20", make.held, cast, row, files=[photo()] * 21, field="files")
        row = make.held(cast, row)
        recorder = fresh(cast.inspector2)
        no("没有改动", minutes.rewrite, row, by=recorder, **make.said(), note="笔误")
        no("纸面签字还是拒绝", minutes.sign_on_paper, row, by=recorder, how="perhaps", field="how")
        also = second_account(cast.inspector2, Role.UNIT_HEAD, cast.town, factories.TOWN, "also")
        no("须是三个人", minutes.sign, make.again(row), by=also, kind=RuleBroken)
        row = make.again(
            minutes.sign_on_paper(row, by=recorder, how="refused", note="宣读后拒绝，两人在场。")
        )
        assert (row.state, row.subject_signed) == ("held", "refused")
        no("已经签字", minutes.sign_on_paper, row, by=recorder, how="refused", note="再次", kind=WrongState)
        row = make.again(minutes.sign(row, by=fresh(cast.secretary)))
        no("什么程度", following.answer, row, by=fresh(cast.official), text=" ", field="text")
        judge = {"by": fresh(cast.inspector1), "finding": "没有动静。"}
        no("请选择承诺是否落实", following.follow_up, row, outcome="perhaps", **judge, field="outcome")
        wrong = {"outcome": "not_kept", "next_step": "item", "item": closed}
        no("没有在办", following.follow_up, row, **wrong, **judge, field="item")
