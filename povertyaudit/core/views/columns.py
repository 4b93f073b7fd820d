"""Which columns of a list are shown, in which order: by the address, else as last chosen, else as declared.

The first column (the register number) always stays. Names nobody declared are ignored.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.functional import cached_property

from povertyaudit.core import layouts
from povertyaudit.core.views.addresses import Addressed
from povertyaudit.core.views.parts import Column


def usual(columns: Sequence[Column]) -> list[Column]:
    """What is shown to whoever has chosen nothing."""
    return [column for column in columns if column.shown]


def chosen(columns: Sequence[Column], names: str) -> list[Column]:
    """The columns named in `names` ("number,title,due_on"), in that order; nothing usable: the usual ones."""
    known = {column.key: column for column in columns}
    found = [known[name] for name in dict.fromkeys(names.split(",")) if name in known]
    if not found:
        return usual(columns)
    first = columns[0]
    return [first, *(column for column in found if column is not first)]


def picked(columns: Sequence[Column], said: QueryDict) -> list[str]:
    """The names ticked in the form, with the one whose arrow was pressed moved a place."""
    names = [column.key for column in chosen(columns, ",".join(said.getlist("columns")))]
    for press, step in (("up", -1), ("down", 1)):
        name = said.get(press, "")
        if name in names[1:]:
            at = names.index(name)
            to = min(max(at + step, 1), len(names) - 1)
            names.insert(to, names.pop(at))
    return names


class Columned(Addressed):
    """Part of ListPage."""

    columns: Sequence[Column] = ()
    user: Any

    @cached_property
    def current_columns(self) -> list[Column]:
        """As the address says, else as last chosen."""
        if not self.columns:
            return []
        names = self.params.get("columns") or layouts.remembered(self.user, self.list_key)
        return chosen(self.columns, names)

    def choices(self) -> list[tuple[Column, bool]]:
        """Every column after the first, those shown before the others, for the form."""
        shown = self.current_columns[1:]
        rest = [column for column in self.columns[1:] if column not in shown]
        return [*((column, True) for column in shown), *((column, False) for column in rest)]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """列: keep what was ticked, in its order; an arrow leaves the form open."""
        if "reset" in request.POST:
            layouts.remember(self.user, self.list_key, ())
            return HttpResponseRedirect(request.path + self.url_with(columns="", cursor=""))
        names = picked(self.columns, request.POST)
        layouts.remember(self.user, self.list_key, names)
        open_again = "1" if {"up", "down"} & set(request.POST) else ""
        return HttpResponseRedirect(
            request.path + self.url_with(columns=",".join(names), cursor="", pick=open_again)
        )
