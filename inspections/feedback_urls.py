"""Addresses of feedback forms, plans and reports, and of their joint review."""

from django.urls import path

from inspections import services
from inspections.forms import feedback as forms
from inspections.views import feedback, planning
from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.forms.reasons import SendBackForm
from povertyaudit.core.views import record_paths, verb_paths

FEEDBACK_ACTS = {
    "tell_head": (services.tell_head, forms.TellHeadForm),
    "tell_leadership": (services.tell_leadership, forms.TellLeadershipForm),
    "withdraw": (services.withdraw_feedback, RequiredOpinionForm),
    "record_signing": (services.record_signing, forms.RecordSigningForm),
}
PLAN_ACTS = {
    "consolidate": (services.consolidate, forms.ConsolidateForm),
    "approve": (services.approve_plan, forms.ApprovePlanForm),
    "send_back": (services.return_plan, SendBackForm),
}

urlpatterns = [
    path("feedbacks/", feedback.FeedbackList.as_view(), name="feedbacks"),
    path("feedbacks/new/", feedback.NewFeedback.as_view(), name="feedback_new"),
    *record_paths("feedbacks", "feedback", feedback.FeedbackPage),
    *verb_paths("feedbacks", "amend", feedback.AmendFeedback.as_view()),
    *verb_paths(
        "feedbacks",
        "sign",
        feedback.SignFeedback.as_view(verb="sign", perform=services.sign, form_class=OpinionForm),
    ),
    *(
        url
        for verb, (perform, form) in FEEDBACK_ACTS.items()
        for url in verb_paths(
            "feedbacks", verb, feedback.FeedbackAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
    path("rectification-plans/", planning.PlanList.as_view(), name="rectification_plans"),
    *record_paths("rectification-plans", "rectification_plan", planning.PlanPage),
    *verb_paths(
        "rectification-plans", "fill", planning.FillPlan.as_view(verb="fill", perform=services.fill_plan)
    ),
    *verb_paths(
        "rectification-plans",
        "submit",
        planning.FillPlan.as_view(verb="submit", perform=services.submit_plan),
    ),
    *verb_paths("rectification-plans", "review", planning.GiveReview.as_view()),
    *(
        url
        for verb, (perform, form) in PLAN_ACTS.items()
        for url in verb_paths(
            "rectification-plans", verb, planning.PlanAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
    *verb_paths("rounds", "set_reviewers", planning.SetReviewers.as_view()),
]
