"""The list, the record and the registration of leads."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from cases import forms, matching, pages, services, worklists
from cases.asking_querysets import REPORTERS
from cases.filters import LeadFilter
from cases.models import Kind, Lead
from cases.roles import DESK, LEADERS, OFFICES, REGISTRARS
from cases.workflow import LEAD, OPENERS
from povertyaudit.core import clocks, moment, vault
from povertyaudit.core.models import Role
from povertyaudit.core.views import Column, CreatePage, ListPage, Missing, RecordPage, Tab, Table
from povertyaudit.core.views.columns import usual
from povertyaudit.core.views.form_pages import MORE_ROWS
from povertyaudit.core.views.records import Verb

PARENT = ("问题线索", "/leads/")
# Verbs that stand at the table they add to, or below the fold, rather than in the head.
QUIET = frozenset(
    {
        "amend",
        "add_subject",
        "amend_subject",
        "remove_subject",
        "add_number",
        "attach",
        "recuse",
        "lift_recusal",
        "assign",
        "extend",
        "request_identity",
        "join_batch",
        "leave_batch",
        "ask_assist",
        "file_person",
        "decide",
        "suggest",
        "record_money",
        "note_money",
        "link",
        "keep_apart",
        "unlink",
    }
)
BELOW = frozenset(
    {
        "amend",
        "assign",
        "extend",
        "recuse",
        "lift_recusal",
        "request_identity",
        "join_batch",
        "leave_batch",
        "suggest",
        "note_money",
    }
)
# What is begun beside a lead and names it.
FROM_HERE = (("accountabilities", "启动问责", OPENERS), ("interferences", "报告打听干预", REPORTERS))
DETAILS = "#group-2"  # the fieldset of what the channel asks
VAULT_FIELDS = vault.IDENTITY_FIELDS


HANDED = (
    Column("handover.number", "移送编号", kind="link"),
    Column("handover.get_direction_display", "方向"),
    Column("handover.party", "对方", phone="main"),
    Column("handover.handed_on", "移送日期", kind="date"),
    Column("get_standing_display", "核对情况", phone="side"),
)


ALL: frozenset[str] = frozenset()
ASKED = (worklists.WORKERS | LEADERS) - OFFICES  # questions and suggestions reach no office


def of_kind(kind: str) -> Any:
    """What a tab shows: 检举控告, 申诉, 咨询求助, 意见建议 are kept apart."""
    return lambda rows, user: rows.filter(kind=kind)


class LeadList(ListPage):
    queryset = Lead.objects.for_list()
    section, title = "leads", "问题线索"
    template_name = "cases/leads.html"
    workflow, bulk_url = LEAD, "/leads/bulk/"
    filterset_class = LeadFilter
    main_filters = ("q", "state", "region")
    columns = pages.LIST_COLUMNS
    order = "-received_on"
    tabs = (
        Tab("", "全部"),
        Tab("sign", "待签批", lambda rows, user: rows.waiting_for(user), LEADERS),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user), worklists.WORKERS),
        Tab("unsigned", "待签收", lambda rows, user: rows.unsigned(), frozenset({Role.CASE_MANAGER})),
        Tab("soon", "将到期", lambda rows, user: worklists.soon(rows)),
        Tab("overdue", "已超期", lambda rows, user: rows.overdue(moment.today())),
        Tab("elsewhere", "待他人办理", worklists.elsewhere, worklists.WORKERS | LEADERS),
        Tab("review", "暂存待复核", lambda rows, user: worklists.to_review(rows), worklists.REVIEWERS),
        Tab("suspects", "疑似重复", lambda rows, user: rows.suspected(user), REGISTRARS),
        Tab("concluded", "已办结", lambda rows, user: rows.concluded()),
        Tab("to_archive", "待归档", lambda rows, user: rows.to_archive()),
        *(
            Tab(kind.value, str(kind.label), of_kind(kind.value), whose, line="类型")
            for kind, whose in (
                (Kind.COMPLAINT, ALL),
                (Kind.APPEAL, ALL),
                (Kind.CONSULTATION, ASKED),
                (Kind.SUGGESTION, ASKED),
            )
        ),
    )
    create_url, create_label = "/leads/new/", "登记线索"
    import_kind, sends_working = "leads", True
    exports = (("导出台账", "/api/v1/leads/ledger.csv"),)
    empty = "没有符合条件的问题线索。"

    def may_create(self) -> bool:
        return bool(services.channels_of(self.user))

    @cached_property
    def current_columns(self) -> list[Column]:
        """Under 待签收 the days unsigned stand beside, unless the person chose his columns."""
        columns, tab = super().current_columns, self.current_tab()
        chosen = [column.key for column in columns] != [column.key for column in usual(self.columns)]
        if chosen or tab is None or tab.key != "unsigned":
            return columns
        return [column for column in self.columns if column in columns or column.key == "unsigned"]


class LeadPage(RecordPage):
    queryset = Lead.objects.for_page()
    section, workflow, parent = "leads", LEAD, PARENT
    template_name = "cases/lead_record.html"

    def facts(self) -> Any:
        return pages.facts(self.object, self.user)

    def clocks(self) -> list[Any]:
        return [clock for clock in clocks.clocks_of(self.object) if clock.state != "stopped"]

    def tables(self) -> list[Table]:
        lead, offered = self.object, {step.name: step.label for step in LEAD.offered(self.object, self.user)}
        papers = pages.papers(lead, self.user)

        def adds(verb: str) -> tuple[str, str] | None:
            return (offered[verb], f"{lead.get_absolute_url()}{verb}/") if verb in offered else None

        tables = [
            pages.person_table(lead, self.user, offered),
            Table("处置步骤", pages.STEP_COLUMNS, lead.steps.all(), "还没有提出处置意见。", key="steps"),
            Table("暂存复核", pages.HOLD_COLUMNS, pages.hold_reviews(lead), key="hold_reviews"),
            Table("了结后续事项", pages.DUTY_COLUMNS, lead.closing_duties.all(), key="closing_duties"),
            Table("分办", pages.DISPATCH_COLUMNS, lead.dispatches.all(), "还没有分办。", key="dispatches"),
            Table("协办", pages.ASSIST_COLUMNS, lead.assists.all(), "没有协办部门。", adds("ask_assist"), "assists"),
            Table("移送其他机关", HANDED, lead.handover_rows.visible_to(self.user).select_related("handover__body", "handover__unit"),
                  key="handovers"),
            Table("材料", pages.PAPER_COLUMNS, papers, "没有您可以查看的材料。", adds("attach"), "papers"),
            pages.link_table(lead, self.user, offered),
            pages.merged_table(lead, self.user),
            Table("外部编号", pages.NUMBER_COLUMNS, lead.other_numbers.all(), "没有登记外部编号。", adds("add_number"), "numbers"),
            *pages.ending_tables(lead, adds),
            *pages.clearing_tables(lead, self.user),
            pages.identity_table(lead, self.user),
        ]  # fmt: skip
        tables[2:2] = pages.filing_tables(lead, adds)
        return [
            table
            for table in tables
            if table.action or list(table.rows) or table.key in ("subjects", "steps")
        ]

    def verbs(self) -> list[Verb]:
        return [verb for verb in super().verbs() if verb.name not in QUIET]

    def missing(self) -> list[Missing]:
        lead, offered = self.object, {step.name for step in LEAD.offered(self.object, self.user)}
        return [
            *pages.missing(lead, self.user), *pages.clearing_missing(lead, self.user),
            *pages.suspected(lead, self.user, offered),
        ]  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`may_reveal`: the desk that registered; `quiet`: the verbs below the fold."""
        quiet = [verb for verb in super().verbs() if verb.name in BELOW]
        lead = self.object
        if self.user.roles & REGISTRARS:
            quiet.append(Verb("repeats", "查找重复件", f"{lead.get_absolute_url()}repeats/", primary=False))
        for name, label, roles in FROM_HERE:
            if self.user.roles & roles:
                quiet.append(Verb(name, label, f"/{name}/new/?lead={lead.number}", primary=False))
        quiet += [
            Verb("clearing", label, url, primary=False) for label, url in pages.offered(lead, self.user)
        ]
        desk = lead.is_named and lead.registering_unit_id in self.user.unit_ids
        return super().get_context_data(
            quiet=quiet, may_note=desk, may_reveal=desk and vault.holds(lead, by=self.user), **kwargs
        )


class NewLead(CreatePage):
    section, title, label, parent = "leads", "登记问题线索", "登记", PARENT
    template_name = "cases/register.html"
    form_class, perform = forms.RegisterForm, staticmethod(services.register)
    formset_classes = {"subjects": forms.SubjectFormSet, "other_numbers": forms.NumberFormSet}  # noqa: RUF012
    intro = "属于上级机关管辖的检举控告不录入、不复印、不摘抄，请径送本机关主要负责人。"

    def may_open(self) -> bool:
        return bool(services.channels_of(self.user))

    @property
    def sends_up(self) -> bool:
        """Whether the link to what belongs to the superior stands there."""
        return bool(self.user.roles & DESK)

    def get_initial(self) -> dict[str, Any]:
        """`?channel=` is the script asking which details another channel wants."""
        return {"received_on": moment.today(), "channel": self.request.GET.get("channel", "")}

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Only the channels this person's post registers, and what the chosen one asks."""
        form: Any = super().get_form(form_class)
        allowed = services.channels_of(self.user)
        field = form.fields["channel"]
        field.choices = [choice for choice in field.choices if choice[0] in allowed]
        if not form.fields["batch"].queryset.exists():
            del form.fields["batch"]
        field.widget.attrs |= {
            "hx-get": self.request.path, "hx-target": DETAILS, "hx-select": DETAILS, "hx-swap": "outerHTML",
            "hx-trigger": "input",
        }  # fmt: skip
        chosen = form["channel"].value()
        forms.ask(form, chosen if chosen in allowed or form.is_bound else next(iter(allowed), ""))
        return form  # type: ignore[no-any-return]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Without a script a button asks for the details of the channel chosen."""
        if request.POST.get(MORE_ROWS) == "intake":
            return self.show(self.get_form(), self.get_formsets())
        return super().post(request, *args, **kwargs)

    def cleaned(self, form: BaseForm) -> dict[str, Any]:
        values = forms.taken(form.cleaned_data["channel"], dict(form.cleaned_data))
        values["complainant"] = {name: values.pop(name) for name in VAULT_FIELDS}
        return values

    def done_sentence(self, record: Any) -> str:
        return f"已登记，编号 {record.number}。"

    def success_address(self, record: Any) -> str:
        """The record; where it very likely repeats another, the page that says which."""
        address = str(record.get_absolute_url())
        return f"{address}repeats/" if matching.likely_repeats(record, self.user) else address
