"""What may be done with a campaign, by whom, and when."""

from typing import Any

from inspections.models import Campaign
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow

KEEPERS = frozenset({Role.PATROL_OFFICE, Role.CASE_MANAGER})
TIERS = frozenset({Role.CASE_MANAGER, Role.SUPERVISION})  # posts that know leads
OPEN = frozenset({Campaign.State.OPEN})


def of_this_place(row: Any, by: User) -> None:
    """A post whose region holds the campaign's."""
    if not any(
        post.role in KEEPERS | TIERS and row.region_id.startswith(prefix_of(post.region_id))
        for post in by.current_posts()
    ):
        raise NotAllowed("campaign.place", "由开展专题的地区办理。")


CAMPAIGN = Workflow(
    "campaign",
    "专题",
    (
        Transition(
            name="set_points", label="确定问题要点", sources=OPEN, target=None, roles=KEEPERS, who=(of_this_place,),
        ),
        Transition(
            name="tie_leads", label="列入线索", sources=OPEN, target=None, roles=TIERS, who=(of_this_place,),
            primary=True,
        ),
        Transition(
            name="untie_lead", label="移出线索", sources=OPEN, target=None, roles=TIERS, who=(of_this_place,),
            note_required=True,
        ),
        Transition(
            name="close_campaign", label="结束专题", sources=OPEN, target=Campaign.State.CLOSED, roles=KEEPERS,
            who=(of_this_place,),
        ),
        Transition(
            name="reopen_campaign", label="重新开展", sources=frozenset({Campaign.State.CLOSED}),
            target=Campaign.State.OPEN, roles=KEEPERS, who=(of_this_place,), note_required=True,
        ),
    ),
    others={"open_campaign": "开展专题"},
)  # fmt: skip
