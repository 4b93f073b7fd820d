"""What regions and classifications hand to the rail and the home page of those who keep them."""

from typing import Any

from povertyaudit.core import terms
from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section
from povertyaudit.core.models import RegionChange, Role, UnitChange


def _asked(user: Any) -> Any:
    return RegionChange.objects.visible_to(user).waiting()


def _asked_count(user: Any) -> int:
    return int(_asked(user).count()) if Role.SECADMIN in user.roles else 0


def _units_to_confirm(user: Any) -> Any:
    return UnitChange.objects.visible_to(user).waiting().exclude(changed_by__person_id=user.person_id)


def _units_count(user: Any) -> int:
    return int(_units_to_confirm(user).count()) if Role.SECADMIN in user.roles else 0


def _terms_count(user: Any) -> int:
    return len(terms.waiting_for(user))


RAIL = (
    RailEntry(
        "terms",
        "分类目录",
        "/terms/",
        frozenset({Role.CASE_MANAGER, Role.SECADMIN, Role.SYSADMIN}),
        count=_terms_count,
    ),
    RailEntry(
        "units",
        "单位",
        "/units/",
        frozenset({Role.CASE_MANAGER, Role.SECADMIN, Role.SYSADMIN}),
        count=_units_count,
    ),
    RailEntry(
        "regions",
        "地区",
        "/regions/",
        frozenset({Role.CASE_MANAGER, Role.SECADMIN, Role.SYSADMIN}),
    ),
    RailEntry(
        "region_changes",
        "地区变更待确认",
        "/region-changes/",
        frozenset({Role.SECADMIN}),
        count=_asked_count,
    ),
)


def regions_to_confirm(user: Any) -> Section | None:
    """撤销地区的去向, for 安全保密."""
    if Role.SECADMIN not in user.roles:
        return None
    rows = _asked(user)
    entries = [
        Entry(row.region.code, row.region.path_name, row.get_absolute_url(), "写明去向", None, row)
        for row in rows.for_list().order_by("region_id")[:LIMIT]
    ]
    return Section("地区变更待确认", "/region-changes/", entries, rows.count())


def terms_to_confirm(user: Any) -> Section | None:
    """待确认的分类项, for 安全保密."""
    if Role.SECADMIN not in user.roles:
        return None
    found = terms.waiting_for(user)
    entries = [
        Entry(term.listed.label, term.title, term.get_absolute_url(), "确认", None, term)
        for term in found[:LIMIT]
    ]
    return Section("待确认的分类项", "/terms/", entries, len(found))


def units_to_confirm(user: Any) -> Section | None:
    """待确认的单位变更, for 安全保密."""
    if Role.SECADMIN not in user.roles:
        return None
    rows = _units_to_confirm(user)
    entries = [
        Entry(change.unit_name, change.title, change.get_absolute_url(), "确认", None, change)
        for change in rows.for_list()[:LIMIT]
    ]
    return Section("待确认的单位变更", "/unit-changes/", entries, rows.count())
