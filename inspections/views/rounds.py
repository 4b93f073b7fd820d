"""Pages of rounds."""

from functools import cached_property
from typing import Any

from django.utils.html import format_html

from inspections import services
from inspections.filters import RoundFilter
from inspections.forms import (
    DecisionForm,
    FindingForm,
    FinishForm,
    HandLeadsForm,
    LeadFormSet,
    LinkForm,
    MemberFormSet,
    ObjectsForm,
    PaperForm,
    RecusalForm,
    RoundForm,
    TeamForm,
)
from inspections.forms.rhythms import RhythmForm
from inspections.models import Round
from inspections.pages.campaigns import linked
from inspections.pages.round_parts import Part, Seen, parts
from inspections.querysets import RANK
from inspections.workflow import OFFICE, ROUND
from povertyaudit.core import moment
from povertyaudit.core.views import (
    ActPage,
    Column,
    CreatePage,
    Fact,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Table,
)
from povertyaudit.core.views.records import Verb


def link(words: str, url: str) -> Any:
    """Words that lead somewhere."""
    return format_html('<a href="{}">{}</a>', url, words) if url else words


OWED_COLUMNS = (
    Column("what", "待办的事", phone="main", value=lambda one: link(one.what, one.url)),
    Column("who", "由谁办", phone="sub"),
    Column("due", "期限", kind="clock", phone="side"),
)


class RoundList(ListPage):
    queryset = Round.objects.for_list()
    section, title = "rounds", "巡察轮次"
    filterset_class = RoundFilter
    main_filters = ("q", "state", "kind")
    columns = (
        Column(
            "number", "轮次编号", kind="link", order="number", value=lambda row: row.number or "保密，未编号"
        ),
        Column("name", "轮次名称", phone="main"),
        Column("get_kind_display", "方式", phone="hide"),
        Column("starts_on", "进驻", kind="date", order="starts_on"),
        Column("ends_on", "计划离开", kind="date", phone="hide"),
        Column("finding_count", "发现问题", kind="number", phone="hide"),
        Column("state", "状态", kind="state"),
    )
    order = "-starts_on"
    create_url, create_label = "/rounds/new/", "部署轮次"
    empty = "没有符合条件的巡察轮次。"

    def may_create(self) -> bool:
        return bool(self.user.roles & OFFICE)


class RoundPage(RecordPage):
    queryset = Round.objects.for_page()
    section, workflow, parent = "rounds", ROUND, ("巡察轮次", "/rounds/")

    def facts(self) -> list[Facts]:
        return [Facts("轮次", self.about()), Facts("进展", self.progress(), key="progress")]

    def about(self) -> list[Fact]:
        row = self.object
        return [
            Fact("编号", row.number or "保密轮次，结束后编号"),
            Fact("监督方式", row.get_kind_display()),
            Fact("组织实施单位", row.run_by and row.run_by.name),
            Fact("组织实施单位类别", row.get_body_kind_display()),
            Fact("部署文件", row.authorisation),
            Fact("专题", row.campaign and row.campaign.name),
            Fact("上级轮次", self.above()),
            Fact("巡察地区", row.region.path_name),
            Fact("保密", "结束前保密" if row.secret else "不保密"),
            Fact("进驻日期", row.starts_on, "date"),
            Fact("计划离开日期", row.ends_on, "date"),
            Fact("结束日期", row.finished_on, "date"),
            Fact("办结日期", row.closed_on, "date"),
            Fact("部署人", row.ordered_by.display_name),
            Fact("批准人", row.approved_by.display_name),
            Fact("集中整改期", f"{row.window_months} 个月"),
            Fact("依据", row.window_rule, wide=True),
        ]

    def get_title(self) -> str:
        """A round is called by its name; the number stands before it in the heading."""
        return str(self.object)

    def above(self) -> str:
        """The round it is part of, by name; a secret one is not named."""
        above = self.object.parent
        return "" if above is None or above.is_secret_now else above.name

    @cached_property
    def seen(self) -> Seen:
        """The round as this reader may see it; what the parts read twice is kept here."""
        base = self.object.get_absolute_url()
        steps = ROUND.offered(self.object, self.user)
        return Seen(
            self.object, self.user, {step.name: (step.label, f"{base}{step.name}/") for step in steps}
        )

    @cached_property
    def parts(self) -> list[Part]:
        return parts()

    def progress(self) -> list[Fact]:
        """Every figure of every part, opening its rows."""
        return [
            Fact(
                one.label,
                linked(one.value, one.url, f" {one.unit}") if one.url else f"{one.value} {one.unit}",
            )
            for part in self.parts
            for one in part.counters(self.seen)
        ]

    def tables(self) -> list[Table]:
        owed = [one for part in self.parts for one in part.owed(self.seen)]
        first = [Table("待办", OWED_COLUMNS, owed, key="owed")] if owed else []
        return [*first, *(table for part in self.parts for table in part.tables(self.seen))]

    def clocks(self) -> list[Any]:
        """None of its own: what runs for its papers, opinions, notices and plans stands in 待办, the earliest of each."""
        return []

    def verbs(self) -> list[Verb]:
        """Without those that stand beside a table; 决定回避 while something waits to be decided."""
        beside = {name for part in self.parts for name in part.beside}
        if not any(one.state == "declared" for one in self.object.recusals.visible_to(self.user)):
            beside.add("decide_recusal")
        return [verb for verb in super().verbs() if verb.name not in beside]

    def missing(self) -> list[Missing]:
        row = self.object
        if row.finished_on or not self.user.roles & OFFICE:
            return []
        base, found = row.get_absolute_url(), []
        if not row.members.all():
            found.append(Missing("还没有确定巡察组成员，请先编组。", f"{base}set_team/"))
        if not row.object_count:
            found.append(Missing("还没有确定巡察对象。", f"{base}add_objects/"))
        return found


class NewRound(CreatePage):
    section, title, label, parent = "rounds", "部署巡察轮次", "部署", ("巡察轮次", "/rounds/")
    form_class, perform = RoundForm, staticmethod(services.open_round)

    def may_open(self) -> bool:
        return bool(self.user.roles & OFFICE)

    def get_initial(self) -> dict[str, Any]:
        home = self.user.post_as(OFFICE)
        return {"region": home.region} if home else {}


class RoundAct(ActPage):
    queryset, section, workflow = Round.objects.all(), "rounds", ROUND


class OnThisRound(RoundAct):
    """A form whose choices are those of this round."""

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.of(self.object)
        return form


class SetTeam(RoundAct):
    verb, perform, form_class = "set_team", staticmethod(services.set_team), TeamForm
    formset_classes = {"members": MemberFormSet}  # noqa: RUF012 — as the base class has it
    intro = "提交后以本页所列人员为准：没有列出的人员不再是该组成员。"

    def team(self) -> Any:
        """The team asked for in the address, else the first."""
        asked, teams = self.request.GET.get("team", ""), list(self.object.teams.all())
        return next((team for team in teams if team.name == asked), teams[0] if teams and not asked else None)

    def get_initial(self) -> dict[str, Any]:
        team = self.team()
        if team is None:
            return {"team": self.request.GET.get("team", "")[:30]}
        return {"team": team.name, "authorisation": team.authorisation, "repeat_reason": team.repeat_reason}

    def formset_initial(self, name: str) -> list[dict[str, Any]] | None:
        """Who is on the team, so that one is added or taken out."""
        team = self.team()
        if team is None:
            return None
        members = team.members.select_related("user", "home_unit").order_by(RANK, "pk")
        return [
            {
                "user": one.user, "role": one.role, "home_unit": one.home_unit, "seconded_from": one.seconded_from,
                "seconded_to": one.seconded_to,
            }
            for one in members
        ]  # fmt: skip


class AttachPaper(RoundAct):
    verb, perform, form_class = "attach", staticmethod(services.attach_to_round), PaperForm

    def success_address(self, record: Any) -> str:
        return f"{self.object.get_absolute_url()}#papers"


class AddObjects(OnThisRound):
    verb, perform, form_class = "add_objects", staticmethod(services.add_objects), ObjectsForm
    intro = "几种方式可以同时使用，一次列入；已经是本轮次对象的不重复列入。"
    done = "已列入巡察对象。"


class DeclareRecusal(OnThisRound):
    verb, perform, form_class = "declare_recusal", staticmethod(services.declare_recusal), RecusalForm
    intro = "自申报之日起不再接触该对象，看不到有关的问题和材料；决定不需回避的，再行恢复。"


class DecideRecusal(OnThisRound):
    verb, perform, form_class = "decide_recusal", staticmethod(services.decide_recusal), DecisionForm


class SetRhythm(RoundAct):
    verb, perform, form_class = "set_rhythm", staticmethod(services.set_rhythm), RhythmForm
    intro = "适用于本轮次发现问题的整改事项；个别事项另行调整的，以该事项的为准。"


class LinkRound(RoundAct):
    verb, perform, form_class = "link_round", staticmethod(services.link_round), LinkForm


class FinishRound(RoundAct):
    verb, perform, form_class = "finish_round", staticmethod(services.finish_round), FinishForm

    def get_initial(self) -> dict[str, Any]:
        return {"finished_on": moment.today()}


class CloseRound(RoundAct):
    verb, perform = "close_round", staticmethod(services.close_round)
    intro = "还有未转整改的问题、未决定的回避或者其他没有办完的事时，不能办结。"


class RecordFinding(OnThisRound):
    verb, perform, form_class = "record_finding", staticmethod(services.record_finding), FindingForm
    label, done = "登记发现问题", "已登记发现的问题。"

    def get_initial(self) -> dict[str, Any]:
        return {"found_on": moment.today()}


class HandLeads(RoundAct):
    verb, perform, form_class = "hand_lead", staticmethod(services.hand_lead), HandLeadsForm
    formset_classes = {"leads": LeadFormSet}  # noqa: RUF012 — as the base class has it
    intro = "边巡边移：移交给案管室，由其出具回执并逐条登记。涉及人员只记在移交的线索里，不写进发现的问题。"

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        return [{"finding": wanted}] if (wanted := self.request.GET.get("finding", "")[:22]) else []

    def get_formsets(self) -> dict[str, Any]:
        """Only problems of this round."""
        found = super().get_formsets()
        for form in found["leads"].forms:
            form.fields["finding"].queryset = form.fields["finding"].queryset.filter(round=self.object)
        return found
