"""What pages show of the stages of an item kept up for good."""

from typing import Any

from povertyaudit.core.views import Column, Fact, Facts, Table
from rectification.models import Item
from rectification.models.stages import Stage, met, running
from rectification.words import share

STAGE_COLUMNS = (
    Column("no", "阶段", kind="number", phone="hide"),
    Column("goal", "阶段目标", phone="main"),
    Column("due_on", "报告期限", kind="date"),
    Column("ended", "报告日期", value=lambda row: ended(row)),
    Column("get_outcome_display", "结果", phone="side"),
    Column("result", "阶段成效"),
    Column("signed_by", "签署人", value=lambda row: signed(row)),
)


def ended(stage: Stage) -> str:
    """The day of its report, late for ever where it was late."""
    if stage.ended_on is None or stage.signed_by_id is None:
        return ""
    return f"{stage.ended_on}（超期）" if stage.was_late else f"{stage.ended_on}"


def signed(stage: Stage) -> str:
    """Who signed its report, and whether that still holds: computed over what the stage says now."""
    if stage.signed_by is None:
        return ""
    return f"{stage.signed_by.display_name}{'（签署已失效，签署以后内容有改动）' if stage.is_changed else ''}"


def table(item: Any) -> list[Table]:
    rows = item.stages.all()
    return [Table("阶段目标", STAGE_COLUMNS, rows, key="stages")] if rows else []


def now(item: Item) -> str:
    """第 2 阶段：…"""
    stage = running(item)
    return f"{stage}：{stage.goal}" if stage else ""


def reached(item: Item) -> str:
    """Stages met, of those reported on."""
    return share(*met(item), "还没有阶段报告")


def about(item: Item) -> list[Facts]:
    """What the head reports about: the goal, its day, and how many stages were met; nothing where no stage runs."""
    stage: Any = running(item)
    if stage is None:
        return []
    said = [
        Fact("阶段", str(stage)), Fact("报告期限", stage.due_on, "date"), Fact("已达到阶段", reached(item)),
        Fact("阶段目标", stage.goal, wide=True),
    ]  # fmt: skip
    return [Facts("本阶段", said)]
