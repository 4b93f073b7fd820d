"""A unit was merged into another: open projects and monthly sheets go on with the successor, on the record; payments go
with their project. Called by `core.unit_changes` in its transaction (settings.UNIT_FOLLOWERS)."""

from django.db.models import F, Q

from funds.models import Project, ProjectState, VillageSheet
from funds.services.opening_sheets import Answering
from povertyaudit.core import clocks, notify, rows
from povertyaudit.core.models import Role, Unit, User

# A project that is finished goes along while money is still to be paid or spent.
UNFINISHED = (
    ~Q(state=ProjectState.PUBLISHED) | Q(paid_fen__lt=F("settled_fen")) | Q(spent_fen__lt=F("paid_fen"))
)


def follow_unit(unit: Unit, heir: Unit, *, by: User) -> None:
    """Open projects the unit builds or watches, and sheets that are not checked. What is signed stays as it is signed."""
    mine = Q(responsible_unit=unit) | Q(sector_unit=unit)
    for project in (
        Project.objects.filter(mine, UNFINISHED).exclude(state=ProjectState.CANCELLED).order_by("pk")
    ):
        _project(rows.lock(project), unit, heir, by)
    sheets = VillageSheet.objects.filter(unit=unit).exclude(state=VillageSheet.State.CHECKED)
    for sheet in sheets.select_related("region").order_by("pk"):
        _sheet(rows.lock(sheet), unit, heir, by)


def _project(project: Project, unit: Unit, heir: Unit, by: User) -> None:
    names = ("responsible_unit", "sector_unit")
    changes = {name: heir for name in names if getattr(project, f"{name}_id") == unit.pk}
    facts = {"unit": [unit.name, heir.name]}
    done = rows.write(project, verb="project.follow_unit", by=by, changes=changes, facts=facts)
    people = User.objects.holding([Role.LIAISON, Role.UNIT_HEAD, Role.SECTOR], unit=heir).order_by("pk")
    notify.tell_of(
        done, people, f"{unit.name}已并入本单位，这个项目由本单位继续办理。", by=None, kind="project"
    )


def _sheet(sheet: VillageSheet, unit: Unit, heir: Unit, by: User) -> None:
    facts = {"unit": [unit.name, heir.name]}
    rows.write(sheet, verb="villagesheet.follow_unit", by=by, changes={"unit": heir}, facts=facts)
    clocks.address(sheet, **Answering([sheet.region], also=[heir]).addressees(sheet.region_id, heir))
