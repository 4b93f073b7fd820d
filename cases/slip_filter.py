"""Rows of the leads of one or several hand-over lists (移送清单), for every list of leads and of what came of them."""

from typing import Any

from cases.models import HandoverRow
from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.filters import WordsFilter


class SlipFilter(WordsFilter):
    """By the numbers of the lists, several with spaces between them; only lists the reader may know of."""

    def __init__(self, path: str, **kwargs: Any) -> None:
        """`path`: from the row to its lead."""
        super().__init__(fields=(path,), label="移送清单编号（可填几个）", max_length=300, **kwargs)
        self.path = path

    def filter(self, qs: Any, value: str) -> Any:
        numbers = to_halfwidth(value or "").split()
        if not numbers:
            return qs
        lines = HandoverRow.objects.visible_to(self.parent.request.user).filter(handover__number__in=numbers)
        return qs.filter(**{f"{self.path}__in": lines.values("lead")})
