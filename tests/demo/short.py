"""The demo county told short: every kind of row, few of each. For stories that need the county and not its figures."""

import pytest

from povertyaudit.demo import bulletins, year


def shorten(patch: pytest.MonkeyPatch) -> None:
    """Few of each way a petition or a lead of the batch ends."""
    patch.setattr(bulletins, "ISSUES", 2)
    patch.setattr(year, "ENDS", {kind: max(1, number // 20) for kind, number in year.ENDS.items()})
    patch.setattr(year, "BATCH_ENDS", dict.fromkeys(year.BATCH_ENDS, 1))
    # As few over the whole year: the last of them still wait for their answer.
    patch.setattr(year, "DONE", sum(year.ENDS.values()))
