"""Pages of letters of responsibility."""

from typing import Any

from povertyaudit.answering.filters import LetterFilter
from povertyaudit.answering.forms import letters as forms
from povertyaudit.answering.models import Letter
from povertyaudit.answering.pages import letters as shown
from povertyaudit.answering.services import letters as services
from povertyaudit.answering.views.terms import SECTION
from povertyaudit.answering.workflow.letters import LETTER, noted_sides, own_sides
from povertyaudit.answering.workflow.responsibilities import KEEPERS
from povertyaudit.core import moment
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    EditPage,
    Facts,
    ListPage,
    PaperPage,
    RecordPage,
    Tab,
)

LETTERS = ("责任书", "/responsibility-letters/")


class LetterList(ListPage):
    queryset = Letter.objects.for_list()
    template_name = "answering/letters.html"
    section, title = SECTION, "责任书"
    filterset_class = LetterFilter
    main_filters = ("q", "year", "region")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("year", "年度", kind="number", order="year", phone="side"),
        Column("region.path_name", "地方", phone="main"),
        Column("upper.called", "上级签订人", phone="hide"),
        Column("upper_signed_on", "上级签字", kind="date", phone="hide"),
        Column("lower.called", "下级签订人", phone="sub"),
        Column("lower_signed_on", "下级签字", kind="date", phone="hide"),
        Column("state", "状态", kind="state"),
        Column("paper_no", "文号", shown=False),
        Column("waits_for", "缺谁的签字", shown=False),
    )
    order = "-number"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我签字", lambda rows, user: rows.waiting_for(user)),
        Tab("unsigned", "待签订", lambda rows, user: rows.unsigned()),
    )
    create_url, create_label = "/responsibility-letters/new/", "拟定责任书"
    empty = "没有符合条件的责任书。"

    def may_create(self) -> bool:
        return bool(self.user.roles & KEEPERS)


class LetterPage(RecordPage):
    queryset = Letter.objects.for_list()
    section, workflow, parent = SECTION, LETTER, LETTERS

    def clocks(self) -> list[Any]:
        """No clock runs."""
        return []

    def facts(self) -> list[Facts]:
        return shown.facts(self.object)


class LetterPaper(PaperPage):
    """The letter as it is printed and signed."""

    queryset, section = Letter.objects.for_list(), SECTION

    def paper(self) -> Any:
        return shown.paper(self.object)


class NewLetter(CreatePage):
    section, title, label, parent = SECTION, "拟定责任书", "拟定", LETTERS
    form_class, perform = forms.LetterForm, staticmethod(services.draw_up)

    def may_open(self) -> bool:
        return bool(self.user.roles & KEEPERS)

    def get_initial(self) -> dict[str, Any]:
        return {"year": moment.today().year}


class LettersOfYear(CreatePage):
    section, title, label, parent = SECTION, "成批拟定责任书", "拟定", LETTERS
    form_class, perform = forms.LetterYearForm, staticmethod(services.draw_year)
    intro = "所选县、乡镇和下级各乡镇、村，现任党组织主要负责人之间一次拟定当年的责任书；已经拟定的不再拟定。"

    def may_open(self) -> bool:
        return bool(self.user.roles & KEEPERS)

    def get_initial(self) -> dict[str, Any]:
        return {"year": moment.today().year}

    def success_address(self, record: Any) -> str:
        return "/responsibility-letters/?tab=unsigned"

    def done_sentence(self, record: Any) -> str:
        return f"已拟定 {len(record)} 份责任书。"


class LetterAct(ActPage):
    queryset, section, workflow = Letter.objects.for_list(), SECTION, LETTER


class SignLetter(LetterAct):
    verb, perform, form_class = "sign", staticmethod(services.sign), forms.SignForm

    def shows(self, row: Any) -> list[Facts]:
        return shown.facts(row)[:1]

    def get_initial(self) -> dict[str, Any]:
        return {"signed_on": moment.today()}

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        row = self.object
        form.for_letter(row, own_sides(row, self.user), noted_sides(row, self.user))
        return form


class AmendLetter(EditPage):
    queryset, section, title = Letter.objects.for_list(), SECTION, "修改责任书"
    form_class, perform = forms.AmendLetterForm, staticmethod(services.amend)
