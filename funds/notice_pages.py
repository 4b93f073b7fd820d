"""公示公告 on the page of a project: the matrix of what is owed and hangs, the notices with their photos, the objections."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.masking import Mask, masked
from funds.models import NoticeLevel, NoticeStage, Project, ProjectNotice, ProjectObjection
from funds.services import notice_rules
from funds.services.notice_rules import Cell
from funds.workflow import REGISTERS
from povertyaudit.core import moment, render
from povertyaudit.core.models import Attachment
from povertyaudit.core.views import Column, Missing, Table

VERBS = frozenset(
    {
        "post_notice", "add_notice_photo", "take_down_notice", "void_notice", "record_objection", "answer_objection",
        "publish_objection",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One time of the matrix; `base` is the address of the project where the reader may put a notice up, else empty."""

    cells: Sequence[Cell]
    base: str

    def at(self, level: str) -> SafeString:
        return drawn(next(cell for cell in self.cells if cell.level == level), self.base)


def drawn(cell: Cell, base: str) -> SafeString:
    """One cell: what hangs there, else what is owed until when, with the way to enter it."""
    found = [standing(cell)]
    if cell.late_days and cell.notices:
        found.append(render.badge(f"迟 {cell.late_days} 天", "warn"))
    reached = (
        cell.event is not None or cell.stage != NoticeStage.COMPLETION
    )  # a sign may stand before the start
    if base and not cell.notices and reached:
        url = f"{base}post_notice/?stage={cell.stage}&level={cell.level}"
        found.append(format_html('<a href="{}">登记</a>', url))
    if cell.special:
        found.append(format_html("<small>按“{}”</small>", cell.why))
    return format_html_join(" ", "{}", ((one,) for one in found))


def standing(cell: Cell) -> SafeString:
    """已公示 13 天, 公示中 4 天, 只有 6 天, 已超期 3 天, 应于 2026-03-12 前公示, 不要求."""
    longest = max((one.days(cell.day) for one in cell.notices), default=0)
    if cell.full:
        return render.badge(f"已公示 {longest} 天", "done")
    if cell.up:
        return render.badge(f"公示中，第 {longest} 天", "wait")
    if cell.notices:
        return render.badge(f"只有 {longest} 天，天数不足", "warn")
    if cell.due is None:
        return render.badge("不要求" if cell.event else "未到时段", "plain")
    if cell.late_days:
        return render.badge(f"没有公示，超期 {cell.late_days} 天", "warn")
    return render.badge(f"应于 {cell.due} 前公示", "wait")


def _column(level: str, label: str) -> Column:
    return Column(level, label, kind="html", value=lambda line: line.at(level), phone="more")


MATRIX = (
    Column("stage", "时段", value=lambda line: line.cells[0].stage.label, phone="main"),
    *(_column(level, str(label)) for level, label in NoticeLevel.choices),
)


@dataclass(frozen=True)
class Hung:
    """A notice with its photos, and what the reader may do with it."""

    notice: ProjectNotice
    photos: Sequence[Attachment]
    base: str
    verbs: dict[str, str]


def photos(row: Hung) -> SafeString:
    if not row.photos:
        return render.badge("没有", "wait")
    return format_html_join(
        "，", '<a href="{}">照片{}</a>', ((one.get_absolute_url(), n) for n, one in enumerate(row.photos, 1))
    )


def hung_days(row: Hung) -> str:
    return f"{row.notice.days(moment.today())} 天"


def _links(
    base: str, key: str, row: Any, wanted: Sequence[tuple[str, str]], verbs: dict[str, str]
) -> SafeString:
    found = ((f"{base}{verb}/?{key}={row.public_id}", word) for verb, word in wanted if verb in verbs)
    return format_html_join("，", '<a href="{}">{}</a>', found)


def acts(row: Hung) -> SafeString:
    wanted = [("add_notice_photo", "传照片"), ("record_objection", "登记异议"), ("void_notice", "作废")]
    if row.notice.down_on is None:
        wanted.insert(1, ("take_down_notice", "撤下"))
    return _links(row.base, "notice", row.notice, wanted, row.verbs)


def at_which(row: Hung) -> str:
    return f"{row.notice.get_stage_display()}、{row.notice.get_level_display()}"


def by_whom(row: Hung) -> str:
    return f"{row.notice.unit.name}（{row.notice.posted_by.display_name}）"


NOTICES = (
    Column("place", "公示地点", value=lambda row: row.notice.place, phone="main"),
    Column("stage", "时段、层级", value=at_which),
    Column("up_on", "公示日期", kind="date", value=lambda row: row.notice.up_on),
    Column("down_on", "撤下日期", kind="date", value=lambda row: row.notice.down_on, phone="more"),
    Column("days", "天数", value=hung_days),
    Column("unit", "公示单位", value=by_whom),
    Column("photos", "照片", kind="html", value=photos, phone="side"),
    Column("acts", "办理", kind="html", value=acts),
)


def who(row: ProjectObjection) -> str:
    """The name masked: 陶某某; 未署名 where none was given."""
    return masked(row.objector, Mask.SURNAME) if row.objector else "未署名"


def state(row: ProjectObjection) -> SafeString:
    return render.badge(row.standing, "done" if row.result_on else "wait" if row.answered_on else "warn")


def answered(row: ProjectObjection) -> str:
    """属实（2026-03-20，张三，当面答复本人）：…"""
    if row.answered_on is None or row.answered_by is None:
        return ""
    told = f"，{row.get_told_display()}答复本人" if row.told else ""
    return f"{row.get_finding_display()}（{row.answered_on}，{row.answered_by.display_name}{told}）：{row.answer}"


def published(row: ProjectObjection) -> str:
    return f"{row.result_on} {row.result_place}" if row.result_on else ""


def objections_of(base: str, verbs: dict[str, str]) -> tuple[Column, ...]:
    def next_step(row: ProjectObjection) -> SafeString:
        step = ("publish_objection", "公布结果") if row.answered_on else ("answer_objection", "答复")
        return _links(base, "objection", row, [] if row.result_on else [step], verbs)

    return (
        Column("received_on", "收到日期", kind="date"),
        Column("text", "异议", phone="main"),
        Column("who", "异议人", value=who),
        Column("notice", "对哪一处公示", value=lambda row: str(row.notice)),
        Column("answer", "答复", value=answered, phone="more"),
        Column("published", "结果公布", value=published),
        Column("state", "状态", kind="html", value=state, phone="side"),
        Column("acts", "办理", kind="html", value=next_step),
    )


def tables(
    row: Project, user: Any, verbs: dict[str, str], found: Sequence[Cell], files: Sequence[Attachment]
) -> list[Table]:
    """Nothing before the approval; the objections only where there are some. `files`: all of the project."""
    if row.approved_on is None:
        return []
    base = row.get_absolute_url()
    may_post = base if "post_notice" in verbs else ""
    lines = [Line(found[at : at + 3], may_post) for at in range(0, 9, 3)]
    notices = _hung(row, user, base, verbs, files)
    post = (verbs["post_notice"], f"{base}post_notice/") if may_post else None
    tables = [
        Table("公示公告", MATRIX, lines, key="notice-matrix"),
        Table("公示记录", NOTICES, notices, "还没有登记公示。", post, "notices"),
    ]
    rows: Any = ProjectObjection.objects.visible_to(user).filter(notice__project=row).for_list()
    if objections := list(rows):
        tables.append(Table("公示异议", objections_of(base, verbs), objections, key="objections"))
    return tables


def _hung(
    row: Project, user: Any, base: str, verbs: dict[str, str], files: Sequence[Attachment]
) -> list[Hung]:
    """The notices that stand, each with its photos."""
    photos: dict[str, list[Attachment]] = {}
    for file in files:
        photos.setdefault(file.kind, []).append(file)
    notices = row.notices.visible_to(user).standing().for_list()
    return [Hung(one, photos.get(one.photo_kind, ()), base, verbs) for one in notices]


def missing(row: Project, user: Any, verbs: dict[str, str], found: Sequence[Cell]) -> list[Missing]:
    """What is overdue, too short or unanswered, for whoever can mend it; for whoever registers misuses the way there."""
    words = "；".join(f"{cell.gap()}（{cell.why}）" for cell in found if cell.failed)
    told = []
    if words and "post_notice" in verbs:
        told.append(Missing(f"{words}。", f"{row.get_absolute_url()}#notice-matrix"))
    if words and user.roles & REGISTERS:
        url = f"/misuses/new/?project={row.public_id}&about=notices"
        told.append(Missing(f"{words}。属于未公告公示的，可以登记违规资金。", url))
    if "answer_objection" in verbs:
        left = notice_rules.waiting(row)
        told += [Missing(f"{one}。", f"{row.get_absolute_url()}#objections") for one in left]
    return told
