"""PaperPage: a paper of a record as it will be printed, on one sheet, with the Word file beside it.

class DigestPaper(PaperPage):
    queryset, section = Digest.objects.for_page(), "calls"

    def paper(self):
        return digests.paper_of(self.object)

    def file(self):  # the Attachment that was kept; None while it is a draft
        return self.object.file
"""

from typing import Any

from django.views.generic import DetailView

from povertyaudit.core.models import Attachment
from povertyaudit.core.papers import Paper
from povertyaudit.core.views.base import Page


class PaperPage(Page, DetailView):
    template_name = "core/paper.html"
    slug_field = "public_id"
    slug_url_kwarg = "id"

    def paper(self) -> Paper:
        """What the sheet says."""
        raise NotImplementedError

    def file(self) -> Attachment | None:
        """The kept Word file."""
        return None

    def get_title(self) -> str:
        return self.paper().title

    def get_parent(self) -> tuple[str, str] | None:
        return str(self.object), self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(paper=self.paper(), file=self.file(), **kwargs)
