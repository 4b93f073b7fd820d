"""Hostile files, built here and sent to the probe: refused with a sentence, within 400 MB and ten seconds.

The bounds are the system's own: a probe that takes more is ended and its answer is "heavy".
"""

import io
import os
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest
from PIL import Image

from povertyaudit.core import apart, file_types
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.probes import image as image_probe
from povertyaudit.core.probes import office as office_probe
from tests.core.test_files import office, photo

pytestmark = pytest.mark.once

MB = 1024 * 1024


@pytest.fixture(autouse=True)
def _bounds(monkeypatch):
    """Half of what the product allows: none of these needs more to be refused."""
    monkeypatch.setattr(apart, "MEGABYTES", 400)
    monkeypatch.setattr(apart, "SECONDS", 10)


def code_of(data, name="a"):
    with pytest.raises(RuleBroken) as refusal:
        file_types.check(data, name)
    assert str(refusal.value).endswith("。")
    return refusal.value.code.removeprefix("file.")


def zeros(size):
    return b"\0" * size


def packed(members, kind="word/document.xml"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": b"<Types/>", kind: b"<x/>", **members}.items():
            archive.writestr(name, content)
    return out.getvalue()


def tampered(name, field, value, *, there="both"):
    """A docx whose header says `value` of the member `name`, in the directory, beside its bytes, or both."""
    data = bytearray(packed({name: zeros(1000)}))
    offset = {"size": 22, "packed": 18, "crc": 14}[field]
    marks = [(b"PK\x03\x04", 30, 0)] if there != "directory" else []
    marks += [(b"PK\x01\x02", 46, 2)] if there != "local" else []
    for mark, head, shift in marks:
        at = data.rfind(name.encode()) - head if mark == b"PK\x01\x02" else data.find(name.encode()) - head
        assert data[at : at + 4] == mark
        struct.pack_into("<I", data, at + offset + shift, value)
    return bytes(data)


def lying():
    """200 MB of zeros that call themselves ten bytes, with the checksum of those ten."""
    name = "word/media/x"
    data = bytearray(packed({name: zeros(200 * MB)}))
    for mark, head, shift in ((b"PK\x03\x04", 30, 0), (b"PK\x01\x02", 46, 2)):
        find = data.find if shift == 0 else data.rfind
        at = find(name.encode()) - head
        assert data[at : at + 4] == mark
        struct.pack_into("<I", data, at + 14 + shift, zlib.crc32(zeros(10)))
        struct.pack_into("<I", data, at + 22 + shift, 10)
    return bytes(data)


def overlapping():
    """A member whose bytes are another member, which the directory names as well."""
    one = packed({"word/b": zeros(MB)})
    inside = one[one.find(b"word/b") - 30 : one.find(b"PK\x01\x02")]
    entry = bytearray(one[one.rfind(b"PK\x01\x02") : one.rfind(b"PK\x05\x06")])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in (
            ("[Content_Types].xml", b"<a/>"),
            ("word/document.xml", b"<a/>"),
            ("word/a", b"  " + inside),
        ):
            archive.writestr(name, content)
    data = out.getvalue()
    end = data.rfind(b"PK\x05\x06")
    struct.pack_into("<I", entry, 42, data.find(b"word/b") - 30)
    tail = bytearray(data[end:])
    size = struct.unpack_from("<I", tail, 12)[0]
    struct.pack_into("<HHI", tail, 8, 4, 4, size + len(entry))
    return data[:end] + bytes(entry) + bytes(tail)


def doubled():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", "word/documenu.xml"):
            archive.writestr(name, b"<x/>")
    return out.getvalue().replace(b"documenu", b"document")


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">%s]><a>&z;</a>' % b"".join(
    b'<!ENTITY c%d "%s">' % (n, b"&b;" * 10) for n in range(20)
)
RELS = '<Relationships><Relationship Type="http://x/officeDocument/relationships/{}" Target="http://evil/x" TargetMode="External"/></Relationships>'
MACRO_TYPES = b'<Types><Override PartName="/a" ContentType="application/vnd.ms-office.vbaProject"/></Types>'


def nested_bombs():
    """Each of them would do alone; together they are too much."""
    inner = packed({"x": os.urandom(MB) + zeros(70 * MB)}, "xl/workbook.xml")
    return packed({f"word/embeddings/{n}.xlsx": inner for n in range(3)})


OFFICES = {
    "a member of 201 MB": (lambda: packed({"word/media/x": zeros(201 * MB)}), "bomb"),
    "many members": (lambda: packed({f"word/{n}": b"" for n in range(office_probe.MEMBER_CAP)}), "bomb"),
    "a size that lies": (lambda: lying(), "bomb"),
    "a size that is too large": (lambda: tampered("word/media/x", "size", 2**32 - 2), "damaged"),
    "a checksum that lies": (lambda: tampered("word/media/x", "crc", 1), "damaged"),
    "packed bytes that reach into the directory": (lambda: tampered("word/media/x", "packed", 10_000), "damaged"),
    "entries over each other": (lambda: overlapping(), "damaged"),
    "the same name twice": (lambda: doubled(), "damaged"),
    "the same name in capitals": (lambda: packed({"WORD/document.xml": b"<y/>"}), "damaged"),
    "a ratio nobody reaches": (lambda: packed({"word/media/x": zeros(25 * MB)}), "bomb"),
    "bombs inside": (nested_bombs, "bomb"),
    "documents in documents in documents": (lambda: packed({"a": packed({"a": packed({"a": packed({})})})}), "bomb"),
    "a plain archive inside": (lambda: packed({"word/embeddings/a.bin": office(None, members={"x": "y"})}), "nested"),
    "a program inside": (lambda: packed({"word/embeddings/a.bin": b"MZ\x90\x00"}), "nested"),
    "another packer's archive inside": (lambda: packed({"word/embeddings/a.bin": b"Rar!\x1a\x07\x00"}), "nested"),
    "entities": (lambda: packed({"word/styles.xml": LAUGHS}), "dtd"),
    "entities in UTF-16": (lambda: packed({"word/styles.xml": LAUGHS.decode().encode("utf-16")}), "dtd"),
    "entities far into a part": (lambda: packed({"a.xml": b" " * 100_000 + LAUGHS}), "dtd"),
    "a template from elsewhere": (lambda: packed({"word/_rels/a.rels": RELS.format("attachedTemplate").encode()}), "fetches"),
    "a macro under another name": (lambda: packed({"[Content_Types].xml": MACRO_TYPES}), "macro"),
    "a macro in a document inside": (lambda: packed({"a": packed({"xl/vbaProject.bin": b"x"})}), "macro"),
    "a way out": (lambda: packed({"../../etc/passwd": b"x"}), "damaged"),
    "a path from the root": (lambda: packed({"/etc/passwd": b"x"}), "damaged"),
    "a path of another system": (lambda: packed({"..\\x": b"x"}), "damaged"),
    "something in front": (lambda: b"PK\x03\x04" + zeros(40) + packed({}), "damaged"),
    "a slide show": (lambda: packed({}, "ppt/presentation.xml"), "type"),
}  # fmt: skip


@pytest.mark.parametrize("what", OFFICES)
def test_a_document_that_is_not_what_it_says_is_refused(what):
    make, code = OFFICES[what]
    assert code_of(make(), "a.docx") == code


def test_an_honest_document_with_a_link_and_a_workbook_inside_is_taken():
    inner = packed({}, "xl/workbook.xml")
    data = packed({
        "word/_rels/document.xml.rels": RELS.format("hyperlink").encode(),
        "word/embeddings/a.xlsx": inner,
        "word/media/image1.png": photo("PNG"),
        "word/big.xml": b"<w:p>" + os.urandom(3 * MB).hex().encode() + b"</w:p>",
    })  # fmt: skip
    assert file_types.check(data, "a.docx").extension == "docx"


def png(width, height, *chunks):
    """A PNG header of any size over a handful of bytes."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)), *chunks]
    parts += [(b"IDAT", zlib.compress(zeros(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def drawn(size, form, mode="1", **options):
    out = io.BytesIO()
    Image.new(mode, size).save(out, form, **options)
    return out.getvalue()


def moving(form):
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue", "green")]
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    return out.getvalue()


def huge_webp():
    """16,383 by 16,383 pixels, said by the header of a picture of ten."""
    data = bytearray(moving("WEBP"))
    at = data.find(b"VP8X") + 12
    data[at : at + 6] = (16382).to_bytes(3, "little") * 2
    return bytes(data)


PICTURES = {
    "64 million pixels": (lambda: drawn((8000, 8000), "PNG"), "pixels"),
    "a header without pixels": (lambda: png(60_000, 60_000), "pixels"),
    "a huge header in a small WebP": (huge_webp, "damaged"),
    "a moving PNG": (lambda: moving("PNG"), "animated"),
    "a moving WebP": (lambda: moving("WEBP"), "animated"),
    "a cut PNG": (lambda: png(4000, 4000), "damaged"),
    "text that unpacks to 100 MB": (
        lambda: png(10, 10, (b"zTXt", b"k\0\0" + zlib.compress(zeros(100 * MB)))), "damaged"),
    "a colour profile that unpacks to 100 MB": (
        lambda: png(4000, 4000, (b"iCCP", b"k\0\0" + zlib.compress(zeros(100 * MB)))), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("what", PICTURES)
def test_a_picture_that_is_a_bomb_is_refused_and_costs_little(what):
    make, code = PICTURES[what]
    assert code_of(make()) == code


def test_the_largest_picture_that_is_taken_is_bounded_too(monkeypatch):
    monkeypatch.undo()
    side = int(image_probe.PIXEL_CAP**0.5)
    assert file_types.check(drawn((side, side), "PNG", "L"), "a").extension == "png"
    assert code_of(drawn((side, side), "WEBP", "RGBA")) == "heavy"


def test_a_probe_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(apart, "PATIENCE", 0.001)
    assert code_of(photo()) == "heavy"


def test_a_probe_that_dies_is_a_refusal(monkeypatch):
    monkeypatch.setattr(apart, "MEGABYTES", 20)
    assert code_of(photo()) == "heavy"


def test_a_probe_has_no_keys_and_can_write_nothing(tmp_path):
    home, written = tmp_path / "probes", tmp_path / "written"
    home.mkdir()
    (home / "__main__.py").write_bytes((apart.PROBES / "__main__.py").read_bytes())
    (home / "nosy.py").write_text(
        "import os\n"
        "def look(data):\n"
        "    try:\n"
        f"        os.write(os.open({str(written)!r}, os.O_CREAT | os.O_WRONLY), b'x')\n"
        "    except OSError:\n"
        "        pass\n"
        "    return repr(sorted(os.environ)).encode()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-I", str(home), "nosy", "400", "5"], env={}, capture_output=True, check=False
    )
    assert ran.returncode != 0 or not written.exists() or written.stat().st_size == 0
    assert ran.stdout in {b"", b"[]", b"['LC_CTYPE']"}
