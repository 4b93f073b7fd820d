"""Who reads figures, who checks and who signs them."""

from povertyaudit.core.models import Role
from povertyaudit.reporting.querysets import CHECKERS, LEADERS

READERS = LEADERS | CHECKERS | {
    Role.SUPERVISION, Role.INVESTIGATION, Role.ADJUDICATION, Role.PETITION, Role.FINANCE, Role.COUNTY_LEADER,
}  # fmt: skip
