"""Days out of order, said in words at the field."""

from datetime import date

from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken


def in_order(field: str, day: date, word: str, earliest: date | None = None, earliest_word: str = "") -> None:
    """Raise RuleBroken where the day lies ahead, or before the earliest that makes sense."""
    if day > moment.today():
        raise RuleBroken(f"{field}.future", f"{word}不能晚于今天，请核对。", field=field)
    if earliest is not None and day < earliest:
        text = f"{word}不能早于{earliest_word}（{earliest}），请核对。"
        raise RuleBroken(f"{field}.order", text, field=field)
