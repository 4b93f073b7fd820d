"""查找重复件: what may be the same matter, and what is said of two leads."""

from typing import Any

from cases import forms, pages, services
from cases.models import Lead
from cases.views.acts import LeadAct
from cases.workflow import LEAD
from povertyaudit.core.views import Fact, Facts, RecordPage, Table


class LeadRepeats(RecordPage):
    """The candidates of one lead, its links and what was merged into it."""

    queryset = Lead.objects.for_page()
    section, workflow = "leads", LEAD
    template_name = "cases/lead_repeats.html"

    def get_parent(self) -> tuple[str, str]:
        return str(self.object), self.object.get_absolute_url()

    def get_heading(self) -> str:
        return "查找重复件"

    def facts(self) -> Any:
        lead = self.object
        about = [
            Fact("反映问题摘要", lead.title, wide=True), Fact("被反映人", pages.persons(lead)),
            Fact("问题属地", lead.region.path_name), Fact("受理日期", lead.received_on, "date"),
            Fact("涉及金额（元）", lead.amount_fen, "money"),
        ]  # fmt: skip
        return [Facts("本件", about)]

    def tables(self) -> list[Table]:
        lead, offered = self.object, {step.name for step in LEAD.offered(self.object, self.user)}
        tables = [
            pages.candidate_table(lead, self.user, offered),
            pages.link_table(lead, self.user, offered),
            pages.merged_table(lead, self.user),
        ]
        return [tables[0], *(table for table in tables[1:] if list(table.rows))]


class AboutAnother(LeadAct):
    """A verb that names another lead: `?into=` or `?other=` puts its number in the form."""

    NAMES = ("into", "other")

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET[name] for name in self.NAMES if name in self.request.GET}

    def success_address(self, record: Any) -> str:
        """Back to the candidates while the lead is there to be compared."""
        address = super().success_address(record)
        return address if self.verb == "merge" else f"{self.object.get_absolute_url()}repeats/"


class MergeLead(AboutAnother):
    verb, perform, form_class = "merge", staticmethod(services.merge), forms.MergeForm
    intro = "合并后，本件的编号、来源、材料和反映人信息都保留，重复件数计入并入的线索；重复件不再告知受理。"


class LinkLead(AboutAnother):
    verb, perform, form_class = "link", staticmethod(services.link), forms.LinkForm
    done = "关联已登记。"


class KeepApart(AboutAnother):
    verb, perform, form_class = "keep_apart", staticmethod(services.keep_apart), forms.LinkForm
    done = "已登记为不是重复件，以后不再提示。"


class UnlinkLead(AboutAnother):
    verb, perform, form_class = "unlink", staticmethod(services.unlink), forms.UnlinkForm
    done = "已取消。"
