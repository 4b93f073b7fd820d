"""Fixtures of the stories about money."""

import pytest

from funds.models import FundRule


@pytest.fixture
def notices_only_warn(people):
    """As a county may decide: gaps in public notices are shown and bar nothing."""
    FundRule.objects.filter(code="notice_gaps").update(amount="100")
