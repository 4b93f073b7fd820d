"""Fixtures of the stories about figures and reports."""

import pytest

from tests import factories


@pytest.fixture
def people(db):
    return factories.cast()


@pytest.fixture(autouse=True)
def files_elsewhere(settings, tmp_path):
    settings.DATA_DIR = tmp_path
