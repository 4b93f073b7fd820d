"""Addresses of 整改定期报告."""

from django.urls import path

from povertyaudit.core.forms import RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths
from rectification.period_totals import Totals
from rectification.services import periods
from rectification.services.period_returns import send_back
from rectification.views import periods as views

urlpatterns = [
    path("period-reports/", views.PeriodReportList.as_view(), name="period_reports"),
    path("period-reports/totals/", Totals.as_view(), name="period_totals"),
    *record_paths("period-reports", "period_report", views.PeriodReportPage),
    *verb_paths("period-reports", "fill", views.Fill.as_view()),
    *verb_paths("period-reports", "sign", views.Sign.as_view()),
    *verb_paths(
        "period-reports",
        "send_back",
        views.PeriodAct.as_view(verb="send_back", perform=send_back, form_class=RequiredOpinionForm),
    ),
    *verb_paths(
        "period-reports",
        "waive",
        views.PeriodAct.as_view(verb="waive", perform=periods.waive, form_class=RequiredOpinionForm),
    ),
]
