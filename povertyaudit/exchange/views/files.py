"""Files that were too large for one answer: how far each is, download, cancel."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseRedirect
from django.views.generic import DetailView, ListView

from povertyaudit.core.api.ledgers import XLSX
from povertyaudit.core.errors import WrongState
from povertyaudit.core.views.base import Page
from povertyaudit.core.views.refusals import plain
from povertyaudit.exchange.models import LedgerFile
from povertyaudit.exchange.services import files


class Files(Page, ListView):
    """The caller's own, newest first."""

    queryset = LedgerFile.objects.all()
    section, title = "files", "导出的文件"
    template_name = "exchange/files.html"
    context_object_name = "files"


class FilePage(Page, DetailView):
    queryset = LedgerFile.objects.all()
    section, title, parent = "files", "导出的文件", ("导出的文件", "/files/")
    template_name = "exchange/file.html"
    slug_field, slug_url_kwarg, context_object_name = "public_id", "id", "file"

    def post(self, request: HttpRequest, id: str) -> HttpResponseRedirect:  # noqa: A002
        """取消, or delete what is written."""
        files.cancel(self.get_object())
        return HttpResponseRedirect("/files/")


class FileContent(Page, DetailView):
    queryset = LedgerFile.objects.all()
    slug_field, slug_url_kwarg = "public_id", "id"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        file = self.get_object()
        try:
            opened = files.opened(file)
        except WrongState as refusal:
            return plain(request, refusal.status, refusal.code, str(refusal))
        return FileResponse(
            opened, as_attachment=True, filename=files.name_of(file), content_type=XLSX, headers={"Cache-Control": "no-store"},
        )  # fmt: skip
