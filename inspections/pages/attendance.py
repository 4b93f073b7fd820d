"""What village persons and their months show."""

from typing import Any

from inspections.models import AttendanceMonth, VillagePerson, VisitCheck
from inspections.services import attendance as services
from inspections.services.quotas import amount
from inspections.workflow.attendance import ATTENDANCE
from povertyaudit.core import moment
from povertyaudit.core.models import User
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table

CHECK_COLUMNS = (
    Column("visit.visited_on", "走访日期", kind="date", phone="side"),
    Column("visit", "走访记录", value=lambda row: row.visit.number or "未编号", phone="main"),
    Column("get_found_display", "在岗情况", phone="sub"),
)
MONTH_COLUMNS = (
    Column("number", "考勤编号", kind="link"),
    Column("month", "月份", phone="main", value=lambda row: f"{row.month:%Y-%m}"),
    Column("days_present", "驻村天数", kind="number", phone="sub"),
    Column("state", "状态", kind="state"),
)


def days_wanted() -> int:
    """Of a month, by the rule of today."""
    return amount("village_days", moment.today())


def with_figures(rows: Any) -> Any:
    return rows.with_figures(days_wanted())


def person_facts(row: VillagePerson) -> list[Facts]:
    return [
        Facts(
            "驻村人员",
            [
                Fact("姓名", row.name),
                Fact("职务", row.get_role_display()),
                Fact("所驻的村", row.region.path_name),
                Fact("派出单位", row.unit.name),
                Fact("驻村开始", row.starts_on, "date"),
                Fact("驻村结束", row.ends_on, "date"),
            ],
        )
    ]


def person_tables(row: VillagePerson, user: User) -> list[Table]:
    checks = VisitCheck.objects.visible_to(user).filter(person=row).select_related("visit").order_by("-pk")
    return [
        Table(
            "每月考勤",
            MONTH_COLUMNS,
            row.months.visible_to(user).order_by("-month"),
            "还没有考勤。",
            key="months",
        ),
        Table("走访抽查", CHECK_COLUMNS, checks, "没有抽查过。", key="checks"),
    ]


def month_facts(row: AttendanceMonth) -> list[Facts]:
    absences, lacking = services.figures(row)
    reported = row.days_present is not None
    return [
        Facts(
            "驻村考勤",
            [
                Fact("驻村人员", row.person.name),
                Fact("职务", row.person.get_role_display()),
                Fact("所驻的村", row.person.region.path_name),
                Fact("派出单位", row.person.unit.name),
                Fact("月份", f"{row.month:%Y-%m}"),
                Fact("驻村天数", row.days_present if reported else "没有报送"),
                Fact("请假天数", row.days_leave),
                Fact("应驻村天数", amount("village_days", row.month)),
                Fact("不足天数", lacking),
                Fact("查到不在岗次数", absences),
                Fact("登记人", row.recorded_by and row.recorded_by.display_name),
            ],
        ),
        *([_handling(row)] if row.noticed_on else []),
    ]


def _handling(row: AttendanceMonth) -> Facts:
    return Facts(
        "通知和处理",
        [
            Fact("通知日期", row.noticed_on, "date"),
            Fact("通知内容", row.notice, wide=True),
            Fact("情况说明", row.explanation, wide=True),
            Fact("召回建议", row.suggestion, wide=True),
            Fact("处理日期", row.decided_on, "date"),
            Fact("处理结果", row.decision, wide=True),
        ],
    )


def month_tables(row: AttendanceMonth, user: User) -> list[Table]:
    checks = VisitCheck.objects.visible_to(user).filter(
        person=row.person_id, visit__visited_on__year=row.month.year, visit__visited_on__month=row.month.month
    )
    return [
        Table("本月走访抽查", CHECK_COLUMNS, checks.select_related("visit"), "本月没有抽查。", key="checks")
    ]


def month_missing(row: AttendanceMonth, user: User) -> list[Missing]:
    offered = {step.name for step in ATTENDANCE.offered(row, user)}
    if "notify" not in offered:
        return []
    absences, lacking = services.figures(row)
    if not absences and not lacking:
        return []
    found = [f"查到不在岗 {absences} 次"] if absences else []
    found += [f"驻村天数不足 {lacking} 天"] if lacking else []
    return [Missing(f"{'，'.join(found)}，请发出通知。", f"{row.get_absolute_url()}notify/")]
