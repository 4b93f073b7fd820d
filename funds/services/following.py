"""A unit was merged into another: open projects, monthly sheets and house visits go on with the successor, on the record;
payments go with their project. Called by `core.unit_changes` in its transaction (settings.UNIT_FOLLOWERS)."""

from django.db.models import F, Q

from funds.models import MatchList, Project, ProjectState, Suspicion, SuspicionState, VillageSheet
from funds.services.opening_sheets import Answering
from funds.services.suspicions import CLOCK
from funds.suspicion_querysets import VISITING
from povertyaudit.core import clocks, notify, rows
from povertyaudit.core.models import Post, Role, Unit, User

# A project that is finished goes along while money is still to be paid or spent.
UNFINISHED = (
    ~Q(state=ProjectState.PUBLISHED) | Q(paid_fen__lt=F("settled_fen")) | Q(spent_fen__lt=F("paid_fen"))
)

# A house that was visited may have to be visited again, by whoever answers for the village now.
TO_VISIT = (SuspicionState.DESK_CHECKED, SuspicionState.VISITED)


def follow_unit(unit: Unit, heir: Unit, *, by: User) -> None:
    """Open projects the unit builds or watches, sheets that are not checked, suspicions sent to it. What is signed stays as it is signed."""
    mine = Q(responsible_unit=unit) | Q(sector_unit=unit)
    for project in (
        Project.objects.filter(mine, UNFINISHED).exclude(state=ProjectState.CANCELLED).order_by("pk")
    ):
        _project(rows.lock(project), unit, heir, by)
    sheets = VillageSheet.objects.filter(unit=unit).exclude(state=VillageSheet.State.CHECKED)
    for sheet in sheets.select_related("region").order_by("pk"):
        _sheet(rows.lock(sheet), unit, heir, by)
    waiting = Suspicion.objects.filter(responsible_unit=unit, state__in=TO_VISIT)
    for suspicion in waiting.exclude(match_list__state=MatchList.State.VOIDED).order_by("pk"):
        _suspicion(rows.lock(suspicion), unit, heir, by)


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


def _suspicion(row: Suspicion, unit: Unit, heir: Unit, by: User) -> None:
    """The person stays where he has a post with the successor; else the successor names one."""
    stays = Post.objects.current().filter(user=row.assigned_to_id, unit=heir, role__in=VISITING).exists()
    person = row.assigned_to if stays else None
    changes = {"responsible_unit": heir, "assigned_to": person}
    facts = {"unit": [unit.name, heir.name]}
    done = rows.write(row, verb="suspicion.follow_unit", by=by, changes=changes, facts=facts)
    clocks.address(done, CLOCK, owner_unit=heir, owner_user=person)
    people = User.objects.holding(VISITING, unit=heir).order_by("pk")
    text = f"{unit.name}已并入本单位，这个疑点由本单位入户核查。"
    notify.tell_of(done, people, text, by=None, kind="suspicion")
