"""Whose work an assessment is."""

from povertyaudit.core.models import Role

ORGANISERS = frozenset({Role.CASE_MANAGER, Role.SUPERVISION})
LEADERS = frozenset({Role.DEPUTY, Role.SECRETARY})
OVERSEERS = ORGANISERS | LEADERS
READERS = frozenset({Role.COUNTY_LEADER})  # of what is signed
JUDGED = frozenset({Role.LIAISON, Role.UNIT_HEAD, Role.SECTOR, Role.FINANCE})  # whose unit may be judged
SCORERS = frozenset(set(Role)) - {
    Role.SYSADMIN,
    Role.SECADMIN,
    Role.AUDITOR,
    Role.SERVICE,
    Role.COUNTY_LEADER,
}
