"""Pages of what a meeting decided: written down, issued as items, noted only."""

from typing import Any

from povertyaudit.activities.forms import papers as forms
from povertyaudit.activities.models import DecisionState
from povertyaudit.activities.services import decisions as services
from povertyaudit.activities.views.activities import ActivityAct
from povertyaudit.core.views import Fact, Facts


class OnDecisions(ActivityAct):
    def waiting(self) -> list[Any]:
        return [one for one in self.object.decisions.all() if one.state == DecisionState.OPEN]

    def success_address(self, record: Any) -> str:
        return f"{self.object.get_absolute_url()}#decisions"


class Decide(OnDecisions):
    """All that wait, on one page: changed, added, taken out."""

    verb, form_class, perform = "decide", forms.NothingBeside, staticmethod(services.decide)
    formset_classes: Any = {"decisions": forms.DecisionRows}
    intro = "一项一行。会后由监督检查室或者案管室下发为整改事项；不下发的，注明只作记录的理由。"
    done = "已登记议定事项。"

    def formset_initial(self, name: str) -> list[dict[str, Any]]:
        return [
            {"text": one.text, "unit": one.unit, "lead_unit": one.lead_unit, "due_on": one.due_on}
            for one in self.waiting()
        ]


class Chosen(OnDecisions):
    """One or several of those that wait."""

    field = "decisions"

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        chosen: Any = form.fields[self.field]
        chosen.queryset = self.object.decisions.filter(state=DecisionState.OPEN)
        chosen.label_from_instance = lambda one: f"（{one.no}）{one.text[:60]}"
        return form

    def shows(self, row: Any) -> list[Facts]:
        facts = [
            Fact(
                f"第 {one.no} 项",
                f"{one.text}（责任单位：{one.unit or '没有填写'}；牵头单位：{one.lead_unit or '没有填写'}；完成时限：{one.due_on or '没有填写'}）",
                wide=True,
            )
            for one in self.waiting()
        ]
        return [Facts("待下发的议定事项", facts)]


class IssueDecisions(Chosen):
    verb, form_class, perform = "issue_decisions", forms.IssueForm, staticmethod(services.issue_decisions)
    done = "已下发为整改事项，责任单位收到通知。"


class NoteDecision(Chosen):
    field = "decision"
    verb, form_class, perform = "note_decision", forms.NoteDecisionForm, staticmethod(services.note_decision)
