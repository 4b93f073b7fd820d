"""重复件 and 关联 on the page of a lead: candidates with their reasons, links, merged leads, persons found elsewhere."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases import matching
from cases.matching import Elsewhere
from cases.models import Lead, LeadLink, Suspect
from povertyaudit.core.models import User
from povertyaudit.core.views import Column, Missing, Table

SEVERAL = 3  # links in one cell


def named(lead: Lead) -> SafeString:
    """The number of a lead, leading to it."""
    return format_html('<a class="number" href="{}">{}</a>', lead.get_absolute_url(), lead.number)


def named_if_seen(lead: Lead, user: User) -> SafeString | str:
    """The number of a lead, leading to it for those who may read it."""
    return named(lead) if Lead.objects.visible_to(user).filter(pk=lead.pk).exists() else str(lead.number)


def _offers(lead: Lead, offered: Iterable[str], other: Lead) -> SafeString:
    words = (
        ("merge", "into", "并入这一件"),
        ("link", "other", "关联"),
        ("keep_apart", "other", "不是重复件"),
    )
    base = lead.get_absolute_url()
    return format_html_join(
        " ",
        '<a href="{}">{}</a>',
        [(f"{base}{verb}/?{field}={other.number}", word) for verb, field, word in words if verb in offered],
    )


def candidate_table(lead: Lead, user: Any, offered: Iterable[str]) -> Table:
    """What may be the same matter, the likeliest first, each saying why."""
    found = matching.candidates(lead, Lead.objects.visible_to(user))
    acts = [verb for verb in offered if verb in ("merge", "link", "keep_apart")]
    columns = [
        Column("number", "线索编号", kind="html", value=lambda one: named(one.lead), phone="first"),
        Column("title", "反映问题摘要", value=lambda one: one.lead.title, phone="main"),
        Column("received_on", "受理日期", kind="date", value=lambda one: one.lead.received_on),
        Column("state", "状态", value=lambda one: one.lead.get_state_display(), phone="last"),
        Column("words", "相同之处", value=lambda one: one.words),
        Column("score", "相符程度", value=lambda one: f"{one.strength}（{one.score} 分）", phone="side"),
    ]
    if acts:
        columns.append(
            Column("acts", "办理", kind="html", value=lambda one: _offers(lead, acts, one.lead), phone="sub")
        )
    empty = "在您能看到的线索中，没有找到可能重复的。"
    return Table("可能的重复件", columns, found, empty, key="candidates")


def link_table(lead: Lead, user: Any, offered: Iterable[str]) -> Table:
    """What officers decided of this lead and another; only where the reader may see both."""
    pairs = LeadLink.objects.visible_to(user).of(lead)
    links = list(pairs.select_related("lead", "other", "by__person"))
    base = lead.get_absolute_url()

    def other(row: LeadLink) -> Lead:
        found: Lead = row.other if row.lead_id == lead.pk else row.lead
        return found

    columns = [
        Column("other", "线索编号", kind="html", value=lambda row: named(other(row)), phone="first"),
        Column("title", "反映问题摘要", value=lambda row: other(row).title, phone="main"),
        Column("kind", "关系", value=lambda row: row.get_kind_display(), phone="side"),
        Column("reason", "说明"),
        Column("by", "登记人", value=lambda row: row.by.display_name),
    ]
    if "unlink" in offered:
        link = '<a href="{}unlink/?other={}">取消</a>'
        columns.append(
            Column("acts", "办理", kind="html", value=lambda row: format_html(link, base, other(row).number))
        )
    return Table("关联的线索", columns, links, "没有登记关联。", key="links")


def merged_table(lead: Lead, user: Any) -> Table:
    """The repeats that went into this lead, with source and numbers; those the reader may see."""
    merged: Any = Lead.objects.visible_to(user).filter(merged_into=lead).order_by("received_on", "pk")
    rows = merged.select_related("registering_unit").prefetch_related("other_numbers") if lead.repeats else ()
    columns = [
        Column("number", "线索编号", kind="link"),
        Column("title", "反映问题摘要", phone="main"),
        Column("received_on", "受理日期", kind="date"),
        Column("get_channel_display", "来源渠道", phone="side"),
        Column("registering_unit.name", "登记单位"),
        Column("numbers", "外部编号", value=lambda row: "、".join(map(str, row.other_numbers.all()))),
        Column("repeats", "其下重复件", value=lambda row: f"{row.repeats} 件" if row.repeats else ""),
    ]
    return Table("并入的重复件", columns, rows, "没有并入的重复件。", key="merged")


def elsewhere_cell(found: list[Elsewhere]) -> SafeString:
    """“另在 2 件线索中被反映” with the numbers and why; those that only bear the name apart."""
    sure = [one for one in found if one.certain]
    maybe = [one for one in found if not one.certain]
    parts = [_listed(f"另在 {len(sure)} 件线索中被反映：", sure)] if sure else []
    parts += [_listed(f"另有 {len(maybe)} 件同名，不能确定是同一人：", maybe)] if maybe else []
    return format_html_join("；", "{}", [(part,) for part in parts])


HOW = {
    "id": "身份证号相同",
    "name_unit": "同名、同单位",
    "name_place": "同名、同地",
    "name": "同名",
    "called": "称呼相同",
}


def _listed(words: str, found: list[Elsewhere]) -> SafeString:
    shown = [
        (named(one.lead), f"（{HOW[one.match.what]}）" if one.certain else "") for one in found[:SEVERAL]
    ]
    more = f" 等 {len(found)} 件" if len(found) > SEVERAL else ""
    return format_html("{}{}{}", words, format_html_join("、", "{}{}", shown), more)


def suspected(lead: Lead, user: Any, offered: Iterable[str]) -> list[Missing]:
    """For who may merge it: there are leads this one may repeat."""
    if "merge" not in offered:
        return []
    number = Suspect.objects.visible_to(user).of(lead).count()
    text = f"可能与 {number} 件线索重复，请核对：是重复件的合并，相关的关联，不是的写明。"
    return [Missing(text, f"{lead.get_absolute_url()}repeats/")] if number else []
