"""为什么我能看到: the posts and rules by which this person reaches this record. The same rules are the scope."""

from typing import Any

from django.views.generic import DetailView

from povertyaudit.core import scope
from povertyaudit.core.views.base import Page


class WhyPage(Page, DetailView):
    template_name = "core/why.html"
    slug_field, slug_url_kwarg = "public_id", "id"
    title = "为什么我能看到"

    def get_parent(self) -> tuple[str, str] | None:
        return str(self.object), self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(ways=scope.why(self.object, self.user), **kwargs)
