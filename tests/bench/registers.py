"""How many lines a second a register loads, the whole way: from the file to the transaction that makes it count."""

import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

CSV_GOAL, XLSX_GOAL = 50_000, 10_000  # lines a second
RUNS = 3


def measure(lines):
    """CSV of `lines`, then an xlsx of a fifth."""
    from povertyaudit.core.models import Level, Region, User
    from tests.register_list import HEAD, people
    from tests.register_list import lines as csv_lines
    from tests.sheets import write

    by = User.objects.get(username="casemgr")
    villages = list(
        Region.objects.current().filter(level=Level.VILLAGE, code__startswith="990101").order_by("code")
        .values_list("code", flat=True)
    )  # fmt: skip
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write(HEAD)
            file.writelines(csv_lines(lines, villages))
        found |= case("名册 CSV", path, lines, by, CSV_GOAL)
        sheet = Path(folder) / "register.xlsx"
        rows = [
            [village, household, name, relation, number, "6299", "100.5", ""]
            for village, household, name, relation, number in people(lines // 5, villages)
        ]
        write(sheet, [HEAD.strip().split(","), *rows])
        found |= case("名册 xlsx", sheet, lines // 5, by, XLSX_GOAL)
    return found


def case(name, path, lines, by, goal):
    """The same file for one day after another: each is a register of its own, the table grows."""
    from django.core.management import call_command

    times, ours = [], []
    for run in range(RUNS):
        day = date(2026, 1, 1) + timedelta(days=run + (30 if path.suffix == ".xlsx" else 0))
        begun, spent = time.perf_counter(), time.process_time()
        call_command(
            "load_households", str(path), kind="SUBSISTENCE", as_of=day, by=by.username, stdout=sys.stderr
        )
        times.append(time.perf_counter() - begun)
        ours.append(time.process_time() - spent)
        sys.stderr.write(f"{lines / times[-1]:10,.0f} lines/s, load {os.getloadavg()[0]:.1f} {name}\n")
    rate, best = lines / statistics.median(times), lines / min(times)
    note = f"{rate:,.0f} 行/秒（最好 {best:,.0f}）；本进程每行 {min(ours) / lines * 1e6:.1f} 微秒，机器负载 {os.getloadavg()[0]:.1f}"
    return {
        f"{name}（{lines:,} 行）": {
            "goal": {"rate": goal}, "p50": statistics.median(times), "p95": max(times), "rate": rate, "note": note,
        }
    }  # fmt: skip
