"""Rounds of the demonstration: one finished with nine findings, one under way, one secret and still being prepared."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from inspections import services
from inspections.models import Finding, Round, RoundObject
from povertyaudit.core import moment
from povertyaudit.demo import words_items as words
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

FRESH = (
    ("项目管理", "冷库建成未投用", "产地冷库建成半年没有通电，农户仍在路边散卖。", 2, False),
    ("资金使用", "公益岗位补贴错发", "两名公益岗位人员已外出务工，补贴继续发放。", 4, True),
    ("政策落实", "医疗救助告知不到位", "三户不知道大病可以申请二次救助。", 11, False),
)  # fmt: skip

UNDER_WAY = (2, 4, 11, 6, 8, 12)  # towns; three are entered


def finished(cast: Cast, diary: Diary, findings: list[Any]) -> Iterator[datetime]:
    """A special round of last season, and the quiet one before it. What it found is handed on by the items that grow
    out of it."""
    yield diary.ago(250)
    before = _open(cast, "第五轮巡察", Round.Kind.LOOK_BACK, diary.ago(250), diary.ago(245))
    yield diary.ago(244)
    services.finish_round(before, by=cast.patroloffice, note="没有发现新的问题。")
    yield diary.ago(240)
    row = _open(cast, "第六轮巡察（乡村振兴专项）", Round.Kind.SPECIAL, diary.ago(232), diary.ago(185))
    row = services.set_team(row, by=cast.patroloffice, members=[
        {"user": cast.patrol1, "role": "leader"}, {"user": cast.inspector4, "role": "member"},
    ])  # fmt: skip
    towns = sorted({town for *_, town, _ in words.FINDINGS})
    objects = _objects(cast, row, towns)
    yield diary.ago(230)
    for one in objects:
        services.enter(one, by=cast.patrol1)
    for number, (klass, aspect, text, town, _) in enumerate(words.FINDINGS):
        yield diary.ago(225 - 4 * number)
        findings.append(_find(cast, row, klass, aspect, text, town))
    yield diary.ago(180)
    for one in row.round_objects.order_by("pk"):
        services.leave(one, by=cast.patrol1)
    yield diary.ago(178)
    services.finish_round(row, by=cast.patroloffice, note="已向被巡察党组织反馈。")


def under_way(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """The regular round of these weeks, and a supervision beside it that has just been ordered."""
    yield diary.ago(34)
    start = diary.ago(27)
    row = _open(cast, "第七轮巡察", Round.Kind.REGULAR, start, start + timedelta(days=60))
    row = services.set_team(row, by=cast.patroloffice, members=[
        {"user": cast.patrol1, "role": "leader"}, {"user": cast.inspector3, "role": "member"},
        {
            "name": "顾延年", "post_title": "退休会计师", "home_unit": cast.units["县乡村振兴局"], "role": "member",
            "seconded_from": start.date(), "seconded_to": (start + timedelta(days=60)).date(),
        },
    ])  # fmt: skip
    objects = _objects(cast, row, UNDER_WAY)
    services.declare_recusal(row, by=cast.patrol1)
    services.declare_recusal(row, by=cast.patrol1, outsider=row.members.get(user=None))
    services.declare_recusal(
        row, by=cast.inspector3, objects=objects[-1:], ground="kin", text="配偶的弟弟在该镇任职。"
    )
    yield start
    for one in objects[:3]:
        services.enter(one, by=cast.patrol1)
    for number, (klass, aspect, text, town, immediate) in enumerate(FRESH):
        yield diary.ago(18 - 5 * number)
        _find(cast, row, klass, aspect, text, town, immediate=immediate)
    yield diary.ago(3)
    _open(cast, "产业项目督查", Round.Kind.SUPERVISE, diary.ago(2), diary.ago(2) + timedelta(days=11))


def secret(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Unannounced: known only to 巡察办 that laid it out, the head who approved, and the second team."""
    yield diary.ago(6)
    day = diary.today + timedelta(days=12)
    row = services.open_round(
        by=cast.patroloffice, name="机动巡察（不打招呼）", kind=Round.Kind.MOBILE, region=cast.places.county, starts_on=day,
        ends_on=day + timedelta(days=14), approved_by=cast.secretary, secret=True,
    )  # fmt: skip
    services.set_team(row, by=cast.patroloffice, members=[{"user": cast.patrol2, "role": "leader"}])


def neighbour(cast: Cast, diary: Diary) -> Iterator[datetime]:
    yield diary.ago(20)
    services.open_round(
        by=cast.neighbourpatrol, name="第三轮巡察", region=cast.places.county, starts_on=moment.today(),
        ends_on=moment.today() + timedelta(days=45), approved_by=cast.neighboursecretary,
    )  # fmt: skip


def _objects(cast: Cast, row: Round, towns: Iterable[int]) -> list[RoundObject]:
    reason = "县委巡察工作领导小组同意：组内人员紧张。"
    services.set_team(row, by=cast.patroloffice, members=_as_they_stand(row), repeat_reason=reason)
    services.add_objects(row, by=cast.patroloffice, units=[cast.town_unit(town) for town in towns])
    return list(row.round_objects.order_by("pk"))


def _as_they_stand(row: Round) -> list[dict[str, Any]]:
    names = ("user", "name", "post_title", "home_unit", "role", "seconded_from", "seconded_to")
    members = row.members.select_related("user", "home_unit")
    return [{name: getattr(member, name) for name in names} for member in members]


def _open(cast: Cast, name: str, kind: str, starts: datetime, ends: datetime) -> Round:
    return services.open_round(
        by=cast.patroloffice, name=f"第十二届县委{name}", kind=kind, region=cast.places.county, starts_on=starts.date(),
        ends_on=ends.date(), approved_by=cast.secretary,
    )  # fmt: skip


def _find(
    cast: Cast, row: Round, klass: str, aspect: str, text: str, town: int, *, immediate: bool = False
) -> Finding:
    return services.record_finding(
        row, by=cast.patrol1, problem_class=klass, aspect=aspect, text=text, unit=cast.town_unit(town),
        found_on=moment.today(), immediate=immediate,
    )  # fmt: skip
