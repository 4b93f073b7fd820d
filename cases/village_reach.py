"""通报到村: how far bulletins have come in the villages, by township and by bulletin. Each word is one condition for board
and list."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Concat, Substr

from cases.bulletin_querysets import THROUGH
from cases.models import BulletinCopy
from povertyaudit.core import moment
from povertyaudit.core.models import Clock, Region
from povertyaudit.core.views import BoardLine, Figure

STANDING = {"all": "送达村", "reached": "已到村", "to_tell": "已收待传达", "unread": "未读", "late": "超期"}
WAYS = {"town": "region", "bulletin": "bulletin"}  # way → condition of the list


def standing() -> dict[str, Q]:
    """Word → rows, of copies for villages that stand."""
    stands = Q(region__level=5) & ~Q(state="withdrawn")
    late = Clock.objects.all().targets("cases.bulletincopy", due_on__lt=moment.today())
    told = ~THROUGH | Q(posted_on__isnull=False)
    return {
        "all": stands, "reached": stands & Q(state="read") & told, "to_tell": stands & Q(state="read") & ~told,
        "unread": stands & Q(state="sent"), "late": stands & Q(pk__in=late),
    }  # fmt: skip


def grouped(user: Any, by: str) -> list[dict[str, Any]]:
    """Figures of each township or bulletin the reader may know of; one question, and one for the names."""
    counts = {f"n_{word}": Count("pk", filter=rows) for word, rows in standing().items()}
    rows = BulletinCopy.objects.visible_to(user).filter(standing()["all"]).order_by()
    if by == "bulletin":
        own = rows.values(at=F("bulletin__public_id"), words=F("bulletin__number")).annotate(**counts)
        return sorted(own, key=lambda row: str(row["words"]), reverse=True)
    at = Concat(Substr("region_id", 1, 9), Value("000"))
    found = list(rows.annotate(at=at).values("at").annotate(**counts).order_by("at"))
    names = Region.objects.in_bulk([row["at"] for row in found])
    return [row | {"words": names[row["at"]].name} for row in found if row["at"] in names]


def line(label: str, row: dict[str, Any], asked: dict[str, str]) -> BoardLine:
    """The figures of one group, each with the list of its rows."""
    figures = [
        Figure(row[f"n_{word}"], f"/bulletin-copies/?{urlencode({**asked, 'standing': word, 'view': 'all'})}")
        for word in STANDING
    ]
    return BoardLine(label, figures)
