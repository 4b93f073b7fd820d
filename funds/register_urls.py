"""Addresses of registers, their rows and the yearly marks."""

from django.urls import path

from funds.services import registers
from funds.views import registers as r
from povertyaudit.core.forms import RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths

urlpatterns = [
    path("registers/", r.RegisterList.as_view(), name="registers"),
    path("registers/new/", r.NewRegister.as_view(), name="register_new"),
    path("registers/look-up/", r.LookUp.as_view(), name="register_look_up"),
    *record_paths("registers", "register", r.RegisterPage),
    *verb_paths(
        "registers", "void",
        r.RegisterAct.as_view(verb="void", perform=registers.void, form_class=RequiredOpinionForm),
    ),
    *verb_paths("registers", "reveal", r.RevealNumber.as_view()),
    path("beneficiaries/", r.PeopleList.as_view(), name="beneficiaries"),
    path("register-refusals/", r.RefusalList.as_view(), name="register_refusals"),
    path("household-marks/", r.MarkList.as_view(), name="household_marks"),
    path("household-marks/board/", r.MarkBoard.as_view(), name="household_mark_board"),
]  # fmt: skip
