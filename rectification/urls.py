"""Addresses of items. A verb is wired here and nowhere else on the page side."""

from typing import Any

from django.urls import path

from inspections.forms.rhythms import RhythmForm
from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm, SendBackForm
from povertyaudit.core.views import bulk_paths, record_paths, verb_paths
from rectification import forms, services
from rectification.forms.escalation import PauseForm
from rectification.views import (
    EditItem,
    EvidenceList,
    EvidencePage,
    ExtensionAsked,
    ExtensionDecision,
    ItemAct,
    ItemBulk,
    ItemList,
    ItemPage,
    LongTermList,
    NewItem,
    NewNeed,
    PastEvidenceList,
    ReportList,
    ReportPage,
    SignAct,
    StageReport,
    VerifyAct,
    VerifyBulk,
    arranging,
    check_rules,
    regrouping,
)

PLAIN = {"issue": services.issue, "accept": services.accept}
SIGNING: dict[str, tuple[Any, Any]] = {
    "apply": (services.apply, OpinionForm),
    "review": (services.review, OpinionForm),
}
WITH_FORM: dict[str, tuple[Any, Any]] = {
    "send_back": (services.send_back, SendBackForm),
    "press": (services.press, RequiredOpinionForm),
    "set_rhythm": (services.set_rhythm, RhythmForm),
    "set_stage": (services.set_stage, forms.StageForm),
    "pause_pressing": (services.pause_pressing, PauseForm),
    "resume_pressing": (services.resume_pressing, OpinionForm),
    "mark_long_term": (services.mark_long_term, forms.LongTermForm),
    "reopen": (services.reopen, forms.ReopenForm),
    "close": (services.close, OpinionForm),
    "register_objection": (services.register_objection, forms.ObjectionForm),
    "dismiss_objection": (services.dismiss_objection, forms.DismissForm),
    "uphold_objection": (services.uphold_objection, forms.UpholdForm),
    "archive": (services.archive, forms.ArchiveForm),
    "set_publication": (services.set_publication, forms.PublicationForm),
    "add_measure": (services.add_measure, forms.NewMeasureForm),
    "edit_measure": (services.edit_measure, forms.EditMeasureForm),
    "remove_measure": (services.remove_measure, forms.RemoveMeasureForm),
    "add_result": (services.add_result, forms.ResultForm),
    "edit_result": (services.edit_result, forms.EditResultForm),
    "add_evidence": (services.add_evidence, forms.EvidenceForm),
    "pair_evidence": (services.pair_evidence, forms.PairForm),
    "replace_evidence": (services.replace_evidence, forms.ReplaceEvidenceForm),
    "remove_evidence": (services.remove_evidence, forms.RemoveEvidenceForm),
}
BULK = {
    **{verb: (service, OpinionForm) for verb, service in PLAIN.items()},
    "press": (services.press, RequiredOpinionForm),
    "set_rhythm": (services.set_rhythm, RhythmForm),
    "set_publication": (services.set_publication, forms.PublicationForm),
}

urlpatterns = [
    path("terms/evidence-needs/new/", NewNeed.as_view(), name="evidence_need_new"),
    path("terms/check-rules/new/", check_rules.NewCheckRule.as_view(), name="check_rule_new"),
    path("items/", ItemList.as_view(), name="items"),
    path("items/new/", NewItem.as_view(), name="item_new"),
    path("items/report/", ReportList.as_view(), name="items_to_report"),
    *bulk_paths("items", ItemBulk, BULK),
    path("items/<str:id>/evidence/", EvidenceList.as_view(), name="item_evidence"),
    path("items/<str:id>/past_evidence/", PastEvidenceList.as_view(), name="item_past_evidence"),
    path("items/<str:id>/evidence/<str:evidence>/", EvidencePage.as_view(), name="item_evidence_one"),
    *bulk_paths("items", VerifyBulk, {"verify": (services.verify_simple, forms.VerifyForm)}),
    *record_paths("items", "item", ItemPage),
    path("long-term/", LongTermList.as_view(), name="long_term_items"),
    *verb_paths(
        "items",
        "verify",
        VerifyAct.as_view(verb="verify", perform=services.verify, form_class=forms.VerifyForm),
    ),
    *verb_paths("items", "report_stage", StageReport.as_view()),
    *verb_paths("items", "edit", EditItem.as_view()),
    *verb_paths("items", "report", ReportPage.as_view()),
    *verb_paths("items", "request_transfer", arranging.AskTransfer.as_view()),
    *verb_paths("items", "decide_transfer", arranging.DecideTransfer.as_view()),
    *verb_paths(
        "items",
        "accept_transfer",
        arranging.AnswerTransfer.as_view(verb="accept_transfer", perform=services.accept_transfer),
    ),
    *verb_paths(
        "items",
        "return_transfer",
        arranging.AnswerTransfer.as_view(
            verb="return_transfer", perform=services.return_transfer, form_class=RequiredOpinionForm
        ),
    ),
    *verb_paths("items", "request_split", regrouping.AskSplit.as_view()),
    *verb_paths("items", "request_merge", regrouping.AskMerge.as_view()),
    *verb_paths("items", "decide_regrouping", regrouping.DecideRegrouping.as_view()),
    *verb_paths("items", "request_extension", ExtensionAsked.as_view()),
    *verb_paths("items", "decide_extension", ExtensionDecision.as_view()),
]
for _verb, _service in PLAIN.items():
    urlpatterns += verb_paths("items", _verb, ItemAct.as_view(verb=_verb, perform=_service))
for _verb, (_perform, _form) in SIGNING.items():
    urlpatterns += verb_paths("items", _verb, SignAct.as_view(verb=_verb, perform=_perform, form_class=_form))
for _verb, (_perform, _form) in WITH_FORM.items():
    urlpatterns += verb_paths("items", _verb, ItemAct.as_view(verb=_verb, perform=_perform, form_class=_form))
