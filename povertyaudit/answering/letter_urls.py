"""Addresses of letters of responsibility."""

from django.urls import path

from povertyaudit.answering.services import letters as services
from povertyaudit.answering.views import letters as v
from povertyaudit.core.forms import RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths

LETTERS = "responsibility-letters"

urlpatterns = [
    path(f"{LETTERS}/", v.LetterList.as_view(), name="responsibility_letters"),
    path(f"{LETTERS}/new/", v.NewLetter.as_view(), name="responsibility_letter_new"),
    path(f"{LETTERS}/year/", v.LettersOfYear.as_view(), name="responsibility_letters_year"),
    *record_paths(LETTERS, "responsibility_letter", v.LetterPage),
    path(f"{LETTERS}/<str:id>/paper/", v.LetterPaper.as_view(), name="responsibility_letter_paper"),
    *verb_paths(LETTERS, "sign", v.SignLetter.as_view()),
    *verb_paths(LETTERS, "amend", v.AmendLetter.as_view()),
    *verb_paths(
        LETTERS,
        "void",
        v.LetterAct.as_view(verb="void", perform=services.void, form_class=RequiredOpinionForm),
    ),
]
