"""Addresses of look-backs. A verb is wired here and nowhere else on the page side."""

from django.urls import path

from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.views import bulk_paths, record_paths, verb_paths
from rectification.forms import look_backs as forms
from rectification.services import look_back_checks as checks
from rectification.services import look_backs as plans
from rectification.views import look_backs as views

urlpatterns = [
    path("look-backs/", views.LookBackList.as_view(), name="look_backs"),
    path("look-backs/new/", views.NewLookBack.as_view(), name="look_back_new"),
    path("look-backs/rates/", views.Rates.as_view(), name="look_back_rates"),
    *record_paths("look-backs", "look_back", views.LookBackPage),
    *(
        url
        for verb, form in (("approve", OpinionForm), ("finish", OpinionForm), ("cancel", RequiredOpinionForm))
        for url in verb_paths(
            "look-backs", verb,
            views.LookBackAct.as_view(verb=verb, perform=getattr(plans, verb), form_class=form),
        )
    ),
    path("look-back-checks/", views.CheckList.as_view(), name="look_back_checks"),
    *bulk_paths("look-back-checks", views.CheckBulk, {"assign": (checks.assign, forms.AssignForm)}),
    *record_paths("look-back-checks", "look_back_check", views.CheckPage),
    *(
        url
        for verb, form in (
            ("assign", forms.AssignForm), ("reopen_item", forms.ReopenForm), ("open_item", forms.NewItemForm),
            ("drop", RequiredOpinionForm),
        )
        for url in verb_paths(
            "look-back-checks", verb,
            views.CheckAct.as_view(verb=verb, perform=getattr(checks, verb), form_class=form),
        )
    ),
    *verb_paths("look-back-checks", "record", views.RecordCheck.as_view()),
    *verb_paths("look-back-checks", "attach", views.Attach.as_view()),
]  # fmt: skip
