"""Addresses of notices and of the comments on them."""

from typing import Any

from django.urls import path

from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths
from rectification.forms import notices as forms
from rectification.services import notices
from rectification.views import notices as views

PUBLIC, KEPT = {"ground": None}, {"ground__isnull": False}
PROPOSED = {"ground__isnull": False, "allowed_by": None}
ACTS: dict[str, tuple[Any, Any, Any]] = {
    "retake": (notices.retake, forms.ProblemForm, None),
    "withhold": (notices.withhold, forms.WithholdForm, PUBLIC),
    "restore": (notices.restore, forms.ProblemForm, KEPT),
    "allow_withholding": (notices.allow_withholding, forms.ProblemForm, PROPOSED),
    "submit": (notices.submit, OpinionForm, None),
    "approve": (notices.approve, OpinionForm, None),
    "send_back": (notices.send_back, RequiredOpinionForm, None),
    "discard": (notices.discard, RequiredOpinionForm, None),
    "publish": (notices.publish, OpinionForm, None),
    "close": (notices.close, OpinionForm, None),
}

urlpatterns = [
    path("notices/", views.NoticeList.as_view(), name="notices"),
    path("notices/new/", views.NewNotice.as_view(), name="notice_new"),
    *record_paths("notices", "notice", views.NoticePage),
    path("notices/<str:id>/paper/", views.NoticePaper.as_view(), name="notice_paper"),
    *verb_paths("notices", "edit", views.EditNotice.as_view()),
    *verb_paths("notices", "reword", views.Reword.as_view()),
    *verb_paths("notices", "record_comment", views.RecordComment.as_view()),
    *(
        pattern
        for verb, (perform, form, choose) in ACTS.items()
        for pattern in verb_paths(
            "notices",
            verb,
            views.NoticeAct.as_view(verb=verb, perform=perform, form_class=form, choose=choose),
        )
    ),
    path("notice-comments/", views.CommentList.as_view(), name="notice_comments"),
    *record_paths("notice-comments", "notice_comment", views.CommentPage),
    *verb_paths("notice-comments", "register", views.RegisterComment.as_view()),
]
