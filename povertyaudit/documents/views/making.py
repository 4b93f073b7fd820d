"""生成文书 on the page of a row: what can be made, the form with its preview, what was made; and the register of all."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.views.generic import TemplateView, View
from django.views.generic.detail import SingleObjectMixin

from povertyaudit.core.errors import DomainError
from povertyaudit.core.scope import ScopedMixin
from povertyaudit.core.views import Column, CreatePage, ListPage, Table
from povertyaudit.core.views.base import Page, put_on
from povertyaudit.core.views.refusals import plain
from povertyaudit.documents import offering
from povertyaudit.documents.engine import pdf
from povertyaudit.documents.engine.reading import lines_of
from povertyaudit.documents.filters import DocumentFilter
from povertyaudit.documents.forms import MakeForm
from povertyaudit.documents.kinds import Kind, offered
from povertyaudit.documents.models import Document
from povertyaudit.documents.services import making
from povertyaudit.documents.serving import serve_pdf

SECTION = "documents"
PREVIEW = "_preview"


def file_links(row: Document) -> Any:
    """The file, and the PDF where the machine can make one."""
    word = format_html('<a href="{}">Word</a>', row.attachment.get_absolute_url())
    if not pdf.converter():
        return word
    return format_html('{} <a href="/documents/{}/pdf/">PDF</a>', word, row.public_id)


COLUMNS = (
    Column("title", "标题", kind="link", phone="main"),
    Column("kind_label", "文书", phone="first"),
    Column("number", "文号", phone="sub"),
    Column("state", "状态", kind="state"),
    Column("created_at", "生成时间", kind="moment", order="created_at", phone="side"),
    Column("made_by.display_name", "生成人", phone="hide"),
    Column("template.edition_words", "模板", phone="hide"),
    Column("file", "文件", kind="html", value=file_links, phone="last"),
)


class OfRow(Page):
    """A page about the documents of one row, which the user may read whole."""

    kwargs: Any
    section = SECTION
    row: Any = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        if self.user.is_authenticated:
            self.row = offering.row_of(kwargs["things"], kwargs["id"], self.user)
            if self.row is None:
                raise Http404

    def here(self) -> str:
        return f"{self.row.get_absolute_url()}documents/"


class DocumentsOf(OfRow, TemplateView):
    """What can be made of the row now, and what was made of it."""

    template_name = "documents/of_row.html"

    def get_title(self) -> str:
        return "生成文书"

    def get_parent(self) -> tuple[str, str]:
        return str(self.row), self.row.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = making.made_of(self.row, self.user)
        kinds = [(kind.label, f"{self.here()}{kind.code}/") for kind in offered(self.row, self.user)]
        made = Table("已生成的文书", COLUMNS, rows, empty="还没有生成过文书。", key="made")
        return super().get_context_data(kinds=kinds, table=made, **kwargs)


class MakeDocument(OfRow, CreatePage):
    """The form of one kind with the document as it would be; pressed 预览, with what was typed; pressed 生成, kept."""

    form_class, template_name, label = MakeForm, "documents/make.html", "生成"
    kind: Kind
    drafted: making.Draft | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.row is not None:
            kind = offering.kind_of(self.row, kwargs["kind"])
            if kind is None:
                raise Http404
            self.kind = kind

    def get_title(self) -> str:
        return self.kind.label

    def get_parent(self) -> tuple[str, str]:
        return f"{self.row} 生成文书", self.here()

    def get_initial(self) -> dict[str, Any]:
        return offering.first(self.row, self.kind, self.user)

    def get_form(self, form_class: Any = None) -> BaseForm:
        form: Any = super().get_form(form_class)
        form.of(self.kind)
        return form  # type: ignore[no-any-return]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, filled in as far as the row knows; a document that cannot be made answers with the reason."""
        try:
            making.may_make(self.row, self.kind, by=self.user)
        except DomainError as refusal:
            self.refusal = refusal
            return self.render_to_response(self.get_context_data(), status=refusal.status)
        return self.render_to_response(self.get_context_data(drafted=self._draft(self.get_initial())))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if PREVIEW not in request.POST or not form.is_valid():
            return super().post(request, *args, **kwargs)
        try:
            drafted = making.preview(self.row, self.kind, by=self.user, **form.cleaned_data)
        except DomainError as refusal:
            put_on(form, refusal)
            return self.show(form, {}, status=refusal.status)
        return self.render_to_response(self.get_context_data(form=form, drafted=self._shown(drafted)))

    def _draft(self, said: dict[str, Any]) -> dict[str, Any] | None:
        """The preview as the form opens; none where something must be typed first."""
        try:
            return self._shown(making.preview(self.row, self.kind, by=self.user, **said))
        except DomainError:
            return None

    def _shown(self, draft: making.Draft) -> dict[str, Any]:
        return {"lines": lines_of(draft.content), "template": draft.template, "number": draft.number}

    def call(self, **values: Any) -> Any:
        return making.make(self.row, kind=self.kind, by=self.user, **values)

    def success_address(self, record: Any) -> str:
        return self.here()

    def done_sentence(self, record: Any) -> str:
        return f"已生成{self.kind.label}{record.number}。"

    def cancel_address(self) -> str:
        return self.here()


class DocumentList(ListPage):
    """All documents one may open."""

    queryset = Document.objects.for_list()
    section, title = SECTION, "文书"
    filterset_class = DocumentFilter
    main_filters = ("q", "kind")
    columns = COLUMNS
    order = "-created_at"
    empty, empty_hint = "还没有生成过文书。", "在线索、事项、报表等页面点“生成文书”。"
    unit_word = "份"


class DocumentPdf(ScopedMixin, SingleObjectMixin, View):
    """The document as PDF, where the machine can make one."""

    queryset = Document.objects.for_list()
    slug_field, slug_url_kwarg = "public_id", "id"

    def get(self, request: HttpRequest, id: str) -> HttpResponse:
        if not pdf.converter():
            raise Http404
        try:
            return serve_pdf(self.get_object(), by=self.user)
        except DomainError as refusal:
            return plain(request, refusal.status, refusal.code, str(refusal))
