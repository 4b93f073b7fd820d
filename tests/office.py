"""Every workbook the product makes during a run of the tests, saved again by LibreOffice and compared cell by cell.

    python -m pytest -p tests.office tests/imports tests/exchange tests/core/test_xlsx_out.py
    python -m tests.office some.xlsx other.xlsx

Done by hand: LibreOffice is 400 MB and nothing of the product needs it (`apt-get install libreoffice-calc-nogui`).
The run fails where a value, its type, a sheet, a list to choose from or a hidden sheet is another one afterwards.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook, load_workbook

from povertyaudit.core.probes.sheet import look

AT_ONCE = 50  # workbooks of one call
FOLDER = Path(tempfile.gettempdir()) / "workbooks"


def pytest_configure(config):
    from povertyaudit.core import xlsx_out

    if shutil.which("soffice") is None:
        raise SystemExit("soffice is not installed: apt-get install libreoffice-calc-nogui")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    save, write = Workbook.save, xlsx_out.write_worksheets

    def saved(book, target):
        save(book, target)
        if sys._getframe(1).f_globals["__name__"].startswith("povertyaudit"):
            keep(target)

    def written(sheets, target, **look):
        write(sheets, target, **look)
        keep(target)

    Workbook.save, xlsx_out.write_worksheets = saved, written


def keep(target):
    content = read(target) if hasattr(target, "read") else Path(target).read_bytes()
    (FOLDER / f"{len(list(FOLDER.glob('*.xlsx'))):05d}.xlsx").write_bytes(content)


def read(target):
    at = target.tell()
    target.seek(0)
    content = target.read()
    target.seek(at)
    return content


def pytest_terminal_summary(terminalreporter):
    books = sorted(FOLDER.glob("*.xlsx"))
    found = faults(books)
    terminalreporter.write_line(f"LibreOffice saved {len(books)} workbooks again, {len(found)} differences")
    for one in found:
        terminalreporter.write_line(one)
    if found or not books:
        terminalreporter._session.exitstatus = 1


def faults(books):
    """What another program would see otherwise once LibreOffice saved the file, in words."""
    found = []
    with tempfile.TemporaryDirectory() as home:
        for first in range(0, len(books), AT_ONCE):
            again(books[first : first + AT_ONCE], Path(home))
        for book in books:
            after = Path(home) / book.name
            found += differences(book, after) if after.exists() else [f"{book.name}: could not be opened"]
    return found


def again(books, home):
    profile = f"-env:UserInstallation=file://{home}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        home,
    ]
    subprocess.run([*command, *books], check=True, capture_output=True, timeout=600)


def differences(before, after):
    one, other = load_workbook(before), load_workbook(after)
    if said(one) != said(other):
        return [f"{before.name}: {said(one)} became {said(other)}"]
    found = []
    for sheet in one:
        was, now = cells(sheet), cells(other[sheet.title])
        found += [
            f"{before.name} {sheet.title}!{place}: {was.get(place)!r} became {now.get(place)!r}"
            for place in sorted(was.keys() | now.keys())
            if was.get(place) != now.get(place)
        ]
    return found or taken_in(before, after)


def taken_in(before, after):
    """The same by the reader of the imports: what comes back from such a desk is what went out."""
    one, other = (json.loads(look(path.read_bytes())) for path in (before, after))
    return [f"{before.name}: its {part} are read otherwise" for part in one if one[part] != other[part]]


def said(book):
    """Of each sheet: its name, whether it is hidden or locked, its lists and remarks (without a window it freezes none)."""
    return [
        (
            sheet.title, sheet.sheet_state != "visible", sheet.protection.sheet,
            sorted({str(rule.formula1).replace("'", "") for rule in sheet.data_validations.dataValidation}),
            sum(cell.comment is not None for row in sheet for cell in row),
        )
        for sheet in book
    ]  # fmt: skip


def cells(sheet):
    """Place → (type, value) of what is not empty."""
    return {
        cell.coordinate: (cell.data_type, plain(cell.value))
        for row in sheet
        for cell in row
        if cell.value is not None
    }


def plain(value):
    """openpyxl takes the escape off a text that is shared, and leaves it on one that stands in its cell."""
    return value.replace("x005F_", "") if isinstance(value, str) else value


if __name__ == "__main__":
    wrong = faults([Path(name) for name in sys.argv[1:]])
    print("\n".join(wrong) or "no difference")  # noqa: T201
    sys.exit(bool(wrong))
