"""Addresses of the monthly sheets of villages."""

from django.urls import path

from funds.forms import village as forms
from funds.services import village_sheets as services
from funds.views import village as v
from funds.views.village_board import VillageBoard
from povertyaudit.core.forms import RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths

urlpatterns = [
    path("village-sheets/", v.VillageSheetList.as_view(), name="village_sheets"),
    path("village-sheets/board/", VillageBoard.as_view(), name="village_board"),
    *record_paths("village-sheets", "village_sheet", v.VillageSheetPage),
    *verb_paths("village-sheets", "fill", v.Fill.as_view()),
    *verb_paths("village-sheets", "submit", v.SheetAct.as_view(verb="submit", perform=services.submit)),
    *verb_paths(
        "village-sheets",
        "check",
        v.SheetAct.as_view(verb="check", perform=services.check, form_class=forms.CheckForm),
    ),
    *verb_paths(
        "village-sheets",
        "send_back",
        v.SheetAct.as_view(verb="send_back", perform=services.send_back, form_class=RequiredOpinionForm),
    ),
    path("local-duties/", v.LocalDutyList.as_view(), name="local_duties"),
    path("local-duties/new/", v.NewLocalDuty.as_view(), name="local_duty_new"),
    *record_paths("local-duties", "local_duty", v.LocalDutyPage),
    *verb_paths("local-duties", "end", v.EndLocalDuty.as_view()),
]
