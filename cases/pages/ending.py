"""What the record page shows of the end: the checklist, the answers, and what is still to be done."""

from typing import Any

from cases.models import Answer, Lead, Volume
from cases.services import ending
from povertyaudit.core.views import Column, Missing, Table

CHECK_COLUMNS = (
    Column("item.name", "事项", phone="main"),
    Column("ground", "依据", phone="sub"),
    Column("checked_by.display_name", "核对人", phone="hide"),
    Column("checked_on", "核对日期", kind="date", phone="side"),
)


def _objection(answer: Answer) -> str:
    words = [
        word for said, word in ((answer.objects_to, "有异议"), (answer.new_evidence, "提供新证据")) if said
    ]
    told = "、".join(words) or ("无异议" if answer.delivered_on else "")
    return f"{told}：{answer.objection}" if answer.objection else told


ANSWER_COLUMNS = (
    Column("draft", "反馈意见", phone="main"),
    Column("delivered_on", "反馈日期", kind="date", phone="side"),
    Column("way.name", "反馈方式"),
    Column("delivered_by.display_name", "反馈人"),
    Column("objection", "反映人意见", value=_objection),
    Column("settlement", "研究意见"),
)


VOLUME_COLUMNS = (
    Column("title", "归档目录", kind="link", phone="main"),
    Column("count", "件数", kind="number"),
    Column("archived_by.display_name", "归档人"),
    Column("archived_on", "归档日期", kind="date", phone="side"),
)
CONTENT_COLUMNS = (
    Column("no", "序号", kind="number", value=lambda line: line["no"]),
    Column("title", "材料和程序", value=lambda line: line["title"], phone="main"),
    Column("on", "日期", value=lambda line: line["on"], phone="side"),
    Column("from", "形成单位或保管", value=lambda line: line["from"], phone="sub"),
    Column("sha256", "文件校验值（SHA-256）", value=lambda line: line["sha256"]),
)


def volume_lines(volume: Volume) -> list[dict[str, Any]]:
    """The list of the volume with its running numbers."""
    return [{"no": no, **line} for no, line in enumerate(volume.contents, 1)]


def ending_tables(lead: Lead, adds: Any) -> list[Table]:
    """The checklist of the present volume and every answer."""
    checks = lead.closing_checks.select_related("item", "checked_by__person")
    answers = lead.answers.select_related("way", "delivered_by__person")
    return [
        Table("办结前核对", CHECK_COLUMNS, checks.filter(volume=ending.volume_of(lead)), key="checks"),
        Table("结果反馈", ANSWER_COLUMNS, answers, action=adds("draft_feedback"), key="answers"),
        Table("归档", VOLUME_COLUMNS, lead.volumes.select_related("archived_by__person"), key="volumes"),
    ]


def ending_missing(lead: Lead, verbs: set[str]) -> list[Missing]:
    """What stands before 办结, and an objection that waits."""
    base, found = lead.get_absolute_url(), []
    if "conclude" in verbs and ending.needs_checks(lead) and (names := ending.unchecked(lead)):
        found.append(Missing(f"办结前还要写明依据：{'、'.join(names)}。", f"{base}tick/"))
    if "settle_objection" in verbs:
        text = "反映人有异议或提供了新证据，请研究：不需要重新办理的写明意见；需要的，撤销办结重新办理。"
        found.append(Missing(text, f"{base}settle_objection/"))
    return found
