"""我的工作 and the search: the only pages that draw on several apps."""

from typing import Any

from django.views.generic import TemplateView

from povertyaudit import home
from povertyaudit.core import searching
from povertyaudit.core.views import Page


class Own(Page, TemplateView):
    """A page of the user's own: each of its rows came through scope already."""


class MyWork(Own):
    template_name = "core/home.html"
    section, title = "home", "我的工作"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.request.counts_anew = True  # the rail beside says what the page says
        sections = [section for make in home.SECTIONS if (section := make(self.user)) is not None]
        return super().get_context_data(
            sections=[section for section in sections if section.entries or section.beside],
            quiet=[section for section in sections if not section.entries and not section.beside],
            messages_unread=home.unread_of(self.user)[:5],
            **kwargs,
        )


class Search(Own):
    """Everything the user may see whose number, title or persons hold the words, by kind."""

    template_name = "core/search.html"
    title = "查找"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = searching.asked(self.request.GET.get("q", ""))
        groups = searching.grouped(searching.everywhere(home.SEARCHES, self.user, words), words)
        return super().get_context_data(q=words.typed, asked=words, groups=groups, **kwargs)
