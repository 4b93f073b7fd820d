"""Pages of 佐证材料 beside its verbs: a new line of the lists of what is asked for."""

from povertyaudit.core import terms
from povertyaudit.core.views import CreatePage
from rectification import forms
from rectification.services import needs


class NewNeed(CreatePage):
    section, title, label = "terms", "新增佐证材料要求", "提出新增"
    parent = ("佐证材料清单", "/terms/?tab=evidence_needs")
    form_class, perform = forms.NeedForm, staticmethod(needs.propose)
    done = "已提出，等待安全保密管理员确认。"

    def may_open(self) -> bool:
        return terms.may_propose(self.user)
