"""Addresses of rounds and findings."""

from django.urls import path

from inspections import services, views
from inspections.feedback_urls import urlpatterns as feedback
from inspections.field_urls import urlpatterns as field_work
from inspections.opinion_urls import urlpatterns as opinions
from povertyaudit.core.forms import RequiredOpinionForm
from povertyaudit.core.views import bulk_paths, record_paths, verb_paths

urlpatterns = [
    *field_work,
    path("rounds/", views.RoundList.as_view(), name="rounds"),
    path("rounds/new/", views.NewRound.as_view(), name="round_new"),
    *record_paths("rounds", "round", views.RoundPage),
    *verb_paths("rounds", "amend_round", views.AmendRound.as_view()),
    *verb_paths("rounds", "set_team", views.SetTeam.as_view()),
    *verb_paths("rounds", "add_objects", views.AddObjects.as_view()),
    *verb_paths("rounds", "declare_recusal", views.DeclareRecusal.as_view()),
    *verb_paths("rounds", "decide_recusal", views.DecideRecusal.as_view()),
    *verb_paths("rounds", "attach", views.AttachPaper.as_view()),
    *verb_paths("rounds", "link_round", views.LinkRound.as_view()),
    *verb_paths("rounds", "set_rhythm", views.SetRhythm.as_view()),
    *verb_paths("rounds", "close_round", views.CloseRound.as_view()),
    *verb_paths("rounds", "record_finding", views.RecordFinding.as_view()),
    *verb_paths("rounds", "finish_round", views.FinishRound.as_view()),
    *verb_paths("rounds", "draw_people", views.DrawPeople.as_view()),
    *verb_paths("rounds", "join_campaign", views.JoinCampaign.as_view()),
    path("draws/<str:id>/", views.DrawPage.as_view(), name="draw"),
    path("pool-persons/", views.PoolList.as_view(), name="pool_persons"),
    path("pool-persons/new/", views.NewPoolPerson.as_view(), name="pool_person_new"),
    *record_paths("pool-persons", "pool_person", views.PoolPersonPage),
    *verb_paths("pool-persons", "take_out", views.TakeOut.as_view()),
    path("campaigns/", views.CampaignList.as_view(), name="campaigns"),
    path("campaigns/new/", views.NewCampaign.as_view(), name="campaign_new"),
    *record_paths("campaigns", "campaign", views.CampaignPage),
    *verb_paths("campaigns", "set_points", views.SetPoints.as_view()),
    *verb_paths("campaigns", "tie_leads", views.TieLeads.as_view()),
    *verb_paths("campaigns", "untie_lead", views.UntieLead.as_view()),
    *verb_paths("campaigns", "close_campaign", views.CloseCampaign.as_view()),
    *verb_paths("campaigns", "reopen_campaign", views.ReopenCampaign.as_view()),
    path("campaign-leads/", views.CampaignLeadList.as_view(), name="campaign_leads"),
    path("round-objects/", views.ObjectList.as_view(), name="round_objects"),
    *bulk_paths("round-objects", views.ObjectBulk, views.OBJECT_ACTS),
    *record_paths("round-objects", "round_object", views.ObjectPage),
    *verb_paths("round-objects", "enter", views.Enter.as_view()),
    *verb_paths("round-objects", "leave", views.Leave.as_view()),
    *verb_paths("round-objects", "assign_team", views.AssignTeam.as_view()),
    *verb_paths("round-objects", "drop", views.Drop.as_view()),
    path("findings/", views.FindingList.as_view(), name="findings"),
    *record_paths("findings", "finding", views.FindingPage),
    *verb_paths("findings", "amend", views.AmendFinding.as_view()),
    *verb_paths(
        "findings",
        "withdraw",
        views.FindingAct.as_view(
            verb="withdraw", perform=services.withdraw_finding, form_class=RequiredOpinionForm
        ),
    ),
    *verb_paths("rounds", "hand_lead", views.HandLeads.as_view()),
    *opinions,
    *feedback,
]
