"""Addresses of a list: what they ask for, what a link keeps, and the one address by which a list is handed on."""

from typing import Any
from urllib.parse import urlencode

from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from povertyaudit.core.filters import names_of
from povertyaudit.core.saved_views import Asked
from povertyaudit.core.views.parts import Tab

# What is not a filter. The first four are never handed on.
PAGING = ("cursor", "format", "pick", "part", "view", "ordering", "tab", "columns")
PASSING = PAGING[:4]
SAYS_NOTHING = ("", "unknown")  # the second is what Django's yes-or-no select sends where neither is chosen


def without_empty(query: Asked) -> Asked:
    """A copy without parameters that say nothing."""
    return MultiValueDict(
        {
            name: kept
            for name, values in query.lists()
            if (kept := [one for one in values if one not in SAYS_NOTHING])
        }
    )


class Addressed:
    """Part of ListPage."""

    request: Any
    tabs: Any = ()
    key = ""
    bound: Any = None  # the filters of this request

    @property
    def list_key(self) -> str:
        """What the choices of a person are kept under: the address of the list, e.g. "leads"."""
        return self.key or self.request.path.strip("/")[:60]

    @cached_property
    def asked(self) -> Asked:
        """The address as it stands; the links of the page keep it."""
        return without_empty(self.request.GET)

    @cached_property
    def params(self) -> Asked:
        """What is asked for."""
        return self.asked

    def url_with(self, **changes: str) -> str:
        """The present address with some parameters changed (empty: left out)."""
        return changed(self.asked, **changes)

    def url_without(self, *names: str) -> str:
        """The present conditions without some of them."""
        return changed(self.params, **dict.fromkeys((*names, "cursor"), ""))

    def current_tab(self) -> Tab | None:
        if not self.tabs:
            return None
        asked = self.params.get("tab", "")
        here: Tab = next((tab for tab in self.tabs if tab.key == asked), self.tabs[0])
        return here

    def plain_url(self) -> str:
        """The list without any condition."""
        return "?"

    def tab_url(self, tab: Tab) -> str:
        return f"?{urlencode({'tab': tab.key})}" if tab.key else self.plain_url()

    def filters_only(self) -> str:
        """The active filters as a query string, for ledgers."""
        return changed(self.params, **dict.fromkeys(PAGING, "")).removeprefix("?")

    def conditions(self) -> str:
        """What is asked for as a query string in one spelling: tab, filters by name, ordering, columns."""
        query, known = self.params, names_of(self.bound)
        names = sorted(name for name in query if name in known and name not in PAGING)
        pairs = [
            (name, value) for name in ("tab", *names, "ordering", "columns") for value in query.getlist(name)
        ]
        return urlencode(pairs)

    def shared_url(self) -> str:
        """The address that shows the same conditions to everybody who may see the rows."""
        conditions = self.conditions()
        return f"{self.request.path}?{conditions}" if conditions else str(self.request.path)


def changed(query: Asked, **changes: str) -> str:
    """`?…` with some parameters set, or left out where empty; what only holds for one answer is dropped."""
    copy = query.copy()
    for name, value in {"format": "", "pick": "", "part": "", **changes}.items():
        copy.pop(name, None)
        if value:
            copy[name] = value
    return f"?{urlencode([(name, value) for name, values in copy.lists() for value in values])}"
