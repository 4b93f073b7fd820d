"""What a kind of list declares: its columns, who may bring it, and the services that make, change and void a row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import User
from povertyaudit.sheets.columns import Column

Values = dict[str, Any]


class Together(Protocol):
    """New rows of one person and one run, many at a time; what it reads for one batch it keeps for the next. Both give
    for each the row, or what is wrong with it — by the same rules."""

    def judged(self, given: Sequence[Values]) -> Sequence[Any]:
        """Writes nothing; the rows are not saved."""

    def made(self, given: Sequence[Values]) -> Sequence[Any]:
        """Those nothing is wrong with are written."""


@runtime_checkable
class Early(Together, Protocol):
    """Where what is wrong with a row by itself needs no database: that is found while the rows before are written."""

    def ready(self, given: Sequence[Values]) -> Sequence[Any]:
        """What `written` takes."""

    def written(self, ready: Sequence[Any]) -> Sequence[Any]:
        """`made` of what was made ready."""


def each(
    do: Callable[[Sequence[Values]], Sequence[Any]],
    arranged: Callable[[Values], Values],
    given: Sequence[Values],
) -> list[Any]:
    """`do` for those that can be arranged; what is wrong with the others stands in their places."""
    found: list[Any] = []
    for values in given:
        try:
            found.append(arranged(values))
        except DomainError as refused:
            found.append(refused)
    done = iter(do([one for one in found if not isinstance(one, DomainError)]))
    return [one if isinstance(one, DomainError) else next(done) for one in found]


@dataclass(frozen=True)
class Kind:
    """`create(by=, **values)`, `change(row, by=, expected_version=, **values)` and `void(row, by=, note=)` are the services
    the pages call, or a few lines that put their arguments in order; each returns the row. `together` does for many what
    `create` does for one."""

    code: str
    label: str
    list_url: str
    model: Any
    columns: Callable[[], Sequence[Column]]
    may: Callable[[User], bool]
    create: Callable[..., Any]
    change: Callable[..., Any] | None  # None where nothing of a row may be changed by a sheet
    void: Callable[..., Any]
    together: Callable[[User], Together] | None = None
    fixed: frozenset[str] = frozenset()  # columns that stay as they were registered
    asides: frozenset[str] = frozenset()  # columns that are asked and not kept
    fetched: Callable[[Any], Any] = lambda rows: rows  # the queryset with what `now` reads
    find: Callable[[User, Values], Any] | None = None  # the row there already, where no number names it
    read: Mapping[str, Callable[[Any], Any]] = field(
        default_factory=dict
    )  # column → its value in a row, where no field
    brief: Mapping[str, Callable[[Any], str]] = field(
        default_factory=dict
    )  # column → what lists show of its long text: come back so, it is no change
    filters: Any = None  # the FilterSet of its list, where working sheets go out
    row_url: str = ""  # what stands before the id in the address of a row; "" where it has no page
    doubled: tuple[str, ...] = ()  # columns that two rows of one sheet may not both have alike

    def now(self, row: Any, name: str) -> Any:
        """What a row says in a column."""
        return self.read[name](row) if name in self.read else getattr(row, name)

    def rows_of(self, by: User, numbers: Sequence[str]) -> dict[str, Any]:
        """The rows of these numbers that `by` may know of."""
        if not numbers:
            return {}
        rows = self.fetched(self.model._default_manager.all()).visible_to(by)
        return {row.number: row for row in rows.filter(number__in=list(numbers))}

    def rows_by_id(self, by: User, ids: Sequence[str]) -> dict[str, Any]:
        """The rows of these ids that `by` may know of."""
        if not ids:
            return {}
        rows = self.fetched(self.model._default_manager.all()).visible_to(by)
        return {row.public_id: row for row in rows.filter(public_id__in=list(ids))}
