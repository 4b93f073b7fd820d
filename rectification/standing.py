"""How items stand, as boards count them and lists open them: one condition per word, written once for both."""

from datetime import date, timedelta

from django.db.models import Count, Q

from povertyaudit.core import moment
from rectification.models import UNCOUNTED, Closing, Item, Publication, State

NEAR_DAYS = 10
WORDS = {
    "issued": "已下发的全部事项",
    "open": "未销号",
    "late": "未销号已超期",
    "near": f"{NEAR_DAYS} 天以内到期",
    "closed": "已销号",
    "ever_late": "超期或者逾期销号",
    "kept": "长期坚持",
}
NOW_ONLY = frozenset(
    {"near", "kept"}
)  # of these nothing is kept that would tell how they stood on a day past
ISSUED = ~Q(state__in=(State.DRAFT, *UNCOUNTED))
OPEN = ~Q(state__in=(State.DRAFT, State.CLOSED, State.LONG_TERM, *UNCOUNTED))
# Verified and published: the unit is done, whether it is late was settled on the day of the verification.
UNITS_TURN = OPEN & ~Q(state=State.PUBLIC_NOTICE)
# What a round still secret found is in no figure that is kept: others read those than may know of it.
NOT_SECRET = Q(finding=None) | Q(finding__round__secret=False) | Q(finding__round__finished_on__isnull=False)


def conditions(through: date | None = None) -> dict[str, Q]:
    """Word → rows, today; or as things stood on the day `through`, as far as dates of the rows tell.

    Open then are rows issued by that day and not closed on it, those now kept up for good left out.
    """
    today = moment.today()
    if through is not None and through < today:
        return _past(through)
    late = UNITS_TURN & Q(due_on__lt=today)
    return {
        "issued": ISSUED, "open": OPEN, "late": late, "closed": Q(state=State.CLOSED), "kept": Q(state=State.LONG_TERM),
        "near": UNITS_TURN & Q(due_on__gte=today, due_on__lte=today + timedelta(days=NEAR_DAYS)),
        "ever_late": late | _closed_late(today),
    }  # fmt: skip


def _past(through: date) -> dict[str, Q]:
    """A closing since undone counts for the days it stood, an item since split or merged until that day, its parts after."""
    undone = Closing.objects.filter(closed_on__lte=through, reopened_on__gt=through)
    still = Q(state=State.CLOSED, closed_on__lte=through)
    closed = still | Q(pk__in=undone.values("item"))
    whole = Q(regrouped_on=None) | Q(regrouped_on__gt=through)
    # By the few that were split, gathered once: a join would look up every item's origin.
    begun = Q(split_from=None) | Q(split_from__in=Item.objects.filter(regrouped_on__lte=through).values("pk"))
    issued = Q(issued_on__lte=through) & whole & begun
    open_ = issued & ~Q(state=State.LONG_TERM) & ~closed
    shown = Publication.objects.filter(Q(ended_on=None) | Q(ended_on__gt=through), starts_on__lte=through)
    late = open_ & Q(due_on__lt=through) & ~Q(pk__in=shown.values("item"))
    return {
        "issued": issued, "open": open_, "late": late, "closed": issued & closed,
        "ever_late": late | issued & _closed_late(through),
    }  # fmt: skip


def _closed_late(through: date) -> Q:
    """逾期销号, also of a closing since undone: a second one in time does not wipe out the first. Verified late and still
    published counts with them."""
    shown = Publication.objects.filter(late=True, starts_on__lte=through)
    running = shown.filter(Q(ended_on=None) | Q(ended_on__gt=through))
    closed = Closing.objects.filter(late=True, closed_on__lte=through)
    return Q(pk__in=closed.values("item")) | Q(pk__in=running.values("item"))


def counts(*words: str, through: date | None = None) -> dict[str, Count]:
    """Aggregates named `n_<word>`: the whole board in one grouped query."""
    found = conditions(through)
    return {f"n_{word}": Count("pk", filter=found[word]) for word in words}


def share(part: int, whole: int) -> str:
    """12/15（80%）: a share is said with both its numbers."""
    return f"{part:,}/{whole:,}（{part / whole:.1%}）".replace(".0%", "%") if whole else "0/0"
