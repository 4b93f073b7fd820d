"""Pages of items kept up for good: their list, and the signed report of a stage."""

from typing import Any

from povertyaudit.core.views import Column
from rectification import forms, services, stage_pages
from rectification.models import Item
from rectification.views.acts import ItemAct
from rectification.views.items import PARENT, ItemList


class LongTermList(ItemList):
    """Which stage each is in, until when, and how many stages were met; the first due first."""

    queryset = Item.objects.for_list().long_term().prefetch_related("stages")
    title, parent, template_name = "长期坚持", PARENT, "core/list.html"
    main_filters: Any = ("q", "unit", "paper")
    columns: Any = (
        Column("number", "编号", kind="link"),
        Column("title", "具体问题", phone="main"),
        Column("main_unit", "主责单位", phone="sub"),
        Column("stage", "现在的阶段", value=stage_pages.now, phone="hide"),
        Column("reached", "已达到阶段", kind="number", value=stage_pages.reached, phone="hide"),
        Column("light", "下次阶段报告", kind="clock", order="next_stage_on"),
        Column("state", "状态", kind="state"),
    )
    order = "next_stage_on"
    tabs, create_url, exports, bulk_url = (), "", (), ""
    empty = "没有列入长期坚持的整改事项。"
    empty_hint = "列入长期坚持的事项按阶段报告，不会因为时间到了而销号。"


class StageReport(ItemAct):
    verb, form_class, perform = "report_stage", forms.StageReportForm, staticmethod(services.report_stage)
    shows = staticmethod(stage_pages.about)
    done = "阶段报告已签署，下一阶段开始。"
    intro = "阶段报告由主责单位主要负责人签署，签署以后不能改。下一阶段沿用现在的目标，督办部门可以调整。"
