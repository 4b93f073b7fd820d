"""Addresses of the rules a place may have of its own."""

from django.urls import path

from povertyaudit.core import region_rules
from povertyaudit.core.forms import RequiredOpinionForm
from povertyaudit.core.views import region_rules as views
from povertyaudit.core.views.routes import verb_paths

urlpatterns = [
    path("ladder-steps/", views.LadderList.as_view(), name="ladder_steps"),
    path("ladder-steps/<str:id>/", views.LadderPage.as_view(), name="ladder_step"),
    *verb_paths("ladder-steps", "propose", views.ProposeStep.as_view()),
    path("light-schemes/", views.LightList.as_view(), name="light_schemes"),
    path("light-schemes/<str:id>/", views.LightPage.as_view(), name="light_scheme"),
    *verb_paths("light-schemes", "propose", views.ProposeColours.as_view()),
]
for _things, _page in (("ladder-steps", views.DecideStep), ("light-schemes", views.DecideColours)):
    urlpatterns += verb_paths(_things, "confirm", _page.as_view(verb="confirm", perform=region_rules.confirm))
    urlpatterns += verb_paths(
        _things,
        "refuse",
        _page.as_view(verb="refuse", perform=region_rules.refuse, form_class=RequiredOpinionForm),
    )
