"""巡察移交: what a round found comes in as a hand-over; 案管 gives the receipt and registers each row."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from cases.models import Handover, PartnerBody
from cases.models.handovers import FROM_ROUNDS
from cases.services.handovers import rows_in, start
from cases.services.telling import registry_of
from povertyaudit.core import moment, notify, numbering, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Region, Role, Unit, User


@transaction.atomic
def take_from_round(
    *, by: User, region: Region, unit: Unit, document: str, entries: Iterable[Mapping[str, Any]], text: str = "",
    note: str = "",
) -> Handover:  # fmt: skip
    """移交问题线索 of a round to the registry of its county: `entries` {title, text, persons, region, amount_fen}.

    Who may is said by the verb of `inspections` that calls it. The period for the receipt (#32) begins today.
    """
    county = Region.objects.get(code=region.county_code())
    body = PartnerBody.objects.on().filter(code=FROM_ROUNDS).first()
    if body is None:
        raise RuleBroken("handover.body", "分类目录里没有启用“巡察机构”，请案管室先启用。")
    today = moment.today()
    row = Handover(
        region=county, direction=Handover.Direction.IN, body=body, unit=unit, document=document, handed_on=today,
        text=text, handed_by=by, number=numbering.take("handover", county, "YS"),
    )  # fmt: skip
    children = rows_in(list(entries), county, field="leads")
    done = rows.create(row, verb="handover.open", by=by, note=note, children=children)
    start(done, "handover.receipt", today, "移送")
    registry = registry_of(county.code)
    if registry is not None:
        entry = done._last_entry  # type: ignore[attr-defined]
        notify.tell(
            User.objects.holding((Role.CASE_MANAGER,), unit=registry), f"{entry.verb}:{entry.public_id}",
            kind=entry.verb, number=done.number or "", text=f"{done.number} 巡察移交问题线索，请出具回执并逐条登记。",
            url=done.get_absolute_url(), target=done,
        )  # fmt: skip
    return done
