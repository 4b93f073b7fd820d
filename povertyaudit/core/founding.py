"""An empty database gets its county and its three officers: everything after that is their work, through the pages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from povertyaudit.core import audit, moment
from povertyaudit.core.administering import one_time_password
from povertyaudit.core.errors import DomainError, RuleBroken, WrongState, raise_all
from povertyaudit.core.models import Level, Person, Post, Region, Role, Unit, UnitKind, User

OFFICERS = {
    "sysadmin": Role.SYSADMIN,
    "secadmin": Role.SECADMIN,
    "auditor": Role.AUDITOR,
}  # user name -> role
OFFICE = "办公室"
# What every county has, so that posts can be granted on the first day: name, kind, letters of its register numbers.
ROOMS = (
    ("信访室", "XF"), ("案件监督管理室", "AG"), ("第一监督检查室", "JD1"), ("第二监督检查室", "JD2"),
    ("审查调查室", "SC"), ("案件审理室", "SL"), (OFFICE, "BG"),
)  # fmt: skip
BESIDE = (
    ("县委巡察办", UnitKind.PATROL_OFFICE, "XC"), ("县委巡察一组", UnitKind.PATROL_TEAM, "XZ1"),
    ("县委巡察二组", UnitKind.PATROL_TEAM, "XZ2"), ("县人民政府", UnitKind.LEADERSHIP, "ZF"),
)  # fmt: skip


@dataclass(frozen=True)
class Founded:
    """What the operator reads once: who may sign in, with which first password."""

    county: Region
    passwords: Mapping[str, str]


@transaction.atomic
def found_county(code: str, names: Sequence[str], officers: Mapping[str, str]) -> Founded:
    """Create the county (with province and city above it), its discipline body, and the three officers.

    `code` is the county's six- or 12-digit code, `names` are those of province, city and county, `officers` maps
    each user name of OFFICERS to a person's name. Regions that are there already keep their names. The first
    passwords must be changed at the first sign-in. Raises WrongState when there are accounts, Several for bad input.
    """
    if User._base_manager.exists():
        raise WrongState(
            "county.founded", "系统里已有账号，不能再次初始化。新账号请由系统管理员在页面上开设。"
        )
    _refuse_bad(code, names, officers)
    county = _regions(code[:6], names)
    office = _units(county)
    passwords = {name: _officer(name, officers[name].strip(), office) for name in OFFICERS}
    audit.record("county.found", county, by=None, facts={"officers": len(passwords)})
    return Founded(county, passwords)


def _refuse_bad(code: str, names: Sequence[str], officers: Mapping[str, str]) -> None:
    found: list[DomainError] = []
    if not re.fullmatch(r"[1-9][0-9]{5}(000000)?", code, re.ASCII) or code[4:6] == "00":
        found.append(
            RuleBroken("county.code", "区划代码应为县级的 6 位或 12 位数字，例如 990101。", field="code")
        )
    if len(names) != 3 or not all(name.strip() for name in names):
        found.append(RuleBroken("county.names", "请依次写明省、市、县的名称。", field="names"))
    people = [officers.get(name, "").strip() for name in OFFICERS]
    if not all(people):
        found.append(
            RuleBroken(
                "county.officers",
                "请写明系统管理员、安全保密管理员、安全审计员三人的姓名。",
                field="officers",
            )
        )
    elif len(set(people)) < len(people):
        found.append(RuleBroken("county.three", "三员必须是三个人，请写三个不同的姓名。", field="officers"))
    raise_all(found)


def _regions(six: str, names: Sequence[str]) -> Region:
    """Province, city and county; the path of a county begins with its own name, as pages show it."""
    parent: Region | None = None
    for size, level, name in zip((2, 4, 6), (Level.PROVINCE, Level.CITY, Level.COUNTY), names, strict=True):
        parent, _ = Region.objects.get_or_create(
            code=six[:size].ljust(12, "0"),
            defaults={"name": name.strip(), "path_name": name.strip(), "level": level, "parent": parent},
        )
    assert parent is not None  # noqa: S101 -- three turns
    return parent


def _units(county: Region) -> Unit:
    """The discipline body with its rooms, the patrol office and teams, the government; the office of the officers."""
    body = _unit(county, "县纪委监委", UnitKind.COMMISSION, "JW")
    rooms = {name: _unit(county, name, UnitKind.ROOM, code, body) for name, code in ROOMS}
    for name, kind, code in BESIDE:
        _unit(county, name, kind, code)
    return rooms[OFFICE]


def _unit(county: Region, name: str, kind: str, code: str, parent: Unit | None = None) -> Unit:
    known = {"kind": kind, "office_code": code, "parent": parent}
    made: Unit = Unit.objects.get_or_create(region=county, name=name, defaults=known)[0]
    return made


def _officer(username: str, person: str, office: Unit) -> str:
    """One account with its post; the password, which is kept nowhere."""
    password = one_time_password()
    user = User.objects.create_user(
        username,
        password,
        person=Person.objects.create(name=person),
        region=office.region,
        must_change_password=True,
    )
    Post.objects.create(
        user=user, unit=office, role=OFFICERS[username], region=office.region, starts_on=moment.today()
    )
    audit.record("account.create", user, by=None, facts={"role": OFFICERS[username]})
    return password
