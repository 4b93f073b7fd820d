"""Addresses of what rounds hand on: opinions, notices, papers."""

from django.urls import path

from inspections import services
from inspections.forms import opinions as forms
from inspections.forms import papers as paper_forms
from inspections.views import notices, opinions, papers
from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.views import bulk_paths, record_paths, verb_paths

OPINION_ACTS = {
    "send": (services.send_opinion, forms.SendOpinionForm),
    "answer": (services.answer_opinion, forms.AnswerOpinionForm),
    "accept": (services.accept_opinion, OpinionForm),
    "send_back": (services.return_opinion, RequiredOpinionForm),
    "withdraw": (services.withdraw_opinion, RequiredOpinionForm),
}
NOTICE_ACTS = {
    "report": (services.report_notice, forms.ReportNoticeForm),
    "close": (services.close_notice, OpinionForm),
    "send_back": (services.return_notice, RequiredOpinionForm),
    "press": (services.press_notice, OpinionForm),
}
PAPER_ACTS = {
    "hear": (services.hear, paper_forms.HearingForm),
    "decide": (services.decide_paper, paper_forms.HearingForm),
    "discard": (services.discard_paper, RequiredOpinionForm),
}

urlpatterns = [
    path("opinions/", opinions.OpinionList.as_view(), name="opinions"),
    path("opinions/new/", opinions.NewOpinion.as_view(), name="opinion_new"),
    *bulk_paths("opinions", opinions.OpinionBulk, {name: OPINION_ACTS[name] for name in ("send", "accept")}),
    *record_paths("opinions", "opinion", opinions.OpinionPage),
    *verb_paths("opinions", "amend", opinions.AmendOpinion.as_view()),
    *(
        url
        for verb, (perform, form) in OPINION_ACTS.items()
        for url in verb_paths(
            "opinions", verb, opinions.OpinionAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
    path("immediate-notices/", notices.NoticeList.as_view(), name="immediate_notices"),
    path("immediate-notices/new/", notices.NewNotice.as_view(), name="immediate_notice_new"),
    *record_paths("immediate-notices", "immediate_notice", notices.NoticePage),
    *verb_paths("immediate-notices", "attach", notices.AttachProof.as_view()),
    *(
        url
        for verb, (perform, form) in NOTICE_ACTS.items()
        for url in verb_paths(
            "immediate-notices", verb, notices.NoticeAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
    path("round-papers/", papers.PaperList.as_view(), name="round_papers"),
    path("round-papers/new/", papers.NewPaper.as_view(), name="round_paper_new"),
    *record_paths("round-papers", "round_paper", papers.PaperPage),
    *verb_paths("round-papers", "amend", papers.AmendPaper.as_view()),
    *verb_paths("round-papers", "attach", papers.AttachPaper.as_view()),
    *(
        url
        for verb, (perform, form) in PAPER_ACTS.items()
        for url in verb_paths(
            "round-papers", verb, papers.PaperAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
]
