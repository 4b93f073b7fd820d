"""反弹率: what came of look-backs, by unit, by who signed and by kind. Each word is one condition for board and list."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q

from povertyaudit.core.views import BoardLine, Figure
from rectification.look_back_querysets import RELAPSES, RESULTS
from rectification.models import KINDS, LookBackCheck
from rectification.services.ranking import amount

STANDING = {"result": "有结果", "confirmed": "整改到位", "relapsed": "反弹"}
HEADS = ("已核查", "整改到位", "反弹", "反弹率")
# way → (condition of the list, its value in a row, what is shown)
WAYS = {
    "unit": ("unit", "unit__public_id", "unit__name"),
    "signer": ("signer", "signer__public_id", "signer__name"),
    "kind": ("kind", "kind", "kind"),
}


def standing() -> dict[str, Q]:
    """Word → rows."""
    return {
        "result": Q(state__in=RESULTS), "confirmed": Q(state="confirmed"), "relapsed": Q(state__in=RELAPSES),
    }  # fmt: skip


def grouped(user: Any, by: str) -> list[dict[str, Any]]:
    """Figures of each group the reader may know of, the most relapses first; one question."""
    _, key, name = WAYS[by]
    counts = {f"n_{word}": Count("pk", filter=rows) for word, rows in standing().items()}
    rows = LookBackCheck.objects.visible_to(user).with_result().order_by()
    found = list(rows.values(key=F(key), name=F(name)) .annotate(**counts)) if key != name else [
        row | {"key": row["kind"], "name": dict(KINDS)[row["kind"]]} for row in rows.values("kind").annotate(**counts)
    ]  # fmt: skip
    return sorted(found, key=lambda row: (-row["n_relapsed"], -row["n_result"], str(row["name"])))


def line(label: str, row: dict[str, Any], asked: dict[str, str], least: int) -> BoardLine:
    """The figures of one group, each with the list of its rows."""

    def opens(word: str) -> str:
        return f"/look-back-checks/?{urlencode({**asked, 'standing': word, 'view': 'all'})}"

    figures = [Figure(row[f"n_{word}"], opens(word)) for word in STANDING]
    figures.append(Figure(row["n_relapsed"], opens("relapsed"), share(row, least)))
    return BoardLine(label, figures)


def share(row: dict[str, Any], least: int) -> str:
    """Of few a share says nothing: they are shown as counts."""
    part, whole = row["n_relapsed"], row["n_result"]
    if not whole:
        return "—"
    return f"{part}/{whole}" if whole < least else f"{part * 100 / whole:.1f} %（{part}/{whole}）"


def least() -> int:
    """From how many on a share is shown: as for the ranking of units, a dated figure."""
    return amount("rank_least")
