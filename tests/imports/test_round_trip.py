"""What goes out and comes back changes nothing, whatever stands in it: every column of every kind, and every list."""

import io
from datetime import date, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from cases.models import Category
from cases.services import registering
from funds.models import Project
from povertyaudit.core import apart, moment
from povertyaudit.core.forms import (
    CleanCodeField,
    DateField,
    IdNumberField,
    MoneyField,
    MonthField,
    NumberField,
)
from povertyaudit.core.likeness import plain
from povertyaudit.core.models import Region
from povertyaudit.sheets import cells, reading, services
from povertyaudit.sheets.kinds import KINDS
from povertyaudit.sheets.lookups import Lookups
from tests import factories
from tests.funds import project_makers
from tests.imports.makers import web
from tests.inspections import makers as rounds
from tests.rectification import makers as items

pytestmark = pytest.mark.django_db
AWKWARD = (
    "=1+1", "+86", "-", "@x", "'001", "1234567890123456789", "0012", "😀", "_x0041_", "a_x000D_b", "“引号”", "1e5", "2026-1-2", "是",
    "N/A", "无", "TRUE", "#N/A", "１２", "万元", "甲\t乙", "{}", "<b>&amp;", "a'b\"c", "，、；",
)  # fmt: skip
TEXT = st.lists(st.sampled_from([*AWKWARD, *"甲乙丙 =-+@'_x\n"]) | st.text(max_size=6), max_size=4).map(
    "".join
)
FEW = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],
)


def cleaned(field, text):
    """What the form makes of a text; what it refuses is no value."""
    try:
        return field.clean(text)
    except ValidationError:
        return "" if not field.required else "甲"


def values(field, lookups):
    """Values that a row may hold in the column of this field."""
    none = st.just(None) if not field.required else st.nothing()
    if isinstance(field, forms.BooleanField):
        return st.booleans()
    if isinstance(field, MoneyField):
        return none | st.integers(0, 10**13) | st.sampled_from([0, 1, 10, 100, 123_456_789_012_345])
    if isinstance(field, DateField):
        days = st.dates(date(1950, 1, 1), date(2026, 11, 1)) | st.dates(date(2027, 1, 1), date(2099, 1, 1))
        return none | days.filter(lambda day: cleaned(field, day) == day)
    if isinstance(field, MonthField):
        return st.dates(date(1950, 1, 1), date(2026, 11, 1)).map(lambda day: f"{day:%Y-%m}")
    if isinstance(field, NumberField | IdNumberField) or getattr(field, "to_field_name", "") == "number":
        return st.none()
    if isinstance(field, forms.ModelMultipleChoiceField):
        return st.lists(st.sampled_from(choices(field, lookups)), max_size=2, unique=True)
    if isinstance(field, forms.ChoiceField):
        return none | st.sampled_from(choices(field, lookups) or [None])
    if isinstance(field, forms.IntegerField):
        return st.integers(field.min_value or 0, min(field.max_value or 10**6, 10**6))
    if isinstance(field, CleanCodeField):  # a number is never a sign for nothing
        return TEXT.map(lambda text: cleaned(field, text)).filter(
            lambda text: text not in cells.NOTHING - {""}
        )
    return TEXT.map(lambda text: cleaned(field, text))


def choices(field, lookups):
    """What may be named without a doubt: of two of one name neither."""
    named = lookups.of(field)
    found = []
    for row in {str(getattr(row, "pk", row)): row for row in named.by_word.values()}.values():
        word = plain(str(cells.shown(field, row)))
        if word not in named.twice and named.by_word.get(word) == row:
            found.append(row)
    return found[:40]


def written(columns, rows):
    """A workbook as ours are written."""
    book = Workbook()
    for line, row in enumerate(rows, 1):
        for at, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            said = cells.shown(column.field, value)
            cell = book.active.cell(line, at, cells.as_written(said))
            if isinstance(said, str):
                cell.data_type = "s"
    book.active.cell(len(rows) + 1, len(columns) + 1, "末").data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("code", list(KINDS))
def test_every_column_reads_what_it_wrote(code, people):
    columns = [column for column in KINDS[code].columns() if column.name not in KINDS[code].asides]
    lookups = Lookups(people.sysadmin if code == "users" else people.casemgr)
    row = st.tuples(*(values(column.field, lookups) for column in columns))

    @FEW
    @given(st.lists(row, min_size=8, max_size=8))
    def comes_back(rows):
        with apart.files_of_ours():
            grid = reading.read(written(columns, rows), "a.xlsx")
        readers = [cells.reader(column.field, lookups) for column in columns]
        for line, row in zip(grid.rows, rows, strict=False):
            for at, (column, value) in enumerate(zip(columns, row, strict=True)):
                if value in (None, "") and column.field.required:
                    continue
                found = readers[at](line[at] if at < len(line) else None)
                empty = value in (None, "", []) and found in (None, "", [], 0)
                assert empty or found == value, (column.name, value, found, line[at])

    comes_back()


LISTS = {"projects": "finance", "findings": "patroloffice", "leads": "petition", "items": "inspector1"}


@pytest.fixture
def awkward(people):
    """A row in each list with what people do write."""
    said = "；".join(AWKWARD) + "\n换行"
    project_makers.stored(people, title="=A1 _x0041_", content=said, targets="", place="'0012", households=0)
    rounds.finding(people, rounds.round_(people), text=said, amount_fen=123_456_789_012_345)
    registering.register(
        by=people.petition, channel="letter", received_on=moment.today(), title="-1", text=said, amount_fen=1,
        category=Category.objects.on().filter(axis="corruption").first(), region=Region.objects.get(code=factories.VILLAGE),
        subjects=[{"name": "柏·某", "unit_text": "0012"}, {"name": "石某"}],
    )  # fmt: skip
    items.at(items.people(), "draft")


def both(data):
    """The cells of a workbook as two readers that know nothing of each other give them, by sheet."""
    one, other = load_workbook(io.BytesIO(data)), CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert one.sheetnames == other.sheet_names
    for name in one.sheetnames:
        theirs = other.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for line, row in enumerate(theirs, 1):
            for at, value in enumerate(row, 1):
                yield (name, line, at), one[name].cell(line, at).value, value


def alike(ours, theirs):
    """Nothing is the empty text, a midnight is its day; openpyxl leaves a sign's code as it is written."""
    if isinstance(ours, datetime):
        ours = ours.date() if isinstance(theirs, date) and not isinstance(theirs, datetime) else ours
    if isinstance(ours, str):
        return ours.replace("_x005F_", "_") == str(theirs).replace("_x005F_", "_")
    return (ours or 0) == (theirs or 0) or ours is None and theirs == ""


def file(data, name):
    return SimpleUploadedFile(name, data)


def test_what_a_list_or_a_working_sheet_says_is_the_same_to_two_readers_and_changes_nothing(people, awkward):
    for code, user in LISTS.items():
        desk, account = web(getattr(people, user)), getattr(people, user)
        sheet = desk.get(f"/imports/working/{code}.xlsx").content
        book = b"".join(desk.get(f"/{code}/?format=xlsx").streaming_content)
        plain_text = b"".join(desk.get(f"/{code}/?format=csv").streaming_content)
        blank = desk.get(f"/imports/templates/{code}.xlsx").content
        for data in (sheet, book, blank):
            differ = [(at, a, b) for at, a, b in both(data) if not alike(a, b)]
            assert not differ, (code, differ[:3])
        for data, name in ((sheet, "a.xlsx"), (book, "a.xlsx"), (plain_text, "a.csv")):
            row = services.take_in(by=factories.fresh(account), kind=code, file=file(data, name))
            if row.state == "staged":  # the list does not show a column that a new row must have
                continue
            said = [(one.outcome, one.problems) for one in row.rows.all()]
            assert row.rows_same == row.rows_given > 0, (code, name, said, row.heads)


def test_a_text_no_cell_can_hold_goes_out_cut_and_is_never_written_back(people):
    row = project_makers.stored(people, content="长" * 1999, targets="x" * 1999)
    Project.objects.filter(pk=row.pk).update(targets="😀" * 20_000)
    desk = web(people.finance)
    sheet = desk.get("/imports/working/projects.xlsx").content
    same = services.take_in(by=factories.fresh(people.finance), kind="projects", file=file(sheet, "a.xlsx"))
    assert (same.rows_same, same.rows_refused) == (1, 0)
    made = load_workbook(io.BytesIO(sheet))
    cell = next(cell for cell in made["项目"][3] if str(cell.value).startswith("😀"))
    assert (cell.protection.locked, cell.value.endswith("请在系统内查看）")) == (True, True)
    cell.value = "😀短"
    out = io.BytesIO()
    made.save(out)
    wrong = services.take_in(
        by=factories.fresh(people.finance), kind="projects", file=file(out.getvalue(), "a.xlsx")
    )
    assert "放不下全文" in str(wrong.rows.get().problems)
