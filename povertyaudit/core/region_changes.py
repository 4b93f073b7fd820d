"""地区变更待确认: a region vanished from the list while records name it; 安全保密 says what it became."""

from typing import Any

from django.db import transaction

from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Region, RegionChange, Role, User
from povertyaudit.core.models.region_history import RegionChangeState
from povertyaudit.core.workflow import Transition, Workflow

REGION_CHANGE = Workflow(
    "region_change",
    "地区变更",
    (
        Transition(
            name="name_successor",
            label="写明去向",
            sources=frozenset({RegionChangeState.ASKED}),
            target=RegionChangeState.NAMED,
            roles=frozenset({Role.SECADMIN}),
            primary=True,
        ),
        Transition(
            name="no_successor",
            label="无承接地区",
            sources=frozenset({RegionChangeState.ASKED}),
            target=RegionChangeState.NONE,
            roles=frozenset({Role.SECADMIN}),
            note_required=True,
        ),
    ),
)


@transaction.atomic
def name_successor(
    change: RegionChange, *, by: User, successor: Region, note: str = "", expected_version: int | None = None
) -> RegionChange:
    """写明去向: the region that took the vanished one over. Raises RuleBroken unless it is in force and of its county's city."""
    row = REGION_CHANGE.begin(change, "name_successor", by=by, note=note, expected_version=expected_version)
    if not Region.objects.current().filter(pk=successor.pk).exists():
        raise RuleBroken(
            "region_change.ended", "承接的地区也已撤销，请选择现在使用的地区。", field="successor"
        )
    Region.objects.filter(pk=row.region_id).update(successor=successor)
    done: RegionChange = REGION_CHANGE.finish(
        row, "name_successor", by=by, note=note, changes={"successor": successor, "decided_by": by}
    )
    return done


@transaction.atomic
def no_successor(
    change: RegionChange, *, by: User, note: str = "", expected_version: int | None = None
) -> RegionChange:
    """无承接地区: the vanished region stands for itself; its records stay where they are."""
    row = REGION_CHANGE.begin(change, "no_successor", by=by, note=note, expected_version=expected_version)
    done: RegionChange = REGION_CHANGE.finish(
        row, "no_successor", by=by, note=note, changes={"decided_by": by}
    )
    return done


def likely_successor(change: RegionChange, user: Any) -> Region | None:
    """The one region in force in the same county that bears the name of the vanished one; None for none or several."""
    near = Region.objects.visible_to(user).current().filter(code__startswith=change.region_id[:6])
    found = list(near.filter(name=change.region.name)[:2])
    return found[0] if len(found) == 1 else None
