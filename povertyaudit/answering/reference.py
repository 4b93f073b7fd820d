"""What a new installation starts with: capacities and figures. Dated rows; add, never rename."""

from collections.abc import Callable
from typing import Any

OFFICE, FIVE = "党政同责、双组长责任制", "“五包”责任制"
TEAM = "驻村工作队选派管理规定"
# code, name, levels, single, of, role in a village team, what it rests on
CAPACITIES = (
    ("party_head", "党委主要负责人（双组长）", "1234", True, "place", "", OFFICE),
    ("gov_head", "政府主要负责人（双组长）", "1234", True, "place", "", OFFICE),
    ("vice_head", "分管负责人", "1234", False, "place", "", OFFICE),
    ("group_member", "领导小组成员", "123", False, "place", "", "领导小组组成文件"),
    ("sector", "行业主管部门责任人", "123", False, "place", "", "部门职责分工文件"),
    ("wb_county", "省包县责任人", "3", True, "place", "", FIVE),
    ("area_head", "片长", "3", True, "place", "", "片区协作制度"),
    ("wb_town", "市包乡责任人", "4", True, "place", "", FIVE),
    ("wb_village", "县包村责任人", "5", True, "place", "", FIVE),
    ("village_party_head", "村党组织书记", "5", True, "place", "", "村级组织"),
    ("village_head", "村民委员会主任", "5", True, "place", "", "村级组织"),
    ("first_secretary", "第一书记", "5", True, "place", "first_secretary", TEAM),
    ("team_leader", "驻村工作队长", "5", True, "place", "leader", TEAM),
    ("team_member", "驻村工作队员", "5", False, "place", "member", TEAM),
    ("wb_household", "乡包户责任人", "5", True, "household", "", FIVE),
    ("wb_person", "党员包人责任人", "5", True, "person", "", FIVE),
)
# code, amount, what it rests on
RULES = (
    ("team_months", "24", "地方做法：驻村两年一轮换"),
    ("remind_days", "60", "提醒的时间可按本地安排改变"),
    ("short_months", "2", "地方做法，可按本地规定改变"),
    ("letter_month", "3", "地方做法：每年第一季度签订"),
    ("keep_listed", "1", "“不摘帽不脱钩”"),
)


def install_capacities(model: Any) -> None:
    """Insert the capacities that are not there; `model` is Capacity, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(
            code=code, name=name, levels=levels, single=single, of=of, team=team, anchor=anchor, order=order * 5,
            public_id=new_id(),
        )
        for order, (code, name, levels, single, of, team, anchor) in enumerate(CAPACITIES, 1)
        if code not in known
    )  # fmt: skip


def install_rules(model: Any, named: Callable[[str, str], str]) -> None:
    """The same of AnsweringRule; `named` puts a figure into its words."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(
            code=code, kind=code, amount=amount, name=named(code, amount), anchor=anchor, order=order,
            public_id=new_id(),
        )
        for order, (code, amount, anchor) in enumerate(RULES, 1)
        if code not in known
    )  # fmt: skip
