"""Papers (PDF) that act or are bombs, and the probe that looks at them."""

import io
import os
import struct
import zlib

import pikepdf
import pytest

from povertyaudit.core import file_types
from tests.core.test_file_bombs import (
    MB,
    _bounds,  # noqa: F401 — fixtures
    code_of,
    zeros,
)

pytestmark = pytest.mark.once


def paper(change=None, **options):
    out = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    if change:
        change(pdf)
    pdf.save(out, **options)
    return out.getvalue()


def script(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def hidden_script(pdf):
    annotation = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary(S=pikepdf.Name.Launch))
    pdf.pages[0].Annots = pikepdf.Array([annotation])


def script_of_a_stream(pdf):
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.Root.Extra = pikepdf.Stream(pdf, b"x", {"/AA": pikepdf.Dictionary(O=action)})


def inner_file(pdf):
    pdf.attachments["x.exe"] = b"MZ"


def many_pages(pdf):
    for _ in range(5001):
        pdf.add_blank_page()


def stream_bomb(pdf):
    pdf.Root.Extra = pikepdf.Stream(pdf, b"x")


def object_bomb():
    """An object stream, read to find anything at all, that unpacks to 600 MB."""
    big = zlib.compressobj(9)
    body = b"".join(big.compress(zeros(10 * MB)) for _ in range(60)) + big.flush()
    parts = [b"%PDF-1.5\n"]
    where = {}

    def put(number, text):
        where[number] = sum(map(len, parts))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, text))

    put(
        3,
        b"<< /Type /ObjStm /N 2 /First 10 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (len(body), body),
    )
    start = sum(map(len, parts))
    rows = b"".join(
        struct.pack(">BIB", *row)
        for row in ((0, 0, 0), (2, 3, 0), (2, 3, 1), (1, where[3], 0), (1, start, 0))
    )
    parts.append(
        b"4 0 obj\n<< /Type /XRef /Size 5 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        % (len(rows), rows)
    )
    return b"".join(parts) + b"startxref\n%d\n%%%%EOF\n" % start


LOCKED = pikepdf.Encryption(owner="o", user="u")


PAPERS = {
    "a script on opening": (lambda: paper(script), "active"),
    "a script in compressed objects": (
        lambda: paper(script, object_stream_mode=pikepdf.ObjectStreamMode.generate), "active"),
    "a script spelt otherwise": (lambda: paper(script).replace(b"/JavaScript", b"/J#61vaScr#69pt").replace(b"/JS", b"/#4aS"), "active"),
    "a program behind a link": (lambda: paper(hidden_script), "active"),
    "a script beside a stream": (lambda: paper(script_of_a_stream), "active"),
    "a file inside": (lambda: paper(inner_file), "carries"),
    "a password": (lambda: paper(encryption=LOCKED), "encrypted"),
    "5002 pages": (lambda: paper(many_pages), "pages"),
    "nothing": (lambda: b"%PDF-1.4\n%%EOF\n", "damaged"),
    "noise": (lambda: b"%PDF-1.4\n" + os.urandom(100_000) + b"\n%%EOF\n", "damaged"),
    "brackets without end": (lambda: b"%PDF-1.4\n1 0 obj\n" + b"[" * 5_000_000 + b"\n%%EOF\n", "damaged"),
    "objects that unpack to 600 MB": (object_bomb, "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("what", PAPERS)
def test_a_paper_that_acts_or_is_a_bomb_is_refused(what):
    make, code = PAPERS[what]
    assert code_of(make(), "a.pdf") == code


def test_honest_papers_are_taken():
    words = paper(lambda pdf: pdf.docinfo.update({"/Title": "on /JavaScript and /Launch"}))
    restricted = paper(encryption=pikepdf.Encryption(owner="o", user=""))
    for data in (paper(), words, restricted, paper(stream_bomb)):
        assert file_types.check(data, "a.pdf").extension == "pdf"
