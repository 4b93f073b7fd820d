"""Where a visit took place, compared with what else is known: what looks odd is said, and confirmed by who recorded it."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from statistics import median

from inspections.models import Visit
from inspections.services.quotas import amount
from povertyaudit.core import moment
from povertyaudit.core.models import Attachment, User
from povertyaudit.core.scope import region_under

Point = tuple[float, float]
SOUTH, NORTH, WEST, EAST = 3.8, 53.6, 73.4, 135.1  # the country, in degrees
EARTH = 6371.0  # kilometres
PHOTO_APART = 5.0  # kilometres between a photo and the place said
COUNTY_APART = 60.0  # kilometres from earlier visits anywhere in the county, where the township had none
TOWN, COUNTY = 9, 6  # digits of a region's code
COMPARED = 200  # earlier visits at most


def apart(one: Point, other: Point) -> float:
    """Kilometres between two points."""
    (a, b), (c, d) = ((radians(x), radians(y)) for x, y in (one, other))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def doubts(visit: Visit, photos: Iterable[Attachment], by: User) -> list[str]:
    """Sentences on what does not fit together; empty when all does. Earlier visits are those `by` may see."""
    here = None
    if visit.latitude is not None and visit.longitude is not None:
        here = float(visit.latitude), float(visit.longitude)
    town, county = _usual(visit, by, TOWN), _usual(visit, by, COUNTY)
    found = [] if here is None else _of_place(here, town, county, visit)
    for number, photo in enumerate(photos, 1):
        found += _of_photo(number, photo, here or town, county, visit)
    return found


def abroad(point: Point) -> bool:
    return not (SOUTH <= point[0] <= NORTH and WEST <= point[1] <= EAST)


def _of_place(here: Point, town: Point | None, county: Point | None, visit: Visit) -> list[str]:
    if abroad(here):
        return ["定位不在国内"]
    limit = amount("position_km", visit.visited_on)
    if town is not None and limit and (far := apart(here, town)) > limit:
        return [f"定位距当地以往走访 {far:.0f} 公里"]
    if town is None and county is not None and (far := apart(here, county)) > COUNTY_APART:
        return [f"定位距本县以往走访 {far:.0f} 公里"]
    return []


def _of_photo(
    number: int, photo: Attachment, here: Point | None, county: Point | None, visit: Visit
) -> list[str]:
    """A position that nothing can be compared with is said too: it is no proof that the photo was taken there."""
    found, which = [], f"第 {number} 张照片"
    if photo.taken_at is not None and moment.day_of(photo.taken_at) != visit.visited_on:
        found.append(f"{which}拍摄于 {moment.day_of(photo.taken_at)}")
    at = photo.position
    if at is None:
        return found
    if abroad(at):
        return [*found, f"{which}的拍摄地点不在国内"]
    if here is not None:
        far = apart(at, here)
        return [*found, *([f"{which}的拍摄地点相距 {far:.0f} 公里"] if far > PHOTO_APART else [])]
    if county is not None:
        far = apart(at, county)
        return [*found, *([f"{which}的拍摄地点距本县以往走访 {far:.0f} 公里"] if far > COUNTY_APART else [])]
    return [*found, f"{which}带有拍摄地点，本县还没有可以比对的走访"]


def _usual(visit: Visit, by: User, digits: int) -> Point | None:
    """The middle of earlier visits in the same township, or county (`digits` of the region's code), that raised no doubt."""
    around = visit.region_id[:digits].ljust(12, "0")
    rows = Visit.objects.visible_to(by).filter(
        region_under("region_id", around), doubts="", latitude__isnull=False
    )
    points = list(rows.order_by("-pk").values_list("latitude", "longitude")[:COMPARED])
    if not points:
        return None
    return float(median(north for north, _ in points)), float(median(east for _, east in points))
