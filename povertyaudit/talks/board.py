"""约谈情况: talks by unit, by origin and by rank. Each word is one condition for board and list; a talk is no sanction."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q

from povertyaudit.core import moment
from povertyaudit.core.models import Clock
from povertyaudit.core.views import BoardLine, Figure
from povertyaudit.talks.models import Talk, TalkOrigin, TalkRank
from povertyaudit.talks.querysets import LABEL

STANDING = {
    "all": "合计（不含取消）", "before": "还没有谈", "following": "已谈待跟踪", "late": "超期", "kept": "已落实",
    "not_kept": "未落实", "again": "重复约谈",
}  # fmt: skip
# way → (condition of the list, its value in a row, what is shown)
WAYS = {
    "unit": ("unit", "unit__public_id", "unit__name"),
    "origin": ("origin", "origin", "origin"),
    "rank": ("rank", "rank", "rank"),
}
WORDS = {"origin": dict(TalkOrigin.choices), "rank": dict(TalkRank.choices)}


def standing() -> dict[str, Q]:
    """Word → rows."""
    stands = ~Q(state="cancelled")
    earlier = Talk._base_manager.filter(
        subject_key=OuterRef("subject_key"), pk__lt=OuterRef("pk"), held_on__isnull=False
    )
    late = Clock.objects.all().targets(LABEL, due_on__lt=moment.today())
    return {
        "all": stands, "before": Q(state__in=("proposed", "approved", "notified")),
        "following": Q(state__in=("held", "following")), "late": stands & Q(pk__in=late),
        "kept": Q(outcome="kept"), "not_kept": Q(outcome="not_kept"), "again": stands & Q(Exists(earlier)),
    }  # fmt: skip


def grouped(user: Any, by: str) -> list[dict[str, Any]]:
    """Figures of each group the reader may know of, the most first; one question."""
    _, key, name = WAYS[by]
    counts = {f"n_{word}": Count("pk", filter=rows) for word, rows in standing().items()}
    rows = Talk.objects.visible_to(user).order_by()
    found = [
        {**row, "key": row[key], "name": WORDS.get(by, {}).get(row[name], row[name])}
        for row in rows.values(*{key, name}).annotate(**counts)
    ]
    held = [row for row in found if row["n_all"]]  # not those of which every talk was cancelled
    return sorted(held, key=lambda row: (-row["n_all"], str(row["name"])))


def line(label: str, row: dict[str, Any], asked: dict[str, str]) -> BoardLine:
    """The figures of one group, each with the list of its rows."""
    figures = [
        Figure(row[f"n_{word}"], f"/talks/?{urlencode({**asked, 'standing': word, 'view': 'all'})}")
        for word in STANDING
    ]
    return BoardLine(label, figures)
