"""A PDF that opens without a password, has a sensible number of pages, and does nothing but show them."""

import io
import re
import sys

import pikepdf

PAGE_CAP = 5000
# Names as qpdf writes them, so that no spelling (/J#53) hides one. Actions that run, send or fetch; other files inside.
_END = rb"(?![^\s/<>\[\](){}%])"
_ACTIVE = re.compile(
    rb"/(?:JS|JavaScript|XFA|Launch|SubmitForm|ImportData|GoToE|Rendition|RichMedia|RichMediaExecute|Movie|Sound|3D)"
    + _END
)
_FILES = re.compile(rb"/(?:EF|FileAttachment)" + _END)
_STRINGS = re.compile(rb"\((?:\\.|[^\\)])*\)|<[0-9a-fA-F]*>", re.DOTALL)


def look(data: bytes) -> bytes:
    """Nothing, if the file may be kept."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if not 1 <= len(pdf.pages) <= PAGE_CAP:
                sys.exit("pages" if len(pdf.pages) else "damaged")
            for thing in pdf.objects:
                judge(thing)
            judge(pdf.trailer)
    except pikepdf.PasswordError:
        sys.exit("encrypted")
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        sys.exit("damaged")
    return b""


def judge(thing: object) -> None:
    """Leaves with a code when the object, with all that lies directly in it, is one that acts or carries files."""
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Array):
        text = _STRINGS.sub(b"", thing.unparse(resolved=True))
        if _ACTIVE.search(text):
            sys.exit("active")
        if _FILES.search(text):
            sys.exit("carries")
