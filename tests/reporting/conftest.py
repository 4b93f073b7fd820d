"""Fixtures of the stories about figures and reports."""

from datetime import date

import pytest

from povertyaudit.core.models import Region
from povertyaudit.reporting.services import reports
from tests import factories
from tests.reporting.makers import MORNING, OCTOBER, leads


@pytest.fixture
def people(db):
    return factories.cast()


@pytest.fixture(autouse=True)
def files_elsewhere(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def month(people, time_machine):
    """Five leads of October and two of September; the draft of October lies on the desk."""
    leads(people, 5, day=date(2026, 10, 8))
    leads(people, 2, day=date(2026, 9, 8))
    time_machine.move_to(MORNING)
    county = Region.objects.get(code=factories.QINGHE)
    return reports.draft(county, "month", OCTOBER)
