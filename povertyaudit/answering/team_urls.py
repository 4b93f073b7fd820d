"""Addresses of village teams: the board, the villages, lists that are brought in."""

from django.urls import path

from povertyaudit.answering.services import team_lists as services
from povertyaudit.answering.views import coverage
from povertyaudit.answering.views import team_lists as v
from povertyaudit.core.views import record_paths, verb_paths

urlpatterns = [
    path("responsible/coverage/", coverage.Coverage.as_view(), name="answering_coverage"),
    path("responsible/villages/", coverage.VillageList.as_view(), name="answering_villages"),
    path("team-lists/", v.TeamListList.as_view(), name="team_lists"),
    path("team-lists/new/", v.NewTeamList.as_view(), name="team_list_new"),
    *record_paths("team-lists", "team_list", v.TeamListPage),
    *verb_paths("team-lists", "bring_in", v.TeamListAct.as_view(verb="bring_in", perform=services.bring_in)),
    *verb_paths("team-lists", "drop", v.TeamListAct.as_view(verb="drop", perform=services.drop)),
]
