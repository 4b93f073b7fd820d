"""Pages of the objects of rounds."""

from dataclasses import replace
from typing import Any

from inspections import services
from inspections.filters import RoundObjectFilter
from inspections.forms import AssignForm, EnterForm, LeaveForm
from inspections.models import RoundObject
from inspections.pages.objects import TOLD_COLUMNS
from inspections.pages.rounds import FINDING_COLUMNS
from inspections.views.feedback import FEEDBACK_COLUMNS, PLAN_COLUMNS
from inspections.views.notices import NOTICE_COLUMNS
from inspections.views.opinions import OPINION_COLUMNS
from inspections.workflow import OBJECT
from povertyaudit.core.forms import OpinionForm
from povertyaudit.core.views import ActPage, BulkPage, Column, Fact, Facts, ListPage, RecordPage, Tab, Table

OBJECTS = ("巡察对象", "/round-objects/")
OBJECT_ACTS = {
    "enter": (services.enter, EnterForm),
    "leave": (services.leave, LeaveForm),
    "assign_team": (services.assign_team, AssignForm),
    "drop": (services.drop, OpinionForm),
}


class ObjectList(ListPage):
    queryset = RoundObject.objects.for_list()
    section, title = "rounds", "巡察对象"
    filterset_class = RoundObjectFilter
    main_filters = ("q", "round", "state")
    workflow, bulk_url = OBJECT, "/round-objects/bulk/"
    columns = (
        Column("name", "对象名称", kind="link"),
        Column("get_kind_display", "类别", phone="sub"),
        Column("round.name", "轮次", phone="main"),
        Column("team.name", "巡察组", phone="hide"),
        Column("entered_on", "进驻", kind="date", order="entered_on", phone="hide"),
        Column("left_on", "离开", kind="date", phone="hide"),
        *(replace(column, phone="hide") for column in TOLD_COLUMNS),
        Column("state", "状态", kind="state"),
        Column("region.path_name", "地区", shown=False),
    )
    order = "region_id"
    tabs = (
        Tab("", "全部"),
        Tab("not_entered", "未进驻", lambda rows, user: rows.filter(state="not_entered")),
        Tab("entered", "已进驻", lambda rows, user: rows.filter(state="entered")),
        Tab("left", "已离开", lambda rows, user: rows.filter(state="left")),
    )
    empty = "没有符合条件的巡察对象。"

    def get_queryset(self) -> Any:
        return super().get_queryset().with_counts(self.user)


class ObjectBulk(BulkPage):
    queryset, section, workflow, parent = RoundObject.objects.for_list(), "rounds", OBJECT, OBJECTS


class ObjectPage(RecordPage):
    queryset = RoundObject.objects.for_list()
    section, workflow, named_by_heading = "rounds", OBJECT, True

    def get_heading(self) -> str:
        return f"{self.object}（{self.object.get_kind_display()}）"

    def get_parent(self) -> tuple[str, str] | None:
        return self.object.round.name, self.object.round.get_absolute_url()

    def facts(self) -> list[Facts]:
        row = self.object
        about = [
            Fact("轮次", row.round.name),
            Fact("类别", row.get_kind_display()),
            Fact("地区", row.region.path_name),
            Fact("单位", row.unit and row.unit.name),
            Fact("巡察组", row.team and row.team.name),
            Fact("进驻日期", row.entered_on, "date"),
            Fact("离开日期", row.left_on, "date"),
        ]
        return [Facts("巡察对象", about)]

    def tables(self) -> list[Table]:
        """What the object was told and owes; each table with the list of exactly its rows."""
        row, found = self.object, []
        for title, columns, rows, empty, key, path in (
            ("发现的问题", FINDING_COLUMNS, row.findings, "还没有登记发现的问题。", "findings", "findings"),
            ("意见", OPINION_COLUMNS, row.opinions, "没有向这个对象提出意见。", "opinions", "opinions"),
            ("立行立改", NOTICE_COLUMNS, row.immediate_notices, "没有立行立改通知。", "immediate_notices", "immediate-notices"),
            ("反馈表", FEEDBACK_COLUMNS, row.feedbacks, "还没有反馈。", "feedbacks", "feedbacks"),
            ("整改方案和报告", PLAN_COLUMNS, row.rectification_plans, "签收反馈表后编制。", "plans", "rectification-plans"),
        ):  # fmt: skip
            known = rows.visible_to(self.user).for_list().order_by("pk")
            whole = f"/{path}/?object={row.public_id}"
            found.append(Table(title, columns, known, empty, key=key, whole=whole))
        return found


class ObjectAct(ActPage):
    queryset, section, workflow = RoundObject.objects.for_list(), "rounds", OBJECT


class Enter(ObjectAct):
    verb, perform, form_class = "enter", staticmethod(services.enter), EnterForm


class Leave(ObjectAct):
    verb, perform, form_class = "leave", staticmethod(services.leave), LeaveForm


class AssignTeam(ObjectAct):
    verb, perform, form_class = "assign_team", staticmethod(services.assign_team), AssignForm

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.of(self.object.round)
        return form


class Drop(ObjectAct):
    verb, perform = "drop", staticmethod(services.drop)
