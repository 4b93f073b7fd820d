"""Addresses of the logs."""

from django.urls import path

from povertyaudit.activities.forms import activities as forms
from povertyaudit.activities.forms import papers as paper_forms
from povertyaudit.activities.services import activities as services
from povertyaudit.activities.services import commendations, people, regulations, sheets
from povertyaudit.activities.views import activities as views
from povertyaudit.activities.views import decisions, papers
from povertyaudit.activities.views import sheets as sheet_pages
from povertyaudit.activities.views.figures import FiguresBoard
from povertyaudit.activities.views.warning_month import WarningMonthBoard
from povertyaudit.core.forms import OpinionForm
from povertyaudit.core.views import record_paths, verb_paths

urlpatterns = [
    path("activities/", views.ActivityList.as_view(), name="activities"),
    path("activities/new/", views.NewActivity.as_view(), name="activity_new"),
    path("activities/plan/", views.NewPlan.as_view(), name="activity_plan"),
    path("activities/figures/", FiguresBoard.as_view(), name="activity_figures"),
    path("activities/warning-month/", WarningMonthBoard.as_view(), name="warning_month"),
    *record_paths("activities", "activity", views.ActivityPage),
    *verb_paths("activities", "hold", views.Hold.as_view()),
    *verb_paths("activities", "edit", views.EditActivity.as_view()),
    *verb_paths("activities", "set_people", views.SetPeople.as_view()),
    *verb_paths("activities", "sign_in", views.SignIn.as_view()),
    *verb_paths("activities", "attach", views.Attach.as_view()),
    *(
        url
        for verb in ("fulfil", "unlink")
        for url in verb_paths(
            "activities", verb, views.Linked.as_view(verb=verb, perform=getattr(people, verb))
        )
    ),
    *(
        url
        for verb, form in (("archive", OpinionForm), ("cancel", forms.ReasonForm), ("void", forms.ReasonForm))
        for url in verb_paths(
            "activities", verb,
            views.ActivityAct.as_view(verb=verb, perform=getattr(services, verb), form_class=form),
        )
    ),
    *verb_paths("activities", "decide", decisions.Decide.as_view()),
    *verb_paths("activities", "issue_decisions", decisions.IssueDecisions.as_view()),
    *verb_paths("activities", "note_decision", decisions.NoteDecision.as_view()),
    path("activity-sheets/", sheet_pages.ActivitySheetList.as_view(), name="activity_sheets"),
    path("activity-sheets/new/", sheet_pages.NewActivitySheet.as_view(), name="activity_sheet_new"),
    path("activity-sheets/template/", sheet_pages.Template.as_view(), name="activity_sheet_template"),
    *record_paths("activity-sheets", "activity_sheet", sheet_pages.ActivitySheetPage),
    *(
        url
        for verb in ("bring_in", "drop")
        for url in verb_paths(
            "activity-sheets", verb, sheet_pages.ActivitySheetAct.as_view(verb=verb, perform=getattr(sheets, verb))
        )
    ),
    path("commendations/", papers.CommendationList.as_view(), name="commendations"),
    path("commendations/new/", papers.NewCommendation.as_view(), name="commendation_new"),
    *record_paths("commendations", "commendation", papers.CommendationPage),
    *verb_paths("commendations", "edit", papers.EditCommendation.as_view()),
    *verb_paths("commendations", "attach", papers.AttachToCommendation.as_view()),
    *verb_paths(
        "commendations", "revoke",
        papers.CommendationAct.as_view(verb="revoke", perform=commendations.revoke, form_class=forms.ReasonForm),
    ),
    path("regulations/", papers.RegulationList.as_view(), name="regulations"),
    path("regulations/new/", papers.NewRegulation.as_view(), name="regulation_new"),
    *record_paths("regulations", "regulation", papers.RegulationPage),
    *verb_paths("regulations", "edit", papers.EditRegulation.as_view()),
    *verb_paths("regulations", "attach", papers.AttachToRegulation.as_view()),
    *(
        url
        for verb, form in (
            ("review", paper_forms.ReviewForm), ("repeal", paper_forms.RepealForm), ("void", forms.ReasonForm),
        )
        for url in verb_paths(
            "regulations", verb,
            papers.RegulationAct.as_view(verb=verb, perform=getattr(regulations, verb), form_class=form),
        )
    ),
]  # fmt: skip
