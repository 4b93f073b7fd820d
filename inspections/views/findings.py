"""Pages of what rounds found."""

from typing import Any

from inspections import services
from inspections.filters import FindingFilter
from inspections.forms import FindingFactsForm
from inspections.models import Finding
from inspections.workflow import FINDING
from povertyaudit.core.models import Role
from povertyaudit.core.views import ActPage, Column, EditPage, Fact, Facts, ListPage, RecordPage, Tab


class FindingList(ListPage):
    queryset = Finding.objects.for_list()
    section, title = "findings", "发现问题"
    filterset_class = FindingFilter
    main_filters = ("q", "state", "round")
    columns = (
        Column("number", "问题编号", kind="link", order="number", value=lambda row: row.number or "未编号"),
        Column("title", "具体问题", phone="main"),
        Column("problem_class", "大类", phone="hide"),
        Column("unit.name", "涉及单位", phone="sub"),
        Column("round.name", "巡察轮次", phone="hide"),
        Column("found_on", "发现日期", kind="date", order="found_on"),
        Column("state", "状态", kind="state"),
        Column("category.name", "类别", shown=False),
        Column("aspect", "方面", shown=False),
        Column("articles", "违反的规定", shown=False),
        Column("amount_fen", "涉及金额（元）", kind="money", shown=False),
        Column("lead_unit.name", "牵头单位", shown=False),
        Column("region.name", "地区", shown=False),
        Column("immediate", "立行立改", shown=False),
    )
    order = "-found_on"
    import_kind, sends_working = "findings", True
    tabs = (
        Tab("", "全部"),
        Tab("recorded", "未转整改", lambda rows, user: rows.filter(state=Finding.State.RECORDED)),
    )
    empty = "没有符合条件的问题。"

    def may_import(self) -> bool:
        return bool(self.user.roles & {Role.PATROL_OFFICE, Role.PATROL_TEAM})


class FindingPage(RecordPage):
    queryset = Finding.objects.for_list()
    section, workflow, parent = "findings", FINDING, ("发现问题", "/findings/")

    def get_parent(self) -> tuple[str, str] | None:
        return self.object.round.name, self.object.round.get_absolute_url()

    def facts(self) -> list[Facts]:
        row = self.object
        return [
            Facts(
                "问题",
                [
                    Fact("编号", row.number or "保密轮次，结束后编号"),
                    Fact("巡察轮次", row.round.name),
                    Fact("大类", row.problem_class),
                    Fact("类别", row.category and row.category.name),
                    Fact("方面", row.aspect),
                    Fact("涉及单位", row.unit.name),
                    Fact("问题属地", row.region.path_name),
                    Fact("牵头单位", row.lead_unit and row.lead_unit.name),
                    Fact("涉及金额（元）", row.amount_fen, "money"),
                    Fact("发现日期", row.found_on, "date"),
                    Fact("立行立改", row.immediate),
                    Fact("违反的规定", row.articles, wide=True),
                    Fact("具体问题", row.text, wide=True),
                    Fact("建议措施", row.suggestion, wide=True),
                ],
            )
        ]


class FindingAct(ActPage):
    queryset, section, workflow = Finding.objects.for_list(), "findings", FINDING


class AmendFinding(FindingAct, EditPage):
    verb, perform, form_class = "amend", staticmethod(services.amend_finding), FindingFactsForm
    label = "保存修改"

    def get_initial(self) -> dict[str, Any]:
        row = self.object
        codes = {
            "problem_class": row.class_term and row.class_term.code, "category": row.category and row.category.code
        }  # fmt: skip
        return EditPage.get_initial(self) | codes
