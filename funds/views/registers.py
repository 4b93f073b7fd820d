"""Pages of registers: the list, one register, its people, what was not taken, a search by ID number, yearly marks."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from funds import register_boards as boards
from funds import register_pages as pages
from funds.forms.registers import LookUpForm, RegisterForm, RevealNumberForm
from funds.models import Beneficiary, HouseholdMark, Register, RegisterRefusal
from funds.register_filters import BeneficiaryFilter, MarkFilter, RefusalFilter, RegisterFilter
from funds.register_home import READERS
from funds.services import register_upload, registers
from funds.workflow.registers import LOADERS, REGISTER, REVEALERS, SEEKERS
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError
from povertyaudit.core.views import (
    ActPage,
    BoardLine,
    BoardPage,
    CreatePage,
    Facts,
    ListPage,
    RecordPage,
    Tab,
    Table,
)

SECTION, REGISTERS = "registers", ("名册", "/registers/")


class RegisterList(ListPage):
    queryset = Register.objects.for_list()
    template_name = "funds/register_list.html"
    section, title = SECTION, "名册"
    filterset_class = RegisterFilter
    main_filters = ("q", "kind", "state")
    columns = pages.REGISTER_COLUMNS
    order = "-created_at"
    tabs = (Tab("", "全部"), Tab("standing", "在用", lambda rows, user: rows.standing()))
    create_url, create_label = "/registers/new/", "载入名册"
    empty = "还没有名册。"
    empty_hint = "案管室、监督检查室和财政部门可以载入，或者请运维人员用 load_households 载入。"
    unit_word = "份"

    def may_create(self) -> bool:
        return bool(self.user.roles & LOADERS)

    @property
    def may_seek(self) -> bool:
        return bool(self.user.roles & SEEKERS)


class RegisterPage(RecordPage):
    queryset = Register.objects.for_list()
    section, workflow, parent = SECTION, REGISTER, REGISTERS

    def facts(self) -> list[Facts]:
        found = pages.facts(self.object)
        if self.object.state == Register.State.LOADING:
            found.append(pages.progress(self.object, registers.lines_read(self.object)))
        return found

    def tables(self) -> list[Table]:
        return pages.tables(self.object, self.user)


class NewRegister(CreatePage):
    section, title, label, parent = SECTION, "载入名册", "上传并载入", REGISTERS
    form_class, perform = RegisterForm, staticmethod(register_upload.upload)
    intro = "同一文件再次上传不变；同一种类、截止日期和分册的另一个文件载入后替换原来的。有错误的行不载入，逐行列出。"

    def may_open(self) -> bool:
        return bool(self.user.roles & LOADERS)

    def get_initial(self) -> dict[str, Any]:
        return {"as_of": moment.today()}

    def done_sentence(self, record: Any) -> str:
        loading = record.state == Register.State.LOADING
        return "文件已收到，正在后台载入。" if loading else "没有变化：这个文件已经载入。"


class RegisterAct(ActPage):
    queryset, section, workflow = Register.objects.for_list(), SECTION, REGISTER
    destructive = True

    def shows(self, row: Any) -> list[Facts]:
        return pages.facts(row)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class RevealNumber(ActPage):
    """查看身份证号: the answer stands on this page only, and every press is one look."""

    queryset, section, workflow, verb = Register.objects.for_list(), SECTION, REGISTER, "reveal"
    template_name, form_class = "funds/register_number.html", RevealNumberForm
    intro = "每按一次都记为一次查看，台账写明是谁、哪一行和理由。"

    def get_initial(self) -> dict[str, Any]:
        line = self.request.GET.get("line", "")
        return {"line": line} if line.isascii() and line.isdigit() and len(line) < 10 else {}

    @sensitive_variables()
    def carry_out(self, form: Any, formsets: Any) -> HttpResponse:
        try:
            number = registers.reveal(self.object, by=self.user, **form.cleaned_data)
        except DomainError as refusal:
            return self.refuse(form, formsets, refusal)
        context = self.get_context_data(form=form, number=number, line=form.cleaned_data["line"])
        return self.render_to_response(context)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class LookUp(CreatePage):
    """按身份证号查找: the number travels in the body alone; the answer stands on this page only."""

    section, title, label, parent = SECTION, "按身份证号查找", "查找", REGISTERS
    queryset = Beneficiary.objects.for_list()
    template_name, form_class = "funds/register_found.html", LookUpForm
    intro = "查找您可以查看的在用名册。每次查找都有记录，但不记录身份证号。"

    def may_open(self) -> bool:
        return bool(self.user.roles & SEEKERS)

    def carry_out(self, form: Any, formsets: Any) -> HttpResponse:
        try:
            found = registers.look_up(by=self.user, **form.cleaned_data)
        except DomainError as refusal:
            return self.refuse(form, formsets, refusal)
        columns = (*pages.FOUND_COLUMNS, *([pages.REVEAL_COLUMN] if self.user.roles & REVEALERS else []))
        table = Table(f"找到 {len(found)} 行", columns, found, "您可以查看的在用名册里没有这个人。")
        return self.render_to_response(self.get_context_data(form=self.form_class(), found=table))


class _Rows(ListPage):
    """Rows of one register."""

    section, parent = SECTION, REGISTERS
    main_filters: Sequence[str] = ("register", "region")
    empty_hint = "请先选择名册，再放宽其他条件。"
    unit_word = "行"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PeopleList(_Rows):
    queryset = Beneficiary.objects.for_list()
    title, filterset_class = "名册对象", BeneficiaryFilter
    columns = pages.PEOPLE_COLUMNS
    order = "region_id"
    empty = "没有符合条件的对象。"


class RefusalList(_Rows):
    queryset = RegisterRefusal.objects.select_related("register")
    title, filterset_class = "没有载入的行", RefusalFilter
    main_filters = ("register", "cause")
    columns = pages.REFUSAL_COLUMNS
    order = "line"
    empty = "没有符合条件的行。"


class MarkList(_Rows):
    queryset = HouseholdMark.objects.counted().for_list()
    title, filterset_class = "户年度标注", MarkFilter
    main_filters = ("region", "year", "exit")
    columns = pages.MARK_COLUMNS
    order = "region_id"
    parent = ("两不愁三保障", "/household-marks/board/")
    empty, empty_hint, unit_word = "没有符合条件的户。", "可以放宽筛选条件，或者清除全部条件再看。", "户"


class MarkBoard(BoardPage):
    """两不愁三保障 and 脱贫 by township and village, one year at a time."""

    section, title, parent = "household_marks", "两不愁三保障", REGISTERS
    template_name = "funds/marks.html"
    ways = (("town", "按乡镇"), ("village", "按村"))
    empty = "还没有带年度标注的名册。"
    wide = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def first_head(self) -> str:  # type: ignore[override]
        return "村" if self.by() == "village" else "乡镇"

    @cached_property
    def years(self) -> list[int]:
        return boards.years(self.user)

    @cached_property
    def year(self) -> int:
        asked = self.request.GET.get("year", "")
        found = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
        return found if found in self.years else next(iter(self.years), 0)

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        return boards.grouped(self.user, self.year, "", self.by() == "village") if self.year else []

    def heads(self) -> Sequence[str]:
        return boards.HEADS

    def lines(self) -> Sequence[BoardLine]:
        return list(boards.lines(self.groups, self.year))

    def total(self) -> BoardLine | None:
        if not self.groups:
            return None
        return BoardLine("合计", boards.figures(boards.whole(self.groups), {"year": self.year}))

    def finding(self) -> str:
        if not self.groups:
            return ""
        row = boards.whole(self.groups)
        words = f"{self.year} 年 {row['all']:,} 户：未脱贫 {row['poor']:,} 户，返贫 {row['back']:,} 户"
        return f"{words}；比上年减少一项以上保障或者返贫的 {row['lost']:,} 户。"
