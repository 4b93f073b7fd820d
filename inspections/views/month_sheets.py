"""月考勤表: which villages lack their month, and the sheet of one village with all its people."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse

from inspections.forms.attendance import SheetForm, SheetRowFormSet
from inspections.services import month_sheets as services
from inspections.services.quotas import amount
from inspections.views.at_rows import AtRows, filled
from inspections.views.attendance import MONTHS
from inspections.workflow.attendance import KEEPERS, State
from povertyaudit.core import cleaning, moment
from povertyaudit.core.errors import DomainError
from povertyaudit.core.views import BoardLine, BoardPage, Column, CreatePage, Figure, Table

MONTHS_BACK = 6
CLOSED_COLUMNS = (
    Column("number", "考勤编号", kind="link"),
    Column("person.name", "驻村人员", phone="main"),
    Column("days_present", "驻村天数", kind="number", phone="sub"),
    Column("state", "状态", kind="state"),
)


def last_months() -> list[date]:
    """The first days of this month and of those before it, the latest first."""
    found = [moment.today().replace(day=1)]
    while len(found) < MONTHS_BACK:
        before = found[-1]
        found.append(date(before.year - (before.month == 1), (before.month - 2) % 12 + 1, 1))
    return found


def listed(region: str, first: date, **more: str) -> str:
    """The list of the months of a village."""
    return f"/attendance/?{urlencode({'region': region, 'month_from': first, 'month_to': first, **more})}"


class OfKeepers:
    """Pages of those who may report."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not request.user.roles & KEEPERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class MonthSheets(OfKeepers, BoardPage):
    """Villages of a month: how many serve there, how many are reported, and the way to the sheet."""

    section, title, parent = "attendance", "月考勤表", MONTHS
    template_name = "inspections/month_sheets.html"
    first_head, empty = "村", "这个月没有您可以登记的驻村人员。"

    @property
    def ways(self) -> Sequence[tuple[str, str]]:  # type: ignore[override]
        return [(f"{one:%Y-%m}", f"{one.year} 年 {one.month} 月") for one in last_months()]

    @cached_property
    def first(self) -> date:
        return services.first_of(self.by())

    def by(self) -> str:
        """The month asked for; the one before this one where none is: it is over and due."""
        keys = [key for key, _ in self.ways]
        asked = self.request.GET.get("by", "")
        return asked if asked in keys else keys[1]

    @cached_property
    def counted(self) -> list[dict[str, Any]]:
        wanted = Q(months__month=self.first, months__days_present__isnull=False)
        short = wanted & Q(months__days_present__lt=amount("village_days", self.first))
        rows = services.serving_in(self.first, self.user).order_by("region_id")
        rows = rows.values("region_id", "region__path_name").annotate(
            people=Count("pk", distinct=True), told=Count("months", filter=wanted, distinct=True),
            short=Count("months", filter=short, distinct=True),
        )  # fmt: skip
        return list(rows)

    def finding(self) -> str:
        left = sum(one["people"] > one["told"] for one in self.counted)
        days = amount("village_days", self.first)
        rule = f"每人每月驻村不少于 {days} 天。"
        return f"{left} 个村还没有登记齐。{rule}" if left else f"各村都已登记。{rule}"

    def heads(self) -> Sequence[str]:
        return ("驻村人员", "已登记", "天数不足", "考勤表")

    def lines(self) -> Sequence[BoardLine]:
        return [self.line(one) for one in self.counted]

    def line(self, one: Mapping[str, Any]) -> BoardLine:
        code, left = one["region_id"], one["people"] - one["told"]
        sheet = Figure(
            1, f"/attendance/sheets/{code}/{self.first:%Y-%m}/", "修改" if not left else f"登记 {left} 人"
        )
        figures = (
            Figure(one["people"], f"/village-people/?{urlencode({'region': code})}"),
            Figure(one["told"], listed(code, self.first)),
            Figure(one["short"], listed(code, self.first, kind="short")),
            sheet,
        )
        return BoardLine(one["region__path_name"], figures)


class MonthSheet(AtRows, CreatePage):
    """The sheet of a village: a row for everybody who served there in the month."""

    section, label, parent = "attendance", "登记", ("月考勤表", "/attendance/sheets/")
    form_class, perform = SheetForm, staticmethod(services.record_sheet)
    formset_classes = {"rows": SheetRowFormSet}  # noqa: RUF012 — as the base class has it

    def may_open(self) -> bool:
        """What is not there for the reader is not there, before it is asked what he may do with it."""
        return bool(self.people and self.user.roles & KEEPERS)

    @cached_property
    def month(self) -> str:
        try:
            month = cleaning.clean_month(self.kwargs["month"], required=True)
        except ValidationError as unreadable:
            raise Http404 from unreadable
        if services.first_of(month) > moment.today():
            raise Http404
        return month

    @cached_property
    def first(self) -> date:
        return services.first_of(self.month)

    @cached_property
    def people(self) -> list[Any]:
        """Who served there, as far as the reader may know, with his month and how often a visit found him absent."""
        code = self.kwargs["code"]
        if not (code.isascii() and code.isdigit()):
            raise Http404
        found = list(services.serving_in(self.first, self.user).filter(region=code).for_list())
        if not found:
            raise Http404
        months = services.months_of(found, self.first)
        for person in found:
            person.of_month = months.get(person.pk)
        return found

    def open_ones(self) -> list[Any]:
        """Those whose days may be written: of whom nothing was noticed yet."""
        return [one for one in self.people if one.of_month is None or one.of_month.state == State.OPEN]

    def get_title(self) -> str:
        return f"{self.people[0].region.name} {self.first.year} 年 {self.first.month} 月考勤表"

    @property
    def intro(self) -> str:  # type: ignore[override]
        days = amount("village_days", self.first)
        return (
            f"每人每月驻村不少于 {days} 天，不足的登记后由巡察办或者监督检查室通知派出单位。"
            "还没有报送的人员，天数空着；有一行填错，全表都不保存，填好的留在页面上。"
        )

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        found = []
        for person in self.open_ones():
            month = person.of_month
            told = month is not None and month.days_present is not None
            days = {"days_present": month.days_present, "days_leave": month.days_leave} if told else {}
            found.append({"person": person, "seen": services.as_seen(month), **days})
        return found

    def get_formsets(self) -> dict[str, Any]:
        found = super().get_formsets()
        mine = services.serving_in(self.first, self.user).filter(region=self.kwargs["code"])
        for form, person in zip(found["rows"].forms, self.open_ones(), strict=False):
            form.fields["person"].queryset = mine
            form.heading = self.heading(person)
        return found

    def heading(self, person: Any) -> str:
        absences = person.of_month.absences if person.of_month else 0
        found = f"，走访查到不在岗 {absences} 次" if absences else ""
        return f"{person.name}　{person.get_role_display()}（{person.unit.name}）{found}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        closed = [one.of_month for one in self.people if one not in self.open_ones()]
        tables = [Table("已经通知、处理的（天数不再修改）", CLOSED_COLUMNS, closed)] if closed else []
        return super().get_context_data(shown=tables, **kwargs)

    def call(self, **values: Any) -> Any:
        return self.perform(by=self.user, region=self.people[0].region, month=self.month, **values)

    def refuse(self, form: BaseForm, formsets: Mapping[str, Any], refusal: DomainError) -> HttpResponse:
        """What somebody else reported meanwhile is said once: sent again, the sheet stands as it is typed."""
        now = services.months_of(self.people, self.first)
        for row in filled(formsets["rows"]):
            data = row.data.copy()
            data[row.add_prefix("seen")] = services.as_seen(now.get(row.cleaned_data["person"].pk))
            row.data = data
        return super().refuse(form, formsets, refusal)

    def done_sentence(self, record: Any) -> str:
        days = amount("village_days", self.first)
        short = sum(one.days_present < days for one in record)
        return f"已登记 {len(record)} 人，其中 {short} 人不足 {days} 天。" if record else "没有改动。"

    def success_address(self, record: Any) -> str:
        return listed(self.kwargs["code"], self.first)
