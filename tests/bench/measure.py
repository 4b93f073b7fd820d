"""Seed the database that DATABASE_URL names and time every case in it; JSON on standard output."""

import contextlib
import gzip
import importlib
import io
import json
import re
import statistics
import sys
import time
from itertools import chain

import django
import psycopg2

DJANGO = "povertyaudit.settings"
RUNS, LONG_RUNS = 40, 3
STEPS, SPIN, STEADY = (
    500_000,
    0.008,
    4 / 3,
)  # seconds of a bare loop on the machine the budgets were written for
PACES = []  # how many times longer it took, run by run
CONTROL = ("BEGIN", "COMMIT", "CLOSE", "FETCH", "SAVEPOINT", "RELEASE", "ROLLBACK")


def timed(do, runs):
    """Seconds of each run at the pace the budgets are meant for, after two that warm up.

    A rented core computes three times as fast in one hour as in the next, and stops for others in between. So a bare
    loop runs before and after each request, and the request is told at the pace at which that loop takes `SPIN`. A run
    in which the pace changed by more than a third was not ours alone and is made again, as long as few are.
    """
    for _ in range(2 if runs > LONG_RUNS else 1):
        do()
    times, before, spoilt = [], spin(), 0
    while len(times) < runs:
        took, after = clock(do), spin()
        if spoilt < runs and max(before, after) > STEADY * min(before, after):
            spoilt += 1
        else:
            PACES.append(pace := (before + after) / 2 / SPIN)
            times.append(took / pace)
        before = after
    return times


def clock(do):
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def spin():
    def loop():
        for _ in range(STEPS):
            pass

    return clock(loop)


def p95(times):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]


class Raw:
    """A connection beside Django's, for the same statements without Django."""

    def __init__(self):
        from django.db import connection

        self.connection = psycopg2.connect(**connection.get_connection_params() | {"cursor_factory": None})

    def run(self, statements):
        with self.connection.cursor() as cursor:
            for sql in statements:
                cursor.execute(sql)
                if cursor.description:
                    cursor.fetchall()
        self.connection.rollback()

    def copied(self, sql):
        """Rows a second of COPY of the query to nowhere."""
        with self.connection.cursor() as cursor:
            begun = time.perf_counter()
            cursor.copy_expert(f"COPY ({sql}) TO STDOUT (FORMAT csv)", io.BytesIO())
            rate = cursor.rowcount / (time.perf_counter() - begun)
        self.connection.rollback()
        return rate


def statements(captured):
    """The SQL itself: without transaction control, and without the cursor a streamed answer is read through."""
    plain = [
        re.sub(r"^DECLARE .*? FOR ", "", q["sql"], count=1, flags=re.S) for q in captured.captured_queries
    ]
    return [sql for sql in plain if not sql.startswith(CONTROL)]


def page(case, raw):
    """A request answered whole: times, queries, the same queries raw, bytes as sent."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    case.ask()
    with CaptureQueriesContext(connection) as captured:
        answer = case.ask()
    assert answer.status_code in case.expected, f"{case.name}: {answer.status_code} {answer.content[:300]!r}"
    sent = answer.content
    compressed = answer.headers.get("Content-Encoding") == "gzip"
    asked = statements(captured)
    times = timed(case.ask, RUNS)
    found = {
        "queries": len(asked),
        "bytes": len(sent if compressed else gzip.compress(sent)),
        "compressed": compressed,
        "p50": statistics.median(times),
        "p95": p95(times),
    }
    if case.repeatable:
        found["raw"] = statistics.median(timed(lambda: raw.run(asked), RUNS))
    return found


def ledger(case, raw):
    """A whole ledger streamed: rows a second, beside COPY of the same query."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        lines = (case.whole or case.ask)()
    asked = statements(captured)
    times = timed(case.ask, LONG_RUNS)
    copied = max(raw.copied(max(asked, key=len)) for _ in range(LONG_RUNS))
    rate = lines / statistics.median(times)
    return {
        "queries": len(asked), "p50": statistics.median(times), "p95": max(times),
        "rows": lines, "rate": rate, "copy": copied, "share": rate / copied,
    }  # fmt: skip


PARTS = ("pages", "boards", "search", "scan", "ladder", "funds", "registers", "ledgers", "imports")


def main(fraction, parts=()):
    """Measure the `parts` named, or all."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from tests.bench import boards, cases, escalations, funds, imports, ledgers, registers, scans, search

    settings.SEARCHES_PER_MINUTE = 10**6  # nobody searches as fast as this does
    said = io.StringIO()
    with contextlib.redirect_stdout(sys.stderr):
        if "core_region" not in connection.introspection.table_names():
            call_command("seed_scale", fraction=fraction, stdout=said)
        call_command("collectstatic", interactive=False, verbosity=0)
    importlib.import_module("povertyaudit.wsgi")  # as the web server starts
    raw = Raw()
    results = {}
    wanted = parts or PARTS
    asked = chain(
        *(
            part.all_of()
            for name, part in (("pages", cases), ("boards", boards), ("funds", funds), ("ledgers", ledgers))
            if name in wanted
        )
    )
    for case in asked:
        found = results[case.name] = {"goal": case.goal, **(ledger if case.lines else page)(case, raw)}
        sys.stderr.write(
            f"{found['p50'] * 1000:8.1f} {found['p95'] * 1000:8.1f} ms {found['queries']:4} {case.name}\n"
        )
    if "search" in wanted:
        for name, one in search.measure(timed, p95, RUNS).items():
            results[name] = one
            sys.stderr.write(f"{one['p50'] * 1000:8.1f} {one['p95'] * 1000:8.1f} ms {name} {one['note']}\n")
    if "scan" in wanted:
        results |= scans.measure(round(100_000 * fraction))
    if "ladder" in wanted:
        results |= escalations.measure(round(1_000_000 * fraction))
    if "registers" in wanted:
        results |= registers.measure(round(500_000 * fraction))
    if "ledgers" in wanted:
        results |= ledgers.measure()
    if "imports" in wanted:
        results |= imports.measure(round(50_000 * fraction))
    json.dump(
        {
            "seeded": (said.getvalue().strip().splitlines() or [""])[-1],
            "pace": statistics.median(PACES) if PACES else 1,
            "cases": results,
        },
        sys.stdout,
        ensure_ascii=False,
    )


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DJANGO)
    django.setup()
    main(float(sys.argv[1]), sys.argv[2:])
