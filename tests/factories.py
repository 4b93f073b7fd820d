"""Rows the stories stand on: two fictional counties and a small cast everyone knows.

`cast()` gives the people of the demo county by their demo user names; `neighbour` must never see anything of 青禾县.
Apps add their own makers below the kernel's.
"""

from datetime import date
from itertools import count
from types import SimpleNamespace

from povertyaudit.core.models import Person, Post, Region, Role, Unit, UnitKind, User

QINGHE, YUNPING = "990101000000", "990102000000"
TOWN, OTHER_TOWN, VILLAGE = "990101101000", "990101102000", "990101101201"
PASSWORD = "qinghe-2026"
_numbers = count(1)

PLACES = (
    ("990000000000", "安岚省", 1, None),
    ("990100000000", "澄江市", 2, "990000000000"),
    (QINGHE, "青禾县", 3, "990100000000"),
    (TOWN, "柳溪镇", 4, QINGHE),
    (VILLAGE, "石桥坳村", 5, TOWN),
    (OTHER_TOWN, "白杨乡", 4, QINGHE),
    (YUNPING, "云屏县", 3, "990100000000"),
    ("990102101000", "松涛镇", 4, YUNPING),
)

# user name, role, unit name, unit kind, office letters, region of the unit, root region of the post
PEOPLE = (
    ("petition", Role.PETITION, "信访室", UnitKind.ROOM, "XF", QINGHE, QINGHE),
    ("casemgr", Role.CASE_MANAGER, "案件监督管理室", UnitKind.ROOM, "AG", QINGHE, QINGHE),
    ("inspector1", Role.SUPERVISION, "第一监督检查室", UnitKind.ROOM, "JD", QINGHE, QINGHE),
    ("inspector2", Role.SUPERVISION, "第一监督检查室", UnitKind.ROOM, "JD", QINGHE, QINGHE),
    ("investigator", Role.INVESTIGATION, "审查调查室", UnitKind.ROOM, "SC", QINGHE, QINGHE),
    ("adjudicator", Role.ADJUDICATION, "案件审理室", UnitKind.ROOM, "SL", QINGHE, QINGHE),
    ("leader", Role.DEPUTY, "县纪委监委", UnitKind.COMMISSION, "JW", QINGHE, QINGHE),
    ("secretary", Role.SECRETARY, "县纪委监委", UnitKind.COMMISSION, "JW", QINGHE, QINGHE),
    ("patroloffice", Role.PATROL_OFFICE, "县委巡察办", UnitKind.PATROL_OFFICE, "XC", QINGHE, QINGHE),
    ("patrol1", Role.PATROL_TEAM, "县委巡察一组", UnitKind.PATROL_TEAM, "XZ", QINGHE, QINGHE),
    ("patrol2", Role.PATROL_TEAM, "县委巡察二组", UnitKind.PATROL_TEAM, "XZ", QINGHE, QINGHE),
    ("official", Role.LIAISON, "柳溪镇人民政府", UnitKind.TOWNSHIP, "", TOWN, TOWN),
    ("unithead", Role.UNIT_HEAD, "柳溪镇人民政府", UnitKind.TOWNSHIP, "", TOWN, TOWN),
    ("otherofficial", Role.LIAISON, "白杨乡人民政府", UnitKind.TOWNSHIP, "", OTHER_TOWN, OTHER_TOWN),
    ("sector", Role.SECTOR, "县农业农村局", UnitKind.DEPARTMENT, "", QINGHE, QINGHE),
    ("finance", Role.FINANCE, "县财政局", UnitKind.DEPARTMENT, "CZ", QINGHE, QINGHE),
    ("countyleader", Role.COUNTY_LEADER, "县人民政府", UnitKind.LEADERSHIP, "", QINGHE, QINGHE),
    ("sysadmin", Role.SYSADMIN, "县纪委监委办公室", UnitKind.ROOM, "BG", QINGHE, QINGHE),
    ("secadmin", Role.SECADMIN, "县纪委监委办公室", UnitKind.ROOM, "BG", QINGHE, QINGHE),
    ("auditor", Role.AUDITOR, "县纪委监委办公室", UnitKind.ROOM, "BG", QINGHE, QINGHE),
    ("ledgerclient", Role.SERVICE, "市纪委监委", UnitKind.OUTSIDE, "", "990100000000", "990100000000"),
    ("neighbour", Role.CASE_MANAGER, "案件监督管理室", UnitKind.ROOM, "AG", YUNPING, YUNPING),
    (
        "neighbourofficial",
        Role.LIAISON,
        "松涛镇人民政府",
        UnitKind.TOWNSHIP,
        "",
        "990102101000",
        "990102101000",
    ),
)


def places():
    """Both counties, with the path name of each region."""
    found = Region.objects.in_bulk([code for code, *_ in PLACES])
    if len(found) == len(PLACES):
        return found
    for code, name, level, parent in PLACES:
        above = found.get(parent)
        path = f"{above.path_name} / {name}" if above and above.level > 1 else name
        found[code], _ = Region.objects.get_or_create(
            code=code, defaults={"name": name, "level": level, "parent": above, "path_name": path}
        )
    return found


def unit(name, kind=UnitKind.ROOM, region=QINGHE, office_code=""):
    if not Region.objects.filter(code=region).exists():
        places()
    return Unit.objects.get_or_create(
        name=name, region_id=region, defaults={"kind": kind, "office_code": office_code}
    )[0]


def user(role, *, unit, region=QINGHE, username=None, person=None, since=date(2016, 1, 1), **fields):
    """An account with one post from `since` on. Without `person` it is somebody nobody else is."""
    name = username or f"user{next(_numbers)}"
    account = User.objects.create_user(
        name,
        PASSWORD,
        person=person or Person.objects.create(name=f"{name}某"),
        **{"region_id": unit.region.county_code()} | fields,
    )
    Post.objects.create(user=account, unit=unit, role=role, region_id=region, starts_on=since)
    return account


def cast():
    """Everybody, by user name. They are there before the first test; a test finds them as the next request would."""
    names = [name for name, *_ in PEOPLE]
    people = {
        user.username: user for user in User.objects.select_related("person").filter(username__in=names)
    }
    if len(people) == len(PEOPLE):
        return SimpleNamespace(**people)
    places()
    for name, role, unit_name, kind, letters, at, root in PEOPLE:
        home = unit(unit_name, kind, at, letters)
        people[name] = user(role, unit=home, region=root, username=name, is_service=role == Role.SERVICE)
    return SimpleNamespace(**people)


def fresh(account):
    """The account as the next request would load it: posts are read once per instance."""
    return User.objects.get(pk=account.pk)


def empty():
    """Take the cast and its places away again, for a story that starts from an empty database."""
    for model in (Post, User, Person, Unit):
        model.objects.all().delete()
    for level in (5, 4, 3, 2, 1):
        Region.objects.filter(level=level).delete()
