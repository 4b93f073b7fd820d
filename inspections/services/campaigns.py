"""The verbs of a campaign (专题, 一季一主题): opened, its checklist set, leads tied to it, closed."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from cases.models import Lead
from inspections.models import Campaign, CampaignLead, CampaignPoint
from inspections.workflow.campaigns import CAMPAIGN, KEEPERS
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, User
from povertyaudit.core.scope import prefix_of

MOST_POINTS, MOST_LEADS, NAMED = 100, 500, 10


@transaction.atomic
def open_campaign(
    *, by: User, name: str, region: Region, year: int, starts_on: date, ends_on: date, quarter: int | None = None,
    theme: str = "", plan_paper: str = "", points: Iterable[Mapping[str, str]] = (), note: str = "",
) -> Campaign:  # fmt: skip
    """开展专题 with its checklist `points` [{"aspect", "text"}]. Raises NotAllowed, RuleBroken."""
    post = by.post_as(KEEPERS)
    if post is None:
        raise NotAllowed("open_campaign.role", "专题由巡察办或者案管室登记。")
    if not region.code.startswith(prefix_of(post.region_id)):
        raise RuleBroken("open_campaign.region", "只能登记本地区的专题，请重新选择地区。", field="region")
    wanted = _checked(points)
    row = Campaign(
        name=name, region=region, year=year, quarter=quarter, starts_on=starts_on, ends_on=ends_on, theme=theme,
        plan_paper=plan_paper, recorded_by=by, number=numbering.take("campaign", region, "ZT"),
    )  # fmt: skip
    below = [CampaignPoint(place=n, aspect=aspect, text=text) for n, (aspect, text) in enumerate(wanted, 1)]
    return rows.create(row, verb="campaign.open_campaign", by=by, note=note, children=below)


def _checked(points: Iterable[Mapping[str, str]]) -> list[tuple[str, str]]:
    wanted = [(one["aspect"].strip(), one["text"].strip()) for one in points]
    if any(not aspect or not text for aspect, text in wanted):
        raise RuleBroken("set_points.whole", "每个要点都要写明方面和内容。", field="points")
    texts = [text for _, text in wanted]
    if twice := sorted({text for text in texts if texts.count(text) > 1}):
        raise RuleBroken("set_points.twice", f"要点重复：{'；'.join(twice[:NAMED])}。", field="points")
    if len(wanted) > MOST_POINTS:
        raise RuleBroken("set_points.most", f"一个专题最多 {MOST_POINTS} 个要点。", field="points")
    return wanted


@transaction.atomic
def set_points(
    campaign: Campaign, *, by: User, points: Iterable[Mapping[str, str]], note: str = "",
    expected_version: int | None = None,
) -> Campaign:  # fmt: skip
    """确定问题要点: replaces the checklist. A point that leads or findings are counted under stays; leaving it out is refused."""
    row = CAMPAIGN.begin(campaign, "set_points", by=by, note=note, expected_version=expected_version)
    wanted = _checked(points)
    standing = {point.text: point for point in row.points.all()}
    saved = []
    for place, (aspect, text) in enumerate(wanted, 1):
        point = standing.pop(text, None) or CampaignPoint(campaign=row, text=text)
        if (point.pk, point.place, point.aspect) != (point.pk or 0, place, aspect):
            point.place, point.aspect = place, aspect
            saved.append(point)
    used = [point.text for point in standing.values() if point.ties.exists() or point.findings.exists()]
    if used:
        text = f"这些要点下已有线索或者问题，不能去掉：{'；'.join(used[:NAMED])}。"
        raise RuleBroken("set_points.used", text, field="points")
    facts = {"points": len(wanted)}
    done: Campaign = CAMPAIGN.finish(
        row, "set_points", by=by, note=note, saved=saved, removed=list(standing.values()), facts=facts
    )
    return done


@transaction.atomic
def tie_leads(
    campaign: Campaign, *, by: User, leads: Iterable[Lead], point: CampaignPoint | None = None, note: str = "",
    expected_version: int | None = None,
) -> Campaign:  # fmt: skip
    """列入线索: leads `by` knows of, under a point of the checklist or none. Those listed already take the new point."""
    row = CAMPAIGN.begin(campaign, "tie_leads", by=by, note=note, expected_version=expected_version)
    wanted = {lead.pk: lead for lead in leads}
    if not wanted:
        raise RuleBroken("tie_leads.none", "请填写要列入的线索。", field="leads")
    if len(wanted) > MOST_LEADS:
        raise RuleBroken("tie_leads.most", f"一次最多列入 {MOST_LEADS} 件，请分次列入。", field="leads")
    if Lead.objects.visible_to(by).filter(pk__in=wanted).count() != len(wanted):
        raise RuleBroken("tie_leads.unknown", "有的线索没有找到，请核对编号。", field="leads")
    if point is not None and point.campaign_id != row.pk:
        raise RuleBroken("tie_leads.point", "请选择本专题的要点。", field="point")
    standing = {tie.lead_id: tie for tie in row.ties.filter(lead__in=wanted)}
    saved = []
    for pk, lead in wanted.items():
        tie = standing.get(pk) or CampaignLead(campaign=row, lead=lead, tied_by=by)
        if tie.pk is None or (point is not None and tie.point_id != point.pk):
            tie.point = point
            saved.append(tie)
    if not saved:
        raise RuleBroken("tie_leads.there", "这些线索都已列入本专题。", field="leads")
    done: Campaign = CAMPAIGN.finish(
        row, "tie_leads", by=by, note=note, saved=saved, facts={"leads": len(saved)}
    )
    return done


@transaction.atomic
def untie_lead(
    campaign: Campaign, *, by: User, lead: Lead, note: str = "", expected_version: int | None = None
) -> Campaign:
    """移出线索: entered by mistake; the reason stays."""
    row = CAMPAIGN.begin(campaign, "untie_lead", by=by, note=note, expected_version=expected_version)
    tie = row.ties.visible_to(by).filter(lead=lead).first()
    if tie is None:
        raise RuleBroken("untie_lead.unknown", "这件线索没有列入本专题。", field="lead")
    done: Campaign = CAMPAIGN.finish(row, "untie_lead", by=by, note=note, removed=[tie], facts={"leads": -1})
    return done


def close_campaign(
    campaign: Campaign, *, by: User, note: str = "", expected_version: int | None = None
) -> Campaign:
    """结束专题."""
    done: Campaign = CAMPAIGN.apply(
        campaign,
        "close_campaign",
        by=by,
        note=note,
        expected_version=expected_version,
        closed_on=moment.today(),
    )
    return done


def reopen_campaign(
    campaign: Campaign, *, by: User, note: str = "", expected_version: int | None = None
) -> Campaign:
    """重新开展, with the reason."""
    done: Campaign = CAMPAIGN.apply(
        campaign, "reopen_campaign", by=by, note=note, expected_version=expected_version, closed_on=None
    )
    return done
