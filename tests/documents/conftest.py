"""Rows to make documents of."""

import pytest

from tests.cases.conftest import Maker
from tests.rectification import makers


@pytest.fixture
def cast(db):
    return makers.people()


@pytest.fixture
def make(cast):
    return Maker(cast)


@pytest.fixture(autouse=True)
def files_elsewhere(settings, tmp_path):
    settings.DATA_DIR = tmp_path
