"""The page kinds every app builds from: list, record, form (act, create, edit), board."""

from povertyaudit.core.views.acts import ActPage, CreatePage, EditPage
from povertyaudit.core.views.base import Page
from povertyaudit.core.views.board_sheets import BoardSheet, SheetsOut, Texts
from povertyaudit.core.views.boards import BoardLine, BoardPage, Figure
from povertyaudit.core.views.bulk import BulkPage, bulk_paths
from povertyaudit.core.views.lists import ListPage
from povertyaudit.core.views.papers import PaperPage
from povertyaudit.core.views.parts import Column, Fact, Facts, Missing, Tab, Table
from povertyaudit.core.views.records import RecordPage
from povertyaudit.core.views.routes import record_paths, verb_paths

__all__ = [
    "ActPage",
    "BoardLine",
    "BoardPage",
    "BoardSheet",
    "BulkPage",
    "Column",
    "CreatePage",
    "EditPage",
    "Fact",
    "Facts",
    "Figure",
    "ListPage",
    "Missing",
    "Page",
    "PaperPage",
    "RecordPage",
    "SheetsOut",
    "Tab",
    "Table",
    "Texts",
    "bulk_paths",
    "record_paths",
    "verb_paths",
]
