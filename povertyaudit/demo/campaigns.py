"""专题 and 人才库 of the demonstration: a theme of this quarter with its checklist and leads, one just begun, one that is
over, and a pool."""

from datetime import date, timedelta

from cases.models import Lead
from inspections import services
from inspections.models import Round
from povertyaudit.core import moment
from povertyaudit.demo.people import Cast

ASPECTS = {
    "资金使用": (
        "补助发放不及时、不到户", "虚报冒领、套取骗取", "截留挪用、挤占", "资金闲置滞留", "账目不清、白条入账",
    ),
    "项目管理": ("未批先建、未验先用", "招投标走过场", "项目建成后闲置", "质量不合格", "利益联结没有兑现"),
    "政策落实": ("对象识别不准", "政策宣传不到位", "应享未享", "优亲厚友", "兑现打折扣"),
    "干部作风": ("形式主义、数字脱贫", "推诿扯皮", "吃拿卡要", "弄虚作假", "对群众诉求不回应"),
    "村级管理": ("公开不及时、不真实", "民主决策走过场", "集体资产流失", "村务监督虚置"),
    "监督管理": ("主管部门监管缺位", "乡镇审核把关不严", "问题整改不到位", "责任追究不到位"),
}  # fmt: skip
TIED = 6
SKILLS = {
    "finance": "财务审计", "sector": "产业项目", "inspector1": "执纪审查", "inspector2": "执纪审查",
    "investigator": "审查调查", "adjudicator": "案件审理", "petition": "信访处理", "inspector3": "工程项目",
}  # fmt: skip


def make(cast: Cast) -> None:
    """After everything else: the leads are there to be tied, and the round under way to be drawn for."""
    today = moment.today()
    quarter = (today.month + 2) // 3
    starts = date(today.year, quarter * 3 - 2, 1)
    points = [{"aspect": aspect, "text": text} for aspect, texts in ASPECTS.items() for text in texts]
    row = services.open_campaign(
        by=cast.patroloffice, name="产业奖补资金专题", region=cast.places.county, year=today.year, quarter=quarter,
        starts_on=starts, ends_on=starts + timedelta(days=91), plan_paper=f"县纪委〔{today.year}〕9 号", points=points,
        theme="围绕到户产业奖补、项目投资和后续管护，查资金、查项目、查作风。",
    )  # fmt: skip
    leads = Lead.objects.visible_to(cast.casemgr).filter(region__code__startswith=cast.places.county.prefix)
    first = leads.filter(number__endswith=f"-XF-{today.year}-0001")
    filed = leads.filter(case__isnull=False).order_by("pk")[:TIED]
    point = row.points.get(text="虚报冒领、套取骗取")
    services.tie_leads(row, by=cast.casemgr, leads=[*first, *filed], point=point)
    under_way = Round.objects.get(name="第十二届县委第七轮巡察")
    services.join_campaign(under_way, by=cast.patroloffice, campaign=row)
    before = services.open_campaign(
        by=cast.patroloffice, name="危房改造专题", region=cast.places.county, year=today.year - 1, quarter=4,
        starts_on=date(today.year - 1, 10, 1), ends_on=date(today.year - 1, 12, 31),
    )  # fmt: skip
    services.close_campaign(before, by=cast.patroloffice, note="已总结。")
    services.open_campaign(
        by=cast.casemgr, name="村级财务专题", region=cast.places.county, year=today.year, starts_on=starts,
        ends_on=starts + timedelta(days=120), theme="查村级账目、资产和公开。",
    )  # fmt: skip
    pool(cast, today - timedelta(days=200))
    services.draw_people(under_way, by=cast.patroloffice, size=2, seed="2026", note="为第二阶段补充力量。")
    services.add_person(
        by=cast.patroloffice, name="程德厚", post_title="退休村支书", home_unit=cast.town_unit(3), skills="村务熟悉",
        starts_on=today - timedelta(days=30),
    )  # fmt: skip


def pool(cast: Cast, since: date) -> None:
    """People of the discipline body and of departments; one of them on the team already."""
    for username, skills in SKILLS.items():
        services.add_person(
            by=cast.patroloffice, user=getattr(cast, username), skills=skills, starts_on=since
        )
