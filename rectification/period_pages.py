"""What the pages of 整改定期报告 show."""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table
from rectification.models import Item, PeriodReport, State
from rectification.services import periods
from rectification.services.rhythms import in_force
from rectification.workflow import WORKING, missed_reports


def grouped(value: int) -> str:
    return f"{value:,}"


FIGURE_COLUMNS = (
    Column("kind", "指标", value=lambda row: row.kind.name, phone="main"),
    Column("value", "累计", kind="number", value=lambda row: grouped(row.value), phone="side"),
)
COMPARED = (
    Column("kind", "指标", value=lambda row: row["kind"], phone="main"),
    Column("before", "上期", kind="number", value=lambda row: row["before"], phone="hide"),
    Column("now", "本期", kind="number", value=lambda row: row["now"], phone="side"),
)
OF_AN_ITEM = (
    Column("number", "编号", kind="link"),
    Column("title", "报告期", phone="main"),
    Column("light", "报送时限", kind="clock"),
    Column("state", "状态", kind="state"),
)


def of_an_item(item: Item) -> list[Table]:
    """The latest reports of an item, without their texts; nothing where none was asked for."""
    rows = item.period_reports.defer("text", "unchanged_reason").select_related("unit")
    table = Table(
        "定期报告",
        OF_AN_ITEM,
        rows,
        key="period_reports",
        whole=f"/period-reports/?item={item.number}&view=all",
    )
    return [table] if item.period_reports.exists() else []


def late_reports(item: Item) -> list[Missing]:
    """The oldest reports that are missing, each with its address, and in one line how many more there are."""
    late, count = missed_reports(item)
    found = [Missing(f"{one.title}还没有签报，已过报送时限。", one.get_absolute_url()) for one in late]
    if count > len(late):
        rest = f"/period-reports/?item={item.number}&missed=true&view=all"
        found.append(Missing(f"另有 {count - len(late)} 期定期报告还没有签报。", rest))
    return found


def was_told(item: Item) -> bool:
    """Whether anything was ever reported of the item."""
    return bool(item.reports.all()) or item.period_reports.filter(signed_on__isnull=False).exists()


def rhythm_words(item: Item) -> str:
    """How often an item is reported on, and who said so, while it is to be worked on; else nothing."""
    if item.state not in {State.ISSUED} | WORKING:
        return ""
    words, source = in_force(item, moment.today())
    return f"{words}（{source}）" if words else ""


def rhythm(item: Item) -> list[Facts]:
    words = rhythm_words(item)
    return [Facts("定期报告", [Fact("报告周期", words)])] if words else []


def facts(report: PeriodReport) -> list[Facts]:
    said = [
        Fact("整改事项", str(report.item), "link", row=report.item),
        Fact("具体问题", report.item.title),
        Fact("报告单位", report.unit.name),
        Fact("报告期", f"{report.first_day} 至 {report.last_day}"),
        Fact("报送时限", report.due_on, "date"),
        Fact("本期进展情况", report.text, wide=True),
        Fact("无变化的理由", report.unchanged_reason, wide=True),
        Fact("退回理由", report.returned_reason, wide=True),
        Fact("填报人", report.filled_by and report.filled_by.display_name),
        Fact("填报日期", report.filled_on, "date"),
        Fact("签报人", report.signed_by and report.signed_by.display_name),
        Fact("签报日期", report.signed_on, "date"),
    ]
    return [Facts("定期报告", [fact for fact in said if fact.value not in (None, "")])]


def about(report: PeriodReport) -> list[Facts]:
    """Which item and which days the form is about."""
    said = [
        Fact("整改事项", report.item.title, wide=True),
        Fact("报告期", report.title),
        Fact("报送时限", report.due_on, "date"),
        Fact("退回理由", report.returned_reason, wide=True),
    ]
    return [Facts("本期", [fact for fact in said if fact.value])]


def compared(report: PeriodReport) -> list[dict[str, Any]]:
    """Each figure beside that of the report before."""
    before = periods.previous(report)
    old = {one.kind.code: one.value for one in before.figures.all()} if before else {}
    return [
        {
            "kind": one.kind.name,
            "before": grouped(old[one.kind.code]) if one.kind.code in old else "—",
            "now": grouped(one.value),
        }
        for one in report.figures.all()
    ]


def what_is_signed(report: PeriodReport) -> list[Facts | Table]:
    """Text and figures, exactly as they are signed."""
    words = "本期无变化" if report.unchanged else "有变化"
    text = [
        Fact("报告期", report.title),
        Fact("本期进展情况", report.text, wide=True),
        Fact("与上期相比", words),
        Fact("无变化的理由", report.unchanged_reason, wide=True),
    ]
    shown = [fact for fact in text if fact.value]
    return [
        Facts("定期报告", shown),
        Table("数据（累计）", COMPARED, compared(report), "没有数据。", key="figures"),
    ]
