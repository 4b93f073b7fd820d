"""考核 of the demo county: townships every quarter and every year, departments by an office and in reverse by townships."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from povertyaudit.assessment import spans
from povertyaudit.assessment.models import (
    Assessment,
    AssessmentMeasure,
    AssessmentScheme,
    InspectionDuty,
    ScoreSheet,
    UnitSheet,
)
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
from povertyaudit.core import moment, terms
from povertyaudit.core.models import Unit, User
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import COUNTY_TIME, Diary

BEGUN = 1100  # days ago: before the first year that is judged
QUARTERS = 4  # the last of them is still being scored
POINTS = tuple(Decimal(points) for points in ("96", "94.5", "93", "95", "91", "92.5", "97", "90"))
WEAK = 3  # townships from the end of the list that lag behind
QUARTER = (
    {"code": "on_time", "name": "整改按期办结", "weight": 20, "way": "counted", "measure": "items_on_time", "full_at": 90,
     "zero_at": 40},
    {"code": "overdue", "name": "期末超期事项", "weight": 10, "way": "counted", "measure": "items_overdue", "per_case": Decimal(2)},
    {"code": "funds", "name": "项目资金", "weight": 30, "way": "counted", "measure": "spending", "full_at": 90, "zero_at": 20},
    {"code": "openness", "name": "村务公开", "weight": 10, "way": "counted", "measure": "village_sheets", "full_at": 100,
     "zero_at": 50},
    {"code": "work", "name": "日常工作", "weight": 30, "way": "scored", "scorers": ("县农业农村局", "县乡村振兴局")},
)  # fmt: skip
YEAR = (
    {"code": "on_time", "name": "整改按期办结", "weight": 40, "way": "counted", "measure": "items_on_time", "full_at": 90,
     "zero_at": 40},
    {"code": "work", "name": "年度工作", "weight": 60, "way": "scored", "scorers": ("县乡村振兴局",)},
)  # fmt: skip
REVERSE = ({"code": "service", "name": "审批拨付效率", "weight": 100, "way": "reverse"},)
CHANGED = (
    {"code": "service", "name": "审批拨付效率", "weight": 70, "way": "reverse"},
    {"code": "help", "name": "业务指导", "weight": 30, "way": "reverse"},
)


def propose(
    cast: Cast, code: str, name: str, judged: str, period: str, told: Iterable[Mapping[str, Any]]
) -> Any:
    """Proposed by 案管室 and confirmed by 安全保密, from that day on."""
    indicators = [{**one, "scorers": [cast.units[name] for name in one.get("scorers", ())]} for one in told]
    made = schemes.propose(
        by=cast.casemgr, code=code, name=name, region=cast.places.county, judged=judged, period=period,
        indicators=indicators, valid_from=moment.today(), anchor="县委、县政府考核工作安排",
    )  # fmt: skip
    return terms.confirm(made, by=cast.secadmin, note="已核对。")


def judge(cast: Cast, code: str, day: date) -> Any:
    """Opened and counted."""
    scheme = AssessmentScheme.objects.on(day).get(code=code)
    row = opening.open_assessment(by=cast.casemgr, scheme=scheme, day=day)
    opening.count(row)
    return again(row)


def again(row: Any) -> Any:
    return type(row).objects.for_list().get(pk=row.pk)


def score(sheet: ScoreSheet, by: User, lag: Iterable[Unit] = (), hand_in: bool = True) -> None:
    """The same points in turn; those that lag behind get forty."""
    weak = {unit.pk for unit in lag}
    given = [
        {
            "unit": one.unit, "indicator": asked.code,
            "points": Decimal(40) if one.unit_id in weak else POINTS[number % len(POINTS)],
        }
        for number, (one, asked) in enumerate(scoring.grid(sheet).cells())
    ]  # fmt: skip
    scoring.score(sheet, by=by, scores=given)
    if hand_in:
        scoring.submit(again(sheet), by=by)


def cards(row: Assessment) -> Iterator[ScoreSheet]:
    yield from ScoreSheet.objects.filter(assessment=row, state="owed").for_list().order_by("pk")


def whole(cast: Cast, row: Assessment, lag: Iterable[Unit] = ()) -> Any:
    """Scored by everybody asked, signed; what the rules propose stands there."""
    scorers = {cast.units["县农业农村局"].pk: cast.sector, cast.units["县乡村振兴局"].pk: cast.sector4}
    for card in cards(row):
        score(card, scorers[card.unit_id], lag)
    done = again(deciding.sign(again(row), by=cast.leader, note="同意。"))
    ladders.propose(done)
    return done


def _at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=COUNTY_TIME)


def townships(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Two years, then quarter by quarter; the same townships lag behind each time."""
    yield _at(diary.today - timedelta(days=BEGUN))
    propose(cast, "town_quarter", "乡镇季度考核办法", "township", "quarter", QUARTER)
    propose(cast, "town_year", "乡镇年度考核办法", "township", "year", YEAR)
    rules(cast)
    lag = [cast.units[f"{town.name}人民政府"] for town in cast.places.towns[-WEAK:]]
    for code, spans_ in (
        ("town_year", _last("year", 2, diary.today)),
        ("town_quarter", _last("quarter", QUARTERS, diary.today)[:-1]),
    ):
        for number, (_, last) in enumerate(spans_, 1):
            yield _at(last + timedelta(days=5))
            row = judge(cast, code, last)
            if code == "town_year":
                sheets.adjust(
                    UnitSheet.objects.for_list().get(assessment=row, unit=lag[-1]), by=cast.casemgr, kind="missed",
                    reason="年度减贫任务没有完成，见年度任务清单核查结果。",
                )  # fmt: skip
            row = whole(cast, row, lag)
            if number < QUARTERS - 1:
                deciding.publish(row, by=cast.casemgr)
            if number == 1 and (QUARTERS > 2 or code == "town_year"):
                decide(cast, row)


def rules(cast: Cast) -> None:
    """Three ladders: quarter by quarter once, twice, three times; the last of the year; the task of the year missed."""
    quarter = {"scheme_code": "town_quarter", "below": 90, "last_places": 3, "addressed": "both"}
    year = {"scheme_code": "town_year", "addressed": "heads", "decider": "secretary"}
    told: tuple[dict[str, Any], ...] = (
        {"code": "quarter_once", "name": "季度后三名：书面检查", "times": 1, "proposal": "self_criticism", **quarter},
        {"code": "quarter_twice", "name": "连续两个季度后三名：约谈", "times": 2, "proposal": "talk", "decider": "secretary",
         **quarter},
        {"code": "quarter_thrice", "name": "连续三个季度后三名：组织调整建议", "times": 3, "proposal": "adjustment",
         "decider": "secretary", **quarter},
        {"code": "year_last", "name": "年度末位：约谈党政正职", "times": 1, "proposal": "talk", "last_places": 1, **year},
        {"code": "missed_once", "name": "年度任务未完成：约谈", "times": 1, "proposal": "talk", "missed": True, **year},
        {"code": "missed_twice", "name": "连续两年任务未完成：组织调整建议", "times": 2, "proposal": "adjustment", "missed": True,
         **year},
    )  # fmt: skip
    for one in told:
        made = ladders.propose_rule(
            by=cast.casemgr, valid_from=moment.today(), anchor="县委考核结果运用办法", **one
        )
        terms.confirm(made, by=cast.secadmin, note="已核对。")


def decide(cast: Cast, row: Assessment) -> None:
    """One agreed and done, one otherwise, one not at all, the others agreed."""
    for number, one in enumerate(AssessmentMeasure.objects.filter(assessment=row).for_list().order_by("pk")):
        if number == 1:
            measures.decide_otherwise(
                one,
                by=cast.secretary,
                kind="other",
                addressed="deputies",
                note="正职新任，由分管领导专题汇报。",
            )
        elif number == 2:
            measures.decline(one, by=cast.secretary, note="本期受灾停工，不采取措施。")
        else:
            measures.agree(one, by=cast.secretary, note="情况属实，同意。")
        if number == 0 and one.proposal != "talk":  # a talk is carried out among the talks
            measures.record_outcome(
                again(one), by=cast.casemgr, outcome="已经办理，情况存档。", outcome_on=moment.today()
            )


def _last(kind: str, count: int, today: date) -> list[tuple[date, date]]:
    """The last periods that are over, the oldest first."""
    found = [spans.over(kind, today)]
    while len(found) < count:
        found.insert(0, spans.before(kind, found[0][0]))
    return found


def going_on(cast: Cast, today: date) -> None:
    """What stands today: a quarter being scored, a year to sign, and departments rated in reverse by a scheme that changed."""
    _, last = spans.over("quarter", today)
    row = judge(cast, "town_quarter", last)
    first = UnitSheet.objects.for_list().get(assessment=row, unit=cast.town_unit(4))
    sheets.adjust(
        first, by=cast.casemgr, kind="plus", points=Decimal(2), reason="产业项目管理经验在全市推广。"
    )
    sheets.leave_out(again(first), by=cast.casemgr, note="本季度承担全县试点任务，情况不可比。")
    card = ScoreSheet.objects.for_list().get(assessment=row, unit=cast.units["县乡村振兴局"])
    score(card, cast.sector4)
    departments(cast, today)
    duties.open_due(today)


def rules_of_departments(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Two schemes for departments; the half-yearly one is changed in the middle of the half year that is judged now."""
    first, _ = spans.over("half", diary.today)
    year_first, _ = spans.over("year", diary.today)
    yield _at(year_first - timedelta(days=30))
    office = {
        "code": "work",
        "name": "行业扶贫任务",
        "weight": 100,
        "way": "scored",
        "scorers": ("案件监督管理室",),
    }
    propose(cast, "department_year", "县直部门年度考核办法", "department", "year", (office,))
    yield _at(first - timedelta(days=20))
    propose(cast, "department_reverse", "县直部门逆向考评办法", "department", "half", REVERSE)
    yield _at(first + timedelta(days=70))
    propose(cast, "department_reverse", "县直部门逆向考评办法（修订）", "department", "half", CHANGED)


def rhythm(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Two 大督查 a year and a 交叉互查 every quarter: those of the half years before took place, the last one is owed."""
    first, _ = spans.over("half", diary.today)
    yield _at(first - timedelta(days=3))
    for code, name, kind, cadence, due in (
        ("big_half", "半年大督查", "big", "half", 150), ("cross_quarter", "季度交叉互查", "cross", "quarter", 80),
    ):  # fmt: skip
        made = duties.propose_rule(
            by=cast.casemgr, code=code, name=name, region=cast.places.county, kind=kind, cadence=cadence,
            office=cast.units["县委巡察办"], due_days=due, open_days=60, valid_from=moment.today(), anchor="县委督查工作安排",
        )  # fmt: skip
        terms.confirm(made, by=cast.secadmin, note="已核对。")
    for days in (95, 145):
        yield _at(first + timedelta(days=days))
        duties.open_due(moment.today())
        for one in InspectionDuty.objects.filter(state="open").for_list():
            if one.due_on <= moment.today() + timedelta(days=10):
                duties.fulfil(
                    one,
                    by=cast.patroloffice,
                    done_on=moment.today(),
                    paper="督查情况通报",
                    note="已经开展，情况已通报。",
                )


def departments(cast: Cast, today: date) -> None:
    """A year ready to be signed; a half year that townships rate."""
    for card in cards(judge(cast, "department_year", spans.over("year", today)[1])):
        score(card, cast.casemgr)
    row = judge(cast, "department_reverse", spans.over("half", today)[1])
    card = ScoreSheet.objects.for_list().get(assessment=row, unit=cast.town_unit(2))
    score(card, cast.official, hand_in=False)


STORIES = (townships, rules_of_departments, rhythm)
