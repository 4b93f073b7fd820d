"""Messages told on a Tuesday morning and the worker that sends them: shared by the stories of deliveries."""

from datetime import timedelta

import pytest

from povertyaudit.core import jobs, moment, notify
from povertyaudit.core.models import Delivery, Job

SITE = "https://ledger.example"
NUMBER = "990101-XF-2026-0012"
DAY = "2026-11-24T10:00:00+08:00"  # a Tuesday


@pytest.fixture(autouse=True)
def working_hours(time_machine, settings):
    time_machine.move_to(DAY, tick=False)
    settings.SITE_URL = SITE


def tell(user, key="k", number=NUMBER, url="/leads/abc/", text="题目：王小明虚报冒领。", **more):
    users = user if isinstance(user, list) else [user]
    return notify.tell(users, key, kind="lead.dispatch", number=number, text=text, url=url, **more)


def deliver():
    """What the worker would do now."""
    job = Job.objects.create(
        kind="deliver", key=f"deliver:test:{Job.objects.count()}", run_after=moment.now()
    )
    assert jobs.run(job.pk) == "done"
    job.refresh_from_db()
    return job.result


def states():
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def later(time_machine, **span):
    time_machine.move_to(moment.now() + timedelta(**span), tick=False)
