"""回头看 of the demo county: one finished over a round of 2018, with a relapse; one under way, secret; one to approve."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from inspections.models import Round
from povertyaudit.core import moment
from povertyaudit.core.models import User
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary
from rectification.models import LookBack, LookBackCheck
from rectification.services import look_back_checks as checks
from rectification.services import look_backs as plans
from rectification.services.look_back_drawing import population
from rectification.workflow.look_back_apart import conflict

OF_2018 = "第十一届县委第四轮巡察"
PAID = {
    "role": "household",
    "surname": "陶",
    "paid": "yes",
    "paid_by": "村会计，打卡发放",
    "said": "收到短信，金额一致。",
}
AGAIN = {"role": "household", "surname": "田", "paid": "none", "said": "整改以后好了几个月，今年又是老样子。"}
SEEN = "到户查看并询问当事人，对照销号时的佐证材料逐项核对。"
CAME_BACK = "整改后仍有新申报的对象没有公示，同样的问题又发生。"


def finished(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Two problems of a round of 2018: one stays mended, one came back and is an item anew."""
    yield diary.ago(62)
    row = _planned(
        cast.patroloffice, cast, title="2018 年巡察整改回头看", origin="round", round=Round.objects.get(name=OF_2018),
        pool="items", random_size=2, seed="2018-4", basis="县委巡察工作领导小组会议安排",
    )  # fmt: skip
    yield diary.ago(60)
    row = plans.approve(row, by=cast.secretary, note="同意，注意保密。")
    found = [_assigned(cast, check, cast.patroloffice) for check in _rows(row)]
    yield diary.ago(55)
    first, *others = found
    _recorded(first, "relapsed")
    for check in others:
        _recorded(check, "confirmed")
    yield diary.ago(53)
    checks.open_item(_again(first), by=cast.casemgr, problem=f"回头看发现：{CAME_BACK}")
    for check in _rows(row).filter(state="drawn"):
        checks.drop(check, by=cast.patroloffice, note="没有不须回避的人员，并入下次。")
    yield diary.ago(52)
    plans.finish(LookBack.objects.for_list().get(pk=row.pk), by=cast.patroloffice, note="结果报领导小组。")


def under_way(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Everything closed in the last months, by lot; nobody but those named knows."""
    yield diary.ago(13)
    row = _planned(
        cast.inspector1, cast, title="销号事项反向核查", origin="period", random_size=4, seed="2026-11",
        period_from=moment.today() - timedelta(days=200), period_to=moment.today(), basis="年度监督工作计划",
    )  # fmt: skip
    yield diary.ago(11)
    row = plans.approve(row, by=cast.secretary, note="同意。")
    found = [_assigned(cast, check, cast.inspector1) for check in _rows(row).exclude(item=None)[:3]]
    yield diary.ago(8)
    _recorded(found[0], "relapsed")
    yield diary.ago(4)
    _planned(
        cast.casemgr, cast, title="年末退还款项回访", origin="period", random_size=2, seed="2026-12",
        period_from=moment.today() - timedelta(days=200), period_to=moment.today(),
    )  # fmt: skip


def _planned(by: User, cast: Cast, *, random_size: int, seed: str, **values: Any) -> LookBack:
    """As many by lot as there are, where the year is told short."""
    today = moment.today()
    said = values | {"region": cast.places.county, "approver": cast.secretary, "starts_on": today}
    there = len(population(LookBack(**said), by))
    return plans.plan(
        by=by, ends_on=today + timedelta(days=30), random_size=min(random_size, there), seed=seed, **said,
    )  # fmt: skip


def _rows(row: LookBack) -> Any:
    return LookBackCheck.objects.filter(plan=row).for_list().order_by("seq")


def _again(check: LookBackCheck) -> LookBackCheck:
    found: LookBackCheck = LookBackCheck.objects.for_list().get(pk=check.pk)
    return found


def _assigned(cast: Cast, check: LookBackCheck, by: User) -> LookBackCheck:
    """The first who may; left to be assigned where nobody may."""
    for user in (cast.patrol1, cast.patrol2, cast.casemgr, cast.inspector1):
        if not conflict(check, user):
            return checks.assign(check, by=by, checker=user)
    return check


def _recorded(check: LookBackCheck, result: str) -> None:
    if check.checker is None:
        return
    relapsed = result == "relapsed"
    checks.record(
        _again(check), by=check.checker, result=result, finding=SEEN, reason=CAME_BACK if relapsed else "",
        answers=[AGAIN if relapsed else PAID], place_text="村民小组",
    )  # fmt: skip


STORIES = (finished, under_way)
