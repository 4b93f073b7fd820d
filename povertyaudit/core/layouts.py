"""The columns a person last chose for a list."""

from collections.abc import Sequence

from povertyaudit.core.models import ListLayout, User


def remembered(user: User, list_key: str) -> str:
    """Names separated by commas; empty where nothing was chosen."""
    found = ListLayout.objects.filter(user=user, list_key=list_key).values_list("columns", flat=True)
    return found.first() or ""


def remember(user: User, list_key: str, names: Sequence[str]) -> None:
    """Keep the choice; no names: forget it. A matter of taste, so it leaves no line in the record."""
    if not names:
        ListLayout.objects.filter(user=user, list_key=list_key).delete()
        return
    ListLayout.objects.update_or_create(
        user=user, list_key=list_key, defaults={"columns": ",".join(names)[:600]}
    )
