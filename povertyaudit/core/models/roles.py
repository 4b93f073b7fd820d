"""The posts there are, which unit each belongs in, and the states of an account."""

from django.db import models

from povertyaudit.core.models.places import UnitKind


class Role(models.TextChoices):
    PETITION = "petition", "信访室"
    CASE_MANAGER = "case_manager", "案管室"
    SUPERVISION = "supervision", "监督检查室"
    INVESTIGATION = "investigation", "审查调查室"
    ADJUDICATION = "adjudication", "审理室"
    DEPUTY = "deputy", "分管领导"
    SECRETARY = "secretary", "主要负责人"
    PATROL_OFFICE = "patrol_office", "巡察办"
    PATROL_TEAM = "patrol_team", "巡察组"
    LIAISON = "liaison", "责任单位联络员"
    UNIT_HEAD = "unit_head", "责任单位主要负责人"
    SECTOR = "sector", "牵头单位审核人"
    FINANCE = "finance", "财政资金管理"
    COUNTY_LEADER = "county_leader", "县领导"
    SYSADMIN = "sysadmin", "系统管理员"
    SECADMIN = "secadmin", "安全保密管理员"
    AUDITOR = "auditor", "安全审计员"
    SERVICE = "service", "数据接口账户"


OFFICERS = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR})
KEEPERS = frozenset({Role.SYSADMIN, Role.SECADMIN})  # of accounts; the auditor reads the record
_ROOM, _ANSWERING = (UnitKind.ROOM,), (UnitKind.DEPARTMENT, UnitKind.TOWNSHIP, UnitKind.VILLAGE)
# role -> kinds of unit it is held in, and the letters the unit's office code begins with ("" for any)
PLACES: dict[str, tuple[tuple[UnitKind, ...], str]] = {
    Role.PETITION: (_ROOM, "XF"),
    Role.CASE_MANAGER: (_ROOM, "AG"),
    Role.SUPERVISION: (_ROOM, "JD"),
    Role.INVESTIGATION: (_ROOM, "SC"),
    Role.ADJUDICATION: (_ROOM, "SL"),
    Role.DEPUTY: ((UnitKind.COMMISSION,), ""),
    Role.SECRETARY: ((UnitKind.COMMISSION,), ""),
    Role.PATROL_OFFICE: ((UnitKind.PATROL_OFFICE,), ""),
    Role.PATROL_TEAM: ((UnitKind.PATROL_TEAM,), ""),
    Role.LIAISON: (_ANSWERING, ""),
    Role.UNIT_HEAD: (_ANSWERING, ""),
    Role.SECTOR: ((UnitKind.DEPARTMENT,), ""),
    Role.FINANCE: ((UnitKind.DEPARTMENT,), "CZ"),
    Role.COUNTY_LEADER: ((UnitKind.LEADERSHIP,), ""),
    Role.SYSADMIN: ((UnitKind.ROOM, UnitKind.COMMISSION), ""),
    Role.SECADMIN: ((UnitKind.ROOM, UnitKind.COMMISSION), ""),
    Role.AUDITOR: ((UnitKind.ROOM, UnitKind.COMMISSION), ""),
    Role.SERVICE: ((UnitKind.COMMISSION, UnitKind.OUTSIDE), ""),
}


class AccountState(models.TextChoices):
    ACTIVE = "active", "在用"
    WAITING = "waiting", "待任职"
    LOCKED = "locked", "已锁定"
    INACTIVE = "inactive", "已停用"
