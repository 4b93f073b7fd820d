"""Pages of 整改情况公开: the list, one notice, its verbs; the comments people sent and their way into the register."""

from typing import Any

from django.forms import BaseForm
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from povertyaudit.core import moment, vault
from povertyaudit.core.models import Attachment
from povertyaudit.core.papers import Paper
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    EditPage,
    Facts,
    ListPage,
    Missing,
    PaperPage,
    RecordPage,
    Tab,
    Table,
)
from povertyaudit.core.views.records import Verb
from rectification import notice_pages as pages
from rectification.forms import notices as forms
from rectification.models import NoticeComment, PublicNotice
from rectification.notice_filters import CommentFilter, NoticeFilter
from rectification.notice_querysets import shown_to
from rectification.services import commenting, notices
from rectification.services.notice_papers import paper_of
from rectification.workflow.notices import COMMENT, NOTICE

NOTICES = ("整改情况公开", "/notices/")
COMMENTS = ("群众意见", "/notice-comments/")


class NoticeList(ListPage):
    queryset = PublicNotice.objects.for_list()
    section, title = "notices", "整改情况公开"
    template_name = "rectification/notice_list.html"
    filterset_class = NoticeFilter
    main_filters: Any = ("q", "state", "published_from")
    columns: Any = (
        Column("number", "编号", kind="link", order="number", value=str),
        Column("title", "标题", phone="main"),
        Column("round.name", "轮次", phone="sub"),
        Column("unit.name", "被巡察单位", phone="hide"),
        Column("problem_count", "问题", kind="number", phone="hide"),
        Column("withheld_count", "不公开", kind="number", shown=False),
        Column("comment_count", "群众意见", kind="number", phone="hide"),
        Column("published_on", "公开日期", kind="date", order="published_on", phone="hide"),
        Column("ends_on", "公开至", kind="date", order="ends_on", phone="side"),
        Column("state", "状态", kind="state"),
    )
    order = "-created_at"
    tabs: Any = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)),
        Tab("to_close", "公开期满", lambda rows, user: rows.to_close(moment.today())),
    )
    create_url, create_label = "/notices/new/", "起草整改情况公开"
    empty = "没有符合条件的整改情况公开。"

    def may_create(self) -> bool:
        return notices.may_draft(self.user)


class NoticePage(RecordPage):
    queryset = PublicNotice.objects.for_page()
    section, workflow, parent = "notices", NOTICE, NOTICES

    def facts(self) -> list[Facts]:
        return pages.facts(self.object, self.user)

    def verbs(self) -> list[Verb]:
        """What is done to one problem stands beside it."""
        return [verb for verb in super().verbs() if verb.name not in pages.OF_A_PROBLEM]

    def tables(self) -> list[Table]:
        notice = self.object
        acts = pages.acts_of(notice, {step.name for step in NOTICE.offered(notice, self.user)})
        shown = shown_to(notice, self.user)
        tables = [Table("问题、措施和成效", (*pages.PROBLEM_COLUMNS, *acts), shown, key="problems")]
        comments = pages.comments_of(notice, self.user)
        if notice.published_on:
            columns = [column for column in CommentList.columns if column.key != "notice"]
            tables.append(Table("群众意见", columns, comments, "还没有收到意见。", key="comments"))
        return tables


class NoticePaper(PaperPage):
    queryset, section = PublicNotice.objects.for_page(), "notices"

    def paper(self) -> Paper:
        return paper_of(self.object)

    def file(self) -> Attachment | None:
        return pages.file_of(self.object, self.user)


class NewNotice(CreatePage):
    section, title, label, parent = "notices", "起草整改情况公开", "起草", NOTICES
    form_class, perform = forms.NoticeForm, staticmethod(notices.draft)
    intro = "从这个轮次（单位）已下发的整改事项取问题、措施和成效，起草后逐条核对、改写。"

    def may_open(self) -> bool:
        return notices.may_draft(self.user)

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        field: Any = form.fields["round"]
        seen = pages.rounds_with_items(self.user)
        field.queryset = seen.exclude(secret=True, finished_on=None).distinct().order_by("-pk")
        return form

    def get_initial(self) -> dict[str, Any]:
        """From a round's page the round is chosen already."""
        return {**super().get_initial(), "round": self.request.GET.get("round", "")}


class PlainAct(ActPage):
    queryset, section, workflow = PublicNotice.objects.for_page(), "notices", NOTICE
    perform: Any = None
    choose: Any = None  # which problems may be chosen; all where there is none

    def get_initial(self) -> dict[str, Any]:
        """From the row of a problem it is chosen already."""
        return {"problem": self.request.GET.get("problem", "")}

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        if "problem" in form.fields:
            field: Any = form.fields["problem"]
            rows = self.object.problems.all()
            field.queryset = rows.filter(**self.choose) if self.choose else rows
        return form


class EditNotice(PlainAct, EditPage):
    verb, form_class, perform = "edit", forms.NoticeHeadForm, staticmethod(notices.edit)
    label = EditPage.label

    def get_initial(self) -> dict[str, Any]:
        return EditPage.get_initial(self)


class NoticeAct(PlainAct):
    def shows(self, notice: Any) -> Any:
        """What is decided on, as it will be read."""
        rows = shown_to(notice, self.user)
        return [Table("问题、措施和成效", pages.PROBLEM_COLUMNS, rows, key="problems")]


class Reword(PlainAct):
    """Opened from the row of a problem: its text and its lines are filled in."""

    verb, perform, form_class = "reword", staticmethod(notices.reword), forms.RewordForm
    formset_classes = {"lines": forms.LineFormSet}  # noqa: RUF012 — as the base class has it

    def _chosen(self) -> Any:
        wanted = self.request.GET.get("problem") or self.request.POST.get("problem") or ""
        rows = self.object.problems.prefetch_related("lines")
        return rows.filter(public_id=wanted).first() if wanted.isalnum() else None

    def get_initial(self) -> dict[str, Any]:
        chosen = self._chosen()
        return {"problem": chosen.public_id, "text": chosen.text} if chosen else {}

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        chosen = self._chosen()
        lines = chosen.lines.all() if chosen else ()
        return [{"measure": line.measure, "result": line.result} for line in lines]


class RecordComment(PlainAct):
    verb, perform, form_class = (
        "record_comment", staticmethod(commenting.record_comment), forms.CommentForm,
    )  # fmt: skip

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": moment.today()}


class CommentList(ListPage):
    queryset = NoticeComment.objects.for_list()
    section, title, parent = "notices", "群众意见", NOTICES
    filterset_class = CommentFilter
    main_filters: Any = ("q", "state", "channel")
    columns: Any = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "意见内容", phone="main"),
        Column("notice", "整改情况公开", kind="link", value=lambda row: row.notice, phone="hide"),
        Column("channel", "方式", value=lambda row: row.get_channel_display(), phone="sub"),
        Column("received_on", "收到日期", kind="date", order="received_on"),
        Column("state", "状态", kind="state"),
    )
    order = "-received_on"
    tabs: Any = (
        Tab("", "全部"),
        Tab("mine", "待我登记", lambda rows, user: rows.waiting_for(user)),
    )
    empty = "没有符合条件的群众意见。"


class CommentPage(RecordPage):
    queryset = NoticeComment.objects.for_list()
    section, workflow, parent = "notices", COMMENT, COMMENTS

    def facts(self) -> list[Facts]:
        return pages.comment_facts(self.object, self.user)

    def missing(self) -> list[Missing]:
        offered = {step.name for step in COMMENT.offered(self.object, self.user)}
        if "register" not in offered:
            return []
        return [Missing("还没有登记信访件。", f"{self.object.get_absolute_url()}register/")]


@method_decorator(sensitive_post_parameters(), name="dispatch")
class RegisterComment(ActPage):
    queryset, section, workflow = NoticeComment.objects.for_list(), "notices", COMMENT
    verb, perform, form_class = "register", staticmethod(commenting.register), forms.RegisterCommentForm
    intro = "收到日期、方式和内容按记录登记，不必重新填写。提意见人的信息加密保存，只有登记单位能查看。"

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.object.text, "kind": "suggestion"}

    def cleaned(self, form: BaseForm) -> dict[str, Any]:
        values = dict(form.cleaned_data)
        values["complainant"] = {name: values.pop(name) for name in vault.IDENTITY_FIELDS}
        return values
