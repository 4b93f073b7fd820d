"""The page of a new line of 复核和公示要求."""

from typing import Any

from django.forms import BaseForm

from povertyaudit.core import terms
from povertyaudit.core.views import CreatePage
from rectification.forms.check_rules import CheckRuleForm
from rectification.services import check_rules


class NewCheckRule(CreatePage):
    section, title, label = "terms", "新增复核和公示要求", "提出新增"
    parent = ("复核和公示要求", "/terms/?tab=check_rules")
    form_class, perform = CheckRuleForm, staticmethod(check_rules.propose)
    done = "已提出，等待安全保密管理员确认。"

    def may_open(self) -> bool:
        return terms.may_propose(self.user)

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        form.offer(self.user)
        return form  # type: ignore[no-any-return]
