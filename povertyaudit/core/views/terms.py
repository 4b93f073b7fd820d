"""分类目录: one page for all lists of terms; 案管 proposes, 安全保密 confirms."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.forms import BaseForm

from povertyaudit.core import terms
from povertyaudit.core.forms.base import OpinionForm, RequiredOpinionForm
from povertyaudit.core.forms.terms import AddTermForm, ChangeTermForm, EndTermForm, RenameTermForm
from povertyaudit.core.views.acts import ActPage, CreatePage
from povertyaudit.core.views.lists import ListPage
from povertyaudit.core.views.parts import Column, Fact, Facts, Missing, Tab
from povertyaudit.core.views.records import RecordPage

TERMS = ("分类目录", "/terms/")


class TermList(ListPage):
    """A tab for each list."""

    section, title = "terms", "分类目录"
    order = "order"
    columns = (
        Column("name", "名称", kind="link", order="order", phone="main"),
        Column("code", "代码", phone="first"),
        Column("anchor", "依据", phone="hide"),
        Column("act", "事由", value=lambda term: term.get_act_display()),
        Column("valid_from", "启用日期", kind="date", phone="side"),
        Column("valid_to", "停用前最后一天", kind="date"),
        Column("changed_by", "提出人"),
        Column("state", "状态", kind="state"),
    )
    create_label = "新增一项"
    empty, unit_word = "这个目录还没有内容。", "项"

    @cached_property
    def tabs(self) -> Sequence[Tab]:  # type: ignore[override]
        return [Tab(one.key, one.label) for _, one in terms.lists()]

    @property
    def create_url(self) -> str:  # type: ignore[override]
        tab = self.current_tab()
        own = next((one.add_at for _, one in terms.lists() if tab and one.key == tab.key), "")
        return own or f"/terms/new/?list={tab.key if tab else ''}"

    def get_queryset(self) -> Any:
        self.queryset = terms.rows_of(self.request.GET.get("tab", ""))
        return super().get_queryset()

    def may_create(self) -> bool:
        tab = self.current_tab()
        closed = {one.key for _, one in terms.lists() if one.closed}
        return terms.may_propose(self.user) and not (tab and tab.key in closed)


class OfTerm:
    """A page about one term, whichever table holds it."""

    kwargs: Any
    section, workflow = "terms", terms.TERM

    def get_queryset(self) -> Any:
        self.queryset = terms.rows_with(self.kwargs["id"])
        return super().get_queryset()  # type: ignore[misc]


def what_it_says(term: Any) -> list[Facts]:
    """The term as it is or will be."""
    return [
        Facts(
            f"{term.listed.label}：{term.get_act_display()}",
            [
                Fact("名称", term.name),
                Fact("代码", term.code),
                Fact("依据", term.anchor, wide=True),
                Fact("停用日期" if term.act == "end" else "启用日期", term.valid_from, "date"),
                Fact("停用前最后一天", term.valid_to, "date"),
                Fact("提出人", term.changed_by),
                Fact("确认人", term.confirmed_by),
            ],
        )
    ]


class TermPage(OfTerm, RecordPage):
    parent, named_by_heading = TERMS, True

    def get_heading(self) -> str:
        return f"{self.object.listed.label}：{self.object.title}"

    def clocks(self) -> list[Any]:
        """A term has no clock."""
        return []

    def facts(self) -> Sequence[Facts]:
        return what_it_says(self.object)

    def missing(self) -> Sequence[Missing]:
        if self.object.state != "draft" or self.verbs():
            return []
        return [Missing("须由安全保密管理员确认后才生效，提出人和确认人不能是同一个人。")]


class AddTerm(CreatePage):
    section, title, label, parent = "terms", "新增分类项", "提出新增", TERMS
    form_class, perform = AddTermForm, staticmethod(terms.add)
    done = "已提出，等待安全保密管理员确认。"

    def may_open(self) -> bool:
        return terms.may_propose(self.user)

    def get_initial(self) -> dict[str, Any]:
        return {"terms": self.request.GET.get("list", "")}


class RenameTerm(OfTerm, ActPage):
    verb, form_class, perform = "rename", RenameTermForm, staticmethod(terms.rename)
    label, done = "提出更名", "已提出，等待安全保密管理员确认。"

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.object.name, "anchor": self.object.anchor}


class ChangeTerm(OfTerm, ActPage):
    verb, form_class, perform = "change", ChangeTermForm, staticmethod(terms.change)
    label, done = "提出改变", "已提出，等待安全保密管理员确认。"
    shows = staticmethod(what_it_says)

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        form.fields["to"].choices = list(terms.choices(self.object).items())  # type: ignore[attr-defined]
        return form

    def get_initial(self) -> dict[str, Any]:
        return {"to": getattr(self.object, self.object.decided or "code"), "anchor": self.object.anchor}


class EndTerm(OfTerm, ActPage):
    verb, form_class, perform = "end", EndTermForm, staticmethod(terms.end)
    label, done = "提出停用", "已提出，等待安全保密管理员确认。"
    shows = staticmethod(what_it_says)


class ConfirmTerm(OfTerm, ActPage):
    verb, form_class, perform = "confirm", OpinionForm, staticmethod(terms.confirm)
    shows = staticmethod(what_it_says)


class RefuseTerm(OfTerm, ActPage):
    verb, form_class, perform = "refuse", RequiredOpinionForm, staticmethod(terms.refuse)
    shows = staticmethod(what_it_says)
