"""`make test`: on SQLite, then on real PostgreSQL and Redis. Both run; either may fail it.

On SQLite run the kernel, what the tables refuse, races, and the demo county with every write of the schema; on the
servers everything. `TEST_WHOLE=1 make test` runs everything on both: twice as long (docs/decisions/018-test-passes.md).
Arguments are handed to pytest and are run on both: `python -m tests.suite tests/cases`.
"""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
KERNEL = ("core", "house", "demo", "test_architecture.py")
OF_THE_TABLES = ("test_constraints*.py", "test_races.py", "test_secrecy*.py", "test_table.py", "test_close_out.py",
                 "test_misuses.py", "test_repeats.py")  # fmt: skip


def on_sqlite() -> list[str]:
    """What the pass on SQLite runs: paths from the root."""
    found = [TESTS / name for name in KERNEL]
    for app in ("cases", "inspections", "funds", "rectification"):
        found += [path for name in OF_THE_TABLES for path in sorted((TESTS / app).rglob(name))]
    return [str(path.relative_to(TESTS.parent)) for path in found]


def main(arguments: list[str]) -> int:
    worst = 0
    whole = bool(arguments or os.environ.get("TEST_WHOLE"))
    for place, title in (("sqlite", "SQLite, embedded broker"), ("servers", "PostgreSQL, Redis")):
        sys.stdout.write(f"\n{title}\n")
        sys.stdout.flush()
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-n",
            os.environ.get("TEST_PROCESSES", "2"),
            "--dist",
            "loadgroup",
            *(arguments if whole or place == "servers" else on_sqlite()),
        ]
        worst |= subprocess.run(command, env={**os.environ, "TEST_ON": place}).returncode
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
