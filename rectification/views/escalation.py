"""Pages of 督办: the list, one step with its letter, one form a verb."""

from typing import Any

from povertyaudit.core.models import Attachment
from povertyaudit.core.papers import Paper
from povertyaudit.core.views import ActPage, Column, Fact, Facts, ListPage, PaperPage, RecordPage, Tab, Table
from povertyaudit.core.views.parts import Missing
from rectification import attached
from rectification import escalation_pages as pages
from rectification.escalation_filters import EscalationFilter
from rectification.models.escalation import Escalation
from rectification.services.escalation_words import paper_of
from rectification.workflow.escalation import ESCALATION

PARENT = ("督办", "/escalations/")


class EscalationList(ListPage):
    queryset = Escalation.objects.for_list()
    section, title, workflow = "escalations", "督办", ESCALATION
    filterset_class = EscalationFilter
    main_filters: Any = ("q", "step", "state")
    columns: Any = (
        Column("number", "编号", kind="link", order="number"),
        Column("item", "整改事项", kind="link", value=lambda row: row.item, phone="hide"),
        Column("problem", "具体问题", value=lambda row: row.item.title, phone="main"),
        Column("title", "督办", phone="sub"),
        Column("addressee", "收函单位", phone="hide"),
        Column("taken_on", "日期", kind="date", order="taken_on", phone="hide"),
        Column("reply_by_words", "回复时限", order="reply_by", phone="side", value=pages.reply_by),
        Column("state", "状态", kind="state"),
        Column("letter_no", "文号", shown=False),
        Column("days_late", "超期天数", kind="number", order="days_late", shown=False),
        Column("why", "为什么超期", shown=False),
        Column("reply_late", "逾期回复", shown=False),
        Column("region.name", "地区", shown=False),
    )
    order = "-taken_on"
    tabs: Any = (
        Tab("", "全部"),
        Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)),
        Tab("open", "待回复", lambda rows, user: rows.unanswered()),
        Tab("unanswered", "逾期未回复", lambda rows, user: rows.overdue_replies()),
        Tab("proposed", "约谈、通报、问责", lambda rows, user: rows.decided_by_people()),
    )
    empty = "没有符合条件的督办。"
    empty_hint = "超期的整改事项按督办阶梯逐级督办，每天早上生成。"


class EscalationPage(RecordPage):
    queryset = Escalation.objects.for_page()
    section, workflow, parent = "escalations", ESCALATION, PARENT

    def facts(self) -> list[Facts]:
        row = self.object
        found = pages.facts(row)
        if row.is_letter:
            words = "打开打印版" if row.letter_no else "预览函稿"
            found.append(
                Facts("全文", [Fact("函件", words, "link", row=Address(f"{row.get_absolute_url()}paper/"))])
            )
        return found

    def tables(self) -> list[Table]:
        files = attached.table(self.object, "回复的附件")
        told = Table("告知的人", pages.TOLD, pages.told(self.object), "还没有告知任何人。", key="told")
        return [files, told] if files.rows else [told]

    def missing(self) -> list[Missing]:
        return pages.missing(self.object)


class Address:
    """Something to link to that is no row."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get_absolute_url(self) -> str:
        return self.url


class LetterPaper(PaperPage):
    """The letter on one sheet: a draft as it will be sent, later as it was."""

    queryset, section = Escalation.objects.for_page(), "escalations"

    def paper(self) -> Paper:
        return paper_of(self.object)

    def file(self) -> Attachment | None:
        kept: Attachment | None = self.object.file()
        return kept


class EscalationAct(ActPage):
    queryset, section, workflow = Escalation.objects.for_page(), "escalations", ESCALATION
    perform: Any = None  # named by as_view


class Preview(EscalationAct):
    """签发: shows the letter whole."""

    shows = staticmethod(pages.preview)


class Reword(EscalationAct):
    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"demand": self.object.demand, "contact": self.object.contact}


class Answer(EscalationAct):
    template_name = "rectification/reply_form.html"
    shows = staticmethod(pages.asked)


class Decide(EscalationAct):
    shows = staticmethod(pages.proposal)
