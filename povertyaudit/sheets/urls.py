"""Addresses of imports."""

from django.urls import path

from povertyaudit.core.views import record_paths, verb_paths
from povertyaudit.sheets import services
from povertyaudit.sheets.forms import BringForm
from povertyaudit.sheets.views import imports as v

urlpatterns = [
    path("imports/", v.ImportList.as_view(), name="sheet_imports"),
    path("imports/new/", v.NewImport.as_view(), name="sheet_import_new"),
    path("imports/templates/<slug:kind>.xlsx", v.Blank.as_view(), name="sheet_blank"),
    path("imports/working/<slug:kind>.xlsx", v.Working.as_view(), name="sheet_working"),
    *record_paths("imports", "sheet_import", v.ImportPage),
    *verb_paths(
        "imports",
        "bring_in",
        v.ImportAct.as_view(verb="bring_in", perform=services.bring_in, form_class=BringForm),
    ),
    *verb_paths("imports", "remap", v.RemapPage.as_view()),
    *verb_paths("imports", "settle", v.SettlePage.as_view()),
    *verb_paths("imports", "drop", v.ImportAct.as_view(verb="drop", perform=services.drop)),
    *verb_paths("imports", "undo", v.ImportAct.as_view(verb="undo", perform=services.undo)),
]
