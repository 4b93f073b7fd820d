"""Pages of rounds."""

from typing import Any

from inspections import services
from inspections.filters import RoundFilter
from inspections.forms import (
    DecisionForm,
    FindingForm,
    FinishForm,
    HandLeadsForm,
    LeadFormSet,
    LinkForm,
    MemberFormSet,
    ObjectsForm,
    RecusalForm,
    RoundForm,
    TeamForm,
)
from inspections.models import Round
from inspections.pages.handed import handed_tables
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
from povertyaudit.core.views.records import Verb

TEAM_COLUMNS = (
    Column("user", "姓名", phone="main"),
    Column("team.name", "巡察组", phone="first"),
    Column("get_role_display", "组内职务", phone="side"),
    Column("home_unit.name", "派出单位", phone="sub"),
    Column("seconded_from", "抽调开始", kind="date", phone="more"),
    Column("seconded_to", "抽调结束", kind="date", phone="more"),
    Column("declared_on", "回避申报", kind="date", phone="last"),
)
OBJECT_COLUMNS = (
    Column("name", "对象名称", kind="link"),
    Column("get_kind_display", "类别", phone="main"),
    Column("team.name", "巡察组", phone="sub"),
    Column("entered_on", "进驻", kind="date", phone="more"),
    Column("left_on", "离开", kind="date", phone="more"),
    Column("state", "状态", kind="state"),
)
RECUSAL_COLUMNS = (
    Column("user", "人员", phone="main"),
    Column("object", "巡察对象", phone="first"),
    Column("get_ground_display", "情形", phone="sub"),
    Column("text", "说明", phone="more"),
    Column("declared_on", "申报日期", kind="date", phone="side"),
    Column("decided_by", "决定人", phone="more"),
    Column("state", "状态", kind="state"),
)
LINKED_COLUMNS = (
    Column("name", "轮次", kind="link"),
    Column("region.name", "地区", phone="main"),
    Column("object_count", "巡察对象", kind="number", phone="more"),
    Column("finding_count", "发现问题", kind="number", phone="more"),
    Column("state", "状态", kind="state"),
)
SHOWN_OBJECTS = 20  # on the page of the round; the list shows them all
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


BESIDE = frozenset(
    {"set_team", "add_objects", "declare_recusal", "link_round", "hand_lead", "set_reviewers"}
)  # beside their tables


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
                    Fact("监督方式", row.get_kind_display()),
                    Fact("组织实施单位", row.run_by and row.run_by.name),
                    Fact("组织实施单位类别", row.get_body_kind_display()),
                    Fact("部署文件", row.authorisation),
                    Fact("上级轮次", self.above()),
                    Fact("巡察地区", row.region.path_name),
                    Fact("保密", "结束前保密" if row.secret else "不保密"),
                    Fact("进驻日期", row.starts_on, "date"),
                    Fact("计划离开日期", row.ends_on, "date"),
                    Fact("结束日期", row.finished_on, "date"),
                    Fact("办结日期", row.closed_on, "date"),
                    Fact("部署人", row.ordered_by.display_name),
                    Fact("批准人", row.approved_by.display_name),
                    Fact("集中整改期", f"{row.window_months} 个月"),
                    Fact("依据", row.window_rule, wide=True),
                ],
            )
        ]

    def above(self) -> str:
        """The round it is part of, by name; a secret one is not named."""
        above = self.object.parent
        return "" if above is None or above.is_secret_now else above.name

    def recusals(self) -> list[Any]:
        """Those of this round the reader may know of; asked once."""
        if not hasattr(self, "_recusals"):
            self._recusals = list(self.object.recusals.visible_to(self.user).for_list())
        return self._recusals

    def tables(self) -> list[Table]:
        row, base = self.object, self.object.get_absolute_url()
        offered = {step.name: (step.label, f"{base}{step.name}/") for step in ROUND.offered(row, self.user)}
        objects = row.round_objects.visible_to(self.user).for_list().order_by("region_id", "pk")
        below = row.children.visible_to(self.user).for_list().order_by("region_id", "pk")
        found = row.findings.visible_to(self.user).for_list().order_by("pk")
        tables = [
            Table("巡察组", TEAM_COLUMNS, row.members.all(), "还没有编组。", offered.get("set_team"), "team"),
            Table(
                "巡察对象", OBJECT_COLUMNS, objects[:SHOWN_OBJECTS], "还没有确定巡察对象。",
                offered.get("add_objects"), "objects",
            ),
            Table("回避", RECUSAL_COLUMNS, self.recusals(), "没有回避情形。", offered.get("declare_recusal"), "recusals"),
            Table("发现的问题", FINDING_COLUMNS, found, "还没有登记发现的问题。", key="findings"),
        ]  # fmt: skip
        linked = Table(
            "下级轮次", LINKED_COLUMNS, below, "没有下级轮次。", offered.get("link_round"), "linked"
        )
        return [*tables, *handed_tables(row, self.user, offered), linked]

    def verbs(self) -> list[Verb]:
        decided = not any(one.state == "declared" for one in self.recusals())
        hidden = BESIDE | ({"decide_recusal"} if decided else set())
        return [verb for verb in super().verbs() if verb.name not in hidden]

    def missing(self) -> list[Missing]:
        row = self.object
        if row.finished_on or not self.user.roles & OFFICE:
            return []
        base, found = row.get_absolute_url(), []
        if not row.members.all():
            found.append(Missing("还没有确定巡察组成员，请先编组。", f"{base}set_team/"))
        if not row.object_count:
            found.append(Missing("还没有确定巡察对象。", f"{base}add_objects/"))
        return found


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


class OnThisRound(RoundAct):
    """A form whose choices are those of this round."""

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.of(self.object)
        return form


class SetTeam(RoundAct):
    verb, perform, form_class = "set_team", staticmethod(services.set_team), TeamForm
    formset_classes = {"members": MemberFormSet}  # noqa: RUF012 — as the base class has it
    intro = "提交后以本页所列人员为准：没有列出的人员不再是该组成员。"


class AddObjects(OnThisRound):
    verb, perform, form_class = "add_objects", staticmethod(services.add_objects), ObjectsForm
    intro = "几种方式可以同时使用，一次列入；已经是本轮次对象的不重复列入。"
    done = "已列入巡察对象。"


class DeclareRecusal(OnThisRound):
    verb, perform, form_class = "declare_recusal", staticmethod(services.declare_recusal), RecusalForm
    intro = "自申报之日起不再接触该对象，看不到有关的问题和材料；决定不需回避的，再行恢复。"


class DecideRecusal(OnThisRound):
    verb, perform, form_class = "decide_recusal", staticmethod(services.decide_recusal), DecisionForm


class LinkRound(RoundAct):
    verb, perform, form_class = "link_round", staticmethod(services.link_round), LinkForm


class FinishRound(RoundAct):
    verb, perform, form_class = "finish_round", staticmethod(services.finish_round), FinishForm

    def get_initial(self) -> dict[str, Any]:
        return {"finished_on": moment.today()}


class CloseRound(RoundAct):
    verb, perform = "close_round", staticmethod(services.close_round)
    intro = "还有未转整改的问题、未决定的回避或者其他没有办完的事时，不能办结。"


class RecordFinding(OnThisRound):
    verb, perform, form_class = "record_finding", staticmethod(services.record_finding), FindingForm
    label, done = "登记发现问题", "已登记发现的问题。"

    def get_initial(self) -> dict[str, Any]:
        return {"found_on": moment.today()}


class HandLeads(RoundAct):
    verb, perform, form_class = "hand_lead", staticmethod(services.hand_lead), HandLeadsForm
    formset_classes = {"leads": LeadFormSet}  # noqa: RUF012 — as the base class has it
    intro = "边巡边移：移交给案管室，由其出具回执并逐条登记。涉及人员只记在移交的线索里，不写进发现的问题。"

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        return [{"finding": wanted}] if (wanted := self.request.GET.get("finding", "")[:22]) else []

    def get_formsets(self) -> dict[str, Any]:
        """Only problems of this round."""
        found = super().get_formsets()
        for form in found["leads"].forms:
            form.fields["finding"].queryset = form.fields["finding"].queryset.filter(round=self.object)
        return found
