"""Addresses of 督办."""

from django.urls import path

from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths
from rectification.forms import escalation as forms
from rectification.models.escalation import Escalation
from rectification.services import escalation_letters as letters
from rectification.views import escalation as views
from rectification.views.files import FilePage

ACTS = {
    "send": (views.Preview, letters.send, OpinionForm),
    "reword": (views.Reword, letters.reword, forms.RewordForm),
    "withhold": (views.Preview, letters.withhold, RequiredOpinionForm),
    "receive": (views.Answer, letters.receive, OpinionForm),
    "reply": (views.Answer, letters.reply, forms.ReplyForm),
    "decide": (views.Decide, letters.decide, OpinionForm),
    "decline": (views.Decide, letters.decline, RequiredOpinionForm),
    "conclude": (views.Decide, letters.conclude, forms.ConcludeForm),
}

urlpatterns = [
    path("escalations/", views.EscalationList.as_view(), name="escalations"),
    *record_paths("escalations", "escalation", views.EscalationPage),
    path("escalations/<str:id>/paper/", views.LetterPaper.as_view(), name="escalation_paper"),
    path(
        "escalations/<str:id>/files/<str:file>/",
        FilePage.as_view(queryset=Escalation.objects.for_page(), section="escalations"),
        name="escalation_file",
    ),
]
for _verb, (_page, _perform, _form) in ACTS.items():
    urlpatterns += verb_paths(
        "escalations", _verb, _page.as_view(verb=_verb, perform=_perform, form_class=_form)
    )
