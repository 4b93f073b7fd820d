"""`make test`: the whole suite on SQLite, then again on real PostgreSQL and Redis. Both run; either may fail it.

Arguments are handed to pytest: `python -m tests.suite tests/cases`.
"""

import os
import subprocess
import sys


def main(arguments: list[str]) -> int:
    worst = 0
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
            *arguments,
        ]
        worst |= subprocess.run(command, env={**os.environ, "TEST_ON": place}).returncode
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
