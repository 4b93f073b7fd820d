"""考核 through pages and REST: a scheme, the clock opens, the ledger counts, offices score, a leader signs, units read."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from povertyaudit.assessment.models import (
    Assessment,
    AssessmentScheme,
    Score,
    ScoreLine,
    ScoreSheet,
    UnitSheet,
)
from povertyaudit.assessment.services import deciding, opening, scoring, sheets
from povertyaudit.core import jobs, moment, terms
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Clock, Job, Role, Unit
from tests import factories
from tests.assessment import makers as make
from tests.core.test_clock_pages import post
from tests.factories import fresh
from tests.rectification import makers as items
from tests.rectification.makers import api
from tests.rectification.test_look_backs_doors import sent, text, web

pytestmark = pytest.mark.django_db
ROWS = {f"indicators-{n}": n for n in range(2)}


def scheme_form(**change):
    """A scheme as it is typed, two indicators."""
    typed = {
        "name": "乡镇季度考核办法", "code": "town_quarter", "region": "青禾县", "judged": "township", "period": "quarter",
        "adjust_most": 5, "valid_from": moment.today(), "indicators-TOTAL_FORMS": 2, "indicators-INITIAL_FORMS": 0,
        "indicators-0-name": "整改按期办结", "indicators-0-code": "on_time", "indicators-0-weight": 60,
        "indicators-0-way": "counted", "indicators-0-measure": "items_on_time", "indicators-0-full_at": 100,
        "indicators-0-zero_at": 50, "indicators-1-name": "日常工作", "indicators-1-code": "work",
        "indicators-1-weight": 40, "indicators-1-way": "scored", "indicators-1-scorers": "县农业农村局",
    }  # fmt: skip
    return typed | change


def test_a_quarter_on_pages(cast, time_machine):
    """From the scheme to the sheet that a township reads, and nothing of it before it is published."""
    time_machine.move_to("2026-06-20T10:00:00+08:00")
    new = "/terms/assessment-schemes/new/"
    assert web(cast.inspector1).get(new).status_code == 403
    wrong = post(web(cast.casemgr), new, scheme_form(**{"indicators-0-weight": 50}))
    assert "权重合计是 90，应是 100" in wrong.content.decode()
    wrong = post(web(cast.casemgr), new, scheme_form(**{"indicators-0-code": "按期"}))
    assert "以字母开头" in wrong.content.decode()
    wrong = post(web(cast.casemgr), new, scheme_form(**{"indicators-1-scorers": "县统计局"}))
    assert "没有找到“县统计局”" in wrong.content.decode()
    sent(cast.casemgr, new, **scheme_form())
    scheme = AssessmentScheme.objects.get()
    sent(cast.secadmin, f"/terms/{scheme.public_id}/confirm/", note="")
    shown = text(cast.casemgr, f"/terms/{scheme.public_id}/")
    assert "时限在本期内的主责整改事项" in shown
    assert "县农业农村局" in shown

    late, good = items.at(cast, "accepted", days=5), items.at(cast, "accepted", days=40)
    assert late.main_unit == good.main_unit
    early = post(web(cast.casemgr), "/assessments/new/", {"scheme": scheme.public_id, "day": "2026-06-30"})
    assert "还没有结束" in early.content.decode()
    time_machine.move_to("2026-07-02T07:00:00+08:00")
    (owed,) = opening.owed(moment.today(), moment.now())
    job = jobs.enqueue(owed[1], owed[2], owed[0])
    assert jobs.run(job.pk) == "done"
    assert opening.open_due(moment.today()) == 0
    assert jobs.run(Job.objects.get(kind="assessment_count").pk) == "done"
    row = Assessment.objects.get()
    base = row.get_absolute_url()
    assert "2026年第二季度 乡镇季度考核办法" in text(cast.casemgr, base)
    line = ScoreLine.objects.get(sheet__unit=cast.town, key="on_time")
    assert (line.hits, line.among, line.points) == (0, 1, 0)
    own = make.sheet(row)
    links = re.findall(r'href="(/items/\?[^"]+)"', text(cast.casemgr, own.get_absolute_url()))
    opened = text(cast.casemgr, links[0].replace("&amp;", "&"))
    assert late.number in opened
    assert good.number not in opened

    assert Clock.objects.of(make.score_sheet(row)).get().code == "assessment.score"
    card = make.score_sheet(row).get_absolute_url()
    assert "待我评分的考核" in text(cast.sector, "/")
    cells = re.findall(r'name="([A-Za-z0-9]{22}-work)"', text(cast.sector, f"{card}score/"))
    assert len(cells) == 2
    wrong = post(web(cast.sector), f"{card}score/", {cells[0]: "101", cells[1]: "九十"})
    assert "应在 0 至 100 之间" in wrong.content.decode()
    assert "请填写数字" in wrong.content.decode()
    sent(cast.sector, f"{card}score/", **{cells[0]: "９０"})
    assert "还没有评完：" in post(web(cast.sector), f"{card}submit/", {"note": ""}).content.decode()
    unsigned = post(web(cast.leader), f"{base}sign/", {"note": ""})
    assert "还没有提交评分：县农业农村局" in unsigned.content.decode()
    sent(cast.sector, f"{card}score/", **{cells[0]: "90", cells[1]: "82.5"})
    sent(cast.sector, f"{card}submit/", note="")
    assert post(web(cast.sector), f"{card}score/", {cells[0]: "10"}).status_code == 409

    for user in (cast.unithead, cast.official, cast.otherofficial, cast.countyleader, cast.neighbour):
        for url in (base, own.get_absolute_url(), f"{base}sign/"):
            text(user, url, 404)
    assert "签发" in text(cast.leader, "/")
    sent(cast.leader, f"{base}sign/", note="同意")
    text(cast.unithead, base, 404)
    assert "第 2 名" in text(cast.countyleader, own.get_absolute_url())
    sent(cast.casemgr, f"{base}publish/", note="")
    seen = text(cast.unithead, base)
    assert "第 1 名" in seen
    assert make.sheet(row, "白杨乡人民政府").get_absolute_url() not in seen
    text(cast.unithead, make.sheet(row, "白杨乡人民政府").get_absolute_url(), 404)
    assert "整改按期办结" in text(cast.unithead, own.get_absolute_url())
    assert "考核" in text(cast.unithead, "/unit-sheets/")


def test_a_quarter_over_rest(cast, client):
    make.scheme(cast)
    day = make.last_quarter()[1]
    door = api(client, cast.casemgr)
    made = door.post("assessments/", {"scheme": "town_quarter", "day": f"{day}"})
    assert made.status_code == 201, made.json()
    here = f"assessments/{made.json()['id']}/"
    again = door.post("assessments/", {"scheme": "town_quarter", "day": f"{day}"}).json()
    assert (again["code"], again["field"]) == ("assessment.once", "day")
    opening.count(Assessment.objects.get())
    card = api(client, cast.sector).get("score-sheets/").json()["results"][0]["id"]
    whole = api(client, cast.sector).get(f"score-sheets/{card}/").json()
    assert (len(whole["asked_units"]), whole["asked_indicators"]) == (2, [["work", "日常工作"]])
    given = [{"unit": name, "indicator": "work", "points": "80"} for name in whole["asked_units"]]
    foreign = api(client, cast.sector).post(
        f"score-sheets/{card}/score/", {"scores": [given[0] | {"indicator": "x"}]}
    )
    assert foreign.json()["code"] == "score.not_asked"
    assert api(client, cast.sector).post(f"score-sheets/{card}/score/", {"scores": given}).status_code == 200
    assert api(client, cast.sector).post(f"score-sheets/{card}/submit/", {}).json()["state"] == "submitted"
    own = make.sheet(Assessment.objects.get())
    there = f"unit-sheets/{own.public_id}/"
    plus = {"kind": "plus", "points": "9", "reason": "经验推广"}
    assert api(client, cast.casemgr).post(f"{there}adjust/", plus).json()["field"] == "points"
    api(client, cast.casemgr).post(f"{there}adjust/", plus | {"points": "2"})
    assert api(client, cast.leader).post(f"{here}sign/", {}).json()["state"] == "signed"
    found = api(client, cast.casemgr).get(there).json()
    assert (found["total"], found["place"], found["lines"][1]["points"]) == ("94.00", 1, "32.00")
    fixed = api(client, cast.casemgr).post(f"{there}correct/", {"line": "2", "points": "41", "note": "算错"})
    assert fixed.json()["field"] == "points"
    fixed = (
        api(client, cast.casemgr)
        .post(f"{there}correct/", {"line": "2", "points": "30", "note": "算错"})
        .json()
    )
    assert (fixed["total"], fixed["corrections"][0]["points"]) == ("94.00", "30.00")
    assert api(client, cast.unithead).get(there).status_code == 404
    api(client, cast.casemgr).post(f"{here}publish/", {})
    assert api(client, cast.unithead).get(there).json()["place"] == 1
    assert [row["unit"] for row in api(client, cast.unithead).get("unit-sheets/").json()["results"]] == [
        "柳溪镇人民政府"
    ]


def test_nobody_scores_the_unit_he_serves_in_whichever_account_he_uses(cast):
    """A department scores departments: not itself; and one person with two accounts is one person."""
    bureau, finance = cast.bureau, Unit.objects.get(name="县财政局")
    row = make.opened(cast, code="dept", name="部门考核", judged="department", indicators=[
        {"code": "work", "name": "配合", "weight": 100, "way": "scored", "scorers": [bureau, finance]},
    ])  # fmt: skip
    card = ScoreSheet.objects.for_list().get(assessment=row, unit=bureau)
    assert bureau not in [one.unit for one in scoring.grid(card).sheets]
    cell = {"unit": bureau, "indicator": "work", "points": Decimal(99)}
    with pytest.raises(RuleBroken, match="不能给本单位评分") as refused:
        scoring.score(card, by=fresh(cast.sector), scores=[cell])
    assert refused.value.field == scoring.cell(bureau, "work")
    factories.user(Role.LIAISON, unit=finance, username="second", person=cast.sector.person)
    with pytest.raises(RuleBroken, match=r"另一个账号.*县财政局"):
        scoring.score(make.again(card), by=fresh(cast.sector), scores=[cell | {"unit": finance}])
    other = factories.user(Role.SECTOR, unit=bureau, username="third")
    assert scoring.score(make.again(card), by=other, scores=[cell | {"unit": finance}]).scores.count() == 1
    own, foreign = make.sheet(row, bureau.name), make.sheet(row, finance.name)
    for judged, by in ((own, other), (foreign, cast.sector)):
        with pytest.raises(DatabaseError, match="own unit"), transaction.atomic():
            Score.objects.create(sheet=card, unit_sheet=judged, key="x", points=1, scored_by=by)


def test_townships_rate_departments_in_reverse(cast):
    """Each township once, the mean counts; who does not answer is waived with a reason."""
    row = make.opened(cast, code="reverse", name="逆向考评", judged="department", indicators=[
        {"code": "service", "name": "办事效率", "weight": 100, "way": "reverse"},
    ])  # fmt: skip
    cards = list(ScoreSheet.objects.for_list().filter(assessment=row).order_by("pk"))
    assert {card.unit.name for card in cards} == {"柳溪镇人民政府", "白杨乡人民政府"}
    for card, by, points in zip(cards, (cast.official, cast.otherofficial), (80, 91), strict=True):
        given = [
            {"unit": one.unit, "indicator": "service", "points": points} for one in scoring.grid(card).sheets
        ]
        scoring.score(card, by=fresh(by), scores=given)
        if points == 80:
            scoring.submit(make.again(card), by=fresh(by))
    with pytest.raises(RuleBroken, match="还没有提交评分：白杨乡人民政府"):
        deciding.sign(make.again(row), by=fresh(cast.leader))
    with pytest.raises(NotAllowed):
        scoring.waive(make.again(cards[1]), by=fresh(cast.otherofficial), note="不评")
    scoring.submit(make.again(cards[1]), by=fresh(cast.otherofficial))
    scoring.send_back(make.again(cards[1]), by=fresh(cast.casemgr), note="分数相同，请重评")
    scoring.waive(make.again(cards[1]), by=fresh(cast.casemgr), note="乡镇机构改革")
    deciding.sign(make.again(row), by=fresh(cast.leader))
    totals = {one.unit.name: (one.total, one.place) for one in UnitSheet.objects.filter(assessment=row)}
    assert set(totals.values()) == {(Decimal("80.00"), 1)}  # equal points share the place


def test_a_scheme_changed_in_the_middle_of_the_period_counts_both_ways(cast):
    """Both results stand there; whoever signs has to say which one counts, and why."""
    old = make.scheme(cast, indicators=[make.COUNTED | {"weight": 100}])
    first, last = make.last_quarter()
    middle = (moment.today() - (first + timedelta(days=40))).days
    office = make.indicators()[1] | {"weight": 100}
    new = make.scheme(cast, ago=middle, indicators=[office])
    row = make.opened(cast, row=new)
    assert (row.scheme, row.rival) == (new, old)
    row = make.scored(cast, row, 90, 白杨乡人民政府=95)
    assert "名次不同" in text(cast.leader, row.get_absolute_url())
    with pytest.raises(RuleBroken, match="请先选定以哪个为准"):
        deciding.sign(row, by=fresh(cast.leader))
    with pytest.raises(RuleBroken, match="理由"):
        deciding.decide_scheme(row, by=fresh(cast.leader), which="first_day")
    deciding.decide_scheme(row, by=fresh(cast.leader), which="first_day", note="大部分时间按原办法")
    row = make.again(deciding.sign(make.again(row), by=fresh(cast.leader)))
    own = make.sheet(row, "白杨乡人民政府")
    assert (row.scheme, own.total, own.rival_total, own.place, own.rival_place) == (old, 100, 95, 1, 1)
    assert make.sheet(row).rival_place == 2
    assert "大部分时间按原办法" in text(cast.casemgr, row.get_absolute_url())


def test_a_unit_merged_meanwhile_is_not_ranked_and_one_gone_before_has_no_sheet(cast):
    gone = factories.unit("旧镇人民政府", "township", factories.TOWN)
    last = make.last_quarter()[1]
    Unit.objects.filter(pk=gone.pk).update(ends_on=last, successor=cast.town)
    row = make.opened(cast)
    assert row.sheets.count() == 2
    assert "旧镇人民政府" in text(cast.casemgr, row.get_absolute_url())
    other = Unit.objects.get(name="白杨乡人民政府")
    sheets.follow_unit(other, cast.town, by=fresh(cast.casemgr))
    row = make.signed(cast, row)
    assert [(one.left_out, one.place) for one in row.sheets.order_by("left_out")] == [
        (False, 1),
        (True, None),
    ]


def test_a_veto_and_the_bound_of_what_is_added(cast):
    row = make.opened(cast)
    own = make.sheet(row)
    for _ in range(2):
        own = sheets.adjust(
            make.again(own), by=fresh(cast.casemgr), kind="plus", points=Decimal(5), reason="表彰"
        )
    other = make.sheet(row, "白杨乡人民政府")
    sheets.adjust(other, by=fresh(cast.casemgr), kind="veto", reason="发生重大问题")
    with pytest.raises(RuleBroken, match="不填分值"):
        sheets.adjust(
            make.again(other), by=fresh(cast.casemgr), kind="missed", points=Decimal(1), reason="减贫任务"
        )
    row = make.signed(cast, row, 100)
    assert (make.sheet(row).total, make.sheet(row, "白杨乡人民政府").total) == (Decimal("105.00"), Decimal(0))
    assert "否决" in text(cast.casemgr, row.get_absolute_url())


def test_the_clock_asks_once_and_terms_tell_who_may(cast):
    scheme = make.scheme(cast)
    day = make.last_quarter()[1] + timedelta(days=1)
    assert opening.open_due(day) == 1
    assert opening.open_due(day) == 0
    row = Assessment.objects.get()
    opening.count(row)
    deciding.cancel(make.again(row), by=fresh(cast.casemgr), note="办法有误")
    assert opening.open_due(day) == 0
    assert set(ScoreSheet.objects.values_list("state", flat=True)) == {"waived"}
    assert terms.TERM.offered(scheme, fresh(cast.casemgr))
    with pytest.raises(NotAllowed):
        opening.open_assessment(by=fresh(cast.patrol1), scheme=scheme, day=day)
