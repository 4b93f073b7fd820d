"""Field work of the demonstration: plans of visits in every state, drawn with their seeds."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from inspections.models import Round, VisitPlan
from inspections.services import attendance, plans, visits, worksheets
from povertyaudit.core import moment
from povertyaudit.core.models import User
from povertyaudit.demo import papers
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

ROUND = "第十二届县委第七轮巡察"
HOUSEHOLDS = "\n".join(f"户主{word}某，{n} 组" for n, word in enumerate("赵钱孙李周吴郑王冯陈", 1))


def stories(cast: Cast, diary: Diary) -> list[Iterator[datetime]]:
    return [
        _over(cast, diary),
        _under_way(cast, diary),
        _before(cast, diary),
        _sheets(cast, diary),
        _teams(cast, diary),
    ]


def _order(cast: Cast, title: str, leader: User, starts: datetime, days: int, **more: Any) -> VisitPlan:
    members = [{"user": leader, "role": "leader"}, {"user": cast.patrol1, "role": "member"}]
    return plans.order(
        by=cast.patroloffice, title=title, region=cast.places.county, starts_on=starts.date(),
        ends_on=starts.date() + timedelta(days=days), approver=cast.secretary, members=members, **more,
    )  # fmt: skip


def _over(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """A cross visit led by a leader of the county, over two months ago."""
    yield diary.ago(66)
    row = _order(
        cast, "产业到户补助交叉暗访", cast.countyleader, diary.ago(63), 4, kind=VisitPlan.Kind.CROSS,
        purpose="看到户产业补助是否足额、及时到账。",
    )  # fmt: skip
    yield diary.ago(65)
    plans.approve(row, by=cast.secretary, note="同意，轻车简从。")
    plans.draw_places(row, by=cast.patrol1, size=3, seed="2026-1")
    plans.draw_households(row, by=cast.patrol1, text=HOUSEHOLDS, size=4, seed="2026-1")
    yield diary.ago(62)
    plans.start(row, by=cast.patrol1)
    yield diary.ago(61)
    for place in row.places.order_by("pk")[:2]:
        visits.record(
            by=cast.patrol1, plan=row, region=place.region, visited_on=moment.today(), households=4, talks=6, documents=3,
            talked_to="农户和村组干部", notes="到户补助已足额到账，群众知晓。",
        )  # fmt: skip
    yield diary.ago(58)
    plans.finish(row, by=cast.patrol1, note="走访 3 村。")


def _under_way(cast: Cast, diary: Diary) -> Iterator[datetime]:
    yield diary.ago(9)
    row = _order(cast, "驻村帮扶工作暗访", cast.inspector1, diary.ago(5), 30, places=_towns(cast, 0))
    yield diary.ago(8)
    plans.approve(row, by=cast.secretary)
    yield diary.ago(4)
    plans.start(row, by=cast.inspector1)
    visits.record(
        by=cast.patrol1, plan=row, region=cast.places.towns[0], visited_on=moment.today(), kind="papers", documents=5,
        notes="查阅驻村工作日志。",
    )  # fmt: skip
    yield diary.ago(2)
    visits.record(
        by=cast.patrol1, region=cast.places.towns[1], visited_on=moment.today(), households=2, talks=2,
        talked_to="易地搬迁户", notes="安置点用水正常。",
    )  # fmt: skip


def _before(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """One that may set out, one that waits for the secretary."""
    yield diary.ago(7)
    row = _order(cast, "项目资金暗访", cast.leader, diary.ago(2), 20, places=_towns(cast, 1))
    yield diary.ago(6)
    plans.approve(row, by=cast.secretary)
    yield diary.ago(3)
    _order(cast, "易地搬迁后续帮扶暗访", cast.patrol2, diary.ago(1), 30, places=_towns(cast, 2))


def _sheets(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Two worksheets of the round under way: one signed by two, one that waits."""
    yield diary.ago(15)
    said: dict[str, Any] = {
        "by": cast.patrol1,
        "round": Round.objects.get(name=ROUND),
        "problem_class": "资金使用",
    }
    where = cast.town_unit(3)
    row = worksheets.draft(
        **said,
        text="产业奖补资金重复发放四户。",
        basis="衔接资金管理办法",
        unit=where,
        evidence=[papers.photo("花名册", 71, after=False)],
    )
    for signer in (cast.patrol1, cast.inspector3):
        worksheets.sign(row, by=signer, note="情况属实。")
    yield diary.ago(12)
    worksheets.draft(
        **said, text="公益岗位考勤代签。", unit=where, evidence=[papers.photo("考勤表", 72, after=False)]
    )


def _teams(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Village teams of four villages: months in every state."""
    yield diary.ago(80)
    people = [
        attendance.register(
            by=cast.patroloffice,
            name=f"{name}驻村",
            role="first_secretary",
            region=village,
            unit=cast.town_unit(2),
            starts_on=moment.today() - timedelta(days=300),
        )  # fmt: skip
        for name, village in zip("孙李周吴郑王", cast.places.villages_of(cast.places.towns[1]), strict=False)
    ]
    for name, role in (("冯驻村", "leader"), ("陈驻村", "member")):  # a team of three: two lack last month
        attendance.register(
            by=cast.patroloffice, name=name, role=role, region=people[0].region, unit=cast.units["县农业农村局"],
            starts_on=moment.today() - timedelta(days=200),
        )  # fmt: skip
    months = []
    for person, present in zip(people, (22, 12, 13, 14, 15, 11), strict=True):
        first = (moment.today().replace(day=1) - timedelta(days=1)).replace(day=1)
        said: dict[str, Any] = {"person": person, "month": f"{first:%Y-%m}", "days_present": present}
        months.append(attendance.record(by=cast.patroloffice, **said))
    yield diary.ago(70)
    for month in months[2:]:
        attendance.notify_sender(month, by=cast.patroloffice, note="驻村天数不足，请说明情况。")
    for month in months[4:]:
        attendance.suggest_recall(month, by=cast.patroloffice, note="连续驻村不足，建议召回。")
    yield diary.ago(60)
    attendance.recall(months[5], by=cast.patroloffice, note="组织部门已召回并另派。")


def _towns(cast: Cast, at: int) -> list[dict[str, Any]]:
    return [{"region": cast.places.towns[at]}]
