"""Ledgers: the list whole, streamed, in stable columns, safe for a spreadsheet, under scope and filters."""

import csv
import hashlib
import io
import json
import tracemalloc
from datetime import date

import pytest
from django.db import connection
from django.utils.safestring import mark_safe
from rest_framework.test import APIRequestFactory, force_authenticate

from funds.api.views import MisuseViewSet
from funds.models import Misuse
from povertyaudit.core import ledger
from povertyaudit.core.models import AuditEntry, Region
from tests.core.machines import API, machine, misuse

COLUMNS = (
    *ledger.common_columns(Misuse.State.choices),
    ledger.Column("title", "问题名称"),
    ledger.Column("amount_fen", "金额（分）"),
    ledger.Column("unit", "责任单位", "responsible_unit__name"),
    ledger.Column("year", "年度", lambda row: row["found_on"].year, needs=("found_on",)),
)


class MisuseLedger(MisuseViewSet):
    ledger_columns = COLUMNS
    ledger_name = "misuses"


def pull(user, kind, query=""):
    request = APIRequestFactory().get(f"{API}misuses/ledger.{kind}?{query}")
    force_authenticate(request, user)
    return MisuseLedger.as_view({"get": f"ledger_{kind}"}, detail=False)(request)


def body(answer):
    return b"".join(answer.streaming_content)


@pytest.fixture
def three(people):
    return [misuse(people, title=f"第{n}件", amount_fen=n * 100) for n in (1, 2, 3)]


def test_csv_is_whole_with_bom_and_stable_names(people, three):
    answer = pull(people.casemgr, "csv")
    text = body(answer)
    assert text.startswith(b"\xef\xbb\xbfid,number,version,region,")
    table = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert list(table[0]) == [column.name for column in COLUMNS]
    assert [row["title"] for row in table] == ["第1件", "第2件", "第3件"]
    assert (table[0]["state_display"], table[0]["unit"], table[0]["year"]) == (
        "未追缴到位",
        "柳溪镇人民政府",
        "2026",
    )
    assert (
        answer.headers["Content-Disposition"]
        == f'attachment; filename="{answer.headers["Content-Disposition"].split(chr(34))[1]}"'
    )


def test_csv_with_chinese_headings_for_people(people, three):
    text = body(pull(people.casemgr, "csv", "headings=zh")).decode("utf-8-sig")
    assert text.splitlines()[0].startswith("标识,编号,版本,区划代码,")


def test_ndjson_is_one_record_a_line_with_real_types(people, three):
    lines = [json.loads(line) for line in body(pull(people.casemgr, "ndjson")).splitlines()]
    assert [line["amount_fen"] for line in lines] == [100, 200, 300]
    assert lines[0]["region"] == "990101101000"
    assert lines[0]["created_at"].endswith("+08:00")


def cell(value):
    """What a spreadsheet finds in the cell."""
    table = b"".join(ledger.csv_table(["列"], [[value]])).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(table, newline="")))[1][0]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_no_cell_starts_a_formula(start):
    assert cell(f"{start}HYPERLINK(1)").startswith("'")


def test_numbers_and_plain_words_stay_as_they_are():
    assert cell(-5) == "-5"
    assert cell("整改=完成") == "整改=完成"
    assert cell(" 空格在前") == " 空格在前"
    assert cell(True) == "是"
    assert cell(mark_safe("=1+1")) == "'=1+1"


def test_the_digest_is_over_ids_and_versions_sorted(people, three):
    rows = sorted(Misuse.objects.values_list("public_id", "version"))
    expected = hashlib.sha256("".join(f"{i}\t{v}\n" for i, v in rows).encode()).hexdigest()
    assert pull(people.casemgr, "digest").data == {"count": 3, "digest": expected}


def test_scope_and_filters_are_those_of_the_list(people, three):
    assert pull(people.neighbour, "digest").data["count"] == 0
    assert body(pull(people.neighbour, "ndjson")) == b""
    assert pull(people.casemgr, "digest", "state=settled").data["count"] == 0
    assert pull(people.ledgerclient, "digest").data["count"] == 3
    assert pull(people.casemgr, "csv", "colour=red").status_code == 400


def test_an_export_is_recorded_with_its_filters_but_not_the_words_searched(people, three):
    pull(people.casemgr, "csv", "state=open&q=王某某")
    entry = AuditEntry.objects.get(verb="export.ledger")
    assert entry.actor == people.casemgr
    assert entry.changes == {
        "ledger": "misuses",
        "format": "csv",
        "filters": {"state": ["open"]},
        "searched": True,
    }
    assert "王某某" not in str(vars(entry))


def test_a_ledger_costs_one_query_and_flat_memory(people, django_assert_num_queries):
    Region.objects.bulk_create(
        Region(code=f"{n:012d}", name="村" * 50, path_name="长" * 200, level=5) for n in range(20_000)
    )
    columns = (ledger.Column("code", "代码"), ledger.Column("path_name", "全称"))
    tracemalloc.start()
    with django_assert_num_queries(
        1 if connection.vendor == "sqlite" else 4
    ):  # a transaction, its plan, the query
        size = sum(len(line) for line in ledger.csv_lines(Region.objects.order_by("code"), columns))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 12_000_000
    assert peak < 8_000_000


def test_leads_and_items_have_their_ledgers(people):
    client = machine(people.ledgerclient)
    for things in ("leads", "items"):
        for kind in ("csv", "ndjson", "digest"):
            answer = client.get(f"{API}{things}/ledger.{kind}")
            assert answer.status_code == 200
            answer.getvalue()


@pytest.mark.parametrize(
    "column",
    [
        ["甲,乙", '说“好”，又说 "不好"', "一行\n二行", "尾\r", "", None],
        [7, None, -3],
        ["一", 2, None, True, date(2026, 1, 2)],
        [None, None],
        ["含\x00空字符", "=1,2"],
    ],
)
def test_lines_are_those_of_the_library(column):
    """Own code writes the lines, because the library looks at every character; it must read as the library writes."""
    said = {None: "", True: "是", "含\x00空字符": "含空字符", "=1,2": "'=1,2"}
    table = io.StringIO()
    csv.writer(table, lineterminator="\r\n").writerows(
        [["列", "二"], *([said.get(value, value), "末"] for value in column)]
    )
    written = b"".join(ledger.csv_table(["列", "二"], [[value, "末"] for value in column]))
    assert written.decode("utf-8-sig") == table.getvalue()
