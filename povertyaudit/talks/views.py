"""Pages of talks: the list, one talk, the forms of its verbs, and the board."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from povertyaudit.core import moment
from povertyaudit.core.views import (
    ActPage,
    BoardLine,
    BoardPage,
    Column,
    CreatePage,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Tab,
    Table,
)
from povertyaudit.talks import board, forms, pages
from povertyaudit.talks.filters import TalkFilter
from povertyaudit.talks.models import Talk
from povertyaudit.talks.querysets import OPENERS
from povertyaudit.talks.services import minutes, opening
from povertyaudit.talks.workflow import TALK

PARENT = ("约谈", "/talks/")


class TalkList(ListPage):
    queryset = Talk.objects.for_list()
    template_name = "talks/list.html"
    section, title = "talks", "约谈"
    filterset_class = TalkFilter
    main_filters = ("q", "state", "origin")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "约谈对象", phone="main"),
        Column("get_origin_display", "由来", phone="sub"),
        Column("talker.display_name", "约谈人", phone="hide"),
        Column("talk_at_words", "约谈时间", order="talk_at", phone="hide"),
        Column("due_on", "期限", kind="clock", order="due_on"),
        Column("state", "状态", kind="state"),
        Column("get_rank_display", "职级", shown=False),
        Column("recorder.display_name", "记录人", shown=False),
        Column("held_on", "约谈日期", kind="date", order="held_on", shown=False),
        Column("promise_due_on", "承诺时限", kind="date", order="promise_due_on", shown=False),
        Column("get_outcome_display", "跟踪结果", shown=False),
        Column("region.name", "地区", shown=False),
    )
    order = "-pk"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)),
        Tab("open", "没有办结", lambda rows, user: rows.open()),
        Tab("late", "超期", lambda rows, user: rows.late()),
    )
    create_url, create_label = "/talks/new/", "提出约谈"
    exports = (("导出台账", "/api/v1/talks/ledger.csv?headings=zh"),)
    empty = "没有符合条件的约谈。"

    def may_create(self) -> bool:
        return bool(self.user.roles & OPENERS)

    @property
    def knows_board(self) -> bool:
        return bool(self.user.roles & OPENERS)


class TalkPage(RecordPage):
    queryset = Talk.objects.for_page()
    section, workflow, parent = "talks", TALK, PARENT

    def facts(self) -> list[Facts]:
        return pages.facts(self.object, self.user)

    def tables(self) -> list[Table]:
        return pages.tables(self.object, self.user)

    def missing(self) -> list[Missing]:
        return pages.missing(self.object, self.user)


class NewTalk(CreatePage):
    section, title, label, parent = "talks", "提出约谈", "提出", PARENT
    form_class, perform = forms.TalkForm, staticmethod(opening.propose)
    formset_classes = {"persons": forms.PersonFormSet, "units": forms.UnitFormSet}  # noqa: RUF012 — as the base class has it
    intro = "领导提出的当场决定；其他人提出的由领导批准。约谈不是处分，不计入处分和问责。"

    def may_open(self) -> bool:
        return bool(self.user.roles & OPENERS)


class TalkAct(ActPage):
    queryset, section, workflow = Talk.objects.for_page(), "talks", TALK
    perform: Any = None  # named by as_view

    def shows(self, row: Any) -> list[Facts | Table]:
        return [*pages.subject_facts(row, self.user), *pages.notice_facts(row)]


class Issue(TalkAct):
    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"matters": self.object.reason}


class Hold(TalkAct):
    verb, perform, form_class = "hold", staticmethod(minutes.hold), forms.MinutesForm

    def get_initial(self) -> dict[str, Any]:
        return {"held_on": moment.today()}


class Rewrite(TalkAct):
    verb, perform, form_class = "rewrite", staticmethod(minutes.rewrite), forms.RewriteForm

    def get_initial(self) -> dict[str, Any]:
        names = ("questions", "statement", "promise", "measure", "promise_due_on")
        return {name: getattr(self.object, name) for name in names}


class Sign(TalkAct):
    verb, perform = "sign", staticmethod(minutes.sign)

    def signs(self, row: Any) -> list[Facts | Table]:
        return [*pages.notice_facts(row), *pages.minutes_facts(row)]


class OnThePromise(TalkAct):
    """The promise stands above the form."""

    def shows(self, row: Any) -> list[Facts | Table]:
        return [*pages.minutes_facts(row), *pages.follow_facts(row)]


class FollowUp(OnThePromise):
    def get_initial(self) -> dict[str, Any]:
        return {"followed_on": moment.today()}


class Board(BoardPage):
    """约谈情况."""

    section, title, parent = "talks", "约谈情况", PARENT
    ways = (("unit", "按单位"), ("origin", "按由来"), ("rank", "按职级"))
    empty = "还没有约谈。"
    wide = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & OPENERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def first_head(self) -> str:  # type: ignore[override]
        return {"unit": "单位", "origin": "由来", "rank": "职级"}[self.by()]

    def heads(self) -> Sequence[str]:
        return tuple(board.STANDING.values())

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        return board.grouped(self.user, self.by())

    def lines(self) -> Sequence[BoardLine]:
        asked = board.WAYS[self.by()][0]
        return [board.line(str(row["name"]), row, {asked: str(row["key"])}) for row in self.groups]

    @cached_property
    def whole(self) -> dict[str, Any]:
        return {f"n_{word}": sum(row[f"n_{word}"] for row in self.groups) for word in board.STANDING}

    def total(self) -> BoardLine | None:
        return board.line("合计", self.whole, {}) if self.groups else None

    def finding(self) -> str:
        if not self.groups:
            return ""
        whole = self.whole
        words = f"约谈 {whole['n_all']} 个，承诺已落实 {whole['n_kept']} 个，未落实 {whole['n_not_kept']} 个"
        return f"{words}，超期 {whole['n_late']} 个；约谈不是处分，不计入处分和问责。"
