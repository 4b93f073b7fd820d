"""The records of an xls (BIFF in a compound file): whether it takes values from another workbook. Read by hand, because no
reader of ours keeps such records.

[MS-CFB] for the compound file, [MS-XLS] 2.4.271 SupBook for Excel 97 and later, EXTERNSHEET for Excel 5 and 95.
"""

import struct
from collections.abc import Iterator

END, MOST_SECTORS = 0xFFFFFFFA, 60_000  # numbers above are no sectors; 30 MB of them
BOF, EOF, SUPBOOK, EXTERNSHEET = 0x0809, 0x000A, 0x01AE, 0x0017
BIFF8 = 0x0600
OWN, ADDED = 0x0401, 0x3A01  # stands for the workbook itself, or for functions of an add-in
NOWHERE = {b"\0", b"\0\0", b" ", b" \0"}  # the same sheet, or a link nobody uses
URL = 1  # before the name of a file, in Excel 5 and 95


class Broken(Exception):
    """It is no compound file that can be followed."""


def is_linked(data: bytes) -> bool:
    """Whether a formula, a name or a chart of the workbook looks into another one. Raises Broken."""
    try:
        return any(_points_elsewhere(kind, body, old=old) for kind, body, old in _records(_stream(data)))
    except (struct.error, IndexError) as error:
        raise Broken from error


def _points_elsewhere(kind: int, body: bytes, *, old: bool) -> bool:
    if kind == EXTERNSHEET and old:
        return len(body) > 1 and body[1] == URL
    if kind != SUPBOOK or old:
        return False
    (signs,) = struct.unpack_from("<H", body, 2)
    return signs not in (OWN, ADDED) and body[5:] not in NOWHERE


def _records(stream: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """Kind, content, and whether it is of Excel 5 or 95, of the part that is about the whole workbook."""
    kind, size = struct.unpack_from("<HH", stream, 0)
    if kind != BOF:
        raise Broken
    (version,) = struct.unpack_from("<H", stream, 4)
    at = 4 + size
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == EOF:
            return
        yield kind, stream[at + 4 : at + 4 + size], version != BIFF8
        at += 4 + size


def _stream(data: bytes) -> bytes:
    """The workbook out of the compound file, whole whatever order its sectors lie in."""
    (shift,) = struct.unpack_from("<H", data, 30)
    first, most_small, first_small = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
    size, table = 1 << shift, _table(data, 1 << shift)
    directory = _chain(data, first, table, size)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    named = {entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)]: entry for entry in entries}
    book = named.get("Workbook".encode("utf-16-le")) or named.get("Book".encode("utf-16-le"))
    if book is None:
        raise Broken
    start, length = struct.unpack_from("<II", book, 116)
    if length >= most_small:
        return _chain(data, start, table, size)[:length]
    small = _chain(data, struct.unpack_from("<I", entries[0], 116)[0], table, size)
    numbers = _chain(data, first_small, table, size)
    small_table = struct.unpack(f"<{len(numbers) // 4}I", numbers)
    return b"".join(small[one * 64 : one * 64 + 64] for one in _order(start, small_table))[:length]


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Sector → the next one; where the table itself lies stands in the head and, of large files, in sectors of its own."""
    places = list(struct.unpack_from("<109I", data, 76))
    more, seen = struct.unpack_from("<I", data, 68)[0], 0
    while more < END:
        listed = struct.unpack(f"<{size // 4}I", _sector(data, more, size))
        places += listed[:-1]
        more, seen = listed[-1], seen + 1
        if seen > MOST_SECTORS:
            raise Broken
    whole = b"".join(_sector(data, one, size) for one in places if one < END)
    return struct.unpack(f"<{len(whole) // 4}I", whole)


def _chain(data: bytes, start: int, table: tuple[int, ...], size: int) -> bytes:
    return b"".join(_sector(data, one, size) for one in _order(start, table))


def _order(start: int, table: tuple[int, ...]) -> Iterator[int]:
    seen = 0
    while start < END:
        yield start
        start, seen = table[start], seen + 1
        if seen > len(table):
            raise Broken


def _sector(data: bytes, number: int, size: int) -> bytes:
    """The last one of a file may be short."""
    return data[(number + 1) * size : (number + 2) * size].ljust(size, b"\0")
