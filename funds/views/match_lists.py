"""Pages of match lists: the list, the record with its figures, the upload."""

from typing import Any

from funds.forms import suspicions as forms
from funds.models import MatchList
from funds.pages import suspicions as pages
from funds.services import match_lists as services
from funds.suspicion_filters import MatchListFilter
from funds.suspicion_querysets import CHECKERS
from funds.workflow.suspicions import MATCH_LIST
from povertyaudit.core import moment
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Tab,
    Table,
)

SECTION, PARENT = "suspicions", ("比对清单", "/match-lists/")


class MatchListList(ListPage):
    queryset = MatchList.objects.for_list()
    template_name = "funds/match_lists.html"
    section, title, parent = SECTION, "比对清单", ("疑点核查", "/suspicions/")
    filterset_class = MatchListFilter
    main_filters = ("q", "rule", "state")
    columns = (
        Column("number", "清单编号", kind="link", order="number"),
        Column("rule.name", "比对规则", phone="main"),
        Column("platform", "来源平台", phone="sub"),
        Column("compared.name", "比对数据", phone="hide"),
        Column("as_of", "数据截止", kind="date", order="as_of", phone="side"),
        Column("rows_given", "清单行数", kind="number", order="rows_given", phone="hide"),
        Column("rows_doubled", "重复", kind="number", phone="hide"),
        Column("rows_made", "疑点", kind="number", order="rows_made", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("source.name", "源数据", shown=False),
        Column("compared.department", "数据来源部门", shown=False),
        Column("taken_by.display_name", "上传人", shown=False),
        Column("reported_rows", "上报疑点", kind="number", shown=False),
        Column("reported_filed", "上报立案", kind="number", shown=False),
        Column("reported_handled", "上报组织处理", kind="number", shown=False),
    )
    order = "-number"
    tabs = (Tab("", "全部"), Tab("staged", "待导入", lambda rows, user: rows.filter(state="staged")))
    create_url, create_label = "/match-lists/new/", "导入比对清单"
    empty = "没有符合条件的比对清单。"

    def may_create(self) -> bool:
        return bool(self.user.roles & CHECKERS)


class MatchListPage(RecordPage):
    queryset = MatchList.objects.for_list()
    section, workflow, parent = SECTION, MATCH_LIST, PARENT

    def facts(self) -> list[Facts]:
        return pages.list_facts(self.object)

    def tables(self) -> list[Table]:
        return [pages.list_rows(self.object, self.user)]

    def missing(self) -> list[Missing]:
        row = self.object
        if row.state != MatchList.State.STAGED or not self.user.roles & CHECKERS:
            return []
        text = (
            f"清单已经读完，可以导入 {row.rows_given - row.rows_doubled} 个疑点，请核对行数后导入，或者放弃。"
        )
        return [Missing(text, f"{row.get_absolute_url()}bring_in/")]


class NewMatchList(CreatePage):
    section, title, label, parent = SECTION, "导入比对清单", "上传并核对", PARENT
    form_class, perform = forms.MatchListForm, staticmethod(services.take_in)
    intro = "先核对文件：有错的行一次全部指出，什么也不保存；没有错的，看过行数后再导入。疑点不是线索，核查以后才能转办。"
    done = "清单已经读完，请核对行数后导入。"

    def may_open(self) -> bool:
        return bool(self.user.roles & CHECKERS)

    def get_initial(self) -> dict[str, Any]:
        return {"as_of": moment.today()}


class NewReported(CreatePage):
    section, title, label, parent = SECTION, "登记往年清单", "登记", PARENT
    form_class, perform = forms.ReportedForm, staticmethod(services.take_reported)
    intro = "没有明细、只有来源单位上报数的往年清单。系统只在旁边列出，不与系统统计相加。"

    def may_open(self) -> bool:
        return bool(self.user.roles & CHECKERS)


class MatchListAct(ActPage):
    queryset, section, workflow = MatchList.objects.for_list(), SECTION, MATCH_LIST

    def shows(self, row: Any) -> list[Facts]:
        return pages.list_facts(row)[1:2]


class Report(MatchListAct):
    verb, perform, form_class = "report", staticmethod(services.report), forms.ReportForm
    intro = "清单所属年份由来源单位报告的结果，照报告填写。系统只在旁边列出，不与系统统计相加。"

    def get_initial(self) -> dict[str, Any]:
        names = ("reported_rows", "reported_filed", "reported_handled", "reported_fen")
        return {name: getattr(self.object, name) for name in names}
