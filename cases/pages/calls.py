"""What the pages of the hotline show: how long a caller waits, a call in facts, instructions, the kept paper."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.models import CallDigest, HotlineCall
from cases.pages.repeats import named_if_seen
from povertyaudit.core import moment, render
from povertyaudit.core.models import Attachment
from povertyaudit.core.views import Column, Fact, Facts

INSTRUCTION_COLUMNS = (
    Column("text", "批示", phone="main"),
    Column("leader.display_name", "批示人"),
    Column("about", "针对", value=lambda row: format_html('<span class="number">{}</span>', row.about)),
    Column("unit.name", "落实部门"),
    Column("due_on", "报告期限", value=lambda row: None if row.answered_on else row.due_on, kind="clock"),
    Column("answer_text", "落实情况"),
    Column("answered_on", "报告日期", kind="date", phone="side"),
)


def waited(call: HotlineCall) -> SafeString | str:
    """How long the caller has been waiting; red for as long as he does."""
    if call.is_answered:
        return ""
    days = (moment.today() - moment.day_of(call.received_at)).days
    return render.badge(f"已等 {days} 天" if days else "今天来电", "warn")


LINE_COLUMNS = (
    Column("ordinal", "序号", kind="number", phone="hide"),
    Column("call", "来电编号", kind="link", value=lambda line: line.call),
    Column("title", "来电摘要", value=lambda line: line.call.title, phone="main"),
    Column("category", "类别", value=lambda line: line.call.category, phone="sub"),
    Column("region", "反映的地方", value=lambda line: line.call.region.name, phone="hide"),
    Column("waited", "等待回复", kind="html", value=lambda line: waited(line.call), phone="last"),
    Column("state", "现在", value=lambda line: line.call.get_state_display(), phone="side"),
)

# For a room told to answer: the call itself and the paper are not its to open, so that the text stands here.
PART_COLUMNS = (
    *LINE_COLUMNS[:1], Column("call.number", "来电编号"), *LINE_COLUMNS[2:], Column("call.text", "来电内容"),
)  # fmt: skip


def facts(call: HotlineCall, user: Any) -> list[Facts]:
    """The groups of the page; what is empty is left out."""
    digest = _digest(call, user)
    basic = [
        Fact("来电时间", call.received_at, "moment"),
        Fact("来电类别", call.category),
        Fact("反映的地方", call.region.path_name),
        Fact("紧急", "紧急" if call.urgent else "一般"),
        Fact("登记单位", call.registering_unit.name),
        Fact("快报", digest and digest.title, "link", row=digest),
        Fact("来电内容", call.text, wide=True),
    ]
    handled = [
        Fact("办理单位", call.unit and call.unit.name),
        Fact("转办日期", call.transferred_on, "date"),
        Fact("签收", call.signed_for_by and f"{call.signed_for_by.display_name}（{call.signed_for_on}）"),
        Fact("报告日期", call.replied_on, "date"),
        Fact("转为线索", call.lead and named_if_seen(call.lead, user)),
        Fact("办理情况", call.reply_text, wide=True),
    ]
    told = [
        Fact("回复方式", call.get_answer_way_display()),
        Fact("回复日期", call.answered_on, "date"),
        Fact("回复人", call.answered_by and call.answered_by.display_name),
        Fact("回复内容", call.answer_text, wide=True),
    ]
    groups = (("来电情况", basic), ("办理情况", handled), ("回复来电人", told))
    filled = [(title, [fact for fact in group if fact.value not in (None, "")]) for title, group in groups]
    return [Facts(title, group) for title, group in filled if group]


def _digest(call: HotlineCall, user: Any) -> CallDigest | None:
    """The digest the call stands in, if the reader may know of it."""
    found: CallDigest | None = CallDigest.objects.visible_to(user).filter(lines__call=call).first()
    return found


def reads_whole(digest: CallDigest, user: Any) -> bool:
    """Whether the digest is the reader's as a whole, its file too, and not by parts."""
    return bool(CallDigest.objects.whole_to(user).filter(pk=digest.pk).exists())


def instructions(call: HotlineCall, user: Any) -> list[Any]:
    """What leaders wrote on this call."""
    rows = call.instructions.visible_to(user)
    return list(rows.select_related("leader__person", "unit", "call", "answered_by__person"))


def file_of(digest: CallDigest, user: Any) -> Attachment | None:
    """The kept Word file."""
    found: Attachment | None = Attachment.objects.seen_of(digest, user).newest().first()
    return found
