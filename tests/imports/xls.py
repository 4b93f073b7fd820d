"""The workbooks of Excel 97, byte by byte: a compound file with a BIFF8 stream, and whatever else is put beside it."""

import struct

SECTOR, FREE, END, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
FORMAT, DAYS, DAY_STYLE = 0x041E, 164, 1


def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def wide(text):
    said = text.encode("utf-16-le")
    return struct.pack("<HB", len(said) // 2, 1) + said


def cell(row, column, value):
    if isinstance(value, tuple):  # a day as Excel counts them
        return record(0x0203, struct.pack("<HHHd", row, column, DAY_STYLE, value[0]))
    if isinstance(value, int | float):
        return record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    return record(0x0204, struct.pack("<HHH", row, column, 0) + wide(value))


def supbook(path, sheets=("Sheet1",)):
    """Where cells of another workbook come from; of a server (DDE) where there are no sheets."""
    return record(0x01AE, struct.pack("<H", len(sheets)) + wide(path) + b"".join(map(wide, sheets)))


OWN_BOOK, ADD_IN = (
    record(0x01AE, struct.pack("<HH", 1, 0x0401)),
    record(0x01AE, struct.pack("<HH", 1, 0x3A01)),
)
UNUSED = record(0x01AE, struct.pack("<H", 0) + wide(" "))


def stream(*rows, sheet="表", locked=False, merged=(), links=b""):
    """The `Workbook` stream of one sheet. `locked`: with a password to open; `merged`: (first row, last, first column, last);
    `links`: records that say from where else cells come."""
    name = struct.pack("<BB", len(sheet), 1) + sheet.encode("utf-16-le")
    style = b"\0" * 4 + struct.pack("<H", 0) + b"\0" * 14
    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 6))
    if locked:
        head += record(0x002F, struct.pack("<HHH", 1, 1, 1) + b"\1" * 48)
    head += record(0x0042, struct.pack("<H", 1200)) + record(0x0022, struct.pack("<H", 0))
    head += record(FORMAT, struct.pack("<H", DAYS) + wide("yyyy-mm-dd"))
    head += record(0x00E0, struct.pack("<HHH", 0, 0, 0) + b"\0" * 14)
    head += record(0x00E0, struct.pack("<HHH", 0, DAYS, 0) + style[:14])
    bound = 4 + 4 + 2 + len(name)
    start = len(head) + bound + len(links) + 4
    globals_ = head + record(0x0085, struct.pack("<IBB", start, 0, 0) + name) + links + record(0x000A)
    cells = b"".join(
        cell(at, column, value) for at, row in enumerate(rows) for column, value in enumerate(row) if value is not None
    )  # fmt: skip
    widest = max((len(row) for row in rows), default=0)
    areas = record(
        0x00E5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<HHHH", *area) for area in merged)
    )
    return (
        globals_
        + record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 6))
        + record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, widest, 0))
        + cells
        + (areas if merged else b"")
        + record(0x000A)
    )


def entry(name, kind, start, size, child=FREE, right=FREE):
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + struct.pack("<III", FREE, right, child)
        + b"\0" * 36 + struct.pack("<IQ", start, size)
    )  # fmt: skip


def compound(**streams):
    """A compound file of these streams by name, each long enough to need no small sectors. `dict(**{"\\x01Ole": …})` too."""
    names = list(streams)
    padded = {name: streams[name].ljust(4096, b"\0") for name in names}
    padded = {name: data + b"\0" * (-len(data) % SECTOR) for name, data in padded.items()}
    directory_sectors = -(-(len(names) + 1) // 4)
    fat, body, entries = [FAT, *range(2, 1 + directory_sectors), END], b"", b""
    for at, name in enumerate(names):
        count, start = len(padded[name]) // SECTOR, len(fat)
        fat += [*range(start + 1, start + count), END]
        body += padded[name]
        right = at + 2 if at + 1 < len(names) else FREE
        entries += entry(name, 2, start, len(padded[name]), right=right)
    entries = entry("Root Entry", 5, END, 0, child=1 if names else FREE) + entries
    entries += entry("", 0, 0, 0) * (directory_sectors * 4 - len(names) - 1)
    assert len(fat) <= 128
    table = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    return head + table + entries + body


def book(*rows, **more):
    """An xls file of these rows."""
    return compound(Workbook=stream(*rows, **more))


def scattered(*rows, **more):
    """The same with the sectors of the workbook in turned order: a stream need not lie in one piece."""
    data = book(*rows, **more)
    head, sectors = data[:SECTOR], [data[at : at + SECTOR] for at in range(SECTOR, len(data), SECTOR)]
    fat = list(struct.unpack("<128I", sectors[0]))
    mine = [2]  # behind the table and the directory
    while fat[mine[-1]] != END:
        mine.append(fat[mine[-1]])
    turned = mine[::-1]
    moved = dict(zip(mine, turned, strict=True))
    contents = {moved[one]: sectors[one] for one in mine}
    for before, after in zip(turned, turned[1:], strict=False):
        fat[before] = after
    fat[turned[-1]] = END
    sectors[0] = struct.pack("<128I", *fat)
    first = 128 + 116  # of the entry behind the root
    sectors[1] = sectors[1][:first] + struct.pack("<I", turned[0]) + sectors[1][first + 4 :]
    return head + b"".join(contents.get(at, one) for at, one in enumerate(sectors))


def old(name):
    """A workbook of Excel 5 whose EXTERNSHEET names `name`."""
    bof = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 1993))
    return compound(Book=bof + record(0x0017, struct.pack("<B", len(name)) + name) + record(0x000A))
