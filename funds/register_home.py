"""What registers hand to the rail and the search."""

from funds.models import Register
from funds.register_querysets import OWN_VILLAGES, REGION_WIDE
from povertyaudit.core.home import RailEntry
from povertyaudit.core.looking import Kind

READERS = REGION_WIDE | OWN_VILLAGES
RAIL = (
    RailEntry("registers", "名册", "/registers/", READERS),
    RailEntry("household_marks", "两不愁三保障", "/household-marks/board/", READERS),
)


# People are found by their number only, and not here.
FOUND = Kind(Register, ("number",), joins=("kind", "region"))
