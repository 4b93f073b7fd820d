"""Addresses of terms."""

from django.urls import path

from povertyaudit.answering.forms import terms as forms
from povertyaudit.answering.services import terms as services
from povertyaudit.answering.views import terms as v
from povertyaudit.core.forms import RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths

urlpatterns = [
    path("responsible/", v.Responsible.as_view(), name="responsible"),
    path("responsibilities/", v.ResponsibilityList.as_view(), name="responsibilities"),
    path("responsibilities/new/", v.NewResponsibility.as_view(), name="responsibility_new"),
    *record_paths("responsibilities", "responsibility", v.ResponsibilityPage),
    *verb_paths("responsibilities", "succeed", v.Succeed.as_view()),
    *verb_paths(
        "responsibilities",
        "extend",
        v.TermAct.as_view(verb="extend", perform=services.extend, form_class=forms.ExtendForm),
    ),
    *verb_paths("responsibilities", "end", v.EndTerm.as_view()),
    *verb_paths("responsibilities", "recall", v.Recall.as_view()),
    *verb_paths("responsibilities", "give", v.Give.as_view()),
    *verb_paths("responsibilities", "take", v.Take.as_view()),
    *verb_paths("responsibilities", "amend", v.AmendTerm.as_view()),
    *verb_paths(
        "responsibilities",
        "void",
        v.TermAct.as_view(verb="void", perform=services.void, form_class=RequiredOpinionForm),
    ),
]
