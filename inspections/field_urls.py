"""Addresses of field work."""

from django.urls import path

from inspections.services import attendance as attending
from inspections.services import plans as services
from inspections.services import visits as visiting
from inspections.services import worksheets as sheets
from inspections.views import attendance, month_sheets, plans, visits, worksheets
from povertyaudit.core.views import record_paths, verb_paths

PLAIN = ("start", "finish", "cancel")
MONTH_VERBS = {
    "notify": attending.notify_sender, "explain": attending.explain, "suggest_recall": attending.suggest_recall,
    "recall": attending.recall, "clear": attending.clear,
}  # fmt: skip

urlpatterns = [
    path("visit-quotas/", plans.Quotas.as_view(), name="visit_quotas"),
    path("visit-plans/", plans.PlanList.as_view(), name="visit_plans"),
    path("visit-plans/new/", plans.OrderPlan.as_view(), name="visit_plan_new"),
    *record_paths("visit-plans", "visit_plan", plans.PlanPage),
    *verb_paths("visit-plans", "amend", plans.AmendPlan.as_view()),
    *verb_paths("visit-plans", "approve", plans.ApprovePlan.as_view()),
    *verb_paths("visit-plans", "draw_places", plans.DrawPlaces.as_view()),
    *verb_paths("visit-plans", "draw_households", plans.DrawHouseholds.as_view()),
    *(
        url
        for verb in PLAIN
        for url in verb_paths(
            "visit-plans", verb, plans.PlanAct.as_view(verb=verb, perform=getattr(services, verb))
        )
    ),
    path("visits/", visits.VisitList.as_view(), name="visits"),
    path("visits/new/", visits.NewVisit.as_view(), name="visit_new"),
    *record_paths("visits", "visit", visits.VisitPage),
    *verb_paths("visits", "amend", visits.AmendVisit.as_view()),
    *verb_paths("visits", "add_photos", visits.AddPhotos.as_view()),
    *verb_paths("visits", "withdraw", visits.VisitAct.as_view(verb="withdraw", perform=visiting.withdraw)),
    *verb_paths("visits", "worksheet", worksheets.WorksheetOfVisit.as_view()),
    path("worksheets/", worksheets.WorksheetList.as_view(), name="worksheets"),
    path("worksheets/new/", worksheets.NewWorksheet.as_view(), name="worksheet_new"),
    *record_paths("worksheets", "worksheet", worksheets.WorksheetPage),
    *verb_paths("worksheets", "amend", worksheets.AmendWorksheet.as_view()),
    *verb_paths("worksheets", "add_evidence", worksheets.AddEvidence.as_view()),
    *verb_paths("worksheets", "sign", worksheets.SignWorksheet.as_view()),
    *verb_paths("worksheets", "to_finding", worksheets.ToFinding.as_view()),
    *verb_paths(
        "worksheets", "discard", worksheets.WorksheetAct.as_view(verb="discard", perform=sheets.discard)
    ),
    path("village-people/", attendance.PersonList.as_view(), name="village_people"),
    path("village-people/new/", attendance.NewPerson.as_view(), name="village_person_new"),
    *record_paths("village-people", "village_person", attendance.PersonPage),
    *verb_paths("village-people", "amend", attendance.AmendPerson.as_view()),
    *verb_paths("village-people", "end", attendance.EndPerson.as_view()),
    path("attendance/", attendance.MonthList.as_view(), name="attendance"),
    path("attendance/new/", attendance.NewMonth.as_view(), name="attendance_new"),
    path("attendance/sheets/", month_sheets.MonthSheets.as_view(), name="month_sheets"),
    path("attendance/sheets/<str:code>/<str:month>/", month_sheets.MonthSheet.as_view(), name="month_sheet"),
    *record_paths("attendance", "attendance_month", attendance.MonthPage),
    *verb_paths("attendance", "amend", attendance.AmendMonth.as_view()),
    *(
        url
        for verb, perform in MONTH_VERBS.items()
        for url in verb_paths("attendance", verb, attendance.MonthAct.as_view(verb=verb, perform=perform))
    ),
]
