"""What pages say of a talk: the notice, the minutes with the promise, what came of it, and the other talks with the same."""

from typing import Any

from povertyaudit.core.models import Attachment, User
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table
from povertyaudit.talks.models import Talk, TalkKind, TalkState
from povertyaudit.talks.querysets import OPENERS

FILE_KINDS = {"minutes": "纪要附件", "signed": "签字扫描件", "receipt": "送达回证", "answer": "承诺落实材料"}
FILE_COLUMNS = (
    Column("title", "名称", kind="link", value=lambda file: file.title or file.original_name),
    Column("kind", "类别", value=lambda file: FILE_KINDS.get(file.kind, "附件"), phone="main"),
    Column("created_at", "上传时间", kind="moment", phone="sub"),
    Column("uploaded_by.display_name", "上传人", phone="side"),
)
OTHER_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("title", "约谈", phone="main"),
    Column("held_on", "约谈日期", kind="date", phone="side"),
    Column("get_outcome_display", "跟踪结果", phone="sub"),
    Column("state", "状态", kind="state"),
)


def _named(user: Any) -> str:
    return user.display_name if user else ""


def _kept(title: str, facts: list[Fact]) -> list[Facts]:
    """The group without what is empty; none at all where everything is."""
    known = [fact for fact in facts if fact.value not in (None, "")]
    return [Facts(title, known)] if known else []


def subject_facts(row: Talk, user: User) -> list[Facts]:
    """Whom, why, by whom decided. Links to papers of others only for whoever sees them."""
    facts = [
        Fact("单位", row.unit.name),
        Fact("约谈对象", f"{row.post_text} {row.name}".strip() if row.kind == TalkKind.PERSON else "单位"),
        Fact("职级", row.get_rank_display()),
        Fact("集体约谈", "是，每个对象分别登记" if row.group else ""),
        Fact("由来", f"{row.get_origin_display()}{'：' if row.origin_words else ''}{row.origin_words}"),
        Fact("提出人", _named(row.proposed_by)),
        Fact("决定人", _named(row.decided_by)),
        Fact("决定日期", row.decided_on, "date"),
        Fact("约谈事由", row.reason, wide=True),
    ]
    if row.step is not None:
        facts.append(Fact("督办", row.step.number, "link", row=row.step))
    if row.accountability is not None and user.roles & OPENERS:
        seen = type(row.accountability).objects.visible_to(user).filter(pk=row.accountability_id).first()
        facts += [Fact("问责", seen.number, "link", row=seen)] if seen else []
    return _kept("约谈", facts)


def notice_facts(row: Talk) -> list[Facts]:
    signed_for = "纸质送达" if row.receipt_on_paper else _named(row.received_by)
    return _kept("通知", [
        Fact("约谈时间", row.talk_at_words),
        Fact("地点", row.place),
        Fact("约谈人", _named(row.talker)),
        Fact("记录人", _named(row.recorder)),
        Fact("参加人员", row.attendees),
        Fact("通知时间", row.notified_at, "moment"),
        Fact("改期", f"{row.postponed} 次" if row.postponed else ""),
        Fact("签收", signed_for),
        Fact("签收时间", row.received_at, "moment"),
        Fact("约谈事项", row.matters, wide=True),
    ])  # fmt: skip


def minutes_facts(row: Talk) -> list[Facts]:
    return _kept("纪要和承诺", [
        Fact("约谈日期", row.held_on, "date"),
        Fact("承诺时限", row.promise_due_on, "date"),
        Fact("约谈对象签字", row.get_subject_signed_display()),
        Fact("约谈提出的问题", row.questions, wide=True),
        Fact("约谈对象说明", row.statement, wide=True),
        Fact("承诺", row.promise, wide=True),
        Fact("整改措施", row.measure, wide=True),
    ])  # fmt: skip


def follow_facts(row: Talk) -> list[Facts]:
    facts = [
        Fact("承诺落实情况", row.answer, wide=True),
        Fact("报告人", _named(row.answered_by)),
        Fact("报告时间", row.answered_at, "moment"),
        Fact("跟踪结果", row.get_outcome_display()),
        Fact("跟踪日期", row.followed_on, "date"),
        Fact("跟踪人", _named(row.followed_by)),
        Fact("跟踪核实情况", row.finding, wide=True),
        Fact("后续办理", row.get_next_step_display()),
    ]
    if row.item is not None:
        facts.append(Fact("整改事项", row.item.number, "link", row=row.item))
    return _kept("跟踪", facts)


def facts(row: Talk, user: User) -> list[Facts]:
    return [*subject_facts(row, user), *notice_facts(row), *minutes_facts(row), *follow_facts(row)]


def tables(row: Talk, user: User) -> list[Table]:
    files = Attachment.objects.seen_of(row, user).newest().select_related("uploaded_by__person")
    others = Talk.objects.visible_to(user).filter(subject_key=row.subject_key).exclude(pk=row.pk).for_list()
    found = [Table("附件", FILE_COLUMNS, files, "还没有附件。", key="files")]
    if row.subject_key and (rows := list(others.order_by("-pk")[:20])):
        found.append(
            Table(
                "这个对象的其他约谈",
                OTHER_COLUMNS,
                rows,
                key="others",
                whole=f"/talks/?subject={row.public_id}&view=all",
            )
        )
    if row.group:
        same = Talk.objects.visible_to(user).filter(group=row.group).exclude(pk=row.pk).for_list()
        if rows := list(same.order_by("pk")[:50]):
            found.append(Table("同一次集体约谈", OTHER_COLUMNS, rows, key="group"))
    return found


def missing(row: Talk, user: User) -> list[Missing]:
    """What stands before the next step, for whoever handles it."""
    if not user.roles & OPENERS:
        return []
    if row.state == TalkState.NOTIFIED and row.received_at is None:
        return [
            Missing("通知还没有签收；没有账号的，登记纸质送达。", f"{row.get_absolute_url()}record_receipt/")
        ]
    if row.state == TalkState.HELD:
        left = [] if row.talker_signed else ["约谈人"]
        left += [] if row.subject_signed else ["约谈对象"]
        return [Missing(f"纪要还差{'、'.join(left)}签署。", "")]
    return []
