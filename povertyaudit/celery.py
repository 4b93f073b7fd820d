"""The Celery app and the whole beat schedule, one table."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyaudit.settings")

app = Celery("povertyaudit", task_cls="celery.contrib.django.task:DjangoTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# What is not taken before it is due again is dropped: the next one does the same work.
app.conf.beat_schedule = {
    # the clock's heartbeat, and the morning scan when its hour has come; often, so that a start is soon noticed
    "tick": {"task": "povertyaudit.core.tasks.tick", "schedule": 20.0, "options": {"expires": 19}},
    # jobs that are due and nobody's: never sent, or their worker died
    "sweep": {"task": "povertyaudit.core.tasks.sweep", "schedule": 15.0, "options": {"expires": 14}},
    # the day's Merkle root over the record
    "seal": {"task": "povertyaudit.core.tasks.seal", "schedule": crontab(hour=0, minute=30)},
    # ended tokens, kept answers and sessions
    "tidy": {"task": "povertyaudit.core.tasks.tidy", "schedule": crontab(hour=1, minute=10)},
}
