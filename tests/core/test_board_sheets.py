"""Tables of boards as files: numbers as numbers, nothing as a formula, and who took which in the record."""

import io

import pytest
from openpyxl import load_workbook

from povertyaudit.core.models import AuditEntry
from povertyaudit.core.views import BoardLine, Figure
from povertyaudit.core.views.board_sheets import BoardSheet, number
from povertyaudit.core.xlsx_out import write_ledger
from tests import factories
from tests.rectification import makers


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("12", (12, "")), ("1,234", (1234, "")), ("+3", (3, "")), ("−3", (-3, "")), ("8.50 万元", (8.5, "万元")),
        ("37.5 %", (37.5, "%")), ("100%", (100, "%")), ("12/15（80%）", None), ("—", None), ("持平", None), ("", None),
        ("1,23", None), ("=1+1", None), ("2 周", None),
    ],
)  # fmt: skip
def test_what_is_a_number_and_of_what(words, found):
    assert number(words) == found


def test_units_go_to_the_heading_where_a_column_has_one():
    lines = [
        BoardLine("=HYPERLINK(1)", (Figure(1, "", "1.20 万元"), Figure(3, "", "3 %"), Figure(4), Figure(0, "", "=1+1"))),
        BoardLine("@合计", (Figure(2, "", "—"), Figure(3, "", "7 万元"), Figure(1234), Figure(0, "", "1/2（50%）"))),
    ]  # fmt: skip
    sheet = BoardSheet("k", "题", "单位", ("安排", "混合", "件", "率（%）"), lines)
    assert [column.heading for column in sheet.columns()] == ["单位", "安排（万元）", "混合", "件", "率（%）"]
    assert list(sheet.rows()) == [
        ["=HYPERLINK(1)", 1.2, "3 %", 4, "=1+1"],
        ["@合计", "—", "7 万元", 1234, "1/2（50%）"],
    ]
    file = io.BytesIO()
    write_ledger(file, sheet.columns(), sheet.rows(), title=sheet.title, notes=("一",), count=2)
    cells = [cell for row in load_workbook(file).active.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert {cell.value for cell in cells} >= {"=HYPERLINK(1)", "=1+1", "@合计", 1.2, 1234}


@pytest.mark.django_db
def test_a_board_is_taken_away_with_its_head(client):
    cast = makers.people()
    makers.at(cast, "issued")
    user = factories.fresh(cast.casemgr)
    client.force_login(user)
    page = client.get("/item-boards/units/?x=1").content.decode()
    assert 'href="?x=1&amp;format=xlsx&amp;chart=board"' in page
    got = client.get("/item-boards/units/?x=1&format=xlsx&chart=board")
    assert got["Content-Disposition"].startswith("attachment")
    sheet = load_workbook(io.BytesIO(b"".join(got.streaming_content))).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["各单位整改情况"]
    assert rows[1][0].startswith("截至：")
    assert f"制表人：{user.display_name}" in rows[1][0]
    assert rows[2] == ["只计制表人能看到的。"]
    entry = AuditEntry.objects.filter(verb="export.board").latest("pk")
    assert (entry.changes["board"], entry.changes["format"], entry.changes["rows"]) == ("board", "xlsx", 2)
    csv = b"".join(client.get("/item-boards/units/?format=csv").streaming_content).decode()
    assert "主责单位" in csv
    assert client.get("/item-boards/units/?format=xlsx&chart=none").status_code == 404
    client.force_login(factories.fresh(cast.sysadmin))
    assert client.get("/item-boards/units/?format=xlsx&chart=board").status_code == 403


@pytest.mark.django_db
def test_no_more_at_a_time_than_other_exports(client, settings):
    settings.EXPORTS_AT_ONCE = 0
    cast = makers.people()
    makers.at(cast, "issued")
    client.force_login(factories.fresh(cast.casemgr))
    assert client.get("/item-boards/units/?format=xlsx&chart=board").status_code == 429
