"""Who asked to see a complainant (one request used, one waiting for the leaders), and what was put away."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cases import services
from cases.models import IdentityStatus, Lead
from cases.services import identity
from povertyaudit.core.models import User
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary


def requests(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Yesterday's two requests."""
    yield diary.ago(2)
    first, second = _named(cast.inspector1), _named(cast.inspector2)
    if not first:
        return
    used = services.request_identity(
        first[0], by=cast.inspector1, reason="来信附有票据复印件，需当面核对原件。"
    )
    yield diary.ago(2)
    identity.approve(used, by=cast.secretary, note="同意，由本人当面核对。")
    identity.read(used, by=cast.inspector1)
    yield diary.ago(1)
    services.request_identity(
        second[-1], by=cast.inspector2, reason="反映的时间和地点不清，需向反映人补充了解。"
    )


def _named(user: User) -> Any:
    """Open leads in the officer's room with a complainant who gave his name, newest first."""
    named = (IdentityStatus.CLAIMED, IdentityStatus.VERIFIED)
    rows = (
        Lead.objects.visible_to(user).open().filter(acting_unit__in=user.unit_ids, identity_status__in=named)
    )
    return list(rows.exclude(registering_unit__in=user.unit_ids).order_by("-pk")[:2])


def archived(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """The registry has put away what ended first and owes nothing more."""
    yield diary.ago(1)
    for lead in Lead.objects.visible_to(cast.casemgr).to_archive().order_by("concluded_on", "pk")[:12]:
        services.archive(lead, by=cast.casemgr, note="材料齐全，按一案一卷归档。")
