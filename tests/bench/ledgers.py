"""Ledgers whole, by every way a program has: rows a second beside COPY of the same query, and memory above idle."""

import json
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

PATH, PAGE = "/api/v1/leads/ledger", 1000
PAGES_SHARE, WORKBOOK_GOAL = 1 / 6, 20.0  # of COPY; seconds
WAYS = {"ndjson": "NDJSON", "csv": "CSV", "xlsx": "Excel"}


def all_of():
    """The streamed ways, and pages of a thousand."""
    from django.test import Client

    from tests.bench.cases import Browser, Case, lines_of

    browser = Browser("ledgerclient")
    plain = Client(headers={"host": "127.0.0.1"})
    plain.force_login(browser.user)
    for kind in ("csv", "ndjson"):
        yield browser.ledger(f"线索台账全部 {WAYS[kind]}", f"{PATH}.{kind}")
    whole = partial(lines_of, plain, f"{PATH}.ndjson")
    pages = partial(rows_of_pages, plain)
    name = f"线索台账 JSON 每页 {PAGE} 条（{browser.who}）"
    yield Case(name, pages, {"share": PAGES_SHARE}, lines=True, whole=whole)


def rows_of_pages(client):
    found, cursor = 0, ""
    while cursor is not None:
        page = json.loads(client.get(f"{PATH}.json", {"limit": PAGE, "cursor": cursor}).content)
        found, cursor = found + len(page["results"]), page["next"]
    return found


def measure():
    """Memory of each way in a process of its own, and how long the workbook takes."""
    found = {}
    for kind, word in WAYS.items():
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.ledgers", kind], stdout=subprocess.PIPE, check=True
        )
        told = json.loads(done.stdout)
        note = f"{told['rows']:,} 行，比空闲多用内存 {told['memory']:.0f} MB"
        goal = {"p50": WORKBOOK_GOAL} if kind == "xlsx" else {}
        times = {"p50": told["seconds"], "p95": told["seconds"]}
        found[f"线索台账全部 {word}：内存"] = {"goal": goal, "note": note, **times}
        sys.stderr.write(f"{told['seconds'] * 1000:8.0f} ms {note} {word}\n")
    return found


def alone(kind):
    """One ledger written once in this process."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyaudit.settings")
    django.setup()
    from povertyaudit.core import ledger, ledger_book
    from povertyaudit.core.models import User
    from povertyaudit.exchange.api.asked import view_of

    view = view_of("leads", "", User.objects.get(username="ledgerclient"))
    rows = view.ledger_rows()
    count, before, begun = rows.count(), peak(), time.perf_counter()
    if kind == "xlsx":
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            ledger_book.write(file.name, rows, view.ledger_columns, [], count=count, told=lambda done: None)
    else:
        lines = {"csv": ledger.csv_lines, "ndjson": ledger.ndjson_lines}[kind]
        for _ in lines(rows, view.ledger_columns):
            pass
    seconds = time.perf_counter() - begun
    json.dump({"rows": count, "seconds": seconds, "memory": (peak() - before) / 1024}, sys.stdout)


def peak():
    """The most memory this process ever held, in kB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    alone(sys.argv[1])
