"""What the records of match lists and suspicions show. A name stands whole on the record alone, a number nowhere."""

from typing import Any

from cases.models import Lead
from funds.models import MatchList, Misuse, Suspicion
from povertyaudit.core import render
from povertyaudit.core.models import Attachment, User
from povertyaudit.core.views import Column, Fact, Facts, Table

FILE_COLUMNS = (
    Column("title", "名称", kind="link", value=lambda file: file.title or file.original_name),
    Column("taken_at", "拍摄时间", kind="moment", phone="main"),
    Column("created_at", "上传时间", kind="moment", phone="sub"),
    Column("uploaded_by.display_name", "上传人", phone="side"),
)
ROW_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("masked_name", "姓名", phone="main"),
    Column("region.name", "村", phone="sub"),
    Column("amount_fen", "享受金额（元）", kind="money", phone="side"),
    Column("state", "状态", kind="state"),
)
LEAD_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("match_list.rule.name", "比对规则", phone="main"),
    Column("match_list.platform", "来源平台", phone="sub"),
    Column("decided_on", "转办日期", kind="date", phone="side"),
)


def match(row: Suspicion) -> Facts:
    found = row.match_list
    return Facts("疑点", [
        Fact("姓名", row.person_name),
        Fact("村", row.region.path_name),
        Fact("享受的待遇", row.benefit),
        Fact("享受金额（元）", row.amount_fen, "money"),
        Fact("比对规则", found.rule.name),
        Fact("比对数据", found.compared.name),
        Fact("来源平台", found.platform),
        Fact("数据截止日期", found.as_of, "date"),
        Fact("比对情况", row.says, wide=True),
    ])  # fmt: skip


def looked_at(row: Suspicion) -> Facts:
    """The desk; the house once somebody was there."""
    return Facts("核查", [
        Fact("案头核查", row.desk_by and row.desk_by.display_name),
        Fact("案头核查日期", row.desk_on, "date"),
        Fact("案头核查情况", row.desk_text, wide=True),
        Fact("入户单位", row.responsible_unit and row.responsible_unit.name),
        Fact("核查人", row.assigned_to.display_name if row.assigned_to else "由单位确定"),
        *(_house(row) if row.visited_on else []),
    ])  # fmt: skip


def _house(row: Suspicion) -> list[Fact]:
    placed = row.latitude is not None
    return [
        Fact("入户日期", row.visited_on, "date"),
        Fact("入户核查人", f"{row.visitor}、{row.visitor2}"),
        Fact("具体地点", row.place_text),
        Fact("定位", f"{row.latitude}，{row.longitude}" if placed else "没有定位"),
        Fact("入户核查情况", row.finding, wide=True),
    ]


def ended(row: Suspicion, user: User) -> list[Facts]:
    """What it came to; the lead and the misuse for those who may know of them."""
    if row.decided_on is None:
        return []
    facts = [
        Fact("结果", row.get_state_display()),
        Fact("处理日期", row.decided_on, "date"),
        Fact("处理人", row.decided_by and row.decided_by.display_name),
        Fact("排除理由", row.excuse and row.excuse.name),
        Fact("纠正方式", row.get_fix_display()),
        Fact("纠正金额（元）", row.fix_fen, "money"),
        Fact("说明", row.decision, wide=True),
    ]
    for label, found in (("问题线索", known_lead(row, user)), ("违规使用资金", known_misuse(row, user))):
        if found is not None:
            facts.append(Fact(label, found.number, "link", row=found))
    return [Facts("处理", [fact for fact in facts if fact.value not in (None, "")])]


def known_lead(row: Suspicion, user: User) -> Any:
    """The lead, where this person may know of it."""
    return Lead.objects.visible_to(user).filter(pk=row.lead_id).first() if row.lead_id else None


def known_misuse(row: Suspicion, user: User) -> Any:
    return Misuse.objects.visible_to(user).filter(pk=row.misuse_id).first() if row.misuse_id else None


def files(row: Suspicion, user: User, may: bool) -> Table:
    action = ("补充照片和材料", f"{row.get_absolute_url()}attach/") if may else None
    found = Attachment.objects.seen_of(row, user).newest().select_related("uploaded_by__person")
    return Table("照片和材料", FILE_COLUMNS, found, "还没有照片和材料。", action, "files")


def of_lead(lead: Lead, user: User) -> list[Table]:
    """The suspicion behind a lead, on the lead's page."""
    found = list(Suspicion.objects.visible_to(user).filter(lead=lead).for_list())
    return [Table("大数据比对疑点", LEAD_COLUMNS, found, key="suspicions")] if found else []


def of_misuse(misuse: Misuse, user: User) -> list[Table]:
    found = list(Suspicion.objects.visible_to(user).filter(misuse=misuse).for_list())
    return [Table("大数据比对疑点", LEAD_COLUMNS, found, key="suspicions")] if found else []


def list_facts(row: MatchList) -> list[Facts]:
    left = row.rows_given - row.rows_doubled
    facts = [
        Facts("比对", [
            Fact("来源平台", row.platform),
            Fact("比对规则", row.rule.name),
            Fact("源数据", row.source.name),
            Fact("比对数据", row.compared.name),
            Fact("数据来源部门", row.compared.department),
            Fact("数据截止日期", row.as_of, "date"),
            Fact("上传人", row.taken_by.display_name),
            Fact("文件校验值", row.file_sha256[:16]),
        ]),
        Facts("行数", [
            Fact("清单行数", row.rows_given),
            Fact("重复行数", row.rows_doubled),
            Fact("可以导入" if row.state == "staged" else "导入疑点", left if row.state == "staged" else _made(row)),
        ]),
    ]  # fmt: skip
    if row.reported_rows is not None:
        facts.append(Facts("上报数（由来源单位报告，不计入系统数）", [
            Fact("疑点", row.reported_rows),
            Fact("立案", row.reported_filed),
            Fact("组织处理", row.reported_handled),
            Fact("追缴（元）", render.yuan(row.reported_fen or 0)),
        ]))  # fmt: skip
    return facts


def _made(row: MatchList) -> Any:
    """While the job works: how far it is."""
    if row.state != MatchList.State.IMPORTING:
        return row.rows_made
    return f"已导入 {row.suspicions.count()} 条，还有 {row.lines.count()} 条；刷新页面查看进度"


def list_rows(row: MatchList, user: User) -> Table:
    found = row.suspicions.visible_to(user).for_list().order_by("pk")
    return Table(
        "疑点", ROW_COLUMNS, found, "还没有导入疑点。", key="suspicions",
        whole=f"/suspicions/?match_list={row.public_id}&view=all",
    )  # fmt: skip
