"""The address of an attachment: found through scope, or not at all."""

from django.http import HttpRequest
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import Attachment
from povertyaudit.core.scope import ScopedMixin
from povertyaudit.core.views.refusals import plain
from povertyaudit.core.views.serving import Served, serve


class OpenAttachment(ScopedMixin, SingleObjectMixin, View):
    """The stored file; with `?thumb` a small picture of it, with `?inline` a PDF for a page of ours to show."""

    queryset = Attachment.objects.all()
    slug_field = slug_url_kwarg = "public_id"

    def get(self, request: HttpRequest, public_id: str) -> Served:
        try:
            asked = request.GET
            return serve(self.get_object(), by=self.user, thumb="thumb" in asked, inline="inline" in asked)
        except DomainError as refusal:
            return plain(request, refusal.status, refusal.code, str(refusal))
