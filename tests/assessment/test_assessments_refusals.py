"""考核: one refusal after another, each at its field."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from povertyaudit.assessment.models import Score, ScoreSheet
from povertyaudit.assessment.services import (
    deciding,
    duties,
    ladders,
    measures,
    opening,
    schemes,
    scoring,
    sheets,
)
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, NotAllowed
from povertyaudit.core.models import Unit
from tests.assessment import makers as make
from tests.factories import fresh

pytestmark = pytest.mark.django_db


def no(words, act, *args, error=DomainError, field=None, **values):
    with pytest.raises(error, match=words) as refused:
        act(*args, **values)
    assert field is None or refused.value.field == field


def test_what_a_scheme_a_rung_and_a_period_may_not_be(cast):
    desk = fresh(cast.casemgr)
    no("最多 20 分", schemes.propose, by=desk, **make.said(adjust_most=21), field="adjust_most")
    one, other = make.indicators()
    twice = [one | {"weight": 50}, other | {"weight": 50, "code": one["code"]}]
    no("代码不能重复", schemes.propose, by=desk, **make.said(indicators=twice), field="indicators")
    rung = {
        "code": "x", "name": "x", "scheme_code": "nowhere", "below": 90, "times": 1, "proposal": "talk", "addressed": "unit",
        "valid_from": moment.today(),
    }  # fmt: skip
    no("没有这个考核办法", ladders.propose_rule, by=desk, **rung, field="scheme_code")
    scheme = make.scheme(cast)
    period = {"scheme": scheme, "day": make.last_quarter()[1]}
    no(
        "由案管室或者监督检查室启动",
        opening.open_assessment,
        by=fresh(cast.official),
        **period,
        error=NotAllowed,
    )
    no("本地区的考核", opening.open_assessment, by=fresh(cast.neighbour), **period, field="scheme")
    Unit.objects.filter(kind="township").update(starts_on=moment.today())
    no("没有可以考核的单位", opening.open_assessment, by=desk, **period, field="scheme")


def test_what_a_sheet_may_not_say(cast):
    desk = fresh(cast.casemgr)
    row = make.opened(cast)
    own = make.sheet(row)
    veto = {"kind": "veto", "reason": "弄虚作假", "points": Decimal(1)}
    no("不填分值", sheets.adjust, own, by=desk, **veto, field="points")
    ScoreSheet.objects.filter(assessment=row).update(state="waived")
    no("没有人评分的指标：日常工作", deciding.sign, row, by=fresh(cast.leader))
    ScoreSheet.objects.filter(assessment=row).update(state="owed")
    signed = make.signed(cast, row)
    own = make.sheet(signed)
    line = own.lines.first()
    for points, words in ((line.weight + 1, "应得分应在"), (line.points, "不用更正")):
        no(words, sheets.correct, own, by=desk, line=line, points=points, note="数错了", field="points")
    measure = make.measure(cast, signed)
    said = {"kind": "self_criticism", "addressed": "unit", "note": "先作检查"}
    agreed = measures.decide_otherwise(measure, by=fresh(cast.leader), **said)
    early = {"outcome": "已谈", "outcome_on": moment.today() - timedelta(days=1)}
    no("不能早于决定日期", measures.record_outcome, agreed, by=desk, **early, field="outcome_on")
    late = early | {"outcome_on": moment.today() + timedelta(days=1)}
    no("不能晚于今天", measures.record_outcome, agreed, by=desk, **late, field="outcome_on")


def test_a_score_given_before_the_scorer_came_to_that_unit_is_given_anew(cast):
    """Between scoring and handing in he was posted to a unit on the sheet."""
    row = make.opened(cast)
    card, who = make.score_sheet(row), fresh(cast.sector)
    given = [
        {"unit": one.unit, "indicator": asked.code, "points": Decimal(80)}
        for one, asked in scoring.grid(card).cells()
    ]
    scoring.score(card, by=who, scores=given)
    assert Score.objects.filter(sheet=card, scored_by=who).exists()
    post = who.posts.get()
    post.pk, post.public_id, post.unit = None, "x" * 22, cast.town
    post.save(force_insert=True)
    no("由其他人员重评", scoring.submit, make.again(card), by=fresh(who))


def test_a_duty_is_done_by_its_office_within_its_days(cast, time_machine):
    time_machine.move_to("2026-02-20T09:00:00+08:00")
    row = make.duty(cast, due_days=150, open_days=100)
    done = {"by": fresh(cast.patroloffice), "paper": "通报"}
    for day in (date(2026, 2, 21), date(2025, 12, 31)):
        no("至今天之间", duties.fulfil, row, done_on=day, **done, field="done_on")
    stranger = {"by": fresh(cast.sector), "paper": "通报", "done_on": date(2026, 2, 20)}
    no("负责单位", duties.fulfil, row, **stranger, error=NotAllowed)
