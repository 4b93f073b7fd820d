"""Every kind of list that may be taken in, by its code. A new one is a declaration here and nothing else."""

from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from povertyaudit.sheets.kinds.base import Kind
from povertyaudit.sheets.kinds.findings import FINDINGS
from povertyaudit.sheets.kinds.items import ITEMS
from povertyaudit.sheets.kinds.leads import LEADS
from povertyaudit.sheets.kinds.money import MISUSES, PAYMENTS, RECOVERIES
from povertyaudit.sheets.kinds.people import PERSONS, UNITS, USERS
from povertyaudit.sheets.kinds.projects import PROJECTS

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (LEADS, PERSONS, FINDINGS, ITEMS, PROJECTS, PAYMENTS, MISUSES, RECOVERIES, UNITS, USERS)
}


def kind_of(code: str) -> Kind:
    """The kind of this code. Raises RuleBroken."""
    if code not in KINDS:
        raise RuleBroken("sheet.kind", "没有这种表格，请重新选择。", field="kind")
    return KINDS[code]


def offered(user: User) -> list[Kind]:
    """The kinds this person may take in."""
    return [kind for kind in KINDS.values() if kind.may(user)]


__all__ = ["KINDS", "Kind", "kind_of", "offered"]
