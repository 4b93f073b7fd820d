"""工作纪实: one refusal after another, each at its field with what to do."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from povertyaudit.activities.models import Activity, ActivityKind, ActivityRule, Regulation
from povertyaudit.activities.services import (
    activities,
    commendations,
    people,
    regulations,
    reminding,
    rules,
    sheets,
)
from povertyaudit.activities.services import decisions as decided
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed
from tests.activities import makers as make
from tests.activities.test_activities import refused, text
from tests.factories import fresh
from tests.inspections.makers import round_
from tests.rectification.makers import at

pytestmark = pytest.mark.django_db


def test_what_is_planned_and_what_is_laid_beside_it(cast):
    official = fresh(cast.official)
    secret = round_(cast, secret=True)
    refused(lambda: make.held(cast, round=secret), "round", "还在保密")
    plan = make.planned(cast)
    refused(lambda: activities.edit(plan, by=official, starts_on=make.ago(1)), "starts_on", "不能早于今天")
    assert activities.edit(plan, by=official, place="党校").place == "党校"
    with moment.pretend(moment.now() + timedelta(days=6)):  # its day is over: all but the day may be mended
        assert activities.edit(plan, by=fresh(official), place="镇政府").place == "镇政府"
    refused(lambda: activities.cancel(plan, by=official, note="长" * 501), "note", "不能超过 500 字")
    row = make.held(cast)
    refused(lambda: activities.attach(row, by=official, files=[]), "files", "请选择要上传的文件")
    refused(lambda: people.named("姓" * 61), "names", "太长")
    refused(lambda: people.named(f"陶有禾，{'职' * 101}"), "names", "太长")
    crowd = [{"name": f"第{n}人"} for n in range(301)]
    refused(lambda: people.set_people(row, by=official, people=crowd), "people", "最多 300 人")
    other = people.set_people(
        make.held(cast, title="另一次"), by=official, people=[{"name": "陶有禾"}]
    ).people.get()
    ticked = [{"person": other, "state": "present"}]
    refused(lambda: people.sign_in(row, by=official, people=ticked), "people", "不在名单中")
    item = at(cast, "accepted")
    refused(lambda: people.unlink(row, by=official, item=item, measure=1), "measure", "没有关联")
    people.fulfil(row, by=official, item=item, measure=1)
    refused(lambda: people.fulfil(row, by=official, item=item, measure=1), "measure", "已经关联")
    assert reminding.owed(moment.today(), timezone.localtime(moment.now()).replace(hour=6)) == []
    ActivityRule.objects.filter(kind="warning_month").update(amount="0")
    assert rules.warning_month(moment.today().year) is None


def test_what_a_meeting_decides_once(cast):
    desk = fresh(cast.casemgr)
    row = make.meeting(cast, decisions=2)
    fifty = [{"text": f"第{n}项"} for n in range(50)]
    refused(
        lambda: decided.decide(row, by=desk, decisions=[*fifty, {"text": "再加一项"}]), "decisions", "最多 50"
    )
    noted, kept = row.decisions.order_by("no")
    decided.note_decision(row, by=desk, decision=noted, note="属于学习要求")
    refused(
        lambda: decided.note_decision(row, by=desk, decision=noted, note="再次"),
        "decision",
        "已经下发或者注明",
    )
    refused(lambda: decided.issue_decisions(row, by=desk, decisions=[noted]), "decisions", "没有待下发")
    again = {"text": noted.text, "unit": cast.town, "lead_unit": cast.bureau, "due_on": make.ago(-60)}
    decided.decide(row, by=desk, decisions=[again])  # a new one: what is settled stays as it is
    assert sorted(row.decisions.values_list("no", "state")) == [(1, "noted"), (3, "open")]
    decided.decide(row, by=desk, decisions=[again | {"unit": desk.home.unit}])
    refused(lambda: decided.issue_decisions(row, by=desk), "decisions", "第 3 项：主责单位应是")
    assert kept.text != noted.text
    with pytest.raises(NotAllowed, match="本地区"), transaction.atomic():
        decided.issue_decisions(row, by=fresh(cast.neighbour))


def test_honours_plans_and_rules(cast):
    official = fresh(cast.official)
    honour = make.honoured(cast, valid_until=make.ago(-300))
    refused(lambda: commendations.attach(honour, by=official, files=[]), "files", "请选择要上传的文件")
    refused(lambda: commendations.revoke(honour, by=official, note="长" * 501), "note", "不能超过 500 字")
    with pytest.raises(NotAllowed, match="请选择本单位"), transaction.atomic():
        make.laid_down(cast, by=fresh(cast.otherofficial), unit=cast.town)
    old = make.laid_down(cast)
    refused(lambda: regulations.attach(old, by=official, files=[]), "files", "请选择要上传的文件")
    refused(lambda: regulations.repeal(old, by=official, ends_on=make.ago(-1), note="错"), "ends_on", "之间")
    Regulation.objects.filter(pk=old.pk).update(valid_to=make.ago(10))
    refused(lambda: regulations.repeal(old, by=official, note="错"), "ends_on", "已经失效")
    voided = regulations.void(make.laid_down(cast, title="登记错了"), by=official, note="错")
    new = {"title": "新", "replaces": voided, "valid_from": make.ago(1)}
    refused(lambda: make.laid_down(cast, **new), "replaces", "已经废止")
    master = make.laid_down(cast, kind="master", title="总方案")
    regulations.edit(master, by=official, kind="rules")  # nothing below it yet
    regulations.edit(master, by=official, kind="master")
    make.laid_down(cast, kind="part", title="子方案", parent=master)
    refused(lambda: regulations.edit(master, by=official, kind="rules"), "kind", "类别不能改变")
    assert regulations.edit(master, by=official, summary="总").summary == "总"


def test_what_a_sheet_may_not_hold(cast):
    with pytest.raises(NotAllowed, match="由举办单位导入"), transaction.atomic():
        make.sheet(cast, by=fresh(cast.secadmin))
    refused(lambda: sheets.take_in(by=fresh(cast.official), lines=[]), "lines", "是空的")
    for wrong in ("２三", "-1", "1.5", "123456789"):
        refused(lambda said=wrong: make.sheet(cast, make.LINE | {"times": said}), "lines", "请填写整数")
    ActivityKind.objects.filter(name=make.LINE["kind"]).update(valid_from=make.ago(1))
    refused(lambda: make.sheet(cast), "lines", "没有启用")
    ActivityKind.objects.filter(name=make.LINE["kind"]).update(valid_from=None)
    two = make.sheet(cast, make.LINE, make.LINE | {"title": "另一期", "times": "", "leaflets": "9"})
    day = two.lines.first().starts_on
    make.held(cast, title=make.LINE["title"], starts_on=day)  # somebody registers one of them meanwhile
    done = sheets.bring_in(two, by=fresh(cast.official))
    assert (done.rows_known, done.rows_made, Activity.objects.count()) == (1, 1, 2)


def test_ticking_is_offered_once_there_is_a_list_and_the_day_has_come(cast):
    row = make.planned(cast)
    url, official = row.get_absolute_url(), fresh(cast.official)
    assert "登记签到" not in text(official, url)
    people.set_people(row, by=official, people=[{"name": "陶有禾"}])
    assert "登记签到" not in text(official, url)
    with moment.pretend(moment.now() + timedelta(days=5)):
        assert "登记签到" in text(official, url)
