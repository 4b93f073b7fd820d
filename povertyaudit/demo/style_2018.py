"""Leads on style of work of 2018, entered afterwards from the county's book: 形式主义 59, 官僚主义 55, 不作为 249, 乱作为 303
(seed 000), 666 together. Like objects are written together, each with its chain, at the price of one."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from cases.models import Category, Channel, CloseKind, Lead, State
from povertyaudit.core import numbering, rows
from povertyaudit.core.models import Region
from povertyaudit.demo.leads import CATEGORIES
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

FOUND = {"formalism": 59, "bureaucratism": 55, "inaction": 249, "misconduct": 303}
MATTERS = {
    "formalism": ("为迎检补填帮扶手册", "驻村工作队打卡即走", "同一张表格反复填报"),
    "bureaucratism": ("对群众反映的饮水问题敷衍应付", "产业项目不问实际一刀切"),
    "inaction": ("危房改造申请长期不办", "到户补助迟迟不发", "搬迁后续扶持无人过问", "公益岗位空缺不补"),
    "misconduct": ("低保评议不公示", "擅自变更帮扶项目", "违规收取手续费", "评定结果随意更改"),
}
FIRST, DAYS = date(2018, 1, 10), 320
RESULT = "经查属实，已批评教育并责令改正，当年已办结。"


def book(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """案管室 enters the book of the year in the first days of the year that is told."""
    yield diary.ago(350)
    kinds = [kind for kind, number in FOUND.items() for _ in range(number)]
    desk, room = cast.units["案件监督管理室"], cast.units["审查调查室"]
    villages = cast.places.villages
    given = numbering.take_many("lead", desk.region, len(kinds), desk.office_code)
    made = []
    for place, (number, kind) in enumerate(zip(given, kinds, strict=True)):
        received = FIRST + timedelta(days=place * 7 % DAYS)
        made.append(Lead(
            number=number, state=State.CONCLUDED, region=villages[place * 11 % len(villages)],
            title=_title(villages[place * 11 % len(villages)], kind, place), channel=Channel.OWN_DISCOVERY,
            received_on=received, concluded_on=received + timedelta(days=20 + place % 25), result_text=RESULT,
            style=_style(kind), registering_unit=desk, registered_by=cast.casemgr, handling_unit=room, acting_unit=room,
            leader=cast.users["leader"], close_kind=CloseKind.FIRST_FORM,
        ))  # fmt: skip
    rows.create_many(made, verb="lead.enter_past", by=cast.casemgr)


def _title(village: Region, kind: str, place: int) -> str:
    words = MATTERS[kind]
    return f"{village.name}{words[place % len(words)]}问题"


def _style(kind: str) -> Category:
    return CATEGORIES[kind]
