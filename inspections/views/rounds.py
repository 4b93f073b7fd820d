"""Pages of rounds."""

from typing import Any

from inspections import services
from inspections.filters import RoundFilter
from inspections.forms import FindingForm, FinishForm, MemberFormSet, RoundForm
from inspections.models import Round
from inspections.workflow import OFFICE, ROUND
from povertyaudit.core import moment
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    Fact,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Table,
)

TEAM_COLUMNS = (Column("user", "姓名", phone="main"), Column("get_role_display", "组内职务", phone="side"))
FINDING_COLUMNS = (
    Column("number", "问题编号", kind="link", value=lambda finding: finding.number or "结束后编号"),
    Column("title", "具体问题", phone="main"),
    Column("unit.name", "涉及单位", phone="sub"),
    Column("state", "状态", kind="state"),
)


class RoundList(ListPage):
    queryset = Round.objects.for_list()
    section, title = "rounds", "巡察轮次"
    filterset_class = RoundFilter
    main_filters = ("q", "state", "kind")
    columns = (
        Column(
            "number", "轮次编号", kind="link", order="number", value=lambda row: row.number or "保密，未编号"
        ),
        Column("name", "轮次名称", phone="main"),
        Column("get_kind_display", "方式", phone="hide"),
        Column("starts_on", "进驻", kind="date", order="starts_on"),
        Column("ends_on", "计划离开", kind="date", phone="hide"),
        Column("finding_count", "发现问题", kind="number", phone="hide"),
        Column("state", "状态", kind="state"),
    )
    order = "-starts_on"
    create_url, create_label = "/rounds/new/", "部署轮次"
    empty = "没有符合条件的巡察轮次。"

    def may_create(self) -> bool:
        return bool(self.user.roles & OFFICE)


class RoundPage(RecordPage):
    queryset = Round.objects.for_page()
    section, workflow, parent = "rounds", ROUND, ("巡察轮次", "/rounds/")

    def facts(self) -> list[Facts]:
        row = self.object
        return [
            Facts(
                "轮次",
                [
                    Fact("编号", row.number or "保密轮次，结束后编号"),
                    Fact("方式", row.get_kind_display()),
                    Fact("巡察地区", row.region.path_name),
                    Fact("保密", "结束前保密" if row.secret else "不保密"),
                    Fact("进驻日期", row.starts_on, "date"),
                    Fact("计划离开日期", row.ends_on, "date"),
                    Fact("结束日期", row.finished_on, "date"),
                    Fact("部署人", row.ordered_by.display_name),
                    Fact("批准人", row.approved_by.display_name),
                    Fact("集中整改期", f"{row.window_months} 个月"),
                    Fact("依据", row.window_rule, wide=True),
                ],
            )
        ]

    def tables(self) -> list[Table]:
        row = self.object
        return [
            Table("巡察组", TEAM_COLUMNS, row.members.all(), empty="还没有确定巡察组成员。"),
            Table("发现的问题", FINDING_COLUMNS, row.findings.for_list().order_by("pk"), key="findings"),
        ]

    def missing(self) -> list[Missing]:
        row = self.object
        if row.finished_on or row.members.all() or not self.user.roles & OFFICE:
            return []
        return [Missing("还没有确定巡察组成员，请先编组。", f"{row.get_absolute_url()}set_team/")]


class NewRound(CreatePage):
    section, title, label, parent = "rounds", "部署巡察轮次", "部署", ("巡察轮次", "/rounds/")
    form_class, perform = RoundForm, staticmethod(services.open_round)

    def may_open(self) -> bool:
        return bool(self.user.roles & OFFICE)

    def get_initial(self) -> dict[str, Any]:
        home = self.user.post_as(OFFICE)
        return {"region": home.region} if home else {}


class RoundAct(ActPage):
    queryset, section, workflow = Round.objects.all(), "rounds", ROUND


class SetTeam(RoundAct):
    verb, perform = "set_team", staticmethod(services.set_team)
    formset_classes = {"members": MemberFormSet}  # noqa: RUF012 — as the base class has it
    intro = "提交后以本页所列人员为准：没有列出的人员不再是巡察组成员。"


class FinishRound(RoundAct):
    verb, perform, form_class = "finish_round", staticmethod(services.finish_round), FinishForm

    def get_initial(self) -> dict[str, Any]:
        return {"finished_on": moment.today()}


class RecordFinding(RoundAct):
    verb, perform, form_class = "record_finding", staticmethod(services.record_finding), FindingForm
    label, done = "登记发现问题", "已登记发现的问题。"

    def get_initial(self) -> dict[str, Any]:
        return {"found_on": moment.today()}
