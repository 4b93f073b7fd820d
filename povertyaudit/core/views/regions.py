"""地区: the list with attributes and former names, and 地区变更待确认, where 安全保密 says what a vanished region became."""

from collections.abc import Sequence
from typing import Any

from povertyaudit.core import region_changes
from povertyaudit.core.forms.places import SuccessorForm
from povertyaudit.core.models import Region, RegionChange
from povertyaudit.core.place_filters import RegionFilterSet
from povertyaudit.core.views.acts import ActPage
from povertyaudit.core.views.lists import ListPage
from povertyaudit.core.views.parts import Column, Fact, Facts, Tab, Table
from povertyaudit.core.views.records import RecordPage

REGIONS = ("地区", "/regions/")
NAMES = (
    Column("name", "曾用名", phone="main"),
    Column("valid_from", "启用日期", kind="date"),
    Column("valid_to", "停用日期", kind="date"),
)
ATTRIBUTES = (Column("year", "年度", kind="number"), Column("mark", "属性", phone="main"))
BELOW = (
    Column("name", "名称", kind="link", phone="main"),
    Column("code", "区划代码"),
    Column("ends_on", "撤销日期", kind="date"),
)


def marks_of(region: Any) -> str:
    """E.g. “贫困村（2014—2019）、深度贫困村（2018）”."""
    years: dict[str, list[int]] = {}
    for one in region.attributes.all():
        years.setdefault(one.mark.name, []).append(one.year)
    spans = {name: (min(found), max(found)) for name, found in years.items()}
    return "、".join(
        f"{name}（{first}）" if first == last else f"{name}（{first}—{last}）"
        for name, (first, last) in spans.items()
    )


class RegionList(ListPage):
    queryset = Region.objects.with_history()
    section, title = "regions", "地区"
    filterset_class = RegionFilterSet
    main_filters = ("q", "level", "attribute")
    order = "code"
    columns = (
        Column("code", "区划代码", kind="link", order="code", phone="first"),
        Column("path_name", "名称", phone="main"),
        Column("level", "层级", value=lambda region: region.get_level_display(), phone="side"),
        Column("marks", "地区属性", value=marks_of, phone="sub"),
        Column("former", "曾用名", value=lambda region: "、".join(map(str, region.former_names.all()))),
        Column("ends_on", "撤销日期", kind="date", phone="last"),
    )
    tabs = (
        Tab("", "现有地区", lambda rows, user: rows.current()),
        Tab("ended", "已撤销", lambda rows, user: rows.ended()),
    )
    empty, unit_word = "没有符合条件的地区。", "个"


class RegionPage(RecordPage):
    queryset = Region.objects.with_history().select_related("parent", "successor")
    section, parent = "regions", REGIONS
    slug_field, named_by_heading = "code", True

    def get_heading(self) -> str:
        return str(self.object.path_name)

    def clocks(self) -> list[Any]:
        """A region has no clock."""
        return []

    def facts(self) -> Sequence[Facts]:
        region = self.object
        return [
            Facts(
                "地区",
                [
                    Fact("区划代码", region.code),
                    Fact("层级", region.get_level_display()),
                    Fact("上级", region.parent),
                    Fact("启用日期", region.starts_on, "date"),
                    Fact("撤销日期", region.ends_on, "date"),
                    Fact("撤销后并入", region.successor and region.successor.path_name),
                ],
            )
        ]

    def tables(self) -> Sequence[Table]:
        region = self.object
        return [
            Table("地区属性", ATTRIBUTES, region.attributes.all(), "没有登记过地区属性。"),
            Table("曾用名", NAMES, region.former_names.all(), "没有曾用名。"),
            Table("下级地区", BELOW, region.children.all(), "没有下级地区。"),
        ]


class RegionChangeList(ListPage):
    queryset = RegionChange.objects.for_list()
    section, title = "region_changes", "地区变更待确认"
    order = "region_id"
    columns = (
        Column("region.code", "区划代码", kind="link", order="region_id", phone="first"),
        Column("region.path_name", "撤销的地区", phone="main"),
        Column("region.ends_on", "撤销日期", kind="date", phone="side"),
        Column("successor", "并入的地区", value=lambda row: row.successor and row.successor.path_name),
        Column("decided_by", "确认人"),
        Column("state", "状态", kind="state"),
    )
    tabs = (Tab("", "待确认", lambda rows, user: rows.waiting()), Tab("all", "全部"))
    empty = "没有等待确认的地区变更。"
    empty_hint = "载入区划时撤销的地区如果还有记录引用，会列在这里，由安全保密管理员写明去向。"
    unit_word = "个"


class RegionChangePage(RecordPage):
    queryset = RegionChange.objects.for_list().select_related("load")
    section, workflow = "region_changes", region_changes.REGION_CHANGE
    parent = ("地区变更待确认", "/region-changes/")
    named_by_heading = True

    def get_heading(self) -> str:
        return f"{self.object} {self.object.title}"

    def clocks(self) -> list[Any]:
        """A change of regions has no clock."""
        return []

    def facts(self) -> Sequence[Facts]:
        return what_vanished(self.object)


def what_vanished(change: Any) -> list[Facts]:
    """The vanished region, and what became of it."""
    region, load = change.region, change.load
    return [
        Facts(
            "撤销的地区",
            [
                Fact("区划代码", region.code),
                Fact("名称", region.path_name),
                Fact("撤销日期", region.ends_on, "date"),
                Fact("载入的文件", f"{load.file_name}（截至 {load.as_of}）"),
                Fact("并入的地区", change.successor and change.successor.path_name),
                Fact("确认人", change.decided_by),
            ],
        )
    ]


class DecideRegionChange(ActPage):
    queryset = RegionChange.objects.for_list().select_related("load")
    section, workflow = "region_changes", region_changes.REGION_CHANGE
    shows = staticmethod(what_vanished)


class NameSuccessor(DecideRegionChange):
    """写明去向: opens with the region of the same name in the county, where there is just one."""

    verb, form_class = "name_successor", SuccessorForm
    perform = staticmethod(region_changes.name_successor)
    done = "去向已写明，原有记录仍按原地区保存。"

    def get_initial(self) -> dict[str, Any]:
        return {"successor": region_changes.likely_successor(self.object, self.user)}
