"""Addresses of misused money and its book."""

from django.urls import path

from funds import payment_urls, project_urls, register_urls, suspicion_urls, views, village_urls
from povertyaudit.core.views import record_paths, verb_paths

urlpatterns = [
    path("misuses/", views.MisuseList.as_view(), name="misuses"),
    path("misuses/new/", views.NewMisuse.as_view(), name="misuse_new"),
    path("misuses/totals/", views.TotalsPage.as_view(), name="misuse_totals"),
    path("fund-boards/misuses/", views.MisuseBoard.as_view(), name="misuse_board"),
    *record_paths("misuses", "misuse", views.MisusePage),
    *verb_paths("misuses", "record_recovery", views.RecordRecovery.as_view()),
    *verb_paths("misuses", "record_returns", views.RecordReturns.as_view()),
    *verb_paths("misuses", "stage_returns", views.StageReturns.as_view()),
    *verb_paths("misuses", "book_returns", views.BookReturns.as_view()),
    *verb_paths("misuses", "drop_returns", views.DropReturns.as_view()),
    *verb_paths("misuses", "void_recovery", views.VoidRecovery.as_view()),
    *project_urls.urlpatterns,
    *payment_urls.urlpatterns,
    *suspicion_urls.urlpatterns,
    *village_urls.urlpatterns,
    *register_urls.urlpatterns,
    *verb_paths("misuses", "raise_owed", views.RaiseOwed.as_view()),
    *verb_paths("misuses", "request_relief", views.RequestRelief.as_view()),
    *verb_paths("misuses", "decide_relief", views.DecideRelief.as_view()),
    *verb_paths("misuses", "confirm_return", views.ConfirmReturn.as_view()),
    path("recoveries/", views.RecoveryList.as_view(), name="recoveries"),
    path("ledger-entries/", views.LedgerEntryList.as_view(), name="ledger_entries"),
]
