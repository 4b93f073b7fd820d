"""Addresses of bulletins and of the copies sent out."""

from typing import Any

from django.urls import path

from cases.forms import bulletins as forms
from cases.services import bulletins, publishing, village_copies
from cases.views import bulletin_copies as copies
from cases.views import bulletins as views
from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths

ACTS: dict[str, tuple[Any, Any]] = {
    "submit": (bulletins.submit, OpinionForm),
    "approve": (bulletins.approve, OpinionForm),
    "send_back": (bulletins.send_back, RequiredOpinionForm),
    "issue": (bulletins.issue, OpinionForm),
    "correct": (bulletins.correct, RequiredOpinionForm),
}

urlpatterns = [
    path("bulletins/", views.BulletinList.as_view(), name="bulletins"),
    path("bulletins/new/", views.NewBulletin.as_view(), name="bulletin_new"),
    path("bulletins/cases/", views.CaseList.as_view(), name="bulletin_cases"),
    path("bulletins/persons/", views.PersonList.as_view(), name="bulletin_persons"),
    *record_paths("bulletins", "bulletin", views.BulletinPage),
    path("bulletins/<str:id>/paper/", views.BulletinPaper.as_view(), name="bulletin_paper"),
    *(
        pattern
        for verb, (perform, form) in ACTS.items()
        for pattern in verb_paths(
            "bulletins", verb, views.BulletinAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
    *verb_paths("bulletins", "add_case", views.AddCase.as_view()),
    *verb_paths("bulletins", "remove_case", views.RemoveCase.as_view()),
    *verb_paths("bulletins", "distribute", views.Distribute.as_view()),
    *verb_paths(
        "bulletins",
        "send_to_villages",
        views.BulletinAct.as_view(
            verb="send_to_villages", perform=village_copies.send_to_villages, form_class=forms.VillagesForm
        ),
    ),
    path("bulletin-copies/villages/", copies.Reach.as_view(), name="bulletin_reach"),
    path("bulletin-copies/", copies.CopyList.as_view(), name="bulletin_copies"),
    *record_paths("bulletin-copies", "bulletin_copy", copies.CopyPage),
    path("bulletin-copies/<str:id>/paper/", copies.CopyPaper.as_view(), name="bulletin_copy_paper"),
    *verb_paths("bulletin-copies", "read", copies.CopyAct.as_view(verb="read", perform=publishing.read)),
    *verb_paths("bulletin-copies", "post_up", copies.PostUp.as_view()),
]
