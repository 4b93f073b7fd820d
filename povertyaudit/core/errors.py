"""Refusals. Each is one whole Chinese sentence for people and one stable dotted code for machines and tests."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class DomainError(Exception):
    """A request understood and refused. `mend`: address of the page where it can be put right, where there is one."""

    status = 400

    def __init__(self, code: str, message: str, *, field: str | None = None, mend: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.field, self.mend = code, message, field, mend


class NotAllowed(DomainError):
    """Not this person's to do, whatever the state."""

    status = 403


class WrongState(DomainError):
    """The record has moved on."""

    status = 409


class Stale(DomainError):
    """Somebody changed the record after the caller read it. `current` holds the values as they are now."""

    status = 412

    def __init__(self, message: str, *, current: Mapping[str, Any], version: int) -> None:
        super().__init__("stale", message)
        self.current, self.version = dict(current), version


class RuleBroken(DomainError):
    """Right person, right state, but something is missing or untrue."""

    status = 422


class Several(RuleBroken):
    """Several broken rules at once, so that a person mends them in one go."""

    def __init__(self, errors: Sequence[DomainError]) -> None:
        super().__init__(errors[0].code, errors[0].message, field=errors[0].field)
        self.errors = list(errors)


def raise_all(found: Sequence[DomainError]) -> None:
    """Raise what was found: one as it is, several at once; nothing where nothing was found."""
    if found:
        raise found[0] if len(found) == 1 else Several(found)


NEUTRAL_CLASH = "该内容与系统中已有的登记重复，请核对后修改。"


def from_validation(error: ValidationError) -> RuleBroken:
    """Turn a model's `ValidationError` into our refusal.

    A uniqueness clash gets a neutral sentence: the other row may be one the reader must not know of.
    """
    found: list[DomainError] = []
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for field, problems in by_field.items():
        name = None if field == NON_FIELD_ERRORS else field
        for problem in problems:
            clash = problem.code in {"unique", "unique_together"}
            text = NEUTRAL_CLASH if clash else "".join(problem.messages)
            found.append(RuleBroken(str(problem.code or "invalid"), text, field=name))
    return found[0] if len(found) == 1 and isinstance(found[0], RuleBroken) else Several(found)
