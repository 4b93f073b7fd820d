"""When a row says already what a cell says."""

from typing import Any


def same(now: Any, said: Any) -> bool:
    """Empty is empty, however it is kept; a term is its code, whatever it was called on the day."""
    if now in (None, "", []) and said in (None, "", []):
        return True
    if isinstance(said, list):
        return isinstance(now, list) and {one.pk for one in now} == {one.pk for one in said}
    code = getattr(now, "code", None)
    return bool(now == said or code is not None and code == getattr(said, "code", None))
