"""单位: the list with former names, and 单位变更, which 案管 proposes and 安全保密 confirms."""

from collections.abc import Sequence
from typing import Any

from povertyaudit.core import unit_changes
from povertyaudit.core.forms.base import OpinionForm, RequiredOpinionForm
from povertyaudit.core.forms.places import AbolishUnitForm, FoundUnitForm, MergeUnitForm, RenameUnitForm
from povertyaudit.core.models import Unit, UnitChange
from povertyaudit.core.place_filters import UnitFilterSet
from povertyaudit.core.views.acts import ActPage, CreatePage
from povertyaudit.core.views.lists import ListPage
from povertyaudit.core.views.parts import Column, Fact, Facts, Missing, Tab, Table
from povertyaudit.core.views.records import RecordPage

CHANGES = (
    Column("title", "变更", kind="link", phone="main"),
    Column("basis", "依据"),
    Column("changed_by", "提出人"),
    Column("confirmed_by", "确认人"),
    Column("state", "状态", kind="state"),
)
NAMES = (Column("name", "名称", phone="main"), Column("valid_to", "停用日期", kind="date"))
PROPOSED = "变更已提出，等待安全保密管理员确认。"


class UnitList(ListPage):
    queryset = Unit.objects.select_related("region").prefetch_related("aliases")
    section, title = "units", "单位"
    filterset_class = UnitFilterSet
    main_filters = ("q", "kind")
    order = "name"
    columns = (
        Column("name", "单位名称", kind="link", order="name", phone="main"),
        Column("kind", "类别", value=lambda unit: unit.get_kind_display(), phone="side"),
        Column("region.path_name", "所属地区", order="region_id", phone="first"),
        Column("aliases", "曾用名和别名", value=lambda unit: "、".join(map(str, unit.aliases.all()))),
        Column("ends_on", "撤销日期", kind="date"),
        Column("state", "状态", kind="state"),
    )
    tabs = (
        Tab("", "在用", lambda rows, user: rows.current()),
        Tab("changing", "有变更待确认", lambda rows, user: rows.changing(user)),
        Tab("ended", "已撤销", lambda rows, user: rows.ended()),
    )
    create_url, create_label = "/units/new/", "设立单位"
    import_kind = "units"
    empty, unit_word = "没有符合条件的单位。", "个"

    def may_create(self) -> bool:
        return unit_changes.may_propose(self.user)


class UnitPage(RecordPage):
    queryset = Unit.objects.select_related("region", "parent", "successor")
    section, workflow, parent = "units", unit_changes.UNIT, ("单位", "/units/")
    named_by_heading = True

    def get_heading(self) -> str:
        return str(self.object)

    def clocks(self) -> list[Any]:
        """A unit has no clock of its own."""
        return []

    def facts(self) -> Sequence[Facts]:
        unit = self.object
        return [
            Facts(
                "单位",
                [
                    Fact("类别", unit.get_kind_display()),
                    Fact("所属地区", unit.region.path_name),
                    Fact("上级单位", unit.parent),
                    Fact("编号代字", unit.office_code),
                    Fact("成立日期", unit.starts_on, "date"),
                    Fact("撤销日期", unit.ends_on, "date"),
                    Fact("撤销后并入", unit.successor),
                ],
            )
        ]

    def tables(self) -> Sequence[Table]:
        unit = self.object
        tables = [Table("曾用名和别名", NAMES, unit.aliases.all(), "没有曾用名。")]
        if unit_changes.may_see(self.user):
            tables.append(Table("变更", CHANGES, unit.changes.for_list(), "没有变更。"))
        return tables


class FoundUnit(CreatePage):
    section, title, label, parent = "units", "设立单位", "提出设立", ("单位", "/units/")
    form_class, perform, done = FoundUnitForm, staticmethod(unit_changes.found), PROPOSED

    def may_open(self) -> bool:
        return unit_changes.may_propose(self.user)


class UnitAct(ActPage):
    queryset = Unit.objects.select_related("region")
    section, workflow, done = "units", unit_changes.UNIT, PROPOSED


class RenameUnit(UnitAct):
    verb, label, form_class = "rename", "提出更名", RenameUnitForm
    perform = staticmethod(unit_changes.rename)


class MergeUnit(UnitAct):
    verb, label, form_class = "merge", "提出并入其他单位", MergeUnitForm
    perform = staticmethod(unit_changes.merge)


class AbolishUnit(UnitAct):
    verb, label, form_class = "abolish", "提出撤销", AbolishUnitForm
    perform = staticmethod(unit_changes.abolish)


class UnitChangeList(ListPage):
    queryset = UnitChange.objects.for_list()
    section, title, parent = "units", "单位变更", ("单位", "/units/")
    order = "-created_at"
    columns = (
        Column("unit_name", "单位", kind="link", phone="first"),
        Column("title", "变更", phone="main"),
        Column("changed_by", "提出人"),
        Column("confirmed_by", "确认人"),
        Column("created_at", "提出时间", kind="moment", order="created_at", phone="side"),
        Column("state", "状态", kind="state"),
    )
    tabs = (Tab("", "待确认", lambda rows, user: rows.waiting()), Tab("all", "全部"))
    empty, empty_hint = (
        "没有单位变更。",
        "单位变更由案管室在单位列表（设立）和单位页面（更名、并入、撤销）提出，由安全保密管理员确认。",
    )


def _what(change: Any) -> list[Fact]:
    """What a new unit will be, or what becomes of one there is."""
    if change.act == "found":
        return [
            Fact("类别", change.get_kind_display()),
            Fact("上级单位", change.parent),
            Fact("编号代字", change.office_code),
            Fact("成立日期", change.effective_on, "date"),
        ]
    return [
        Fact("新名称", change.new_name),
        Fact("并入的单位", change.successor),
        Fact("生效日期", change.effective_on, "date"),
    ]


def what_changes(change: Any) -> list[Facts]:
    """What is confirmed."""
    return [
        Facts(
            "单位变更",
            [
                Fact("单位", change.unit_name),
                Fact("变更", change.get_act_display()),
                *_what(change),
                Fact("所属地区", change.region.path_name),
                Fact("依据", change.basis, wide=True),
                Fact("提出人", change.changed_by),
                Fact("确认人", change.confirmed_by),
            ],
        )
    ]


class UnitChangePage(RecordPage):
    queryset = UnitChange.objects.for_list()
    section, workflow, parent = "units", unit_changes.UNIT_CHANGE, ("单位变更", "/unit-changes/")
    named_by_heading = True

    def get_heading(self) -> str:
        """县水利局更名为县水务局，自…起; a new unit has no name of before."""
        return f"{self.object.old_name}{self.object.title}"

    def clocks(self) -> list[Any]:
        """A change of units has no clock."""
        return []

    def facts(self) -> Sequence[Facts]:
        return what_changes(self.object)

    def missing(self) -> Sequence[Missing]:
        if self.object.state != "draft" or self.verbs():
            return []
        return [Missing("须由安全保密管理员确认后才生效，提出人和确认人不能是同一个人。")]


class ConfirmUnitChange(ActPage):
    queryset = UnitChange.objects.for_list()
    section, workflow = "units", unit_changes.UNIT_CHANGE
    verb, perform = "confirm", staticmethod(unit_changes.confirm)
    form_class: Any = OpinionForm
    shows = staticmethod(what_changes)


class RefuseUnitChange(ConfirmUnitChange):
    verb, form_class, perform = "refuse", RequiredOpinionForm, staticmethod(unit_changes.refuse)
