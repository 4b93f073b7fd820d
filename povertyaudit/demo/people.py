"""Who works in the demonstration: units, accounts and posts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.contrib.auth.hashers import make_password

from povertyaudit.core.models import Area, Person, Post, Region, Role, Unit, UnitAlias, UnitKind, User
from povertyaudit.demo.geography import CITY, Places
from povertyaudit.demo.words_rounds import MORE_DEPARTMENTS

SINCE = date(2019, 1, 1)
FAMILY = "沈陆顾苏叶傅钟霍岑卞贺柏骆蓝乔宁温简屈鲁戚费廉邬桑"
GIVEN = (
    "砚秋", "知远", "墨川", "清屿", "怀谷", "书衡", "景禾", "若渠", "思澈", "云樵", "北辰", "可岚", "望舒", "与安",
    "明砥", "敬之", "立言", "行简", "守拙", "月溪", "初霁", "向榆", "念禾", "成蹊",
)  # fmt: skip
ROOMS = (
    ("信访室", "XF", UnitKind.ROOM), ("案件监督管理室", "AG", UnitKind.ROOM), ("第一监督检查室", "JD1", UnitKind.ROOM),
    ("第二监督检查室", "JD2", UnitKind.ROOM), ("审查调查室", "SC", UnitKind.ROOM), ("案件审理室", "SL", UnitKind.ROOM),
    ("办公室", "BG", UnitKind.ROOM),
)  # fmt: skip
PATROL = (
    ("县委巡察办", "XC", UnitKind.PATROL_OFFICE), ("县委巡察一组", "XZ1", UnitKind.PATROL_TEAM),
    ("县委巡察二组", "XZ2", UnitKind.PATROL_TEAM), ("县委巡察三组", "XZ3", UnitKind.PATROL_TEAM),
)  # fmt: skip
DEPARTMENTS = (
    "县农业农村局", "县财政局", "县发展和改革局", "县交通运输局", "县水利局", "县教育局", "县民政局", "县住房和城乡建设局",
    "县林业局", "县乡村振兴局", "县人力资源和社会保障局", "县卫生健康局",
)  # fmt: skip
SECONDED = 45  # with the leaders of the two standing teams 47
FEW_DEPARTMENTS = ("县农业农村局", "县财政局", "县交通运输局", "县民政局", "县乡村振兴局")

# user name, role, unit; "@n" is the n-th township's government.
CAST = (
    ("petition", Role.PETITION, "信访室"), ("petition2", Role.PETITION, "信访室"),
    ("casemgr", Role.CASE_MANAGER, "案件监督管理室"), ("casemgr2", Role.CASE_MANAGER, "案件监督管理室"),
    ("inspector1", Role.SUPERVISION, "第一监督检查室"), ("inspector2", Role.SUPERVISION, "第一监督检查室"),
    ("inspector3", Role.SUPERVISION, "第二监督检查室"), ("inspector4", Role.SUPERVISION, "第二监督检查室"),
    ("investigator", Role.INVESTIGATION, "审查调查室"), ("investigator2", Role.INVESTIGATION, "审查调查室"),
    ("adjudicator", Role.ADJUDICATION, "案件审理室"), ("leader", Role.DEPUTY, "县纪委监委"),
    ("leader2", Role.DEPUTY, "县纪委监委"), ("secretary", Role.SECRETARY, "县纪委监委"),
    ("patroloffice", Role.PATROL_OFFICE, "县委巡察办"), ("patrol1", Role.PATROL_TEAM, "县委巡察一组"),
    ("patrol2", Role.PATROL_TEAM, "县委巡察二组"), ("official", Role.LIAISON, "@2"), ("unithead", Role.UNIT_HEAD, "@2"),
    ("sector", Role.SECTOR, "县农业农村局"), ("sector2", Role.SECTOR, "县发展和改革局"),
    ("sector3", Role.SECTOR, "县财政局"), ("sector4", Role.SECTOR, "县乡村振兴局"),
    ("finance", Role.FINANCE, "县财政局"), ("countyleader", Role.COUNTY_LEADER, "县人民政府"),
    ("countyleader2", Role.COUNTY_LEADER, "县人民政府"), ("sysadmin", Role.SYSADMIN, "办公室"),
    ("secadmin", Role.SECADMIN, "办公室"), ("auditor", Role.AUDITOR, "办公室"),
)  # fmt: skip
NEIGHBOURS = (
    ("neighbour", Role.CASE_MANAGER, "案件监督管理室"), ("neighbourofficial", Role.LIAISON, "@2"),
    ("neighbourhead", Role.UNIT_HEAD, "@2"), ("neighbourpetition", Role.PETITION, "信访室"),
    ("neighbourinspector1", Role.SUPERVISION, "第一监督检查室"),
    ("neighbourinspector2", Role.SUPERVISION, "第一监督检查室"),
    ("neighbourinvestigator", Role.INVESTIGATION, "审查调查室"),
    ("neighbouradjudicator", Role.ADJUDICATION, "案件审理室"), ("neighbourleader", Role.DEPUTY, "县纪委监委"),
    ("neighboursecretary", Role.SECRETARY, "县纪委监委"), ("neighbourpatrol", Role.PATROL_OFFICE, "县委巡察办"),
    ("neighboursector", Role.SECTOR, "县农业农村局"), ("neighbourfinance", Role.FINANCE, "县财政局"),
    ("neighbourcountyleader", Role.COUNTY_LEADER, "县人民政府"),
)  # fmt: skip


@dataclass
class Cast:
    """The people and units of one county, by user name and unit name."""

    places: Places
    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    seconded: list[User] = field(default_factory=list)

    def __getattr__(self, name: str) -> User:
        users: dict[str, User] = self.__dict__.get("users", {})
        if name not in users:
            raise AttributeError(name)
        found: User = users[name]
        return found

    @cached_property
    def by_key(self) -> dict[int, User]:
        return {user.pk: user for user in self.users.values()}

    @cached_property
    def unit_names(self) -> dict[int, str]:
        return {unit.pk: name for name, unit in self.units.items()}

    def town_unit(self, number: int) -> Unit:
        """The government of the n-th township, counted from 1."""
        return self.units[town_office(self.places.towns[number - 1])]

    def holding(self, role: str, unit: Unit) -> User:
        """Somebody who holds the role in the unit."""
        for user in self.users.values():
            if any(post.role == role and post.unit_id == unit.pk for post in user.current_posts()):
                return user
        raise LookupError(f"nobody is {role} of {unit}")


def town_office(town: Region) -> str:
    return f"{town.name}人民政府"


@dataclass
class Hall:
    """Builds accounts: one password hash for all, a new name for each person."""

    password: str
    made: int = 0

    def __post_init__(self) -> None:
        self.hash = make_password(self.password)

    def unsaved(self) -> Person:
        family, given = FAMILY[self.made % len(FAMILY)], GIVEN[(self.made * 7 + self.made // 24) % len(GIVEN)]
        self.made += 1
        return Person(name=f"{family}{given}", phone=f"0990-5{self.made:06}")

    def person(self) -> Person:
        person = self.unsaved()
        person.save()
        return person

    def user(self, username: str, role: str, unit: Unit, region: Region) -> User:
        """An account with one post. A unit that answers for a township has that township as its root."""
        user: User = User.objects.create(
            username=username,
            person=self.person(),
            password=self.hash,
            is_service=role == Role.SERVICE,
            region_id=unit.region.county_code(),
        )
        Post.objects.create(user=user, unit=unit, role=role, region=region, starts_on=SINCE)
        return user


def build(qinghe: Places, yunping: Places, password: str) -> tuple[Cast, Cast]:
    """Everybody of both counties, and the service account of the city."""
    hall = Hall(password)
    ours = _county(hall, qinghe, CAST, DEPARTMENTS)
    theirs = _county(hall, yunping, NEIGHBOURS, FEW_DEPARTMENTS)
    city = Region.objects.get(code=CITY)
    body = _unit("澜汀市纪委监委", UnitKind.COMMISSION, city, "SJ")
    ours.users["ledgerclient"] = hall.user("ledgerclient", Role.SERVICE, body, city)
    _second_row(hall, ours)
    _heads_of_areas(ours)
    ours.units["县委组织部"] = _unit("县委组织部", UnitKind.DEPARTMENT, qinghe.county)
    ours.users["organiser"] = hall.user("organiser", Role.SECTOR, ours.units["县委组织部"], qinghe.county)
    theirs.users |= {"neighbourcasemgr": theirs.neighbour, "neighbourunithead": theirs.neighbourhead}
    UnitAlias.objects.create(unit=ours.units["县乡村振兴局"], name="县扶贫办")
    UnitAlias.objects.create(unit=ours.units["县农业农村局"], name="县农粮局")
    _seconded(hall, ours)
    return ours, theirs


def _county(
    hall: Hall, places: Places, cast: Iterable[tuple[str, str, str]], departments: Iterable[str]
) -> Cast:
    made = Cast(places)
    body = _unit("县纪委监委", UnitKind.COMMISSION, places.county, "JW")
    made.units[body.name] = body
    made.units |= {n: _unit(n, kind, places.county, code, body) for n, code, kind in ROOMS}
    made.units |= {n: _unit(n, kind, places.county, code) for n, code, kind in PATROL}
    made.units["县人民政府"] = _unit("县人民政府", UnitKind.LEADERSHIP, places.county, "ZF")
    codes = {"县财政局": "CZ"}
    made.units |= {n: _unit(n, UnitKind.DEPARTMENT, places.county, codes.get(n, "")) for n in departments}
    made.units |= {town_office(t): _unit(town_office(t), UnitKind.TOWNSHIP, t) for t in places.towns}
    for username, role, where in cast:
        unit = made.town_unit(int(where[1:])) if where[0] == "@" else made.units[where]
        made.users[username] = hall.user(username, role, unit, unit.region)
    return made


def _second_row(hall: Hall, cast: Cast) -> None:
    """A liaison and a head in every other township, and in the departments that answer for something themselves."""
    for number, town in enumerate(cast.places.towns, start=1):
        if number != 2:
            _pair(hall, cast, f"{number:02}", cast.units[town_office(town)])
    for name, word in (
        ("县财政局", "cz"),
        ("县乡村振兴局", "xczx"),
        ("县民政局", "mz"),
        ("县农业农村局", "ny"),
    ):
        _pair(hall, cast, word, cast.units[name])


def _seconded(hall: Hall, cast: Cast) -> None:
    """The departments a big round looks at, and who is seconded to it: written together, they are many."""
    names = [name for name in MORE_DEPARTMENTS if name not in cast.units]
    made = Unit.objects.bulk_create(
        Unit(name=name, kind=UnitKind.DEPARTMENT, region=cast.places.county, starts_on=SINCE)
        for name in names
    )
    cast.units |= {unit.name: unit for unit in made}
    teams = [cast.units[name] for name in ("县委巡察三组", "县委巡察一组", "县委巡察二组")]
    people = Person.objects.bulk_create(hall.unsaved() for _ in range(SECONDED))
    cast.seconded = User.objects.bulk_create(
        User(username=f"seconded{number:02}", person=person, password=hall.hash, region=cast.places.county)
        for number, person in enumerate(people, 1)
    )
    Post.objects.bulk_create(
        Post(
            user=user,
            unit=teams[number % 3],
            role=Role.PATROL_TEAM,
            region=cast.places.county,
            starts_on=SINCE,
        )
        for number, user in enumerate(cast.seconded)
    )


def _heads_of_areas(cast: Cast) -> None:
    """片长: members of the body's leadership, each over one area beside what they lead."""
    areas = Area.objects.filter(county=cast.places.county).order_by("pk")
    for username, area in zip(("leader", "leader2"), areas, strict=False):
        user, body = cast.users[username], cast.units["县纪委监委"]
        Post.objects.create(
            user=user, unit=body, role=Role.DEPUTY, region=cast.places.county, area=area, starts_on=SINCE
        )


def _pair(hall: Hall, cast: Cast, word: str, unit: Unit) -> None:
    cast.users[f"official{word}"] = hall.user(f"official{word}", Role.LIAISON, unit, unit.region)
    cast.users[f"unithead{word}"] = hall.user(f"unithead{word}", Role.UNIT_HEAD, unit, unit.region)


def _unit(name: str, kind: str, region: Region, code: str = "", parent: Unit | None = None) -> Unit:
    return Unit.objects.create(
        name=name, kind=kind, region=region, office_code=code, parent=parent, starts_on=SINCE
    )
