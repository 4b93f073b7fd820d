"""Assessments at any point of their way, made through the verbs."""

from datetime import timedelta
from decimal import Decimal

from povertyaudit.assessment import spans
from povertyaudit.assessment.models import AssessmentMeasure, InspectionDuty, ScoreSheet, UnitSheet
from povertyaudit.assessment.services import deciding, duties, ladders, opening, schemes, scoring
from povertyaudit.core import moment, terms
from povertyaudit.core.models import Region, Unit
from tests import factories
from tests.factories import fresh

COUNTED = {
    "code": "on_time", "name": "整改按期办结", "weight": 60, "way": "counted", "measure": "items_on_time", "full_at": 100,
    "zero_at": 50,
}  # fmt: skip


def indicators():
    """On time 60, daily work 40 scored by 县农业农村局."""
    office = Unit.objects.get(name="县农业农村局", region_id=factories.QINGHE)
    return [COUNTED, {"code": "work", "name": "日常工作", "weight": 40, "way": "scored", "scorers": [office]}]


def said(**values):
    given = {
        "code": "town_quarter", "name": "乡镇季度考核办法", "region": Region.objects.get(code=factories.QINGHE),
        "judged": "township", "period": "quarter", "indicators": None, "valid_from": moment.today(),
    } | values  # fmt: skip
    return given | {"indicators": given["indicators"] or indicators()}


def scheme(people, ago=400, **values):
    """In force for more than a year, or since `ago` days."""
    with moment.pretend(moment.now() - timedelta(days=ago)):
        term = schemes.propose(by=fresh(people.casemgr), **said(**values))
        return terms.confirm(term, by=fresh(people.secadmin))


def last_quarter():
    return spans.over("quarter", moment.today())


def opened(people, row=None, day=None, **values):
    """Of the quarter that is over, counted."""
    row = row or scheme(people, **values)
    made = opening.open_assessment(by=fresh(people.casemgr), scheme=row, day=day or last_quarter()[1])
    opening.count(again(made))
    return again(made)


def again(row):
    return type(row).objects.for_list().get(pk=row.pk)


def scored(people, row, points=90, by=None, **by_name):
    """Every office hands in the same points for everybody, or those named by unit."""
    for sheet in ScoreSheet.objects.filter(assessment=row, state="owed").for_list():
        who = by or fresh(people.sector)
        given = [
            {"unit": one.unit, "indicator": asked.code, "points": Decimal(by_name.get(one.unit.name, points))}
            for one, asked in scoring.grid(sheet).cells()
        ]
        scoring.score(sheet, by=who, scores=given)
        scoring.submit(again(sheet), by=who)
    return again(row)


def signed(people, row=None, points=90, **by_name):
    row = scored(people, row or opened(people), points, **by_name)
    return again(deciding.sign(row, by=fresh(people.leader)))


def published(people, row=None):
    return again(deciding.publish(row or signed(people), by=fresh(people.casemgr)))


def sheet(row, name="柳溪镇人民政府"):
    return UnitSheet.objects.for_list().get(assessment=row, unit__name=name)


def score_sheet(row):
    return ScoreSheet.objects.for_list().filter(assessment=row).order_by("pk")[0]


def measure(people, row):
    """Proposed because the unit was among the last."""
    with moment.pretend(moment.now() - timedelta(days=300)):
        rule = ladders.propose_rule(
            by=fresh(people.casemgr), code="below", name="低于 120 分", scheme_code=row.scheme_code, below=120, times=1,
            proposal="talk", addressed="unit", valid_from=moment.today(),
        )  # fmt: skip
        terms.confirm(rule, by=fresh(people.secadmin))
    ladders.propose(row)
    return AssessmentMeasure.objects.for_list().get(unit__name="柳溪镇人民政府")


def duty(people, ago=400, **values):
    """A 大督查 of this half year, owed by 县委巡察办."""
    given = {
        "code": "big_half", "name": "半年大督查", "region": Region.objects.get(code=factories.QINGHE), "kind": "big",
        "cadence": "half", "office": Unit.objects.get(name="县委巡察办", region_id=factories.QINGHE), "due_days": 150,
        "open_days": 150,
    } | values  # fmt: skip
    with moment.pretend(moment.now() - timedelta(days=ago)):
        rule = duties.propose_rule(by=fresh(people.casemgr), valid_from=moment.today(), **given)
        terms.confirm(rule, by=fresh(people.secadmin))
    duties.open_due(moment.today())
    return InspectionDuty.objects.for_list().order_by("-pk").first()


__all__ = ("spans",)
