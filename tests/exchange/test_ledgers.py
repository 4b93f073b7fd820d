"""Ledgers of every resource, in every form: the columns the schema names, typed, and the large ones by a job."""

import io
import json
from datetime import timedelta

import openpyxl
import pytest
import time_machine

from povertyaudit.api import router
from povertyaudit.core import jobs, moment
from povertyaudit.core.api.ledger_schema import row_schema
from povertyaudit.core.models import Job
from povertyaudit.exchange.models import LedgerFile
from povertyaudit.exchange.services import files
from tests.core.machines import API, assert_refusal, machine, misuse

LEDGERS = {prefix: view for prefix, view, _ in router.registry if getattr(view, "ledger_kinds", ())}
NAMED = {
    "leads", "outcomes", "cases", "rounds", "findings", "items", "measures", "projects", "payments", "misuses",
    "recoveries", "handovers", "bulletins", "assessments", "unit-sheets", "assessment-measures", "inspection-duties",
}  # fmt: skip


def test_every_ledger_is_there_in_every_form_with_the_columns_the_schema_names(people):
    assert set(LEDGERS) >= NAMED
    client = machine(people.casemgr)
    for things, view in LEDGERS.items():
        names = list(row_schema(view)["properties"])
        csv = client.get(f"{API}{things}/ledger.csv").getvalue().decode("utf-8-sig")
        assert csv.split("\r\n")[0] == ",".join(names), things
        assert client.get(f"{API}{things}/ledger.ndjson").getvalue() == b"", things
        assert client.get(f"{API}{things}/ledger.json").json() == {"next": None, "results": []}, things
        assert client.get(f"{API}{things}/ledger.digest").json()["count"] == 0, things
        assert client.get(f"{API}{things}/changes/").json()["results"] == [], things
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"{API}{things}/ledger.xlsx").getvalue()))
        assert len(book.active[3]) == len(names), things


def test_a_workbook_and_pages_hold_what_the_lines_hold(people):
    for n in (1, 2, 3):
        misuse(people, title=f"第{n}件", amount_fen=n * 12345)
    client = machine(people.casemgr)
    lines = [json.loads(line) for line in client.get(f"{API}misuses/ledger.ndjson").getvalue().splitlines()]
    pages, cursor = [], ""
    while cursor is not None:
        answer = client.get(f"{API}misuses/ledger.json?limit=2&cursor={cursor}").json()
        pages, cursor = pages + answer["results"], answer["next"]
    assert pages == lines
    assert [line["outstanding_fen"] for line in lines] == [12345, 24690, 37035]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{API}misuses/ledger.xlsx").getvalue())).active
    heads = [cell.value for cell in sheet[3]]
    amount = heads.index("涉及金额（元）")
    assert [row[amount].value for row in sheet.iter_rows(min_row=4)] == [123.45, 246.9, 370.35]
    assert sheet.cell(4, amount + 1).number_format == "#,##0.00"
    assert sheet.cell(4, heads.index("发现日期") + 1).is_date
    assert_refusal(client.get(f"{API}misuses/ledger.json?cursor=x"), 400)
    assert_refusal(client.get(f"{API}misuses/ledger.json?limit=5001"), 400)
    assert_refusal(client.get(f"{API}misuses/ledger.csv?headings=en"), 400)


@pytest.fixture
def ordered(people, settings):
    settings.LEDGER_ROWS_AT_ONCE = 1
    for n in (1, 2):
        misuse(people, title=f"第{n}件")
    return machine(people.casemgr).get(f"{API}misuses/ledger.xlsx?q=件")


def test_a_large_workbook_is_written_by_a_job_for_who_ordered_it_alone(people, ordered):
    client, place = machine(people.casemgr), ordered.headers["Location"]
    assert ordered.status_code == 202
    assert client.get(place).json()["state"] == "queued"
    assert_refusal(client.get(f"{place}content/"), 409)
    assert jobs.run(Job.objects.get(kind=files.JOB).pk) == "done"
    told = client.get(place).json()
    assert (told["state"], told["rows"], told["rows_done"]) == ("done", 2, 2)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{place}content/").getvalue()))
    assert book.active.max_row == 5
    assert LedgerFile.objects.get().query == ""
    assert_refusal(machine(people.finance).get(f"{place}content/"), 404)


def test_the_job_sees_what_its_owner_may_see_then(people, ordered):
    people.casemgr.posts.all().delete()
    jobs.run(Job.objects.get(kind=files.JOB).pk)
    assert LedgerFile.objects.get().rows == 0


def test_an_order_taken_back_leaves_nothing(people, ordered):
    client, place = machine(people.casemgr), ordered.headers["Location"]
    path = files.path_of(LedgerFile.objects.get())
    jobs.run(Job.objects.get(kind=files.JOB).pk)
    assert path.exists()
    assert client.post(f"{place}cancel/").status_code == 204
    assert not path.exists()
    assert_refusal(client.get(place), 404)


def test_an_order_taken_back_stops_the_job_at_its_next_word(people, ordered):
    file = LedgerFile.objects.get()
    say = files.told(file, None)  # nothing is said of the work before five seconds are over
    say(1)
    files.cancel(file)
    with time_machine.travel(moment.now() + timedelta(seconds=6)), pytest.raises(files.Cancelled):
        say(2)


def test_no_more_than_three_wait_and_the_night_clears_what_expired(people, ordered):
    client = machine(people.casemgr)
    for _ in range(2):
        client.get(f"{API}misuses/ledger.xlsx")
    assert_refusal(client.get(f"{API}misuses/ledger.xlsx"), 422)
    stray = files.folder() / "stray.xlsx"
    stray.write_bytes(b"")
    LedgerFile.objects.update(expires_at="2020-01-01T00:00:00Z")
    assert_refusal(client.get(ordered.headers["Location"]), 404)  # before the night has come
    assert files.sweep() == 3
    assert not stray.exists()
