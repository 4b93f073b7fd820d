"""Addresses of the hotline: calls and digests."""

from django.urls import path

from cases.forms import calls as forms
from cases.services import calling
from cases.views import calls, digests
from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths

ACTS = {
    "transfer": (calling.transfer, forms.TransferForm),
    "sign_for": (calling.sign_for, OpinionForm),
    "hand_back": (calling.hand_back, RequiredOpinionForm),
    "reply": (calling.reply, forms.CallReplyForm),
    "answer": (calling.answer, forms.AnswerForm),
    "close": (calling.close, OpinionForm),
}

urlpatterns = [
    path("calls/", calls.CallList.as_view(), name="calls"),
    path("calls/new/", calls.NewCall.as_view(), name="call_new"),
    *record_paths("calls", "call", calls.CallPage),
    *(
        pattern
        for verb, (perform, form) in ACTS.items()
        for pattern in verb_paths(
            "calls", verb, calls.CallAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
    *verb_paths("calls", "make_lead", calls.MakeLead.as_view()),
    *verb_paths("calls", "note_caller", calls.NoteCaller.as_view()),
    *verb_paths("calls", "reveal_caller", calls.RevealCaller.as_view()),
    path("digests/", digests.DigestList.as_view(), name="digests"),
    path("digests/new/", digests.NewDigest.as_view(), name="digest_new"),
    *record_paths("digests", "digest", digests.DigestPage),
    path("digests/<str:id>/paper/", digests.DigestPaper.as_view(), name="digest_paper"),
    *verb_paths("digests", "instruct", digests.Instruct.as_view()),
    *verb_paths("digests", "report", digests.Report.as_view()),
]
