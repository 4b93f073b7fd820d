"""Pages of items: the list, the record with its tree, one form a verb."""

from typing import Any

from django.forms import BaseForm
from django.utils.html import format_html
from django.utils.safestring import SafeString

from povertyaudit.core import clocks, moment
from povertyaudit.core.models import Role
from povertyaudit.core.views import (
    Column,
    CreatePage,
    EditPage,
    Facts,
    ListPage,
    RecordPage,
    Tab,
    Table,
)
from rectification import (
    arrangement_pages,
    checking_pages,
    escalation_pages,
    extension_pages,
    forms,
    gallery,
    look_back_pages,
    period_pages,
    regrouping_pages,
    services,
    stage_pages,
    words,
)
from rectification.escalation_lists import pressed_words
from rectification.filters import ItemFilter
from rectification.models import PAPERED, Item, Source
from rectification.signed_words import signed_steps
from rectification.workflow import HEAD_VERBS, ITEM, REGISTRARS

PARENT = ("整改事项", "/items/")
ROUNDS_ALONE = frozenset({Role.PATROL_OFFICE, Role.PATROL_TEAM})


def report_link(item: Item) -> SafeString:
    return format_html('<a class="btn btn-sm" href="{}report/">拍照填报</a>', item.get_absolute_url())


def plain_id(text: str) -> str:
    """An opaque id out of an address: anything else finds nothing."""
    return text if text.isascii() and text.isalnum() and len(text) <= 40 else ""


class ItemList(ListPage):
    template_name = "rectification/item_list.html"
    queryset = Item.objects.for_list().with_progress().select_related("pursuit__latest")
    section, title = "items", "整改事项"
    workflow, bulk_url = ITEM, "/items/bulk/"
    filterset_class = ItemFilter
    main_filters: Any = ("q", "state", "light")
    columns: Any = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "具体问题", phone="main"),
        Column("main_unit", "主责单位", phone="sub"),
        Column("lead_unit", "牵头单位", phone="hide"),
        Column(
            "progress",
            "措施落实",
            kind="number",
            phone="hide",
            value=lambda item: words.share(item.measures_done, item.measures_all),
        ),
        Column("light", "期限", kind="clock", order="due_on"),
        Column("pressed", "督办", value=pressed_words, phone="hide"),
        Column("state", "状态", kind="state"),
        *words.MORE_COLUMNS,
    )
    order = "-created_at"
    tabs: Any = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)),
        Tab("elsewhere", "待他人办理", lambda rows, user: rows.elsewhere(user)),
        Tab("soon", "将到期", lambda rows, user: rows.due_soon(moment.today())),
        Tab("overdue", "已超期", lambda rows, user: rows.overdue(moment.today())),
        Tab("long_term", "长期坚持", lambda rows, user: rows.long_term()),
        Tab("closed", "已销号", lambda rows, user: rows.closed()),
    )
    create_url, create_label = "/items/new/", "登记整改事项"
    import_kind, sends_working = "items", True
    exports: Any = (("导出台账", "/api/v1/items/ledger.csv"),)
    empty = "没有符合条件的整改事项。"

    def may_create(self) -> bool:
        return bool(self.user.roles & REGISTRARS)

    def base_context(self) -> dict[str, Any]:
        """Who sees findings of rounds alone can have no 反馈文件."""
        return super().base_context() | {"may_have_papers": bool(self.user.roles - ROUNDS_ALONE)}


class ReportList(ItemList):
    """拍照填报: the items this unit is at work on, each one press from its report."""

    template_name = "core/list.html"
    title, section = "拍照填报", "reporting"
    order = "due_on"
    columns = (
        Column("number", "编号", kind="link"),
        Column("title", "具体问题", phone="main"),
        Column("light", "期限", kind="clock"),
        Column("report", "填报", kind="html", value=report_link, phone="sub"),
    )
    tabs = ()
    main_filters = ("q",)
    create_url, exports, bulk_url = "", (), ""
    empty = "没有需要填报的整改事项。"
    empty_hint = "签收以后的事项会出现在这里。"

    def get_queryset(self) -> Any:
        return super().get_queryset().to_report(self.user)


class ItemPage(RecordPage):
    queryset = Item.objects.for_page()
    section, workflow, parent = "items", ITEM, PARENT
    template_name = "rectification/item_record.html"

    def facts(self) -> list[Facts]:
        item = self.object
        return [
            *regrouping_pages.note(item),
            *escalation_pages.standing(item),
            *words.facts(item),
            *period_pages.rhythm(item),
        ]

    def missing(self) -> Any:
        return words.missing(self.object, self.user)

    def verbs(self) -> Any:
        """The steps of the item; verbs of its parts stand beside the parts."""
        return [verb for verb in super().verbs() if verb.name in HEAD_VERBS]

    def clocks(self) -> Any:
        """A period of publication says whether objections wait, not that somebody is late."""
        found: Any = [clock for clock in clocks.clocks_of(self.object) if clock.state != "stopped"]
        for clock in found:
            clock.clock_words = getattr(self.object.light, "clock_words", None)
        return found

    def signatures(self) -> Any:
        """Shown by the panel of this page, with the step and why a signature is void."""
        return []

    def tables(self) -> list[Table]:
        item = self.object
        found = [
            Table(
                "进展报告", words.REPORT_COLUMNS, item.reports.all(), empty="还没有报过进展。", key="reports"
            )
        ]
        found += [*gallery.tables(item, self.user), *period_pages.of_an_item(item)]
        found += stage_pages.table(item)
        found += escalation_pages.tables_of(item, self.user)
        if item.misuse_links.all():
            money = words.money_of(item, self.user)
            found.append(
                Table("关联违规资金", words.MISUSE_COLUMNS, money, empty="由财政部门跟踪追缴。", key="money")
            )
        found += extension_pages.table(item)
        found += [*arrangement_pages.table(item), *regrouping_pages.tables(item, self.user)]
        found += [*checking_pages.tables(item, self.user), *look_back_pages.of_item(item, self.user)]
        if item.closings.all():
            found.append(Table("销号记录", words.CLOSING_COLUMNS, item.closings.all(), key="closings"))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offered = {step.name for step in ITEM.offered(self.object, self.user)}
        return super().get_context_data(
            branches=words.tree(self.object), panel=signed_steps(self.object), offered=offered,
            origins=words.origins(self.object, self.user), **kwargs,
        )  # fmt: skip


class NewItem(CreatePage):
    section, title, label, parent = "items", "登记整改事项", "登记", PARENT
    form_class, perform = forms.ItemForm, staticmethod(services.create_item)
    formset_classes = {"measures": forms.MeasureRows}  # noqa: RUF012 — as the base class has it
    done = "已登记，核对后下发。"

    def may_open(self) -> bool:
        return bool(self.user.roles & REGISTRARS)

    def get_initial(self) -> dict[str, Any]:
        """A finding or a lead named in the address fills what it knows."""
        only_office = not self.user.roles & (REGISTRARS - {Role.PATROL_OFFICE})
        source = Source.FINDING if only_office else Source.AUDIT
        return {"source": source} | words.begun_from(self.request.GET, self.user)

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Only the sources this person registers."""
        form = super().get_form(form_class)
        roles, field = self.user.roles, form.fields["source"]
        others = bool(roles & (REGISTRARS - {Role.PATROL_OFFICE}))
        allowed = [
            pair for pair in Source.choices
            if pair[0] != Source.MEETING and (Role.PATROL_OFFICE in roles if pair[0] == Source.FINDING else others)
        ]  # fmt: skip
        field.choices = allowed  # type: ignore[attr-defined]
        return form


class EditItem(EditPage):
    queryset, section, form_class = Item.objects.for_page(), "items", forms.EditForm
    perform = staticmethod(services.edit)

    def get_initial(self) -> dict[str, Any]:
        item = self.object
        return super().get_initial() | {
            "main_unit": item.main_unit,
            "other_units": [row.unit.public_id for row in item.units.all() if not row.is_main],
            "misuses": [link.misuse for link in item.misuse_links.all()],
            "leading_leader": item.leading_leader and item.leading_leader.public_id,
            "note": "",
        }

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        if self.object.issued_on is not None:  # these change by verbs of their own
            for name in ("due_on", "main_unit", "lead_unit"):
                del form.fields[name]
        if self.object.source not in PAPERED:
            del form.fields["paper"]
        return form

    def changed_meanwhile(self, form: BaseForm | None) -> list[tuple[str, Any, Any]]:
        """In the words of the form: units and persons by name."""
        if self.stale is None or form is None:
            return []
        now = self.get_queryset().get(pk=self.object.pk)
        yours = getattr(form, "cleaned_data", {})
        found = []
        for name, field in form.fields.items():
            current = getattr(now, name, None)
            if hasattr(now, name) and str(yours.get(name) or "") != str(current or ""):
                found.append((str(field.label or name), yours.get(name), current))
        return found
