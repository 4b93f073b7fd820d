"""Hand out a document as PDF: opened as its file is, and recorded likewise."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from povertyaudit.core import file_types
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import User
from povertyaudit.core.views.serving import PDF, SANDBOX, serve
from povertyaudit.documents.engine import pdf
from povertyaudit.documents.models import Document


class NotConverted(DomainError):
    """The converter failed on this document."""

    status = 409

    def __init__(self) -> None:
        super().__init__("document.pdf", "这份文书没有转成 PDF，请下载 Word 文件。")


def serve_pdf(row: Document, *, by: User) -> HttpResponse:
    """The PDF. Opening the Word file behind it leaves the entry in the record. Raises NotConverted."""
    served = serve(row.attachment, by=by)
    content = b"".join(served.streaming_content) if served.streaming else served.content  # type: ignore[union-attr, arg-type]
    try:
        made = pdf.pdf_of(content)
    except pdf.Unable:
        raise NotConverted from None
    name = content_disposition_header(True, f"{row.attachment}.pdf") or "attachment"
    headers = {"Content-Disposition": name, "Content-Security-Policy": SANDBOX, "Cache-Control": "no-store"}
    return HttpResponse(made, content_type=PDF, headers=headers)


def word_file(content: bytes, name: str) -> HttpResponse:
    """A Word file that belongs to no row: a template."""
    said = content_disposition_header(True, name) or "attachment"
    headers = {
        "Content-Type": file_types.OFFICE["docx"],
        "Content-Disposition": said,
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, headers=headers)
