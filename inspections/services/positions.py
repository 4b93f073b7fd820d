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
    usual = _usual(visit, by)
    found = [] if here is None else _of_place(here, usual, visit)
    for number, photo in enumerate(photos, 1):
        found += _of_photo(number, photo, here or usual, visit)
    return found


def _of_place(here: Point, usual: Point | None, visit: Visit) -> list[str]:
    if not (SOUTH <= here[0] <= NORTH and WEST <= here[1] <= EAST):
        return ["定位不在国内"]
    limit = amount("position_km", visit.visited_on)
    if usual is not None and limit and (far := apart(here, usual)) > limit:
        return [f"定位距当地以往走访 {far:.0f} 公里"]
    return []


def _of_photo(number: int, photo: Attachment, here: Point | None, visit: Visit) -> list[str]:
    found = []
    if photo.taken_at is not None and moment.day_of(photo.taken_at) != visit.visited_on:
        found.append(f"第 {number} 张照片拍摄于 {moment.day_of(photo.taken_at)}")
    if photo.position is not None and here is not None and (far := apart(photo.position, here)) > PHOTO_APART:
        found.append(f"第 {number} 张照片的拍摄地点相距 {far:.0f} 公里")
    return found


def _usual(visit: Visit, by: User) -> Point | None:
    """The middle of earlier visits in the same township that raised no doubt."""
    town = visit.region_id[:9].ljust(12, "0")
    rows = Visit.objects.visible_to(by).filter(
        region_under("region_id", town), doubts="", latitude__isnull=False
    )
    points = list(rows.order_by("-pk").values_list("latitude", "longitude")[:COMPARED])
    if not points:
        return None
    return float(median(north for north, _ in points)), float(median(east for _, east in points))
