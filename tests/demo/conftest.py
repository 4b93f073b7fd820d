"""The demo county for the tests of this folder: told once by one process, taken away again."""

from datetime import datetime

import pytest
from django.conf import settings
from django.db import transaction

from povertyaudit.core import moment
from povertyaudit.demo.timeline import COUNTY_TIME
from tests import factories
from tests.demo.seeding import TODAY, make
from tests.demo.short import shorten


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    """Whole on SQLite, short on the servers; at nine o'clock of its day. Gives what the command printed."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        if not settings.SQLITE:
            shorten(patch)
        factories.empty()
        printed = make()
        with moment.pretend(datetime.combine(TODAY, datetime.min.time().replace(hour=9), COUNTY_TIME)):
            yield printed
        transaction.set_rollback(True)
