"""Pages of lists of village teams: upload, what was read, bring in or drop."""

from povertyaudit.answering.filters import TeamListFilter
from povertyaudit.answering.forms.team_lists import TeamListForm
from povertyaudit.answering.models import TeamList, TeamListState
from povertyaudit.answering.services import team_lists as services
from povertyaudit.answering.views.terms import SECTION
from povertyaudit.answering.workflow.team_lists import IMPORTERS, TEAM_LIST
from povertyaudit.core.views import ActPage, Column, CreatePage, Fact, Facts, ListPage, Missing, RecordPage

LISTS = ("驻村任期名单", "/team-lists/")


class TeamListList(ListPage):
    queryset = TeamList.objects.for_list()
    section, title = SECTION, "驻村任期名单"
    parent = ("责任人任职", "/responsibilities/")
    filterset_class = TeamListFilter
    main_filters = ("q", "state")
    columns = (
        Column("number", "名单编号", kind="link", order="number"),
        Column("title", "文件", phone="main"),
        Column("rows_given", "行数", kind="number", phone="side"),
        Column("rows_known", "已经登记", kind="number", phone="hide"),
        Column("rows_made", "新登记", kind="number", phone="hide"),
        Column("taken_by.display_name", "上传人", phone="sub"),
        Column("created_at", "上传时间", kind="moment", order="created_at", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("basis", "选派文件", shown=False),
    )
    order = "-created_at"
    create_url, create_label = "/team-lists/new/", "导入名单"
    empty = "还没有导入过名单。"
    unit_word = "份"

    def may_create(self) -> bool:
        return bool(self.user.roles & IMPORTERS)


class TeamListPage(RecordPage):
    queryset = TeamList.objects.for_list()
    section, workflow, parent = SECTION, TEAM_LIST, LISTS

    def facts(self) -> list[Facts]:
        row = self.object
        left = len(row.lines) if row.state == TeamListState.STAGED else None
        return [Facts("名单", [
            Fact("文件", row.file_name), Fact("选派文件", row.basis), Fact("名单行数", row.rows_given),
            Fact("已经登记的", row.rows_known), Fact("待导入", left), Fact("新登记", row.rows_made),
            Fact("上传人", row.taken_by.display_name),
        ])]  # fmt: skip

    def missing(self) -> list[Missing]:
        row = self.object
        if row.state != TeamListState.STAGED or not self.user.roles & IMPORTERS:
            return []
        text = f"名单已经读完，有 {len(row.lines)} 人可以导入，{row.rows_known} 人已经登记。请核对后导入，或者放弃。"
        return [Missing(text, f"{row.get_absolute_url()}bring_in/")]


class NewTeamList(CreatePage):
    section, title, label, parent = SECTION, "导入驻村任期名单", "上传并核对", LISTS
    form_class, perform = TeamListForm, staticmethod(services.take_in)
    intro = (
        "先核对文件：有错的行一次全部指出，什么也不保存；没有错的，看过人数后再导入。已经登记的不会重复登记。"
    )
    done = "名单已经读完，请核对人数后导入。"

    def may_open(self) -> bool:
        return bool(self.user.roles & IMPORTERS)


class TeamListAct(ActPage):
    queryset, section, workflow = TeamList.objects.for_list(), SECTION, TEAM_LIST
