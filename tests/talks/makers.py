"""Talks at any point of their way, made through the verbs, each on its own day."""

from contextlib import contextmanager
from datetime import timedelta

from povertyaudit.core import moment
from povertyaudit.talks.models import Talk
from povertyaudit.talks.services import following, minutes, notices
from povertyaudit.talks.services.opening import open_talk
from tests.factories import fresh

STATES = ("approved", "notified", "received", "held", "following", "closed")
REASON = "项目进度连续两个月落后。"
MATTERS = {"place": "第一谈话室", "matters": "说明进度落后的原因。"}


@contextmanager
def later(**ahead):
    with moment.pretend(moment.now() + timedelta(**ahead)):
        yield


def again(row):
    return Talk.objects.for_page().get(pk=row.pk)


def opened(cast, by=None, **values):
    """By the secretary, with the township as a unit; decided at once."""
    given = {"unit": cast.town, "reason": REASON} | values
    return again(open_talk(by=fresh(by or cast.secretary), **given)[0])


def notice(cast, **values):
    return {
        "talk_at": moment.now() + timedelta(hours=2), **MATTERS, "talker": cast.secretary, "recorder": cast.inspector2,
    } | values  # fmt: skip


def issued(cast, row, by=None, **values):
    return again(notices.issue(row, by=fresh(by or cast.inspector1), **notice(cast, **values)))


def said(**values):
    today = moment.today()
    return {
        "questions": "进度落后的原因。", "statement": "主体工程完成八成。", "promise": "十天内完工。",
        "measure": "每周调度。", "promise_due_on": today + timedelta(days=10),
    } | values  # fmt: skip


def held(cast, row, **values):
    return again(minutes.hold(row, by=fresh(cast.inspector2), **said(**values)))


def talk(cast, state="approved", **values):
    """A talk of the secretary with 柳溪镇 in `state`; from `held` on two hours later, as time was pretended."""
    row = opened(cast, **values)
    if state == "approved":
        return row
    row = issued(cast, row)
    if state == "notified":
        return row
    row = again(notices.receive(row, by=fresh(cast.unithead)))
    if state == "received":
        return row
    with later(hours=3):
        row = held(cast, row)
        if state == "held":
            return row
        minutes.sign(row, by=fresh(cast.secretary))
        row = again(minutes.sign(again(row), by=fresh(cast.unithead)))
        if state == "following":
            return row
        return again(
            following.follow_up(row, by=fresh(cast.inspector2), outcome="kept", finding="现场查看，已完工。")
        )
