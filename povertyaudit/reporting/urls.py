"""Addresses of figures and reports."""

from django.urls import path

from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths
from povertyaudit.reporting import forms
from povertyaudit.reporting.services import reports
from povertyaudit.reporting.views import reports as views
from povertyaudit.reporting.views.board import LeaderBoard, MyFigures
from povertyaudit.reporting.views.indicators import Catalogue

urlpatterns = [
    path("reports/", views.ReportList.as_view(), name="reports"),
    path("reports/board/", LeaderBoard.as_view(), name="leader_board"),
    path("reports/mine/", MyFigures.as_view(), name="my_figures"),
    path("reports/indicators/", Catalogue.as_view(), name="indicators"),
    path("reports/<str:id>/paper/", views.ReportPaper.as_view(), name="report_paper"),
    path("reports/<str:id>/rows/<slug:code>/", views.RowsPage.as_view(), name="report_rows"),
    *record_paths("reports", "report", views.ReportPage),
    *verb_paths("reports", "amend", views.AmendReport.as_view()),
    *verb_paths("reports", "set_lines", views.SetLines.as_view()),
    *verb_paths("reports", "sign", views.SignReport.as_view()),
    *(
        url
        for verb, perform, form in (
            ("check", reports.check, forms.CheckForm),
            ("recount", reports.recount, OpinionForm),
            ("send_back", reports.send_back, RequiredOpinionForm),
        )
        for url in verb_paths(
            "reports", verb, views.ReportAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
]
