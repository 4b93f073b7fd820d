"""Which object of a round (巡察对象) a place or a unit belongs to."""

from inspections.models import Round, RoundObject
from povertyaudit.core.models import Region, Unit
from povertyaudit.core.scope import prefix_of


def object_of(round_: Round | None, region: Region, unit: Unit | None = None) -> RoundObject | None:
    """The object that is the unit, else the smallest one whose region holds the place; departments hold no place."""
    if round_ is None:
        return None
    standing: list[RoundObject] = list(round_.round_objects.standing().select_related("region"))
    if unit is not None:
        same = next((one for one in standing if one.unit_id == unit.pk), None)
        if same is not None:
            return same
    places = [one for one in standing if one.kind != RoundObject.Kind.DEPARTMENT]
    around = [one for one in places if region.code.startswith(prefix_of(one.region_id))]
    found: RoundObject | None = max(around, key=lambda one: len(prefix_of(one.region_id)), default=None)
    return found
