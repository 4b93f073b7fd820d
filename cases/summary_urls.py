"""Addresses of 工作汇总."""

from django.urls import path

from cases.forms.summaries import TellForm
from cases.services import summing
from cases.views.summaries import (
    AmendSummary,
    SummaryAct,
    SummaryDraftFile,
    SummaryList,
    SummaryPage,
    SummaryPaper,
)
from povertyaudit.core.views import record_paths, verb_paths

urlpatterns = [
    path("summaries/", SummaryList.as_view(), name="summaries"),
    *record_paths("summaries", "summary", SummaryPage),
    path("summaries/<str:id>/paper/", SummaryPaper.as_view(), name="summary_paper"),
    path("summaries/<str:id>/docx/", SummaryDraftFile.as_view(), name="summary_docx"),
    *verb_paths("summaries", "amend", AmendSummary.as_view()),
    *verb_paths("summaries", "recount", SummaryAct.as_view(verb="recount", perform=summing.recount)),
    *verb_paths("summaries", "send", SummaryAct.as_view(verb="send", perform=summing.send)),
    *verb_paths(
        "summaries", "tell", SummaryAct.as_view(verb="tell", perform=summing.tell, form_class=TellForm)
    ),
]
