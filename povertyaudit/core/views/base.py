"""What every page shares: scope, the section of the rail it belongs to, a title."""

from typing import Any

from django.forms import BaseForm

from povertyaudit.core.errors import DomainError, Several
from povertyaudit.core.scope import ScopedMixin


class Page(ScopedMixin):
    """First base of every page.

    section  key of the rail entry to mark ("leads", "rounds", "items", "funds", "system", "home")
    title    Chinese title of the page
    parent   (label, url) of the page above, shown before the title
    """

    section = ""
    title = ""
    parent: tuple[str, str] | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context.setdefault("title", self.get_title())
        context.update(page=self, section=self.section, parent=self.get_parent())
        return context

    def get_title(self) -> str:
        return self.title

    def get_parent(self) -> tuple[str, str] | None:
        return self.parent


def put_on(form: BaseForm, refusal: DomainError) -> None:
    """Show a refusal of the service at the field it names, or on top of the form."""
    for one in refusal.errors if isinstance(refusal, Several) else [refusal]:
        form.add_error(one.field if one.field in form.fields else None, str(one))
