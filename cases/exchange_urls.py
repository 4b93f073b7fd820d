"""Addresses of the registry's own books: batches."""

from django.urls import path

from cases import services
from cases.views import exchange
from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths

urlpatterns = [
    path("batches/", exchange.BatchList.as_view(), name="batches"),
    path("batches/new/", exchange.NewBatch.as_view(), name="batch_new"),
    *record_paths("batches", "batch", exchange.BatchPage),
    *verb_paths("batches", "amend", exchange.AmendBatch.as_view()),
    *verb_paths(
        "batches",
        "close",
        exchange.BatchAct.as_view(verb="close", perform=services.close_batch, form_class=OpinionForm),
    ),
    *verb_paths(
        "batches",
        "reopen",
        exchange.BatchAct.as_view(
            verb="reopen", perform=services.reopen_batch, form_class=RequiredOpinionForm
        ),
    ),
]
