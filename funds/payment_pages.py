"""What the page of a payment shows: facts, the checklist of papers, sources, spendings, what is missing."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from funds.models import Payment
from funds.services import paying_rules
from povertyaudit.core import moment, render
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table


def there(one: Any) -> SafeString:
    return render.badge("已有", "done") if one[1] else render.badge("还缺", "warn")


def links(one: Any) -> SafeString:
    return format_html_join(
        "，", '<a href="{}">{}</a>', ((file.get_absolute_url(), str(file)) for file in one[1])
    )


PAPER_COLUMNS = (
    Column("kind", "材料", value=lambda one: one[0].name, phone="main"),
    Column("there", "有无", kind="html", value=there, phone="side"),
    Column("files", "文件", kind="html", value=links, phone="more"),
)
PART_COLUMNS = (
    Column("line.allocation.paper_no", "下达文号", phone="main"),
    Column("line.allocation.fund_kind.name", "资金种类"),
    Column("amount_fen", "金额（元）", kind="money", phone="side"),
)


def standing(spending: Any) -> SafeString:
    return render.badge("有效", "done") if spending.is_standing else render.badge("已作废", "stop")


SPENDING_COLUMNS = (
    Column("spent_on", "支出日期", kind="date"),
    Column("payee", "收款人", phone="main"),
    Column("voucher_no", "凭证号"),
    Column("note", "用途"),
    Column("amount_fen", "金额（元）", kind="money", phone="side"),
    Column("standing", "状态", kind="html", value=standing),
)
OF_PROJECT = (
    Column("number", "报账编号", kind="link"),
    Column("get_stage_display", "款项", phone="main"),
    Column("amount_fen", "金额（元）", kind="money", phone="side"),
    Column("applied_on", "申请日期", kind="date"),
    Column("paid_on", "拨付日期", kind="date"),
    Column("state", "状态", kind="state"),
)


def to_project(row: Payment) -> SafeString:
    return format_html(
        '<a href="{}">{}</a> {}', row.project.get_absolute_url(), row.project.number, row.project.title
    )


def facts(row: Payment) -> list[Facts]:
    """The application, what each signed, what was paid."""
    project = row.project
    asked = [
        Fact("项目", to_project(row), wide=True),
        Fact("款项", row.get_stage_display()),
        Fact("申请金额（元）", row.amount_fen, "money"),
        Fact("大写", render.capital(row.amount_fen)),
        Fact("收款单位", row.payee),
        Fact("完成的工程量", row.progress, wide=True),
        Fact("可拨付总额（元）", project.ceiling_fen, "money"),
        Fact("项目已拨付（元）", project.paid_fen, "money"),
    ]
    signed = [
        Fact("申请", signed_words(row.applied_on, row.applied_by)),
        Fact("乡镇意见", signed_words(row.endorsed_on, row.endorsed_by, row.endorsed_text), wide=True),
        Fact("主管部门意见", signed_words(row.reviewed_on, row.reviewed_by, row.reviewed_text), wide=True),
        Fact("拨付", signed_words(row.paid_on, row.paid_by)),
        Fact("拨付凭证号", row.voucher_no),
    ]
    found = [Facts("申请", asked), Facts("意见和拨付", [fact for fact in signed if fact.value])]
    if row.to_unit:
        held = [Fact("已支出（元）", row.spent_fen, "money"), Fact("账上未支出（元）", row.held_fen, "money")]
        found.append(Facts("支出", held))
    return [group for group in found if group.facts]


def signed_words(day: Any, by: Any, text: str = "") -> str:
    """2026-03-05 张三：同意."""
    if day is None or by is None:
        return ""
    return f"{day} {by.display_name}{'：' + text if text else ''}"


def tables(row: Payment, user: Any, verbs: dict[str, str]) -> list[Table]:
    base = row.get_absolute_url()

    def adds(name: str) -> tuple[str, str] | None:
        return (verbs[name], f"{base}{name}/") if name in verbs else None

    papers = paying_rules.checklist(row)
    found = [Table("报账材料", PAPER_COLUMNS, papers, "这一款项不要求材料。", adds("add_paper"), "papers")]
    if row.paid_on:
        parts = row.parts.visible_to(user).select_related("line__allocation__fund_kind")
        found.append(Table("资金来源", PART_COLUMNS, parts, "", key="parts"))
    if row.to_unit:
        spendings = row.spendings.visible_to(user)
        found.append(
            Table("支出", SPENDING_COLUMNS, spendings, "还没有登记支出。", adds("spend"), "spendings")
        )
    return found


def missing(row: Payment, verbs: dict[str, str]) -> list[Missing]:
    """Papers that are lacking, and rules the application would break today, for whoever prepares it."""
    if "submit" not in verbs:
        return []
    base = row.get_absolute_url()
    found = [Missing(f"还缺“{name}”，请上传。", f"{base}add_paper/") for name in paying_rules.lacking(row)]
    day = row.applied_on or None
    broken = paying_rules.broken(row.project, row.stage, row.amount_fen, day) if day else []
    found += [Missing(str(one), f"{base}amend/") for one in broken]
    url = f"{row.project.get_absolute_url()}#notice-matrix"
    left = paying_rules.unpublished(row.project, row.stage, day or moment.today())
    return [*found, *(Missing(str(one), url) for one in left)]
