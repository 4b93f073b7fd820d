"""A throw-away app for the page kinds: rows are misuses, the services refuse on demand."""

from django.urls import path

from funds.models import Misuse
from funds.workflow import MISUSE
from povertyaudit.core import rows
from povertyaudit.core.errors import NotAllowed, RuleBroken, Several, Stale, WrongState
from povertyaudit.core.forms import CleanLineField, CleanTextField, MoneyField, PageForm, formset_of
from povertyaudit.core.views import (
    ActPage,
    CreatePage,
    EditPage,
    Fact,
    Facts,
    Missing,
    RecordPage,
    verb_paths,
)
from povertyaudit.urls import handler400, handler403, handler404  # noqa: F401
from povertyaudit.urls import urlpatterns as real

REFUSALS = {
    "403": NotAllowed("x.not", "这一步不由您办理。"),
    "409": WrongState("x.state", "当前状态不能办理。"),
    "422": RuleBroken("x.rule", "请先上传佐证材料。", field="title"),
    "several": Several([RuleBroken("a", "第一处错了。", field="title"), RuleBroken("b", "第二处错了。")]),
    "412": Stale("已被他人修改。", current={"title": "别人写的", "amount_fen": 700}, version=9),
}
CALLS = []


class StoryForm(PageForm):
    title = CleanLineField(label="问题名称")
    amount_fen = MoneyField(label="金额", required=False)
    secret = CleanLineField(label="反映人", required=False, protected=True)


class PersonForm(PageForm):
    name = CleanLineField(label="姓名")
    note = CleanTextField(label="说明", required=False)


def act(row, *, by, expected_version=None, title="", **values):
    CALLS.append({"row": row, "version": expected_version, "title": title, **values})
    if title in REFUSALS:
        raise REFUSALS[title]
    return rows.change(
        row, verb="misuse.amend", by=by, changes={"title": title}, expected_version=expected_version
    )


def create(*, by, title, people, **values):
    CALLS.append({"title": title, "people": people})
    if title in REFUSALS:
        raise REFUSALS[title]
    return Misuse.objects.visible_to(by).latest("pk")


class Story:
    queryset, section = Misuse.objects.all(), "misuses"


class StoryAct(Story, ActPage):
    workflow, verb = MISUSE, "record_recovery"
    form_class, perform = StoryForm, staticmethod(act)
    signs = staticmethod(lambda row: [Facts("签署内容", [Fact("问题名称", row.title)])])


class StoryEdit(Story, EditPage):
    form_class, perform = StoryForm, staticmethod(act)


class StoryNew(Story, CreatePage):
    title = "登记"
    form_class, perform = StoryForm, staticmethod(create)
    formset_classes = {"people": formset_of(PersonForm, "被反映人", row_word="人", least=1)}

    def may_open(self):
        return "finance" in self.user.roles


class StoryPage(Story, RecordPage):
    workflow = MISUSE

    def missing(self):
        return [Missing("还没有上传佐证材料。", "/upload/")]


urlpatterns = [
    path("story/new/", StoryNew.as_view()),
    path("story/<str:id>/", StoryPage.as_view()),
    *verb_paths("story", "do_it", StoryAct.as_view()),
    *verb_paths("story", "amend", StoryEdit.as_view()),
    *real,
]
