"""Look-backs at any point of their way, made through the verbs."""

from datetime import date, timedelta

from povertyaudit.core import moment
from povertyaudit.core.models import Region
from rectification.models import LookBack, LookBackCheck
from rectification.services import look_back_checks as checks
from rectification.services import look_backs
from tests import factories
from tests.factories import fresh
from tests.rectification.makers import at

ASKED = {"role": "household", "surname": "陶", "paid": "yes", "paid_by": "村会计，现金", "amount_fen": 50000}
NOT_PAID = {"role": "household", "surname": "禾", "paid": "no", "said": "没有人来退过钱。"}


def said(cast, **values):
    """The values of a new plan over everything closed so far: two by lot, approved by the secretary."""
    today = moment.today()
    given = {
        "title": "销号事项回头看", "region": Region.objects.get(code=factories.QINGHE), "origin": "period",
        "period_from": today - timedelta(days=60), "period_to": today, "starts_on": today,
        "ends_on": today + timedelta(days=30), "approver": cast.secretary, "random_size": 1, "seed": "2026-1",
    }  # fmt: skip
    return given | values


def plan(cast, state="drafted", by=None, **values):
    """A plan of inspector1 over one closed item at least; approved: the first row is patroloffice's to check."""
    if values.pop("closed", True):
        at(cast, "closed")
    row = look_backs.plan(by=by or cast.inspector1, **said(cast, **values))
    if state == "drafted":
        return again(row)
    look_backs.approve(row, by=cast.secretary, note="同意")
    return again(row)


def rows(plan_):
    return list(LookBackCheck.objects.filter(plan=plan_).for_list().order_by("seq"))


def assigned(cast, check, to=None):
    return checks.assign(check, by=fresh(cast.inspector1), checker=to or cast.patroloffice)


def recorded(cast, check, result="confirmed", by=None, answers=(ASKED,), **values):
    given = {"finding": "到户查看，问了当事人。", "reason": "钱没有退到户。" if result == "relapsed" else ""}
    return checks.record(
        LookBackCheck.objects.for_list().get(pk=check.pk), by=by or fresh(cast.patroloffice), result=result,
        answers=list(answers), **(given | values),
    )  # fmt: skip


def again(row):
    return type(row).objects.for_list().get(pk=row.pk)


def check(cast, state="assigned", **values):
    """One row of an approved plan in `state`."""
    row = rows(plan(cast, "approved", **values))[0]
    if state == "drawn":
        return row
    row = assigned(cast, row)
    if state == "assigned":
        return again(row)
    row = recorded(
        cast,
        row,
        "confirmed" if state == "confirmed" else "relapsed",
        answers=[NOT_PAID if state != "confirmed" else ASKED],
    )
    if state == "reopened":
        row = checks.reopen_item(
            again(row),
            by=fresh(cast.leader),
            due_on=date.max.replace(year=moment.today().year + 1),
            note="反弹",
        )
    if state == "renewed":
        row = checks.open_item(again(row), by=fresh(cast.casemgr), problem="同类问题又发生。")
    return again(row)


def plan_of(check_):
    return LookBack.objects.for_page().get(pk=check_.plan_id)
