"""Hand out the bytes of an attachment that was already fetched through scope, so that a browser can do nothing with them
but show or save them."""

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from povertyaudit.core import audit, files, originals, store
from povertyaudit.core.models import Attachment, User

SANDBOX = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
# A PDF drawn by the browser's own viewer, which a sandbox would forbid; only in our own pages.
IN_OUR_PAGES = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
PDF = "application/pdf"


Served = HttpResponse | FileResponse | StreamingHttpResponse


def serve(attachment: Attachment, *, by: User, thumb: bool = False, inline: bool = False) -> Served:
    """The stored file or its thumbnail; `inline`: a PDF to be shown within a page of ours. A protected original is decrypted on its way, and leaves an entry in the record
    each time it is opened. Raises DomainError where it cannot be opened."""
    if thumb and not attachment.thumb_sha256:
        raise Http404
    path = store.path_of(attachment.thumb_sha256 if thumb else attachment.sha256)
    if not path.is_file():
        raise Http404
    content_type = "image/jpeg" if thumb else attachment.content_type
    response: Served
    if attachment.desk_unit_id:
        plain, length = originals.opened(attachment, thumb=thumb)
        if not thumb:
            audit.record("attachment.open", attachment.dossier, by=by, facts={"file": attachment.public_id})
        response = StreamingHttpResponse(
            plain, content_type=content_type, headers={"Content-Length": str(length)}
        )
    else:
        if attachment.kind in files.OPENING_RECORDED:
            audit.record("document.open", attachment.dossier, by=by, facts={"file": attachment.public_id})
        response = FileResponse(path.open("rb"), content_type=content_type)
    framed = inline and attachment.content_type == PDF
    name = content_disposition_header(not (attachment.is_image or framed), attachment.original_name)
    response.headers["Content-Disposition"] = name or ("inline" if framed else "attachment")
    response.headers["Content-Security-Policy"] = IN_OUR_PAGES if framed else SANDBOX
    if framed:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
