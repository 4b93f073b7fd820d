"""Pages of 反馈文件, and 整改清单: the tree of a paper or a round, on the screen and on A4."""

from typing import Any

from django.views.generic import DetailView

from inspections.models import Round
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    EditPage,
    Fact,
    Facts,
    ListPage,
    Page,
    RecordPage,
    Table,
)
from rectification import attached
from rectification import paper_pages as pages
from rectification.forms import source_papers as forms
from rectification.models import SourcePaper
from rectification.paper_filters import SourcePaperFilter
from rectification.services import source_papers as services
from rectification.tree import Tree, tree_of
from rectification.words import share
from rectification.workflow.source_papers import SOURCE_PAPER

PAPERS = ("反馈文件", "/source-papers/")


class SourcePaperList(ListPage):
    queryset = SourcePaper.objects.for_list()
    section, title, parent = "items", "反馈文件", ("整改事项", "/items/")
    filterset_class = SourcePaperFilter
    main_filters: Any = ("q", "kind", "state")
    columns: Any = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "文件名称", phone="main"),
        Column("get_kind_display", "类别", phone="sub"),
        Column("issuer", "发文机关", phone="hide"),
        Column("document", "文号", phone="hide"),
        Column("received_on", "收到日期", kind="date", order="received_on", phone="side"),
        Column("closed", "已销号事项", kind="number", phone="hide",
               value=lambda row: share(row.items_closed, row.items_all, "还没有事项")),
        Column("state", "状态", kind="state"),
    )  # fmt: skip
    order = "-received_on"
    create_url, create_label = "/source-papers/new/", "登记反馈文件"
    empty = "没有符合条件的反馈文件。审计、考核、上级反馈的问题，先登记反馈文件，再登记整改事项。"

    def get_queryset(self) -> Any:
        return super().get_queryset().counted(self.user)

    def may_create(self) -> bool:
        return services.may_register(self.user)


class SourcePaperPage(RecordPage):
    queryset = SourcePaper.objects.for_list()
    section, workflow, parent = "items", SOURCE_PAPER, PAPERS
    template_name = "rectification/source_paper.html"

    def facts(self) -> list[Facts]:
        row = self.object
        said = [
            Fact("类别", row.get_kind_display()), Fact("发文机关", row.issuer), Fact("文号", row.document),
            Fact("收到日期", row.received_on, "date"), Fact("登记人", row.registered_by.display_name),
            Fact("地区", row.region.path_name),
        ]  # fmt: skip
        return [Facts("反馈文件", said)]

    def tables(self) -> list[Table]:
        return [
            attached.table(self.object, "原件", "还没有上传原件扫描件。"),
            pages.items_table(self.object, self.user),
        ]


class NewSourcePaper(CreatePage):
    section, title, label, parent = "items", "登记反馈文件", "登记", PAPERS
    form_class, perform = forms.SourcePaperForm, staticmethod(services.register_paper)
    done = "已登记，请逐项登记整改事项。"

    def may_open(self) -> bool:
        return services.may_register(self.user)


class SourcePaperAct(ActPage):
    queryset, section, workflow = SourcePaper.objects.for_list(), "items", SOURCE_PAPER
    perform: Any = None


class AttachScan(SourcePaperAct):
    verb, form_class, perform = "attach", forms.ScanForm, staticmethod(services.attach_scan)

    def success_address(self, record: Any) -> str:
        return f"{self.object.get_absolute_url()}#files"


class EditSourcePaper(SourcePaperAct, EditPage):
    verb, form_class, perform = "edit", forms.EditSourcePaperForm, staticmethod(services.edit_paper)
    label = "保存修改"

    def get_initial(self) -> dict[str, Any]:
        return EditPage.get_initial(self)


class TreePage(Page, DetailView):
    """The published structure: measures and results numbered in parallel."""

    section, template_name = "items", "rectification/tree.html"
    slug_field, slug_url_kwarg = "public_id", "id"
    hangs_on = ""  # the column of an item that leads here

    def get_title(self) -> str:
        return f"{pages.name_of(self.object)}整改清单"

    def get_parent(self) -> tuple[str, str]:
        return str(self.object), self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tree: Tree = tree_of(self.user, **{self.hangs_on: self.object})
        return super().get_context_data(tree=tree, filter_name=self.hangs_on.rpartition("__")[2], **kwargs)


class SourcePaperTree(TreePage):
    queryset, hangs_on = SourcePaper.objects.for_list(), "paper"


class RoundTree(TreePage):
    queryset, hangs_on = Round.objects.all(), "finding__round"
