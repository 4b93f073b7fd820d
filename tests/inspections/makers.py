"""Rounds and findings made through the verbs."""

from datetime import date

from inspections import services
from povertyaudit.core.models import Region
from tests import factories

STARTS, ENDS = date(2026, 3, 2), date(2026, 4, 30)


def round_(people, name="第三届县委第五轮巡察", *, secret=False, team=True, **more):
    made = services.open_round(
        by=people.patroloffice, name=name, region=Region.objects.get(code=factories.QINGHE), starts_on=STARTS,
        ends_on=ENDS, approved_by=people.secretary, secret=secret, **more,
    )  # fmt: skip
    if team:
        members = [{"user": people.patrol1, "role": "leader"}]
        services.set_team(made, by=people.patroloffice, members=members)
        made.refresh_from_db()
    return made


def finding(people, within, text="到户奖补资金拨付迟缓，滞留四个月。", **more):
    values = {
        "problem_class": "资金使用", "unit": factories.unit("柳溪镇人民政府", region=factories.TOWN),
        "found_on": STARTS, **more,
    }  # fmt: skip
    return services.record_finding(within, by=people.patrol1, text=text, **values)


def objects(people, within, names="柳溪镇\n石桥坳村\n白杨乡", **more):
    """Objects of the round, by name."""
    services.add_objects(within, by=people.patroloffice, names=names, **more)
    within.refresh_from_db()
    return {one.name: one for one in within.round_objects.select_related("round").order_by("pk")}


POINTS = (
    {"aspect": "资金使用", "text": "补助发放不及时"},
    {"aspect": "资金使用", "text": "虚报冒领"},
    {"aspect": "项目管理", "text": "项目闲置"},
)


def campaign(people, name="危房改造专题", **more):
    values = {"year": 2026, "quarter": 1, "starts_on": date(2026, 1, 4), "ends_on": date(2026, 3, 31), **more}
    return services.open_campaign(
        by=people.patroloffice,
        name=name,
        region=Region.objects.get(code=factories.QINGHE),
        points=POINTS,
        **values,
    )


def pooled(people, *names):
    """People of the cast in the pool; the last of them."""
    made = None
    for name in names or ("finance",):
        made = services.add_person(
            by=people.patroloffice, user=getattr(people, name), starts_on=date(2026, 1, 5)
        )
    return made
