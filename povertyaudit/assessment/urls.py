"""Addresses of assessments. A verb is wired here and nowhere else on the page side."""

from django.urls import path

from povertyaudit.assessment.forms import assessments as forms
from povertyaudit.assessment.forms import duties as duty_forms
from povertyaudit.assessment.forms import ladders as ladder_forms
from povertyaudit.assessment.services import deciding, duties, measures, scoring, sheets
from povertyaudit.assessment.views import assessments as views
from povertyaudit.assessment.views import duties as duty_views
from povertyaudit.assessment.views import ladders as ladder_views
from povertyaudit.assessment.views import scoring as score_views
from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths

urlpatterns = [
    path("terms/assessment-schemes/new/", views.NewScheme.as_view(), name="assessment_scheme_new"),
    path("assessments/", views.AssessmentList.as_view(), name="assessments"),
    path("assessments/new/", views.NewAssessment.as_view(), name="assessment_new"),
    *record_paths("assessments", "assessment", views.AssessmentPage),
    *(
        url
        for verb, form in (
            ("recount", OpinionForm), ("decide_scheme", forms.DecideSchemeForm), ("publish", OpinionForm),
            ("cancel", RequiredOpinionForm),
        )
        for url in verb_paths(
            "assessments", verb,
            views.AssessmentAct.as_view(verb=verb, perform=getattr(deciding, verb), form_class=form),
        )
    ),
    *verb_paths("assessments", "sign", views.Sign.as_view()),
    path("unit-sheets/", views.UnitSheetList.as_view(), name="unit_sheets"),
    *record_paths("unit-sheets", "unit_sheet", views.UnitSheetPage),
    *(
        url
        for verb, form in (
            ("adjust", forms.AdjustForm), ("leave_out", RequiredOpinionForm), ("take_in", OpinionForm),
        )
        for url in verb_paths(
            "unit-sheets", verb, views.UnitSheetAct.as_view(verb=verb, perform=getattr(sheets, verb), form_class=form),
        )
    ),
    *verb_paths("unit-sheets", "withdraw_adjustment", views.Withdraw.as_view()),
    *verb_paths("unit-sheets", "correct", views.Correct.as_view()),
    path("score-sheets/", score_views.ScoreSheetList.as_view(), name="score_sheets"),
    *record_paths("score-sheets", "score_sheet", score_views.ScoreSheetPage),
    *verb_paths("score-sheets", "score", score_views.FillIn.as_view()),
    *(
        url
        for verb, form in (("submit", OpinionForm), ("send_back", RequiredOpinionForm), ("waive", RequiredOpinionForm))
        for url in verb_paths(
            "score-sheets", verb,
            score_views.ScoreSheetAct.as_view(verb=verb, perform=getattr(scoring, verb), form_class=form),
        )
    ),
    path("terms/assessment-ladders/new/", ladder_views.NewLadder.as_view(), name="assessment_ladder_new"),
    path("assessment-measures/", ladder_views.MeasureList.as_view(), name="assessment_measures"),
    *record_paths("assessment-measures", "assessment_measure", ladder_views.MeasurePage),
    *(
        url
        for verb, form in (
            ("agree", RequiredOpinionForm), ("decide_otherwise", ladder_forms.OtherForm), ("decline", RequiredOpinionForm),
            ("record_outcome", ladder_forms.OutcomeForm),
        )
        for url in verb_paths(
            "assessment-measures", verb,
            ladder_views.MeasureAct.as_view(verb=verb, perform=getattr(measures, verb), form_class=form),
        )
    ),
    path("terms/inspection-rules/new/", duty_views.NewDutyRule.as_view(), name="inspection_rule_new"),
    path("inspection-duties/", duty_views.DutyList.as_view(), name="inspection_duties"),
    *record_paths("inspection-duties", "inspection_duty", duty_views.DutyPage),
    *(
        url
        for verb, form in (("fulfil", duty_forms.FulfilForm), ("waive", RequiredOpinionForm))
        for url in verb_paths(
            "inspection-duties", verb, duty_views.DutyAct.as_view(verb=verb, perform=getattr(duties, verb), form_class=form),
        )
    ),
]  # fmt: skip
