"""Pages of campaigns (专题)."""

from typing import Any
from urllib.parse import urlencode

from inspections import services
from inspections.filters import CampaignFilter, CampaignLeadFilter
from inspections.forms import CampaignForm, PointsForm, TieForm, UntieForm
from inspections.forms.campaigns import as_lines
from inspections.models import Campaign, CampaignLead, Stage
from inspections.pages.campaigns import by_point, figures, linked
from inspections.workflow import CAMPAIGN
from inspections.workflow.campaigns import KEEPERS
from povertyaudit.core import moment
from povertyaudit.core.views import ActPage, Column, CreatePage, Fact, Facts, ListPage, RecordPage, Tab, Table
from povertyaudit.core.views.records import Verb

SECTION, CAMPAIGNS = "campaigns", ("专题", "/campaigns/")
ROUND_COLUMNS = (
    Column("name", "轮次", kind="link"),
    Column("get_kind_display", "监督方式", phone="main"),
    Column("starts_on", "进驻", kind="date", phone="side"),
    Column("object_count", "巡察对象", kind="number", phone="more"),
    Column("finding_count", "发现问题", kind="number", phone="more"),
    Column("state", "状态", kind="state"),
)
LEAD_COLUMNS = (
    Column("lead.number", "线索编号", kind="link"),
    Column("lead.title", "反映的主要问题", phone="main"),
    Column("point.text", "专题要点", phone="sub"),
    Column("lead.get_state_display", "办理状态", phone="side"),
)
SHOWN_LEADS = 20


class CampaignList(ListPage):
    queryset = Campaign.objects.for_list()
    section, title = SECTION, "专题"
    filterset_class = CampaignFilter
    main_filters = ("q", "state", "year")
    columns = (
        Column("number", "专题编号", kind="link", order="number"),
        Column("name", "专题名称", phone="main"),
        Column("period", "时间", phone="sub"),
        Column("starts_on", "开始", kind="date", order="starts_on", phone="hide"),
        Column("ends_on", "结束", kind="date", phone="hide"),
        Column("region.name", "地区", phone="hide"),
        Column("state", "状态", kind="state"),
    )
    order = "-starts_on"
    tabs = (Tab("", "全部"), Tab("open", "进行中", lambda rows, user: rows.open()))
    create_url, create_label = "/campaigns/new/", "开展专题"
    empty = "没有符合条件的专题。"

    def may_create(self) -> bool:
        return bool(self.user.roles & KEEPERS)


class CampaignPage(RecordPage):
    queryset = Campaign.objects.for_list().prefetch_related("points")
    section, workflow, parent = SECTION, CAMPAIGN, CAMPAIGNS

    def facts(self) -> list[Facts]:
        row = self.object
        about = [
            Fact("时间", row.period),
            Fact("地区", row.region.path_name),
            Fact("开始日期", row.starts_on, "date"),
            Fact("结束日期", row.ends_on, "date"),
            Fact("实际结束日期", row.closed_on, "date"),
            Fact("登记人", row.recorded_by.display_name),
            Fact("方案文件", row.plan_paper),
            Fact("主题内容", row.theme, wide=True),
        ]
        return [Facts("专题", about), Facts("成效", self.funnel(), key="figures")]

    def funnel(self) -> list[Fact]:
        """Found → filed → sanctioned → transferred, each figure opening its rows."""
        row, found = self.object, figures(self.object, self.user)
        at = {
            stage: f"/campaign-leads/?{urlencode({'campaign': row.public_id, 'stage': stage})}"
            for stage in Stage
        }
        one = urlencode({"campaign": row.public_id})
        facts = [
            Fact("轮次", linked(found["rounds"], f"/rounds/?{one}", " 个")),
            Fact("发现问题", linked(found["findings"], f"/findings/?{one}", " 个")),
        ]
        persons = {
            Stage.SANCTIONED: found["persons_sanctioned"], Stage.TRANSFERRED: found["persons_transferred"],
        }  # fmt: skip
        for stage in Stage:
            more = f" 件 {persons[stage]} 人" if stage in persons else " 件"
            facts.append(Fact(str(stage.label), linked(found[stage], at[stage], more)))
        return [*facts, Fact("涉案款物已缴（元）", found["taken_fen"], "money")]

    def tables(self) -> list[Table]:
        row, base = self.object, self.object.get_absolute_url()
        offered = {
            step.name: (step.label, f"{base}{step.name}/") for step in CAMPAIGN.offered(row, self.user)
        }
        rounds = row.rounds.visible_to(self.user).for_list().order_by("-starts_on", "pk")
        ties = row.ties.visible_to(self.user).for_list().order_by("-pk")[:SHOWN_LEADS]
        return [
            Table(
                "问题要点", self.point_columns(), by_point(row, self.user), "还没有列出问题要点。",
                offered.get("set_points"), "points",
            ),
            Table("轮次", ROUND_COLUMNS, rounds, "还没有列入本专题的轮次。", key="rounds"),
            Table("线索", LEAD_COLUMNS, ties, "没有列入本专题、您有权查看的线索。", offered.get("tie_leads"), "leads"),
        ]  # fmt: skip

    def verbs(self) -> list[Verb]:
        """The checklist is set beside its table."""
        return [verb for verb in super().verbs() if verb.name != "set_points"]

    def point_columns(self) -> tuple[Column, ...]:
        one = self.object.public_id

        def figure(name: str, things: str) -> Any:
            return lambda point: linked(
                point[name], f"/{things}/?{urlencode({'campaign': one, 'point': point['text']})}"
            )

        return (
            Column("aspect", "方面", phone="first", value=lambda point: point["aspect"]),
            Column("text", "要点", phone="main", value=lambda point: point["text"]),
            Column("leads", "线索", kind="number", phone="more", value=figure("leads", "campaign-leads")),
            Column("findings", "问题", kind="number", phone="more", value=figure("findings", "findings")),
        )


class NewCampaign(CreatePage):
    section, title, label, parent = SECTION, "开展专题", "开展专题", CAMPAIGNS
    form_class, perform = CampaignForm, staticmethod(services.open_campaign)

    def may_open(self) -> bool:
        return bool(self.user.roles & KEEPERS)

    def get_initial(self) -> dict[str, Any]:
        home = self.user.post_as(KEEPERS)
        return {"year": moment.today().year, **({"region": home.region} if home else {})}


class CampaignAct(ActPage):
    queryset, section, workflow = Campaign.objects.for_list(), SECTION, CAMPAIGN


class SetPoints(CampaignAct):
    verb, perform, form_class = "set_points", staticmethod(services.set_points), PointsForm
    intro = "提交后以本页所列要点为准。"

    def get_initial(self) -> dict[str, Any]:
        return {"points": as_lines(self.object.points.all())}


class TieLeads(CampaignAct):
    verb, perform, form_class = "tie_leads", staticmethod(services.tie_leads), TieForm

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.of(self.object)
        return form


class UntieLead(CampaignAct):
    verb, perform, form_class = "untie_lead", staticmethod(services.untie_lead), UntieForm


class CloseCampaign(CampaignAct):
    verb, perform = "close_campaign", staticmethod(services.close_campaign)


class ReopenCampaign(CampaignAct):
    verb, perform = "reopen_campaign", staticmethod(services.reopen_campaign)


class CampaignLeadList(ListPage):
    queryset = CampaignLead.objects.for_list()
    section, title, parent = SECTION, "专题线索", CAMPAIGNS
    filterset_class = CampaignLeadFilter
    main_filters = ("q", "campaign", "stage")
    columns = (
        *LEAD_COLUMNS[:3],
        Column("campaign.name", "专题", phone="hide"),
        Column("lead.received_on", "受理日期", kind="date", phone="hide"),
        LEAD_COLUMNS[3],
    )
    empty = "没有符合条件的专题线索。"
