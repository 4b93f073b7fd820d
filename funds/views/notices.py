"""Pages of 公示公告: one form a verb, each from its place on the page of the project."""

from typing import Any

from django.forms import BaseForm

from funds import notice_pages as pages
from funds.forms import notices as forms
from funds.models import ProjectObjection
from funds.services import notices
from funds.views.projects import ProjectAct
from povertyaudit.core.views import Table


class NoticeAct(ProjectAct):
    """A verb on one notice or objection, which the address may name; `child` is the field that names it."""

    child = "notice"

    def rows(self) -> Any:
        """What may be chosen."""
        return self.object.notices.visible_to(self.user).standing().for_list()

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        field: Any = form.fields.get(self.child)
        if field is not None:
            field.queryset = self.rows()
        return form

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get(self.child, "")
        known = asked.isalnum() or asked.replace("-", "").replace("_", "").isalnum()
        return super().get_initial() | ({self.child: asked} if known and len(asked) <= 40 else {})

    def success_address(self, record: Any) -> str:
        return f"{self.object.get_absolute_url()}#{self.child}s"


class PostNotice(NoticeAct):
    verb, perform, form_class = "post_notice", staticmethod(notices.post_notice), forms.NoticeForm
    today_in = "up_on"
    intro = "一处公示登记一次；晚了的照实登记，标为迟。"
    done = "公示已登记。"

    def get_initial(self) -> dict[str, Any]:
        found = super().get_initial()
        for name in ("stage", "level"):
            choices: Any = forms.NoticeForm.base_fields[name]
            asked = self.request.GET.get(name, "")
            found[name] = asked if asked in dict(choices.choices) else ""
        return found


class AddPhoto(NoticeAct):
    verb, perform = "add_notice_photo", staticmethod(notices.add_notice_photo)
    form_class, done = forms.NoticePhotoForm, "照片已上传。"


class TakeDown(NoticeAct):
    verb, perform = "take_down_notice", staticmethod(notices.take_down_notice)
    form_class, today_in, done = forms.TakeDownForm, "down_on", "已登记撤下。"

    def rows(self) -> Any:
        return super().rows().up()


class VoidNotice(NoticeAct):
    verb, perform = "void_notice", staticmethod(notices.void_notice)
    form_class, destructive, done = forms.VoidNoticeForm, True, "已作废，这一处公示不再计入。"


class RecordObjection(NoticeAct):
    verb, perform = "record_objection", staticmethod(notices.record_objection)
    form_class, today_in, done = forms.ObjectionForm, "received_on", "异议已登记，请核实后答复。"

    def success_address(self, record: Any) -> str:
        return f"{self.object.get_absolute_url()}#objections"


class ObjectionAct(NoticeAct):
    """A verb on one objection."""

    child, answered = "objection", False

    def rows(self) -> Any:
        """Those whose turn it is."""
        rows: Any = ProjectObjection._default_manager.visible_to(self.user)
        return rows.open().filter(notice__project=self.object, answered_on__isnull=not self.answered)

    def shows(self, row: Any) -> list[Any]:
        found: Any = ProjectObjection._default_manager.visible_to(self.user)
        columns = pages.objections_of("", {})[:-1]  # nothing to do from here
        return [Table("公示异议", columns, found.filter(notice__project=row).for_list())]


class AnswerObjection(ObjectionAct):
    verb, perform = "answer_objection", staticmethod(notices.answer_objection)
    form_class, today_in, done = forms.AnswerForm, "answered_on", "已答复，请公布结果。"


class PublishObjection(ObjectionAct):
    verb, perform = "publish_objection", staticmethod(notices.publish_objection)
    form_class, today_in, done = forms.ObjectionResultForm, "result_on", "已登记结果公布。"
    answered = True


VERBS = (
    PostNotice, AddPhoto, TakeDown, VoidNotice, RecordObjection, AnswerObjection, PublishObjection,
)  # fmt: skip
