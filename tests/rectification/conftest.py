import pytest

from tests.rectification import makers


@pytest.fixture
def cast(db):
    return makers.people()


@pytest.fixture(autouse=True)
def files_elsewhere(settings, tmp_path):
    """Uploads of a test do not stay in the checkout."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def time_machine_at():
    """Act some days later: `with time_machine_at(days=10): …`."""
    from datetime import timedelta

    from povertyaudit.core import moment

    return lambda **ahead: moment.pretend(moment.now() + timedelta(**ahead))
