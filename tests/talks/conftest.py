"""Fixtures of the stories about talks."""

import pytest

from tests.rectification import makers


@pytest.fixture
def cast(db):
    return makers.people()


@pytest.fixture(autouse=True)
def files_elsewhere(settings, tmp_path):
    """Uploads of a test do not stay in the checkout."""
    settings.DATA_DIR = tmp_path
