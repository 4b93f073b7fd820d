"""Places as boards group them and lists narrow to them: by the first digits of the region code."""

from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr

from povertyaudit.core.models import Region
from povertyaudit.core.scope import prefix_of

COUNTY, TOWN, VILLAGE = 6, 9, 12
NEXT = {0: COUNTY, COUNTY: TOWN, TOWN: VILLAGE, VILLAGE: VILLAGE}


def good(area: str) -> str:
    """The area if it is one (6, 9 or 12 digits), else nothing."""
    return area if area.isascii() and area.isdigit() and len(area) in (COUNTY, TOWN, VILLAGE) else ""


def area_range(path: str, area: str) -> Q:
    """Rows of a county (6 digits), exactly of a township or of the county itself (9), or of one village (12)."""
    return Q(**{f"{path}__gte": area, f"{path}__lt": f"{area}:"}) if good(area) else Q(pk__in=())


def depth_below(area: str, user: Any) -> int:
    """How many digits tell the places below `area` apart; without one, the first ones in which the user's scope differs."""
    if area:
        return NEXT[len(area)]
    roots = [len(prefix_of(post.region_id)) for post in user.current_posts()]
    return COUNTY if min(roots, default=TOWN) < COUNTY else TOWN


def key(path: str, depth: int) -> Any:
    """The 12-digit code of the place a row lies in, told apart by `depth` digits."""
    if depth == VILLAGE:
        return Substr(path, 1, VILLAGE)
    return Concat(Substr(path, 1, depth), Value("0" * (VILLAGE - depth)))


def names(codes: list[str], depth: int) -> dict[str, str]:
    """Words of the codes; a county among its townships, a township among its villages, is the place itself."""
    found = Region.objects.filter(code__in=codes).values_list("code", "name")
    return {
        code: f"{name}（本级）" if depth > COUNTY and len(prefix_of(code)) < depth else str(name)
        for code, name in found
    }
