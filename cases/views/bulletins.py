"""Pages of bulletins: the list with its totals, one bulletin, its verbs; and what a unit was sent."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm

from cases import bulletin_filters as filters
from cases.forms import bulletins as bulletin_forms
from cases.models import Bulletin, BulletinCase, BulletinPerson, Mask
from cases.pages import bulletins as pages
from cases.services import bulletins, publishing
from cases.services.bulletin_papers import heading, paper_of
from cases.workflow.bulletins import BULLETIN
from povertyaudit.core import cleaning
from povertyaudit.core.models import Attachment
from povertyaudit.core.papers import Paper
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    Fact,
    Facts,
    ListPage,
    Missing,
    PaperPage,
    RecordPage,
    Tab,
    Table,
)
from povertyaudit.core.views.records import Verb

BULLETINS = ("通报曝光", "/bulletins/")
CHOICES = 20


class BulletinList(ListPage):
    queryset = Bulletin.objects.for_list()
    section, title = "bulletins", "通报曝光"
    template_name = "cases/bulletin_list.html"
    filterset_class = filters.BulletinFilter
    main_filters = ("q", "issued_from", "issued_to")
    columns = (
        Column("number", "编号", kind="link", order="number", value=str),
        Column("title", "标题", phone="main"),
        Column("issue", "期数", value=lambda row: row.issue_words, phone="sub"),
        Column("case_count", "案例（起）", kind="number", phone="hide"),
        Column("person_count", "人次", kind="number", phone="hide"),
        Column("issued_on", "印发日期", kind="date", order="issued_on", phone="hide"),
        Column("drafted_by.display_name", "起草人", phone="hide"),
        Column("approved_by.display_name", "批准人", phone="hide"),
        Column("state", "状态", kind="state"),
    )
    order = "-created_at"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)),
        Tab("issued", "已印发", lambda rows, user: rows.issued()),
    )
    create_url, create_label = "/bulletins/new/", "起草通报"
    empty = "没有符合条件的通报。"

    def may_create(self) -> bool:
        return bulletins.may_draft(self.user)

    def base_context(self) -> dict[str, Any]:
        days = {name: _day(self.params.get(name, "")) for name in ("issued_from", "issued_to")}
        return super().base_context() | {"groups": [pages.totals(self.user, days)]}


def _day(text: str) -> str:
    """A day as the filter reads it; nothing where it cannot."""
    try:
        return str(cleaning.clean_date(text)) if text else ""
    except ValidationError:
        return ""


class CaseList(ListPage):
    """起: what the total opens."""

    queryset = BulletinCase.objects.issued().select_related("bulletin", "lead").prefetch_related("persons")
    section, title, parent = "bulletins", "通报的案例", BULLETINS
    filterset_class = filters.BulletinCaseFilter
    main_filters = ("q", "issued_from", "issued_to")
    columns = (
        Column("bulletin", "通报", kind="link", value=lambda case: case.bulletin),
        Column("heading", "案例", value=lambda case: heading(case, Mask.FULL), phone="main"),
        Column("lead.number", "线索编号", phone="sub"),
        Column("persons", "人次", kind="number", value=lambda case: len(case.persons.all()), phone="hide"),
        Column("bulletin.issued_on", "印发日期", kind="date", order="bulletin__issued_on"),
    )
    order = "-bulletin__issued_on"


class PersonList(ListPage):
    """人次: what the total opens."""

    queryset = BulletinPerson.objects.issued().select_related("case__bulletin", "case__lead")
    section, title, parent = "bulletins", "通报的人员", BULLETINS
    filterset_class = filters.BulletinPersonFilter
    main_filters = ("q", "issued_from", "issued_to")
    columns = (
        Column("bulletin", "通报", kind="link", value=lambda person: person.case.bulletin),
        Column("name", "姓名", phone="main"),
        Column("unit_text", "单位", phone="sub"),
        Column("post_text", "职务"),
        Column("measures", "登记的处理"),
        Column("case.problem", "问题", phone="hide"),
        Column("case.bulletin.issued_on", "印发日期", kind="date", order="case__bulletin__issued_on"),
    )
    order = "-case__bulletin__issued_on"


class BulletinPage(RecordPage):
    queryset = Bulletin.objects.for_page()
    section, workflow, parent = "bulletins", BULLETIN, BULLETINS

    def facts(self) -> list[Facts]:
        row, file = self.object, pages.file_of(self.object, self.user)
        found = [
            Fact("期数", row.issue_words),
            Fact("起草人", row.drafted_by.display_name),
            Fact("批准人", row.approved_by and row.approved_by.display_name),
            Fact("印发日期", row.issued_on, "date"),
            Fact("更正", row.corrects and str(row.corrects), "link", row=row.corrects),
            Fact("全文", "打开打印版", "link", row=pages.Address(f"{row.get_absolute_url()}paper/")),
            Fact("Word 文件", file, "link", row=file),
            Fact("开头语", row.preface, wide=True),
        ]
        return [Facts("通报", [fact for fact in found if fact.value not in (None, "")])]

    def tables(self) -> list[Table]:
        row, copies = self.object, list(self.object.copies.all())
        unread = sum(copy.state == "sent" for copy in copies)
        offered = {step.name for step in BULLETIN.offered(row, self.user)}
        add = ("增加案例", f"{row.get_absolute_url()}add_case/") if "add_case" in offered else None
        tables = [Table("案例", pages.CASE_COLUMNS, row.cases.all(), "还没有案例。", add, "cases")]
        if copies:
            tables.append(
                Table(f"送达 {len(copies)} 份，未读 {unread} 份", pages.COPY_COLUMNS, copies, key="copies")
            )
        return tables

    def verbs(self) -> list[Verb]:
        return [verb for verb in super().verbs() if verb.name != "add_case"]

    def missing(self) -> list[Missing]:
        row = self.object
        if row.state != "draft" or row.cases.all() or not bulletins.may_draft(self.user):
            return []
        return [Missing("还没有案例，请先增加。", f"{row.get_absolute_url()}add_case/")]


class BulletinPaper(PaperPage):
    queryset, section = Bulletin.objects.for_page(), "bulletins"

    def paper(self) -> Paper:
        return paper_of(self.object, Mask.FULL)

    def file(self) -> Attachment | None:
        return pages.file_of(self.object, self.user)


class NewBulletin(CreatePage):
    section, title, label, parent = "bulletins", "起草通报", "起草", BULLETINS
    form_class, perform = bulletin_forms.BulletinForm, staticmethod(bulletins.draft)

    def may_open(self) -> bool:
        return bulletins.may_draft(self.user)


class BulletinAct(ActPage):
    queryset, section, workflow = Bulletin.objects.for_page(), "bulletins", BULLETIN
    perform: Any = None

    def shows(self, bulletin: Any) -> Any:
        """What is decided on, as it will be read."""
        return [Table("案例", pages.CASE_COLUMNS, bulletin.cases.all(), "还没有案例。", key="cases")]

    def success_address(self, record: Any) -> str:
        return str(record.get_absolute_url())


class AddCase(BulletinAct):
    verb, perform, form_class = "add_case", staticmethod(bulletins.add_case), bulletin_forms.CaseForm
    formset_classes = {"persons": bulletin_forms.PersonFormSet}  # noqa: RUF012 — as the base class has it

    def chosen(self) -> Any:
        """The lead of the address (`?lead=`), with which the form comes filled."""
        wanted = cleaning.plain(self.request.GET.get("lead", ""))
        return (
            bulletins.to_choose(self.object, self.user).filter(public_id=wanted).first() if wanted else None
        )

    def get_initial(self) -> dict[str, Any]:
        lead = self.chosen()
        return bulletins.filled(lead) if lead else {}

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        lead = self.chosen()
        return bulletins.persons_of(lead) if lead else []

    def shows(self, bulletin: Any) -> Any:
        """What there is to choose from, until something is chosen."""
        if self.request.method == "POST" or self.chosen():
            return []
        rows = bulletins.to_choose(bulletin, self.user)[:CHOICES]
        return [
            Table(
                "选用已办结的线索（点编号自动填写）",
                pages.CHOICE_COLUMNS,
                rows,
                "没有可以通报的线索。",
                key="choices",
            )
        ]

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Concluded leads with an outcome, not in this bulletin yet."""
        form = super().get_form(form_class)
        field: Any = form.fields["lead"]
        field.queryset = field.queryset.filter(
            pk__in=bulletins.to_choose(self.object, self.user).values("pk")
        )
        return form


class RemoveCase(BulletinAct):
    verb, perform, form_class = (
        "remove_case",
        staticmethod(bulletins.remove_case),
        bulletin_forms.RemoveCaseForm,
    )

    def get_form(self, form_class: Any = None) -> BaseForm:
        """The cases of this bulletin."""
        form = super().get_form(form_class)
        field: Any = form.fields["case"]
        field.queryset = field.queryset.filter(bulletin=self.object).prefetch_related("persons")
        field.label_from_instance = lambda case: heading(case, Mask.FULL)
        return form


class Distribute(BulletinAct):
    verb, perform, form_class = (
        "distribute",
        staticmethod(publishing.distribute),
        bulletin_forms.DistributeForm,
    )
