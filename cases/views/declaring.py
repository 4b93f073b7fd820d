"""Pages of declared ties, and lifting a recusal."""

from typing import Any

from django.forms import BaseForm

from cases import forms, services
from cases.models import Declaration
from cases.services import approving
from cases.views.acts import LeadAct
from cases.workflow import DECLARATION, DECLARERS
from povertyaudit.core.forms import RequiredOpinionForm
from povertyaudit.core.models import Role
from povertyaudit.core.views import ActPage, Column, CreatePage, Fact, Facts, ListPage, RecordPage, Tab

PARENT = ("回避申报", "/declarations/")
LAW = "近亲属、家乡、曾任职单位与线索有关的，应当回避。申报后，涉及的线索不再分给您，您也不再看到；只有您本人、案管室和主要负责人能看到申报内容。"


class DeclarationList(ListPage):
    queryset = Declaration.objects.for_list()
    section, title = "account", "回避申报"
    columns = (
        Column("person.name", "申报人", kind="link"),
        Column("get_kind_display", "申报事项", phone="main"),
        Column("words", "内容"),
        Column("created_at", "申报时间", kind="moment", order="created_at", phone="hide"),
        Column("state", "状态", kind="state"),
    )
    order = "-created_at"
    tabs = (
        Tab("", "有效", lambda rows, user: rows.standing()),
        Tab("mine", "我的", lambda rows, user: rows.filter(person=user.person_id)),
        Tab("all", "全部"),
    )
    create_url, create_label = "/declarations/new/", "申报"
    empty = "没有回避申报。"

    def may_create(self) -> bool:
        return bool(self.user.roles & DECLARERS)


class DeclarationPage(RecordPage):
    queryset = Declaration.objects.for_list()
    section, workflow, parent, named_by_heading = "account", DECLARATION, PARENT, True

    def clocks(self) -> list[Any]:
        """No period runs."""
        return []

    def facts(self) -> list[Facts]:
        row = self.object
        return [Facts("申报内容", [
            Fact("申报人", row.person.name), Fact("申报事项", row.get_kind_display()), Fact("内容", row.words, wide=True),
            Fact("登记人", row.noted_by.display_name),
        ])]  # fmt: skip


class NewDeclaration(CreatePage):
    section, title, label, parent = "account", "回避申报", "申报", PARENT
    form_class, perform, intro = forms.DeclareForm, staticmethod(services.declare), LAW
    done = "已申报，涉及的线索已按回避处理。"

    def may_open(self) -> bool:
        return bool(self.user.roles & DECLARERS)

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Only the registry enters somebody else's."""
        form = super().get_form(form_class)
        if Role.CASE_MANAGER not in self.user.roles:
            del form.fields["person"]
        return form


class EndDeclaration(ActPage):
    queryset, section, workflow = Declaration.objects.for_list(), "account", DECLARATION
    verb, form_class, perform = "end", RequiredOpinionForm, staticmethod(services.end_declaration)


class LiftRecusal(LeadAct):
    verb, perform, form_class = "lift_recusal", staticmethod(services.lift_recusal), forms.LiftForm

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Those who stand aside from this lead now."""
        form = super().get_form(form_class)
        field: Any = form.fields["person"]
        field.queryset = field.queryset.filter(person__in=approving.recusals(self.object).values("person"))
        return form
