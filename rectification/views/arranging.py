"""Forms of 变更单位."""

from typing import Any

from django.forms import BaseForm

from povertyaudit.core.views import Facts, Table
from rectification import arrangement_pages, services
from rectification.forms import arranging as forms
from rectification.views.acts import ItemAct


class AskTransfer(ItemAct):
    verb, form_class, perform = (
        "request_transfer",
        forms.TransferForm,
        staticmethod(services.request_transfer),
    )
    shows = staticmethod(arrangement_pages.table)
    done = "已提出变更，等待批复。"

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        form.offer_county(self.object.region.county_code())
        return form  # type: ignore[no-any-return]


class DecideTransfer(ItemAct):
    verb, form_class, perform = (
        "decide_transfer",
        forms.TransferDecisionForm,
        staticmethod(services.decide_transfer),
    )
    shows = staticmethod(arrangement_pages.asked)
    done = "变更已批复。"


class AnswerTransfer(ItemAct):
    @staticmethod
    def shows(item: Any) -> list[Facts | Table]:
        return [*arrangement_pages.asked(item)]
