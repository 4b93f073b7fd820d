"""A real Celery worker for the stories of `test_jobs`: slow work, short leases. Run as a program.

Arguments: a folder for marks, seconds of work. Handlers leave a mark when they begin, so that the test knows when
to kill.
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyaudit.settings")
os.environ["CELERY_SKIP_CHECKS"] = "1"  # the site map is another story's
MARKS, SECONDS = Path(os.environ.get("WORKER_MARKS", ".")), float(os.environ.get("WORKER_SECONDS", "0"))


def slow(payload, lease):
    """Job handler: works for `SECONDS`, renewing its lease."""
    (MARKS / f"began-{payload['n']}-{os.getpid()}").touch()
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        time.sleep(0.1)
        lease.renew()
    return {"n": payload["n"]}


def main():
    import django

    django.setup()
    from django.conf import settings

    from povertyaudit.celery import app
    from povertyaudit.core import jobs, notify, remind

    settings.JOB_HANDLERS["slow"] = "tests.core.worker_process.slow"
    jobs.LEASE = remind.LEASE = timedelta(seconds=2)
    remind.BATCH = 2
    put = notify.put

    def slow_put(rows):
        put(rows)
        (MARKS / f"batch-{os.getpid()}-{time.monotonic_ns()}").touch()
        time.sleep(SECONDS)

    notify.put = slow_put
    app.worker_main(["worker", "--pool=solo", "--loglevel=ERROR", "--without-gossip", "--without-mingle"])


if __name__ == "__main__":
    sys.exit(main())
