"""Addresses of rounds and findings."""

from django.urls import path

from inspections import views
from povertyaudit.core.views import record_paths, verb_paths

urlpatterns = [
    path("rounds/", views.RoundList.as_view(), name="rounds"),
    path("rounds/new/", views.NewRound.as_view(), name="round_new"),
    *record_paths("rounds", "round", views.RoundPage),
    *verb_paths("rounds", "set_team", views.SetTeam.as_view()),
    *verb_paths("rounds", "record_finding", views.RecordFinding.as_view()),
    *verb_paths("rounds", "finish_round", views.FinishRound.as_view()),
    path("findings/", views.FindingList.as_view(), name="findings"),
    *record_paths("findings", "finding", views.FindingPage),
]
