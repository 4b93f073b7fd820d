"""The verbs of an import."""

from povertyaudit.sheets.services.bringing import bring_in
from povertyaudit.sheets.services.taking import drop, remap, settle, take_in
from povertyaudit.sheets.services.undoing import undo

__all__ = ["bring_in", "drop", "remap", "settle", "take_in", "undo"]
