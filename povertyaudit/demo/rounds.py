"""Rounds of the demonstration: one finished with nine findings, one under way, one secret and still being prepared."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from inspections import services
from inspections.models import Finding, Round
from povertyaudit.core import moment
from povertyaudit.demo import words_items as words
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

FRESH = (
    ("项目管理", "冷库建成未投用", "产地冷库建成半年没有通电，农户仍在路边散卖。", 2, False),
    ("资金使用", "公益岗位补贴错发", "两名公益岗位人员已外出务工，补贴继续发放。", 4, True),
    ("政策落实", "医疗救助告知不到位", "三户不知道大病可以申请二次救助。", 11, False),
)  # fmt: skip


def finished(cast: Cast, diary: Diary, findings: list[Any]) -> Iterator[datetime]:
    """A special round of last season. Its findings are handed on by the items that grow out of them."""
    yield diary.ago(240)
    row = _open(cast, "第六轮巡察（乡村振兴专项）", Round.Kind.SPECIAL, diary.ago(232), diary.ago(185))
    row = services.set_team(row, by=cast.patroloffice, members=[
        {"user": cast.patrol1, "role": "leader"}, {"user": cast.inspector4, "role": "member"},
    ])  # fmt: skip
    for number, (klass, aspect, text, town, _) in enumerate(words.FINDINGS):
        yield diary.ago(225 - 4 * number)
        findings.append(_find(cast, row, klass, aspect, text, town))
    yield diary.ago(178)
    services.finish_round(row, by=cast.patroloffice, note="已向被巡察党组织反馈。")


def under_way(cast: Cast, diary: Diary) -> Iterator[datetime]:
    yield diary.ago(34)
    start = diary.ago(27)
    row = _open(cast, "第七轮巡察", Round.Kind.REGULAR, start, start + timedelta(days=60))
    row = services.set_team(row, by=cast.patroloffice, members=[
        {"user": cast.patrol1, "role": "leader"}, {"user": cast.inspector3, "role": "member"},
    ])  # fmt: skip
    for number, (klass, aspect, text, town, immediate) in enumerate(FRESH):
        yield diary.ago(18 - 5 * number)
        _find(cast, row, klass, aspect, text, town, immediate=immediate)


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
