"""约谈 of the demo county, one in each state: proposed, decided, told, received, held, followed, kept, not kept, cancelled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.models import Unit, User
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import COUNTY_TIME
from povertyaudit.talks.apart import conflict
from povertyaudit.talks.models import Talk, TalkOrigin
from povertyaudit.talks.services import following, minutes, notices
from povertyaudit.talks.services.opening import open_talk

# Town, why, how many days ago it was held (or is told of, where negative), how far it came. Those of the second wait for
# `official` and `unithead`.
STORIES = (
    (6, "产业项目支出进度连续两个月列全县后三名。", 60, "kept"),
    (7, "驻村工作队两个月没有达到驻村天数。", 45, "not_kept"),
    (2, "扶贫小额信贷贴息审核不严，超范围贴息。", 12, "following"),
    (2, "村务公开清单连续三个月逾期上报。", 1, "held"),
    (10, "公益岗位人员在岗情况不实。", 1, "received"),
    (2, "低保动态管理走过场，应退未退。", -3, "notified"),
)
SAID: dict[str, Any] = {
    "questions": "问题发生的原因，班子研究过几次，责任落实到谁。", "statement": "重视不够，压力没有传导到村，愿意接受监督。",
    "measure": "镇主要负责人每周调度一次，建立到村到户台账。",
}  # fmt: skip
PROMISE = "三十日内整改到位，举一反三开展自查。"


def make(cast: Cast) -> None:
    """Told on their own days, the old ones first."""
    for town, reason, ago, end in STORIES:
        _tell(cast, cast.town_unit(town), reason, ago, end)
    today = moment.today()
    for row in Talk.objects.filter(origin=TalkOrigin.ASSESSMENT, decided_on__lt=today - timedelta(days=90)):
        carry(cast, row, row.decided_on + timedelta(days=8), "kept")
    with _on(today - timedelta(days=2)):
        open_talk(by=cast.inspector1, unit=cast.town_unit(12), reason="整改事项两次被退回，没有实例。")
        open_talk(
            by=cast.secretary, units=[cast.town_unit(13), cast.town_unit(14)], reason="季度项目进度排名靠后。",
            note="集体约谈。",
        )  # fmt: skip
    with _on(today - timedelta(days=20)):
        row = open_talk(by=cast.secretary, unit=cast.town_unit(15), reason="信访件办理超期。")[0]
    with _on(today - timedelta(days=18)):
        notices.cancel(row, by=cast.secretary, note="已全部办结，不再约谈。")


def _tell(cast: Cast, unit: Unit, reason: str, ago: int, end: str) -> None:
    today = moment.today()
    day = today - timedelta(days=ago)
    told_on = min(day, today) - timedelta(days=3)
    with _on(told_on):
        row = open_talk(by=cast.inspector1, unit=unit, reason=reason)[0]
        notices.approve(row, by=cast.leader, note="同意，请主要负责人约谈。")
    carry(cast, row, day, end)


def carry(cast: Cast, row: Talk, day: date, end: str) -> None:
    """From the decision to `end`; the talk is held on `day`."""
    unit, told_on = row.unit, min(day, moment.today()) - timedelta(days=3)
    with _on(told_on, hour=15):
        notices.issue(
            _again(row), by=cast.inspector1, talk_at=datetime.combine(day, time(9, 30), COUNTY_TIME), matters=row.reason,
            place="县纪委监委第一谈话室", talker=cast.secretary, recorder=_recorder(cast, _again(row)), attendees="第一监督检查室有关人员",
        )  # fmt: skip
    if end == "notified":
        return
    head = cast.holding("unit_head", unit)
    with _on(told_on + timedelta(days=1)):
        notices.receive(_again(row), by=head)
    if end == "received":
        return
    with _on(day, hour=11):
        due_on = day + timedelta(days=30)
        minutes.hold(
            _again(row),
            by=_again(row).recorder or cast.inspector2,
            promise=PROMISE,
            promise_due_on=due_on,
            **SAID,
        )
        minutes.sign(_again(row), by=cast.secretary)
        if end == "held":
            return
        minutes.sign(_again(row), by=head)
    if end == "following":
        return
    with _on(day + timedelta(days=32)):
        text = "已按承诺逐项整改，自查发现的两个问题一并纠正。"
        following.answer(_again(row), by=cast.holding("liaison", unit), text=text)
    with _on(day + timedelta(days=35)):
        _ended(cast, _again(row), end)


def _ended(cast: Cast, row: Talk, end: str) -> None:
    said: dict[str, Any] = (
        {"outcome": "kept", "finding": "现场核对台账和公示，已按承诺落实。"}
        if end == "kept"
        else {"outcome": "not_kept", "finding": "抽查三个村，两个村仍未达到。", "next_step": "talk"}
    )
    following.follow_up(row, by=cast.inspector1, **said)


def _recorder(cast: Cast, row: Talk) -> User:
    """The first whom nothing ties to the unit."""
    return next(user for user in (cast.inspector2, cast.casemgr, cast.inspector1) if not conflict(row, user))


def _again(row: Talk) -> Talk:
    found: Talk = Talk.objects.for_page().get(pk=row.pk)
    return found


@contextmanager
def _on(day: date, hour: int = 9) -> Iterator[None]:
    with moment.pretend(datetime.combine(day, time(hour, 30), COUNTY_TIME)):
        yield
