"""Which leads a round handed over, for the lists of `cases` and for the page of the round: one answer for both.

Called by `cases` through `settings.LEADS_OF_ROUNDS`.
"""

from typing import Any

from django.db.models import QuerySet

from inspections.models import Round
from povertyaudit.core.models import User


def rounds() -> QuerySet[Round]:
    """Rounds that handed leads over, the latest first; whoever offers them narrows them to what the reader may know of."""
    return Round.objects.filter(handed_leads__isnull=False).order_by("-starts_on", "-pk").distinct()


def leads_of(round_: Round, user: User) -> Any:
    """Keys of the leads registered from what the round handed over, as far as the user may know of the handing over."""
    return round_.handed_leads.visible_to(user).exclude(row__lead=None).order_by().values("row__lead")
