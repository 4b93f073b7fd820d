"""Addresses of leads. A verb is wired here and nowhere else."""

from django.urls import path

from cases import (
    asking_urls,
    bulletin_urls,
    call_urls,
    clearing_urls,
    exchange_urls,
    forms,
    services,
    summary_urls,
    views,
)
from cases.views.backlog import Backlog, MeetingList
from cases.views.identity import ACTS as IDENTITY_ACTS
from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm, SendBackForm
from povertyaudit.core.views import bulk_paths, record_paths, verb_paths

ACTS = {
    "dispatch": (services.dispatch, forms.DispatchForm),
    "sign_for": (services.sign_for, OpinionForm),
    "send_back": (services.send_back, SendBackForm),
    "record_reply": (services.record_reply, forms.ReplyForm),
    "file_case": (services.file_case, forms.FileCaseForm),
    "hold": (services.hold, forms.HoldForm),
    "conclude": (services.conclude, forms.ConcludeForm),
    "reactivate": (services.reactivate, RequiredOpinionForm),
    "reopen": (services.reopen, RequiredOpinionForm),
    "hand_back": (services.hand_back, forms.HandBackForm),
    "forward": (services.forward, forms.ForwardForm),
    "return_to_sender": (services.return_to_sender, forms.ReturnForm),
    "void": (services.void, RequiredOpinionForm),
    "press": (services.press, RequiredOpinionForm),
    "acknowledge": (services.acknowledge, forms.AcknowledgeForm),
    "archive": (services.archive, OpinionForm),
    "settle_objection": (services.settle_objection, RequiredOpinionForm),
    "verify_identity": (services.verify_identity, forms.VerifyIdentityForm),
    "add_number": (services.add_number, forms.NumberForm),
    "ask_assist": (services.ask_assist, forms.AskAssistForm),
    "give_assistance": (services.give_assistance, forms.ResultForm),
    "report_back": (services.report_back, forms.ResultForm),
    "join_batch": (services.join_batch, forms.JoinBatchForm),
    "leave_batch": (services.leave_batch, RequiredOpinionForm),
}

STEPS = {
    "propose": (services.propose, forms.ProposeForm),
    "approve": (services.approve, forms.ApproveForm),
    "start_step": (services.start_step, forms.StartForm),
    "finish_step": (services.finish_step, forms.FinishForm),
    "review_hold": (services.review_hold, forms.ReviewHoldForm),
    "record_duty": (services.record_duty, forms.DutyForm),
}

urlpatterns = [
    *asking_urls.urlpatterns,
    *exchange_urls.urlpatterns,
    *call_urls.urlpatterns,
    *summary_urls.urlpatterns,
    *bulletin_urls.urlpatterns,
    *clearing_urls.urlpatterns,
    path("leads/", views.LeadList.as_view(), name="leads"),
    path("leads/backlog/", Backlog.as_view(), name="backlog"),
    path("leads/meeting/", MeetingList.as_view(), name="area_meeting"),
    path("leads/new/", views.NewLead.as_view(), name="lead_new"),
    path("leads/desk/", views.DeskPage.as_view(), name="lead_desk"),
    *bulk_paths("leads", views.LeadBulk, {**ACTS, "assign": (services.assign, forms.AssignForm)}),
    *record_paths("leads", "lead", views.LeadPage),
    path("leads/<str:id>/repeats/", views.LeadRepeats.as_view(), name="lead_repeats"),
    *verb_paths("leads", "merge", views.MergeLead.as_view()),
    *verb_paths("leads", "link", views.LinkLead.as_view()),
    *verb_paths("leads", "keep_apart", views.KeepApart.as_view()),
    *verb_paths("leads", "unlink", views.UnlinkLead.as_view()),
    *(
        pattern
        for verb, (perform, form) in ACTS.items()
        for pattern in verb_paths(
            "leads", verb, views.LeadAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
    path("superior-receipts/", views.SuperiorReceiptList.as_view(), name="superior_receipts"),
    path("superior-receipts/new/", views.NewSuperiorReceipt.as_view(), name="superior_receipt_new"),
    *record_paths("superior-receipts", "superior_receipt", views.SuperiorReceiptPage),
    *(
        pattern
        for verb, perform, form in (
            ("send_up", services.send_up, forms.SendUpForm),
            ("record_receipt", services.record_receipt, forms.ReceiptForm),
        )
        for pattern in verb_paths(
            "superior-receipts",
            verb,
            views.SuperiorReceiptAct.as_view(verb=verb, perform=perform, form_class=form),
        )
    ),
    *(
        pattern
        for verb, (perform, form) in STEPS.items()
        for pattern in verb_paths(
            "leads", verb, views.StepAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
    path("declarations/", views.DeclarationList.as_view(), name="declarations"),
    path("declarations/new/", views.NewDeclaration.as_view(), name="declaration_new"),
    path("declarations/<str:id>/", views.DeclarationPage.as_view(), name="declaration"),
    *verb_paths("declarations", "end", views.EndDeclaration.as_view()),
    *verb_paths("leads", "lift_recusal", views.LiftRecusal.as_view()),
    *verb_paths("leads", "amend", views.AmendLead.as_view()),
    *verb_paths("leads", "add_subject", views.AddSubject.as_view()),
    *verb_paths("leads", "amend_subject", views.AmendSubject.as_view()),
    *verb_paths("leads", "remove_subject", views.RemoveSubject.as_view()),
    *verb_paths("leads", "assign", views.AssignLead.as_view()),
    *verb_paths("leads", "extend", views.ExtendLead.as_view()),
    *verb_paths("leads", "recuse", views.RecuseFromLead.as_view()),
    *verb_paths("leads", "attach", views.AttachToLead.as_view()),
    *verb_paths("leads", "note_complainant", views.NoteComplainant.as_view()),
    *verb_paths("leads", "reveal_complainant", views.RevealComplainant.as_view()),
    path("volumes/<str:id>/", views.VolumePage.as_view(), name="volume"),
    *verb_paths("leads", "feedback", views.GiveFeedback.as_view()),
    *verb_paths("leads", "tick", views.TickLead.as_view()),
    *verb_paths("leads", "draft_feedback", views.DraftFeedback.as_view()),
    *verb_paths("leads", "request_identity", views.RequestIdentity.as_view()),
    path("identity-requests/", views.IdentityRequestList.as_view(), name="identity_requests"),
    path("identity-requests/<str:id>/", views.IdentityRequestPage.as_view(), name="identity_request"),
    *(
        pattern
        for verb, (perform, form) in IDENTITY_ACTS.items()
        for pattern in verb_paths(
            "identity-requests", verb, views.IdentityAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
    *verb_paths("identity-requests", "read", views.ReadIdentity.as_view()),
    *(
        pattern
        for verb, (perform, form) in views.FILING_ACTS.items()
        for pattern in verb_paths(
            "leads", verb, views.FilingAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
    path("cases/", views.CaseList.as_view(), name="cases"),
    path("cases/new/", views.EnterPast.as_view(), name="case_new"),
    path("outcomes/", views.OutcomeList.as_view(), name="outcomes"),
    path("outcomes/forms/", views.FormsBoard.as_view(), name="outcome_forms"),
    *record_paths("outcomes", "outcome", views.OutcomePage),
    *(
        pattern
        for verb, (perform, form) in views.OUTCOME_ACTS.items()
        for pattern in verb_paths(
            "outcomes", verb, views.OutcomeAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
]
