"""Addresses of allocations and projects."""

from django.urls import path

from funds.forms import building as forms
from funds.services import allocating, building, progress_reports, projects, reviewing
from funds.views import allocations as a
from funds.views import notices as n
from funds.views import projects as p
from funds.views.flow import FlowBoard
from funds.views.notice_rules import NewNoticeRule
from funds.views.progress import ProgressBoard
from funds.views.weeks import SeriesBoard, WeeksBoard
from povertyaudit.core.views import record_paths, verb_paths

urlpatterns = [
    path("allocations/", a.AllocationList.as_view(), name="allocations"),
    path("allocations/new/", a.NewAllocation.as_view(), name="allocation_new"),
    *record_paths("allocations", "allocation", a.AllocationPage),
    *verb_paths("allocations", "revoke", a.AllocationAct.as_view(verb="revoke", perform=allocating.revoke)),
    path("fund-boards/weeks/", WeeksBoard.as_view(), name="fund_weeks"),
    path("fund-boards/series/", SeriesBoard.as_view(), name="fund_series"),
    path("fund-boards/progress/", ProgressBoard.as_view(), name="fund_progress"),
    path("fund-boards/flow/", FlowBoard.as_view(), name="fund_flow"),
    path("terms/notice-rules/new/", NewNoticeRule.as_view(), name="notice_rule_new"),
    path("projects/", p.ProjectList.as_view(), name="projects"),
    path("projects/new/", p.NewProject.as_view(), name="project_new"),
    *record_paths("projects", "project", p.ProjectPage),
    *verb_paths("projects", "amend", p.AmendProject.as_view()),
    *verb_paths("projects", "submit_review", p.SubmitReview.as_view()),
    *verb_paths("projects", "answer_double", p.AnswerDouble.as_view()),
    *verb_paths("projects", "approve", p.Approve.as_view()),
    *verb_paths("projects", "set_lines", p.SetLines.as_view()),
    *verb_paths("projects", "change_plan", p.ChangePlan.as_view()),
    *verb_paths("projects", "award", p.Award.as_view()),
    *verb_paths("projects", "accept", p.Accept.as_view()),
    *verb_paths("projects", "attach", p.Attach.as_view()),
    *(url for page in n.VERBS for url in verb_paths("projects", page.verb, page.as_view())),
    *(
        url
        for verb, perform in {
            "return_to_store": reviewing.return_to_store, "stall": building.stall,
            "refuse_acceptance": building.refuse_acceptance, "cancel": projects.cancel,
        }.items()
        for url in verb_paths("projects", verb, p.ProjectAct.as_view(verb=verb, perform=perform))
    ),
    *(
        url
        for verb, perform, form in (
            ("start", building.start, forms.StartForm), ("complete", building.complete, forms.CompleteForm),
            ("publish", building.publish, forms.PublishForm),
            ("report_progress", progress_reports.report_progress, forms.ProgressForm),
        )
        for url in verb_paths(
            "projects", verb,
            p.ProjectAct.as_view(verb=verb, perform=perform, form_class=form, today_in=next(iter(form.base_fields))),
        )
    ),
]  # fmt: skip
