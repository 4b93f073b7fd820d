"""The verbs of a round, each a page with its form."""

from typing import Any

from inspections import services
from inspections.forms import (
    AmendRoundForm,
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
    TeamForm,
)
from inspections.forms.rhythms import RhythmForm
from inspections.models import Round
from inspections.pages.teams import drawn
from inspections.querysets import RANK
from inspections.views.at_rows import AtRows
from inspections.workflow import ROUND
from povertyaudit.core import moment
from povertyaudit.core.views import ActPage, EditPage


class RoundAct(ActPage):
    queryset, section, workflow = Round.objects.all(), "rounds", ROUND


class OnThisRound(RoundAct):
    """A form whose choices are those of this round."""

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.of(self.object)
        return form


class AmendRound(OnThisRound, EditPage):
    verb, perform, form_class = "amend_round", staticmethod(services.amend_round), AmendRoundForm
    title, label = "修改轮次", "保存修改"
    intro = "改后的期限只用于以后起算的；已经反馈、登记的，期限不变。巡察地区和是否保密不能修改。"

    def get_initial(self) -> dict[str, Any]:
        return EditPage.get_initial(self) | {"note": ""}


class SetTeam(AtRows, RoundAct):
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
        members = team.members.select_related("user", "home_unit").order_by(RANK, "pk") if team else ()
        standing = [
            {
                "user": one.user, "name": one.name, "post_title": one.post_title, "role": one.role,
                "home_unit": one.home_unit, "seconded_from": one.seconded_from, "seconded_to": one.seconded_to,
            }
            for one in members
        ]  # fmt: skip
        return [*standing, *drawn(self.object, self.user, self.request.GET.get("draw", ""))] or None


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
