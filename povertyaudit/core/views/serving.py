"""Hand out the bytes of an attachment that was already fetched through scope, so that a browser can do nothing with them
but show or save them."""

from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from povertyaudit.core import audit, files
from povertyaudit.core.models import Attachment, User

SANDBOX = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


def serve(attachment: Attachment, *, by: User, thumb: bool = False) -> HttpResponse | FileResponse:
    """The stored file or its thumbnail. A protected original leaves an entry in the record each time it is opened."""
    if thumb and not attachment.thumb_sha256:
        raise Http404
    path = files.path_of(attachment.thumb_sha256 if thumb else attachment.sha256)
    if not path.is_file():
        raise Http404
    if attachment.desk_unit_id and not thumb:
        audit.record("attachment.open", attachment.dossier, by=by, facts={"file": attachment.public_id})
    response = FileResponse(path.open("rb"), content_type="image/jpeg" if thumb else attachment.content_type)
    name = content_disposition_header(not attachment.is_image, attachment.original_name)
    response.headers["Content-Disposition"] = name or "attachment"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
