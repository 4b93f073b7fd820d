"""Addresses of match lists and suspicions."""

from django.urls import path

from funds.forms import suspicions as forms
from funds.services import match_lists, suspicion_ends, suspicions
from funds.views import match_lists as lists
from funds.views import suspicions as views
from funds.views.match_board import MatchBoard
from povertyaudit.core.views import bulk_paths, record_paths, verb_paths

BULK = {
    "desk_check": (suspicions.desk_check, forms.DeskForm),
    "assign": (suspicions.assign, forms.SentForm),
    "clear": (suspicion_ends.clear, forms.ClearForm),
}

urlpatterns = [
    path("match-lists/", lists.MatchListList.as_view(), name="match_lists"),
    path("match-lists/new/", lists.NewMatchList.as_view(), name="match_list_new"),
    path("match-lists/reported/", lists.NewReported.as_view(), name="match_list_reported"),
    *record_paths("match-lists", "match_list", lists.MatchListPage),
    *(
        url
        for verb in ("bring_in", "drop", "void")
        for url in verb_paths(
            "match-lists", verb, lists.MatchListAct.as_view(verb=verb, perform=getattr(match_lists, verb))
        )
    ),
    *verb_paths("match-lists", "report", lists.Report.as_view()),
    path("fund-boards/matches/", MatchBoard.as_view(), name="match_board"),
    path("suspicions/", views.SuspicionList.as_view(), name="suspicions"),
    *bulk_paths("suspicions", views.SuspicionBulk, BULK),
    *record_paths("suspicions", "suspicion", views.SuspicionPage),
    *(
        url
        for verb, page, form in (
            ("desk_check", views.SuspicionAct, forms.DeskForm), ("assign", views.Assign, forms.SentForm),
            ("visit_again", views.Decide, None),
        )
        for url in verb_paths(
            "suspicions", verb,
            page.as_view(verb=verb, perform=getattr(suspicions, verb), **({"form_class": form} if form else {})),
        )
    ),
    *(
        url
        for verb, form in (("clear", forms.ClearForm), ("correct", forms.CorrectForm))
        for url in verb_paths(
            "suspicions", verb,
            views.Decide.as_view(verb=verb, perform=getattr(suspicion_ends, verb), form_class=form),
        )
    ),
    *verb_paths("suspicions", "visit", views.Visit.as_view()),
    *verb_paths("suspicions", "hand_on", views.HandOn.as_view()),
    *verb_paths("suspicions", "attach", views.Attach.as_view()),
    *verb_paths("suspicions", "reveal", views.Reveal.as_view()),
]  # fmt: skip
