"""A docx or xlsx by what lies in the archive. Every byte is inflated and counted; what is declared is believed nowhere."""

import io
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

MB = 1024 * 1024
UNPACKED_CAP, MEMBER_CAP, DEEPEST = 200 * MB, 5000, 2
RATIO_CAP, RATIO_FROM = 300, 20 * MB  # inflated to packed, once so much was inflated
PIECE = 64 * 1024
KINDS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
TYPES = "[Content_Types].xml"
_HEADER = struct.Struct("<4s5H3I2H")  # of one member, before its name
_DTD = re.compile(
    b"|".join(re.escape("<!DOCTYPE".encode(code)) for code in ("ascii", "utf-16-le", "utf-16-be"))
)
_FOREIGN = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"MZ", b"\x7fELF")
_FETCHED = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/aFChunk")


class Budget:
    """What the whole file may still unpack, however deep it lies."""

    def __init__(self) -> None:
        self.left, self.members = UNPACKED_CAP, MEMBER_CAP

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            sys.exit("bomb")

    def count(self, members: int) -> None:
        self.members -= members
        if self.members < 0:
            sys.exit("bomb")


def look(data: bytes) -> bytes:
    """`docx` or `xlsx`."""
    kind = package(data, Budget(), 0)
    if kind not in {"docx", "xlsx"}:
        sys.exit("type")
    return kind.encode()


def package(data: bytes, budget: Budget, depth: int) -> str:
    """The kind of document in `data`; leaves with a code for anything else, or anything wrong in it."""
    if depth > DEEPEST:
        sys.exit("bomb")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members, end = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        sys.exit("damaged")
    budget.count(len(members))
    names = {member.filename for member in members}
    kind = next((kind for part, kind in KINDS.items() if part in names), "")
    if not kind or TYPES not in names:
        sys.exit("nested" if depth else "type")
    judge_names(members)
    spent = budget.left
    for member, start in placed(data, members, end):
        judge_content(member, inflate(data, member, start, budget), budget, depth)
    spent -= budget.left
    if spent > RATIO_FROM and spent > RATIO_CAP * len(data):
        sys.exit("bomb")
    return kind


def judge_names(members: list[zipfile.ZipInfo]) -> None:
    """Names that are double, leave their folder, or mean something else elsewhere; locked and strangely packed members."""
    if len({member.filename.lower() for member in members}) < len(members):
        sys.exit("damaged")
    for member in members:
        name = member.filename
        if name != member.orig_filename or name.startswith("/") or ".." in name.split("/"):
            sys.exit("damaged")
        if "\\" in name or ":" in name or not name.isprintable():
            sys.exit("damaged")
        if member.flag_bits & 0x41:
            sys.exit("encrypted")
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            sys.exit("damaged")
        if name.endswith("vbaProject.bin") or "activeX/" in name:
            sys.exit("macro")


def placed(data: bytes, members: list[zipfile.ZipInfo], end: int) -> Iterator[tuple[zipfile.ZipInfo, int]]:
    """Each member with the place its bytes begin; none may lie in another, before the first, or in the directory."""
    free = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        at = member.header_offset
        if (free == 0 and at != 0) or at < free or at + _HEADER.size > end:
            sys.exit("damaged")
        head = _HEADER.unpack_from(data, at)
        start = at + _HEADER.size + head[9] + head[10]
        name = data[at + _HEADER.size : at + _HEADER.size + head[9]]
        written = name.decode("utf-8" if member.flag_bits & 0x800 else "cp437", "replace")
        free = start + member.compress_size
        if head[0] != b"PK\x03\x04" or written != member.orig_filename or free > end:
            sys.exit("damaged")
        yield member, start


def inflate(data: bytes, member: zipfile.ZipInfo, start: int, budget: Budget) -> bytes:
    """The member's bytes as they really are; leaves when they are not what was declared."""
    packed = memoryview(data)[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        budget.spend(len(packed))
        found = bytes(packed)
    else:
        found = _inflated(packed, budget)
    if len(found) != member.file_size or zlib.crc32(found) != member.CRC:
        sys.exit("damaged")
    return found


def _inflated(packed: memoryview, budget: Budget) -> bytes:
    stream, out = zlib.decompressobj(-15), bytearray()
    rest: bytes | memoryview = packed
    try:
        while not stream.eof:
            piece = stream.decompress(rest, PIECE)
            rest = stream.unconsumed_tail
            if not piece and not rest and not stream.eof:
                sys.exit("damaged")
            budget.spend(len(piece))
            out += piece
    except zlib.error:
        sys.exit("damaged")
    if stream.unused_data:
        sys.exit("damaged")
    return bytes(out)


def judge_content(member: zipfile.ZipInfo, content: bytes, budget: Budget, depth: int) -> None:
    """Other files inside, definitions of one's own in XML, macros, things fetched from elsewhere."""
    if content.startswith(b"PK\x03\x04"):
        package(content, budget, depth + 1)
    if content.startswith(_FOREIGN):
        sys.exit("nested")
    if _DTD.search(content):
        sys.exit("dtd")
    if member.filename == TYPES or member.filename.endswith(".rels"):
        read_parts(content)


def read_parts(content: bytes) -> None:
    """The lists of parts, read without a tree."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = judge_part
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        sys.exit("damaged")


def judge_part(_name: str, said: dict[str, str]) -> None:
    kind = said.get("ContentType", "")
    if "macroEnabled" in kind or "vbaProject" in kind:
        sys.exit("macro")
    if said.get("TargetMode") == "External" and said.get("Type", "").endswith(_FETCHED):
        sys.exit("fetches")
