"""The demo county told short: every kind of row, few of each. For stories that need the county and not its figures."""

import pytest

from povertyaudit.demo import (
    assessments,
    big_results,
    big_rounds,
    books_2018,
    bulletins,
    filed,
    projects,
    style_2018,
    village_sheets,
    year,
)


def shorten(patch: pytest.MonkeyPatch) -> None:
    """Few of each way a petition or a lead of the batch ends."""
    patch.setattr(bulletins, "ISSUES", 2)
    patch.setattr(year, "ENDS", {kind: max(1, number // 20) for kind, number in year.ENDS.items()})
    patch.setattr(year, "BATCH_ENDS", dict.fromkeys(year.BATCH_ENDS, 1))
    patch.setattr(filed, "PAST", {kind: max(1, number // 6) for kind, number in filed.PAST.items()})
    patch.setattr(style_2018, "FOUND", dict.fromkeys(style_2018.FOUND, 1))
    # As few over the whole year: the last of them still wait for their answer.
    patch.setattr(year, "DONE", sum(year.ENDS.values()))
    # Three townships with their projects: one in every state.
    patch.setattr(assessments, "QUARTERS", 2)
    patch.setattr(projects, "TOWNS", 3)
    patch.setattr(village_sheets, "TOWNS", 2)
    # One round of each kind with a few of what it came to.
    patch.setattr(big_results, "OPINIONS", 6)
    patch.setattr(big_results, "LEADS", 4)
    patch.setattr(big_results, "FILED", 1)
    patch.setattr(big_results, "COURT", 0)
    patch.setattr(big_results, "HELD", 2)
    patch.setattr(big_rounds, "DEPARTMENTS", 3)
    patch.setattr(big_rounds, "TOWNS", 2)
    patch.setattr(big_rounds, "VILLAGES", 2)
    patch.setattr(big_rounds, "PROBLEMS", 1)
    patch.setattr(books_2018, "YEAR", [(*row[:4], (1, 1, 1), (1, 2, 1)) for row in books_2018.YEAR[:1]])
