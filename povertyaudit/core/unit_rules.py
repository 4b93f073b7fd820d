"""What a new unit must be, whoever sets it up: proposed on a page or by a program, or loaded from a file."""

import re
from collections.abc import Iterable, Mapping

from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, RuleBroken
from povertyaudit.core.models import Level, Region, Unit, UnitKind
from povertyaudit.core.scope import prefix_of

AN_OFFICE_CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}")
_ABOVE = (Level.PROVINCE, Level.CITY, Level.COUNTY)
# kind -> the levels of region it belongs in; every other kind stands in a county or above it
LEVELS: Mapping[str, tuple[Level, ...]] = {
    UnitKind.TOWNSHIP: (Level.TOWNSHIP,),
    UnitKind.VILLAGE: (Level.VILLAGE,),
    UnitKind.COMMISSION: (*_ABOVE, Level.TOWNSHIP),  # a township has its discipline committee
}
Bearers = Mapping[tuple[str, str], Unit]


def bearers(regions: Iterable[str], *, but: Unit | None = None) -> dict[tuple[str, str], Unit]:
    """Who bears a name: `(region code, name)` → the unit. Of units that still stand, other and former names too — those
    of `but` aside: a unit may take back a name of its own."""
    units = list(Unit.objects.filter(region__in=regions).prefetch_related("aliases"))
    also = {
        (unit.region_id, other.name): unit
        for unit in units
        if unit.state == "current" and unit != but
        for other in unit.aliases.all()
    }
    return also | {(unit.region_id, unit.name): unit for unit in units}


def faults(unit: Unit, known: Bearers) -> list[DomainError]:
    """Every rule the new `unit` breaks, each at its field; `known` holds the names borne in its region."""
    region: Region = unit.region
    found = [name_fault(unit, unit.name, known), _misplaced(unit), _apart(unit)]
    if region.ends_on and region.ends_on < moment.today():
        found.append(RuleBroken("unit.region_ended", f"{region}已撤销，请选择现在的地区。", field="region"))
    if unit.office_code and not AN_OFFICE_CODE.fullmatch(unit.office_code):
        text = "编号代字由 1 至 8 个大写字母和数字组成，以字母开头，例如 XF。"
        found.append(RuleBroken("unit.office_code", text, field="office_code"))
    return [one for one in found if one is not None]


def name_fault(unit: Unit, name: str, known: Bearers, *, field: str = "name") -> DomainError | None:
    """Why `unit` may not bear `name`, where somebody in its region does."""
    other = known.get((unit.region_id, name))
    if other is None:
        return None
    text = f"{unit.region}已有“{name}”，请核对或者改用其他名称。"
    if other.name != name:
        text = f"“{name}”是“{other.name}”的曾用名或别名，请改用其他名称。"
    elif other.state != "current":
        text = f"{unit.region}有过“{name}”，已经撤销；为免混淆，请改用其他名称。"
    return RuleBroken("unit.name", text, field=field)


def _misplaced(unit: Unit) -> DomainError | None:
    levels = LEVELS.get(unit.kind, _ABOVE)
    if unit.region.level in levels:
        return None
    where = "、".join(str(level.label) for level in levels)
    text = f"“{unit.get_kind_display()}”类单位应设在{where}一级，{unit.region}不是，请核对类别和地区。"
    return RuleBroken("unit.level", text, field="region")


def _apart(unit: Unit) -> DomainError | None:
    above = unit.parent
    if above is None:
        return None
    if above.state != "current":
        return RuleBroken("unit.parent", f"上级单位“{above}”已撤销，请重新选择。", field="parent")
    if not unit.region_id.startswith(prefix_of(above.region_id)):
        text = f"上级单位“{above}”不在{unit.region}或者它的上级地区，请重新选择。"
        return RuleBroken("unit.parent", text, field="parent")
    return None
