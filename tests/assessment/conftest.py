import pytest

from tests.rectification import makers


@pytest.fixture
def cast(db):
    """The cast with the head of the other township beside it."""
    return makers.people()


@pytest.fixture(autouse=True)
def files_elsewhere(settings, tmp_path):
    settings.DATA_DIR = tmp_path
