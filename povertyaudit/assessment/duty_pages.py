"""What pages say of the rhythm of inspections."""

from povertyaudit.assessment.models.duties import DutyRule, InspectionDuty
from povertyaudit.core.models import User
from povertyaudit.core.views import Column, Fact, Facts, Table


def duty_facts(row: InspectionDuty, user: User) -> list[Facts]:
    """A round or a plan is named to those who may know of it."""
    facts = [
        Fact("督查", row.get_kind_display()),
        Fact("规定", row.rule.name),
        Fact("一期", f"{row.first_day} 至 {row.last_day}"),
        Fact("时限", row.due_on, "date"),
        Fact("负责单位", row.unit.name),
        Fact("地区", row.region.path_name),
        Fact("完成日期", row.done_on, "date"),
        Fact("登记人", row.done_by and row.done_by.display_name),
        Fact("文件", row.paper, wide=True),
    ]
    for label, one in (("巡察轮次", row.round), ("走访计划", row.plan)):
        if one is not None and type(one).objects.visible_to(user).filter(pk=one.pk).exists():
            facts.append(Fact(label, str(one), "link", row=one))
    return [Facts("督查安排", [fact for fact in facts if fact.value not in (None, "")])]


def of_rule(row: DutyRule, _user: User) -> list[Table]:
    """On the page of a rule in the catalogue of terms."""
    columns = (
        Column("kind", "督查种类", value=lambda one: one.get_kind_display(), phone="main"),
        Column("region.name", "适用地区", phone="sub"),
        Column("office.name", "负责单位", phone="side"),
        Column("cadence", "周期", value=lambda one: one.get_cadence_display()),
        Column("due_days", "一期开始后几天内完成"),
        Column("open_days", "到期前几天列入"),
    )
    return [Table("规定", columns, [row], key="rule")]
