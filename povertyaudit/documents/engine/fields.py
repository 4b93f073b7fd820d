"""What a template may say: fields with their meaning, lists of rows with fields of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# What a template is filled with: a text, or rows of texts. Never an object: there is nothing behind a value.
Values = Mapping[str, str | Sequence[Mapping[str, str]]]


@dataclass(frozen=True)
class Field:
    """One field of a template. With `rows` it is a list, repeated with `for`; `rows` names what each row says."""

    name: str
    meaning: str
    sample: str = ""
    rows: tuple["Field", ...] = ()

    @property
    def shown(self) -> str:
        return self.sample or f"（{self.name}）"


@dataclass(frozen=True)
class Fields:
    """All fields of one kind of document."""

    all: tuple[Field, ...]
    by_name: dict[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {one.name: one for one in self.all})

    @property
    def texts(self) -> set[str]:
        return {one.name for one in self.all if not one.rows}

    def of_rows(self, name: str) -> set[str]:
        """The names within a list; empty for what is none."""
        found = self.by_name.get(name)
        return {one.name for one in found.rows} if found else set()

    def samples(self) -> dict[str, str | list[dict[str, str]]]:
        """Values to try a template with: two rows for each list."""
        return {
            one.name: [{part.name: part.shown for part in one.rows}] * 2 if one.rows else one.shown
            for one in self.all
        }  # fmt: skip
