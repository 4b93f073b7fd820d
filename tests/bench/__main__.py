"""Start the database, measure at both sizes, print the table and keep it in var/bench.md.

Arguments name the parts to be measured (pages, boards, search, scan, ladder, funds, registers, ledgers, imports); without any it is all of them.
"""

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

FRACTION = float(os.environ.get("BENCH_FRACTION", "1"))
# Production's settings but for -F (fsync off): the disk of the machine that happens to run this is not the subject.
OPTIONS = (
    "-c shared_buffers=512MB -c effective_cache_size=2GB -c work_mem=16MB -c random_page_cost=1.1 "
    "-c maintenance_work_mem=256MB -c max_wal_size=4GB -c full_page_writes=on -c synchronous_commit=on"
)
ROOT = Path(__file__).resolve().parent.parent.parent


def say(text):
    sys.stderr.write(f"bench: {text}\n")
    sys.stderr.flush()


def measure(address, fraction):
    """A process of its own for each size, so that nothing is warm that should not be."""
    name = f"bench_{fraction}".replace(".", "_")
    server = psycopg2.connect(address)
    server.autocommit = True
    server.cursor().execute(f"CREATE DATABASE {name}")
    server.close()
    environment = {
        **os.environ,
        "DATABASE_URL": address.replace("/postgres?", f"/{name}?"),
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "tests.bench.measure", str(fraction), *sys.argv[1:]]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    return json.loads(done.stdout)


def main():
    begun = time.perf_counter()
    sizes = {}
    for fraction in (FRACTION / 10, FRACTION):
        say(f"seed and measure at {fraction:g} of full size")
        sizes[fraction] = measure(os.environ["DATABASE_URL"], fraction)
    small, full = sizes.values()
    text = table.text(small, full, FRACTION, machine(), time.perf_counter() - begun)
    (ROOT / "var").mkdir(exist_ok=True)
    (ROOT / "var" / "bench.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def machine():
    with Path("/proc/cpuinfo").open() as lines:
        names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} × {names[0] if names else platform.processor()}, Python {platform.python_version()}"


if __name__ == "__main__":
    os.environ |= {"TEST_ON": "servers", "TEST_POSTGRES_OPTIONS": OPTIONS}
    import psycopg2

    import tests.servers  # noqa: F401 — starts PostgreSQL and Redis and says where they are
    from tests.bench import table

    main()
