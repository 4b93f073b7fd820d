"""Addresses of the registry's own books: hand-overs, batches."""

from django.urls import path

from cases import services
from cases.forms import handovers as forms
from cases.forms import meetings as meeting_forms
from cases.views import exchange, handovers, meetings, partners, tally
from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths

HANDOVER_ACTS = {
    "send_back": (services.send_handover_back, forms.HandBackForm),
    "answer": (services.answer_handover, forms.AnswerForm),
}

urlpatterns = [
    path("meetings/", meetings.MeetingList.as_view(), name="meetings"),
    path("meetings/new/", meetings.NewMeeting.as_view(), name="meeting_new"),
    *record_paths("meetings", "meeting", meetings.MeetingPage),
    *verb_paths(
        "meetings",
        "add_resolution",
        meetings.MeetingAct.as_view(
            verb="add_resolution", perform=services.add_resolution, form_class=meeting_forms.ResolutionForm
        ),
    ),
    *verb_paths(
        "meetings", "close", meetings.MeetingAct.as_view(verb="close", perform=services.close_meeting)
    ),
    *verb_paths("meetings", "attach", meetings.AttachMinutes.as_view()),
    path("resolutions/", meetings.ResolutionList.as_view(), name="resolutions"),
    *record_paths("resolutions", "resolution", meetings.ResolutionPage),
    *verb_paths(
        "resolutions",
        "finish",
        meetings.ResolutionAct.as_view(
            verb="finish", perform=services.finish_resolution, form_class=meeting_forms.DoneForm
        ),
    ),
    *verb_paths(
        "resolutions",
        "reopen",
        meetings.ResolutionAct.as_view(
            verb="reopen", perform=services.reopen_resolution, form_class=RequiredOpinionForm
        ),
    ),
    path("handovers/", handovers.HandoverList.as_view(), name="handovers"),
    path("handovers/new/", handovers.HandOut.as_view(), name="handover_new"),
    path("handovers/receive/", handovers.TakeIn.as_view(), name="handover_receive"),
    path("handovers/rows/", handovers.HandoverRowList.as_view(), name="handover_rows"),
    path("handovers/tally/", tally.Tally.as_view(), name="handover_tally"),
    *record_paths("handovers", "handover", handovers.HandoverPage),
    *verb_paths("handovers", "receipt", handovers.ReceiptPage.as_view()),
    *verb_paths("handovers", "amend", handovers.AmendHandover.as_view()),
    *(
        pattern
        for verb, (perform, form) in HANDOVER_ACTS.items()
        for pattern in verb_paths(
            "handovers", verb, handovers.HandoverAct.as_view(verb=verb, perform=perform, form_class=form)
        )
    ),
    *verb_paths(
        "handovers",
        "register_row",
        handovers.RowAct.as_view(
            verb="register_row", perform=services.register_row, form_class=forms.RegisterRowForm
        ),
    ),
    *verb_paths(
        "handovers",
        "refuse_row",
        handovers.RowAct.as_view(
            verb="refuse_row", perform=services.refuse_row, form_class=forms.RefuseRowForm
        ),
    ),
    path("partner-reports/", partners.PartnerReportList.as_view(), name="partner_reports"),
    path("partner-reports/new/", partners.NewPartnerReport.as_view(), name="partner_report_new"),
    *record_paths("partner-reports", "partner_report", partners.PartnerReportPage),
    *verb_paths("partner-reports", "amend", partners.AmendPartnerReport.as_view()),
    path("batches/", exchange.BatchList.as_view(), name="batches"),
    path("batches/new/", exchange.NewBatch.as_view(), name="batch_new"),
    *record_paths("batches", "batch", exchange.BatchPage),
    *verb_paths("batches", "amend", exchange.AmendBatch.as_view()),
    *verb_paths(
        "batches",
        "close",
        exchange.BatchAct.as_view(verb="close", perform=services.close_batch, form_class=OpinionForm),
    ),
    *verb_paths(
        "batches",
        "reopen",
        exchange.BatchAct.as_view(
            verb="reopen", perform=services.reopen_batch, form_class=RequiredOpinionForm
        ),
    ),
]
