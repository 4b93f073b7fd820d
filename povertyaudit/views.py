"""我的工作 and the search: the only pages that draw on several apps."""

from datetime import timedelta
from typing import Any

from django.views.generic import TemplateView

from povertyaudit import desk, home
from povertyaudit.core import looking, moment, reading, searching
from povertyaudit.core.home import Section
from povertyaudit.core.views import Page
from povertyaudit.reporting.boards import small

DESK_TABS = ("due", "others")
NEAR_DAYS = 7


class Own(Page, TemplateView):
    """A page of the user's own: each of its rows came through scope already."""


class MyWork(Own):
    """What waits for me, what is due, what waits for others; messages and mentions are two more tabs of the same page."""

    template_name = "core/home.html"
    section, title = "home", "我的工作"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.request.counts_anew = not self.wants_rest()  # the rail beside says what the page says
        tab = self.request.GET.get("tab", "")
        made = {"due": self.due, "others": self.others}.get(tab, self.mine)()
        return super().get_context_data(desk_tab=tab if tab in DESK_TABS else "", **made, **kwargs)

    def mine(self) -> dict[str, Any]:
        """A screen full of lines; what follows does not hold up the page (`?rest=`, with JavaScript at once)."""
        asked, rest = self.request.GET.get("rest", ""), 0
        if self.wants_rest():
            found = desk.sections(self.user, int(asked) if asked.isdecimal() and len(asked) < 4 else 0)
        elif asked:
            found = desk.sections(self.user)
        else:
            found, rest = desk.first_screen(self.user)
        return {
            "sections": [section for section in found if section.entries or section.beside],
            "quiet": [section for section in found if not section.entries and not section.beside],
            "messages_unread": home.unread_of(self.user)[:5],
            "has_figures": bool(self.user.roles & small.READERS),
            "rest_url": f"/?rest={rest}" if rest else "",
        }

    def wants_rest(self) -> bool:
        """htmx fetches what follows the first screen; by hand the address gives the page whole."""
        return "rest" in self.request.GET and self.request.headers.get("HX-Request") == "true"

    def get_template_names(self) -> list[str]:
        return ["core/_home_rest.html" if self.wants_rest() else self.template_name]

    def due(self) -> dict[str, Any]:
        """Dates past, of today and of the days that follow, each matter once."""
        found, today = desk.dated(desk.sections(self.user)), moment.today()
        near = today + timedelta(days=NEAR_DAYS)
        groups = (
            ("已超期", [one.entry for one in found if one.due_on < today]),
            ("今天到期", [one.entry for one in found if one.due_on == today]),
            (f"{NEAR_DAYS} 天内到期", [one.entry for one in found if today < one.due_on <= near]),
        )
        return {"sections": [Section(title, "", rows, len(rows)) for title, rows in groups if rows]}

    def others(self) -> dict[str, Any]:
        return {"sections": desk.others(self.user), "what_head": "在哪里"}


class Search(Own):
    """Everything the user may see whose number, title or persons hold the words, by kind."""

    template_name = "core/search.html"
    title = "查找"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = searching.asked(self.request.GET.get("q", ""))
        found = looking.look(home.KINDS, self.user, words.looked_for) if words.looked_for else []
        groups = searching.grouped(found, words)
        unread = reading.behind() if words.looked_for else None
        return super().get_context_data(q=words.typed, asked=words, groups=groups, unread=unread, **kwargs)
