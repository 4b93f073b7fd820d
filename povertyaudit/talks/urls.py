"""Addresses of talks. A verb is wired here and nowhere else on the page side."""

from django.urls import path

from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths
from povertyaudit.talks import forms, views
from povertyaudit.talks.services import following, linking, minutes, notices

urlpatterns = [
    path("talks/", views.TalkList.as_view(), name="talks"),
    path("talks/new/", views.NewTalk.as_view(), name="talk_new"),
    path("talks/board/", views.Board.as_view(), name="talk_board"),
    *record_paths("talks", "talk", views.TalkPage),
    *(
        url
        for verb, page, perform, form in (
            ("approve", views.TalkAct, notices.approve, OpinionForm),
            ("issue", views.Issue, notices.issue, forms.IssueForm),
            ("postpone", views.TalkAct, notices.postpone, forms.PostponeForm),
            ("receive", views.TalkAct, notices.receive, OpinionForm),
            ("record_receipt", views.TalkAct, notices.record_receipt, forms.ReceiptForm),
            ("sign_on_paper", views.OnThePromise, minutes.sign_on_paper, forms.PaperForm),
            ("answer", views.OnThePromise, following.answer, forms.AnswerForm),
            ("follow_up", views.FollowUp, following.follow_up, forms.FollowUpForm),
            ("link", views.TalkAct, linking.link, forms.LinkForm),
            ("cancel", views.TalkAct, notices.cancel, RequiredOpinionForm),
        )
        for url in verb_paths("talks", verb, page.as_view(verb=verb, perform=perform, form_class=form))
    ),
    *verb_paths("talks", "hold", views.Hold.as_view()),
    *verb_paths("talks", "rewrite", views.Rewrite.as_view()),
    *verb_paths("talks", "sign", views.Sign.as_view()),
]
