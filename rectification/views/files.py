"""One file of a letter's reply or of a source paper, looked at in the page."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from povertyaudit.core.views.base import Page
from rectification import attached


@method_decorator(csp_update({"frame-src": [SELF]}), name="dispatch")
class FilePage(Page, DetailView):
    """The dossier is found through scope, the file among those of the dossier; with the way to the next."""

    template_name = "rectification/file.html"
    slug_field, slug_url_kwarg = "public_id", "id"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = attached.of(self.object)
        at = next((n for n, one in enumerate(every) if one.public_id == self.kwargs["file"]), None)
        if at is None:
            raise Http404
        self.file = every[at]
        turn = {
            "previous": attached.address(self.object, every[at - 1]) if at else "",
            "next": attached.address(self.object, every[at + 1]) if at + 1 < len(every) else "",
        }
        return super().get_context_data(file=self.file, at=at + 1, count=len(every), **turn, **kwargs)

    def get_title(self) -> str:
        return str(self.file)

    def get_parent(self) -> tuple[str, str]:
        return str(self.object), f"{self.object.get_absolute_url()}#files"
