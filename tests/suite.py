"""`make test`: on SQLite, then on real PostgreSQL and Redis. Both run; either may fail it.

The stories of the apps run on the servers, the kernel's pages and REST on SQLite; what depends on the engine — the
record, locks, races, triggers, what tables refuse, jobs, secrecy — and the demo county run on both: whole on SQLite,
short on the servers, where every write of the schema is sent to it.
`TEST_WHOLE=1 make test` runs everything on both: twice as long (docs/decisions/018-test-passes.md).
Arguments are handed to pytest and are run on both: `python -m tests.suite tests/cases`.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests import migrated

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
KERNEL = ("house", "demo/test_seed_demo.py", "demo/test_reporting.py", "test_architecture.py")
NO_APPS = ("bench", "core", "demo", "e2e", "house")  # every other folder here holds the tests of an app
OF_THE_ENGINE = (
    "core/test_api_cleaning.py", "core/test_file_bombs.py", "core/test_idempotency.py", "core/test_jobs*.py",
    "core/test_keyset.py", "core/test_ledger.py", "core/test_pages_race.py", "core/test_record.py", "core/test_rotation*.py",
    "core/test_paper_bombs.py", "core/test_seal_waits.py", "core/test_terms.py", "core/test_vault.py",
)  # fmt: skip
OF_THE_TABLES = (
    "test_constraints*.py", "test_races.py", "test_secrecy*.py", "test_table.py", "test_close_out.py", "test_misuses.py",
    "test_repeats*.py",
)  # fmt: skip
DOORS = (
    "core/test_account*.py", "core/test_apart.py", "core/test_api_audit.py", "core/test_api_calls.py", "core/test_api_notifications.py", "core/test_api_schema.py",
    "core/test_calendars.py", "core/test_channels.py", "core/test_clock_pages.py", "core/test_columns.py",
    "core/test_comments*.py", "core/test_deadlines.py", "core/test_deliveries*.py", "core/test_favourites.py",
    "core/test_forms.py", "core/test_founding.py", "core/test_letters.py", "core/test_limits.py", "core/test_new_units.py",
    "core/test_notices.py", "core/test_pages.py", "core/test_pages_forms.py", "core/test_papers.py",
    "core/test_record_page.py", "core/test_render.py", "core/test_saved_views.py", "core/test_sign_in.py",
    "core/test_sign_ins.py", "core/test_tokens.py", "core/test_why.py",
)  # fmt: skip


def on_sqlite() -> list[str]:
    """What the pass on SQLite runs: paths from the root."""
    found = [TESTS / name for name in KERNEL]
    found += [
        path for name in (*DOORS, *OF_THE_ENGINE) for path in sorted(TESTS.glob(name)) if "core" in path.parts
    ]
    for app in sorted(place for place in TESTS.iterdir() if place.is_dir() and place.name not in NO_APPS):
        found += [path for name in OF_THE_TABLES for path in sorted(app.rglob(name))]
    return [str(path.relative_to(ROOT)) for path in found]


def on_servers() -> list[str]:
    """What the pass on the servers leaves out."""
    return [f"--ignore={path.relative_to(ROOT)}" for name in DOORS for path in sorted(TESTS.glob(name))]


def prepare() -> None:
    """Migrate both databases, beside each other, before two processes of a pass would each wait for one."""
    command = [sys.executable, str(TESTS / "servers.py")]
    other = subprocess.Popen(
        command, env={**os.environ, "TEST_ON": "servers"}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    migrated.kept("sqlite3", migrated.sqlite)
    other.wait()


def main(arguments: list[str]) -> int:
    prepare()
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
            "--dist",  # any that shares by scope: tests/sharing.py says how
            "loadscope",
            *(arguments if whole else on_sqlite() if place == "sqlite" else on_servers()),
        ]
        worst |= subprocess.run(command, env={**os.environ, "TEST_ON": place}).returncode
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
