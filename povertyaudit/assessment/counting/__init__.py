"""What can be counted from the ledgers: each with its name, its definition and the list that opens the rows it counts."""

from povertyaudit.assessment.counting.catalogue import CATALOGUE, Counted, Measure, Scope, choices, definition
from povertyaudit.assessment.counting.points import as_words, points_for

__all__ = ("CATALOGUE", "Counted", "Measure", "Scope", "as_words", "choices", "definition", "points_for")
