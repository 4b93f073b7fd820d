"""What the page of a project shows: facts, tables, what is missing before the next step."""

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString

from funds.models import Project
from funds.payment_pages import OF_PROJECT
from funds.services.paying_rules import BUILT
from funds.workflow.project_who import BUILDERS, units_by
from funds.workflow.projects import has_doubles
from povertyaudit.core import render
from povertyaudit.core.models import Attachment
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table

LINE_COLUMNS = (
    Column("allocation.paper_no", "下达文号", phone="main"),
    Column("allocation.get_level_display", "级别"),
    Column("allocation.fund_kind.name", "资金种类"),
    Column("amount_fen", "安排（元）", kind="money", phone="side"),
    Column("paid_fen", "已拨付（元）", kind="money"),
)


def answered(double: Any) -> SafeString:
    """The answer with its tone; a suspicion without one waits."""
    if not double.decision:
        return render.badge("待答复", "wait")
    tone = "stop" if double.decision == "double" else "done"
    return render.badge(double.get_decision_display(), tone)


REPORT_COLUMNS = (
    Column("reported_on", "截至日期", kind="date", phone="sub"),
    Column("percent", "形象进度", phone="side", value=lambda report: f"{report.percent} %"),
    Column("text", "完成情况", phone="main"),
    Column("problem", "存在问题"),
    Column("reported_by.display_name", "报告人", phone="hide"),
)
DOUBLE_COLUMNS = (
    Column("other.number", "项目编号", kind="link"),
    Column("other.title", "项目名称", phone="main"),
    Column("other.region.name", "地点", phone="hide"),
    Column("words", "为什么列在这里", phone="more"),
    Column("answered", "答复", kind="html", value=answered, phone="side"),
    Column("answer", "理由", phone="more"),
)
FILE_COLUMNS = (
    Column("__str__", "材料", kind="link", phone="main"),
    Column("uploaded_by.display_name", "上传人"),
    Column("created_at", "上传时间", kind="moment"),
)


def may_ask(row: Project, user: Any) -> bool:
    """Whether the user prepares payments of this project now."""
    ours = row.responsible_unit_id in units_by(user, BUILDERS)
    return ours and row.state in BUILT and not row.payments.under_way().exists()


def share(part: int, whole: int | None) -> str:
    """Both numbers of a share, in 万元: 12.5/20（62.5 %）; empty where there is nothing to divide by."""
    if not whole:
        return ""
    return f"{render.wan(part)}/{render.wan(whole)} 万元（{percent(part, whole)} %）"


def percent(part: int, whole: int) -> str:
    """62.5, with at most two decimals."""
    return f"{part * 100 / whole:.2f}".rstrip("0").rstrip(".")


def facts(row: Project) -> list[Facts]:
    """The paper form officials know, section by section; what lies ahead is not shown."""
    money = [
        Fact("计划投资（元）", row.planned_fen, "money"),
        Fact("批复金额（元）", row.approved_fen, "money"),
        Fact("中标金额（元）", row.tender_fen, "money"),
        Fact("合同金额（元）", row.contract_fen, "money"),
        Fact("质保金（元）", row.retention_fen or None, "money"),
        Fact("审定金额（元）", row.settled_fen, "money"),
        Fact("安排资金（元）", row.funded_fen or None, "money"),
        Fact("已拨付（元）", row.paid_fen or None, "money"),
        Fact("已支出（元）", row.spent_fen or None, "money"),
        Fact("拨付率", share(row.paid_fen, row.funded_fen)),
        Fact("支出率", share(row.spent_fen, row.funded_fen) if row.paid_fen else ""),
    ]
    return [
        Facts("项目", _about(row)),
        Facts("资金", [money[0], *[fact for fact in money[1:] if fact.value not in (None, "")]]),
        Facts("进度", _progress(row)),
    ]


def _about(row: Project) -> list[Fact]:
    people = (
        f"{row.households} 户 {row.persons} 人，其中贫困户 {row.poor_households} 户 {row.poor_persons} 人"
    )
    return [
        Fact("项目类别", row.kind),
        Fact("计划年度", f"{row.year} 年"),
        Fact("建设地点", f"{row.region.path_name}{' ' + row.place if row.place else ''}", wide=True),
        Fact("建设内容和规模", row.content, wide=True),
        Fact("实施单位", row.responsible_unit.name),
        Fact("主管部门", row.sector_unit.name),
        Fact("受益群众", people, wide=True),
        Fact("绩效目标", row.targets, wide=True),
    ]


def _progress(row: Project) -> list[Fact]:
    """Planned days, then each step that came true."""
    steps = [
        Fact("实地勘察", row.surveyed_on, "date"),
        Fact("会审日期", row.reviewed_on, "date"),
        Fact("批复日期", row.approved_on, "date"),
        Fact("批复文号", row.approval_no),
        Fact("承建单位", row.contractor),
        Fact("合同编号", row.contract_no),
        Fact("合同日期", row.contract_on, "date"),
        Fact("开工日期", row.started_on, "date"),
        Fact("完工日期", row.completed_on, "date"),
        Fact("验收日期", row.accepted_on, "date"),
        Fact("资产登记号", row.asset_no),
        Fact("竣工公示日期", row.published_on, "date"),
        Fact("勘察论证意见", row.survey, wide=True),
        Fact("会审意见", row.review_text, wide=True),
        Fact("验收情况", row.accepted_text, wide=True),
    ]
    return [
        Fact("入库日期", row.stored_on, "date"),
        Fact("申报人", row.entered_by.display_name),
        Fact("计划工期", f"{row.plan_start} 至 {row.plan_end}"),
        *[fact for fact in steps if fact.value],
    ]


def files_of(row: Project, user: Any) -> list[Attachment]:
    """All files of the project that the user may open, photos of notices too; the newest version of each."""
    return list(Attachment.objects.seen_of(row, user).newest().select_related("uploaded_by__person"))


def tables(row: Project, user: Any, verbs: dict[str, str], files: Sequence[Attachment]) -> list[Table]:
    """资金来源, 疑似重复 (where there are some), 照片和材料; the verb that adds to each stands at its head. `files`: all of
    the project; those of notices stand with the notices."""
    base = row.get_absolute_url()

    def adds(name: str) -> tuple[str, str] | None:
        return (verbs[name], f"{base}{name}/") if name in verbs else None

    found = [
        Table(
            "资金来源", LINE_COLUMNS, row.lines.visible_to(user).for_list(), "批复时安排资金来源。", adds("set_lines"),
            "lines",
        )
    ]  # fmt: skip
    payments = row.payments.visible_to(user).order_by("pk")
    more = ("准备报账", f"/payments/new/?project={row.number}") if may_ask(row, user) else None
    found.append(Table("报账拨付", OF_PROJECT, payments, "还没有报账。", more, "payments"))
    doubles = list(row.doubles.visible_to(user).for_list()) if has_doubles(row) else []
    if doubles:
        found.append(Table("疑似重复的项目", DOUBLE_COLUMNS, doubles, "", adds("answer_double"), "doubles"))
    if row.started_on:
        reports = row.reports.visible_to(user).for_list()
        more = adds("report_progress")
        told = "请报告开工以来的进度。" if more else "没有报告过进度。"
        found.append(Table("进度报告", REPORT_COLUMNS, reports, told, more, "reports"))
    others = [file for file in files if not file.kind.startswith("notice:")]
    found.append(Table("照片和材料", FILE_COLUMNS, others, "还没有照片和材料。", adds("attach"), "files"))
    return found


def missing(row: Project, verbs: dict[str, str]) -> list[Missing]:
    """What stands between this project and its next step, for whoever can mend it."""
    base, found = row.get_absolute_url(), []
    if row.state == Project.State.REVIEW:
        left = row.doubles.open().count()
        if left:
            to = f"{base}answer_double/" if "answer_double" in verbs else ""
            found.append(Missing(f"还有 {left} 个疑似重复的项目没有答复，答复后才能批复。", to))
        if row.changed_from:
            found.append(Missing("计划变更超过规定的幅度，须重新会审批复后继续实施。"))
    if row.state == Project.State.APPROVED and row.contract_fen is None and "award" in verbs:
        found.append(Missing("还没有登记合同；没有合同的（如到户奖补）可以直接登记开工。", f"{base}award/"))
    return found
