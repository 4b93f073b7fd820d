"""Pages of what came back of misused money."""

from typing import Any

from django.forms import BaseForm

from funds import services
from funds.forms import RecoveryForm, VoidRecoveryForm
from funds.models import Misuse
from funds.recovery_columns import recovery_words
from funds.workflow import MISUSE
from povertyaudit.core import moment
from povertyaudit.core.views import ActPage, Fact, Facts


class MisuseAct(ActPage):
    queryset, section, workflow = Misuse.objects.for_list(), "misuses", MISUSE

    def money(self) -> list[Facts]:
        """What the desk must have before its eyes."""
        row = self.object
        facts = [
            Fact("涉及金额（元）", row.amount_fen, "money"),
            Fact("已追缴（元）", row.recovered_fen, "money"),
            Fact("未追缴（元）", row.left_fen, "money"),
            Fact("责任单位", row.responsible_unit.name),
        ]
        return [Facts(row.title, facts)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"shown": self.money()}


class RecordRecovery(MisuseAct):
    verb, perform, form_class = "record_recovery", staticmethod(services.record_recovery), RecoveryForm
    done = "已登记追缴。"

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": moment.today()}


class VoidRecovery(MisuseAct):
    verb, perform, form_class = "void_recovery", staticmethod(services.void_recovery), VoidRecoveryForm
    destructive, done = True, "已作废，该笔金额不再计入。"

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        field: Any = form.fields["recovery"]
        field.queryset = self.object.recoveries.standing()
        field.label_from_instance = recovery_words
        return form
