"""Terms made through the verbs."""

from datetime import date

from povertyaudit.answering.models import Capacity
from povertyaudit.answering.services import letters, team_lists, terms
from povertyaudit.core.models import Region, UnitKind
from tests import factories

START = date(2025, 3, 1)


def place(code=factories.VILLAGE):
    return Region.objects.get(code=code)


def capacity(code):
    return Capacity.objects.get(code=code)


def term(people, code="first_secretary", at=factories.VILLAGE, name="周驻村", **more):
    """A term of somebody without an account, sent by the bureau of agriculture, entered by 监督检查室."""
    values = {
        "by": people.inspector1, "starts_on": START, "post_title": "科员",
        "home_unit": factories.unit("县农业农村局", UnitKind.DEPARTMENT), **more,
    }  # fmt: skip
    return terms.register(capacity=capacity(code), region=place(at), name=name, **values)


def every_level(people):
    """Somebody at each level over 石桥坳村, from the province down to the team; by capacity."""
    found = {
        "province": term(people, "party_head", "990000000000", "鲁省长"),
        "county": term(people, "party_head", factories.QINGHE, "钱县"),
        "sector": term(people, "sector", factories.QINGHE, "孙局", duty="产业扶贫"),
        "town": term(people, "party_head", factories.TOWN, "李镇"),
        "wb_village": term(people, "wb_village", factories.VILLAGE, "吴包村"),
        "first": term(people),
        "elsewhere": term(people, "party_head", factories.OTHER_TOWN, "郑乡"),
    }
    found["household"] = term(people, "wb_household", name="王帮户", object_no="H0012")
    return found


def letter(people):
    """Between the head of the county and the head of 柳溪镇."""
    county = term(people, "party_head", factories.QINGHE, "钱县")
    town = term(people, "party_head", factories.TOWN, "李镇")
    return letters.draw_up(by=people.casemgr, year=2026, upper=county, lower=town)


def team_list(people):
    """A list of one person that waits to be brought in."""
    factories.unit("县农业农村局", UnitKind.DEPARTMENT)
    line = {
        "region": "石桥坳村",
        "role": "队员",
        "name": "冯驻村",
        "unit": "县农业农村局",
        "starts_on": "2026-01-05",
    }
    return team_lists.take_in(by=people.patroloffice, lines=[line])
