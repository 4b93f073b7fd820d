"""The page of a new line of 分类公示要求."""

from funds.forms.notice_rules import NoticeRuleForm
from funds.services import notice_terms
from povertyaudit.core import terms
from povertyaudit.core.views import CreatePage


class NewNoticeRule(CreatePage):
    section, title, label = "terms", "新增分类公示要求", "提出新增"
    parent = ("分类公示要求", "/terms/?tab=notice_rules")
    form_class, perform = NoticeRuleForm, staticmethod(notice_terms.propose)
    done = "已提出，等待安全保密管理员确认。"

    def may_open(self) -> bool:
        return terms.may_propose(self.user)
