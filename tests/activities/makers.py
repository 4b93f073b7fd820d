"""Activities at any point of their way, made through the verbs."""

from datetime import timedelta

from povertyaudit.activities.models import ActivityKind
from povertyaudit.activities.services import activities, commendations, regulations, sheets
from povertyaudit.activities.services import decisions as decided
from povertyaudit.core import moment
from tests.factories import fresh
from tests.rectification.makers import photo

CAME = {"category": "village", "times": 86, "persons": 45}


def kind(code="POLICY"):
    return ActivityKind.objects.on().get(code=code)


def ago(days):
    return moment.today() - timedelta(days=days)


def said(**values):
    given = {"kind": kind(), "title": "帮扶政策培训班", "starts_on": ago(3), "place": "镇政府会议室"}
    return given | values


def planned(cast, *, by=None, days=5, **values):
    return activities.plan(by=by or cast.official, **said(starts_on=ago(-days), **values))


def held(cast, *, by=None, **values):
    given = said(**values)
    given.setdefault("sessions", 2)
    given.setdefault("attended", [CAME])
    return activities.register(by=by or cast.official, **given)


def archived(cast, **values):
    row = held(cast, files=[photo()], **values)
    return activities.archive(row, by=fresh(cast.official))


def meeting(cast, *, days=60, decisions=2, **values):
    """A held meeting of casemgr with decisions that can be issued."""
    row = held(
        cast, by=fresh(cast.casemgr), kind=kind("DISPATCH"), title="整改调度会", sessions=1,
        attended=[{"category": "section", "times": 20}], **values,
    )  # fmt: skip
    said_ = [
        {
            "text": f"第{n}项：限期兑付产业奖补。",
            "unit": cast.town,
            "lead_unit": cast.bureau,
            "due_on": ago(-days),
        }
        for n in range(1, decisions + 1)
    ]
    return decided.decide(row, by=fresh(cast.casemgr), decisions=said_)


def honoured(cast, *, by=None, **values):
    given = {
        "kind": "person", "unit": cast.town, "person_name": "陶有禾", "honour": "先进个人", "body": "县委、县政府", "awarded_on": ago(30),
    }  # fmt: skip
    return commendations.record(by=by or cast.official, **(given | values))


def laid_down(cast, *, by=None, **values):
    given = {"kind": "rules", "title": "村级财务管理办法", "issuer": "柳溪镇人民政府", "valid_from": ago(400)}
    return regulations.record(by=by or cast.official, **(given | values))


LINE = {
    "kind": "政策培训",
    "title": "村干部培训",
    "starts_on": "2026-01-05",
    "times": "40",
    "category": "村（社区）干部",
}


def sheet(cast, *lines, by=None, **values):
    return sheets.take_in(by=by or cast.official, lines=list(lines) or [LINE], **values)
