"""Every API route on one screen. A list is `<things>/`, a record `<things>/<id>/`, a verb `<things>/<id>/<verb>/`."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from cases.api.asking import AccountabilityViewSet, InterferenceViewSet, ResponsibleViewSet
from cases.api.bulletins import BulletinCopyViewSet, BulletinViewSet
from cases.api.calls import CallDigestViewSet, HotlineCallViewSet
from cases.api.clearing import ClarificationViewSet, FalseAccusationViewSet
from cases.api.declaring import DeclarationViewSet
from cases.api.ending import VolumeViewSet
from cases.api.exchange import BatchViewSet
from cases.api.filing import CaseViewSet, OutcomeViewSet
from cases.api.handovers import HandoverViewSet
from cases.api.identity import IdentityRequestViewSet
from cases.api.meetings import MeetingViewSet, ResolutionViewSet
from cases.api.partners import PartnerReportViewSet
from cases.api.summaries import WorkSummaryViewSet
from cases.api.superior import SuperiorReceiptViewSet
from cases.api.views import LeadViewSet
from funds.api.allocations import AllocationViewSet
from funds.api.notice_rules import NoticeRuleViewSet
from funds.api.payments import PaymentViewSet
from funds.api.projects import ProjectViewSet
from funds.api.registers import (
    BeneficiaryViewSet,
    HouseholdMarkViewSet,
    RegisterRefusalViewSet,
    RegisterViewSet,
)
from funds.api.suspicions import MatchListViewSet, SuspicionViewSet
from funds.api.views import LedgerEntryViewSet, MisuseViewSet, RecoveryViewSet
from funds.api.village import LocalDutyViewSet, VillageSheetViewSet
from funds.api.weeks import ProgressWeekViewSet
from inspections.api.attendance import AttendanceViewSet, VillagePersonViewSet
from inspections.api.campaigns import CampaignViewSet
from inspections.api.feedback import FeedbackViewSet, PlanViewSet
from inspections.api.objects import ObjectViewSet
from inspections.api.opinions import ImmediateNoticeViewSet, OpinionViewSet
from inspections.api.papers import PaperViewSet
from inspections.api.plans import VisitPlanViewSet
from inspections.api.pool import PoolViewSet
from inspections.api.rounds import RoundViewSet
from inspections.api.views import FindingViewSet
from inspections.api.visits import VisitViewSet
from inspections.api.worksheets import WorksheetViewSet
from povertyaudit.activities.api.activities import ActivityViewSet
from povertyaudit.activities.api.papers import CommendationViewSet, RegulationViewSet
from povertyaudit.activities.api.sheets import ActivitySheetViewSet
from povertyaudit.answering.api.letters import LetterViewSet
from povertyaudit.answering.api.team_lists import TeamListViewSet
from povertyaudit.answering.api.terms import ResponsibilityViewSet
from povertyaudit.assessment.api.duties import InspectionDutyViewSet, InspectionRuleViewSet
from povertyaudit.assessment.api.ladders import AssessmentLadderViewSet, AssessmentMeasureViewSet
from povertyaudit.assessment.api.schemes import AssessmentSchemeViewSet
from povertyaudit.assessment.api.views import (
    AssessmentViewSet,
    ScoreSheetViewSet,
    UnitSheetViewSet,
)
from povertyaudit.core.api.accounts import AccountViewSet
from povertyaudit.core.api.attachments import AttachmentViewSet
from povertyaudit.core.api.channels import ChannelViewSet, DeliveryViewSet, PreferenceViewSet
from povertyaudit.core.api.docs import DocsView
from povertyaudit.core.api.dossiers import CommentViewSet, FavouriteViewSet
from povertyaudit.core.api.places import RegionChangeViewSet, UnitChangeViewSet, UnitViewSet
from povertyaudit.core.api.routing import ApiRouter
from povertyaudit.core.api.saved_views import SavedViewViewSet
from povertyaudit.core.api.terms import TermViewSet
from povertyaudit.core.api.vault_keys import VaultKeyViewSet
from povertyaudit.core.api.views import (
    AuditViewSet,
    CurrentTokenView,
    NothingHereView,
    NotificationViewSet,
    RegionViewSet,
    TokenView,
)
from povertyaudit.documents.api import DocumentTemplateViewSet, DocumentViewSet
from povertyaudit.exchange.api.files import LedgerFileViewSet
from povertyaudit.exchange.api.hooks import HookDeliveryViewSet, HookViewSet
from povertyaudit.exchange.api.token_scopes import TokenScopeViewSet
from povertyaudit.reporting.api.indicators import IndicatorViewSet
from povertyaudit.reporting.api.reports import ReportViewSet
from povertyaudit.sheets.api.imports import SheetImportViewSet
from povertyaudit.talks.api.views import TalkViewSet
from rectification.api.asked import CheckRuleViewSet, EvidenceNeedViewSet
from rectification.api.escalation import EscalationViewSet
from rectification.api.look_backs import LookBackCheckViewSet, LookBackViewSet
from rectification.api.measures import MeasureViewSet
from rectification.api.notices import NoticeCommentViewSet, NoticeViewSet
from rectification.api.periods import PeriodReportViewSet
from rectification.api.source_papers import RoundTreeViewSet, SourcePaperViewSet
from rectification.api.views import ItemViewSet

router = ApiRouter()
router.register("regions", RegionViewSet, basename="regions")
router.register("terms", TermViewSet, basename="terms")
router.register("unit-changes", UnitChangeViewSet, basename="unit-changes")
router.register("region-changes", RegionChangeViewSet, basename="region-changes")
router.register("units", UnitViewSet, basename="units")
router.register("interferences", InterferenceViewSet, basename="interferences")
router.register("accountabilities", AccountabilityViewSet, basename="accountabilities")
router.register("responsibles", ResponsibleViewSet, basename="responsibles")
router.register("declarations", DeclarationViewSet, basename="declarations")
router.register("leads", LeadViewSet, basename="leads")
router.register("summaries", WorkSummaryViewSet, basename="summaries")
router.register("superior-receipts", SuperiorReceiptViewSet, basename="superior-receipts")
router.register("volumes", VolumeViewSet, basename="volumes")
router.register("identity-requests", IdentityRequestViewSet, basename="identity-requests")
router.register("meetings", MeetingViewSet, basename="meetings")
router.register("resolutions", ResolutionViewSet, basename="resolutions")
router.register("clarifications", ClarificationViewSet, basename="clarifications")
router.register("false-accusations", FalseAccusationViewSet, basename="false-accusations")
router.register("partner-reports", PartnerReportViewSet, basename="partner-reports")
router.register("handovers", HandoverViewSet, basename="handovers")
router.register("batches", BatchViewSet, basename="batches")
router.register("calls", HotlineCallViewSet, basename="calls")
router.register("bulletins", BulletinViewSet, basename="bulletins")
router.register("bulletin-copies", BulletinCopyViewSet, basename="bulletin-copies")
router.register("digests", CallDigestViewSet, basename="digests")
router.register("cases", CaseViewSet, basename="cases")
router.register("outcomes", OutcomeViewSet, basename="outcomes")
router.register("rounds", RoundViewSet, basename="rounds")
router.register("round-objects", ObjectViewSet, basename="round-objects")
router.register("pool-persons", PoolViewSet, basename="pool-persons")
router.register("campaigns", CampaignViewSet, basename="campaigns")
router.register("findings", FindingViewSet, basename="findings")
router.register("opinions", OpinionViewSet, basename="opinions")
router.register("immediate-notices", ImmediateNoticeViewSet, basename="immediate-notices")
router.register("round-papers", PaperViewSet, basename="round-papers")
router.register("feedbacks", FeedbackViewSet, basename="feedbacks")
router.register("rectification-plans", PlanViewSet, basename="rectification-plans")
router.register("visit-plans", VisitPlanViewSet, basename="visit-plans")
router.register("visits", VisitViewSet, basename="visits")
router.register("worksheets", WorksheetViewSet, basename="worksheets")
router.register("village-people", VillagePersonViewSet, basename="village-people")
router.register("attendance", AttendanceViewSet, basename="attendance")
router.register("responsibilities", ResponsibilityViewSet, basename="responsibilities")
router.register("responsibility-letters", LetterViewSet, basename="responsibility-letters")
router.register("team-lists", TeamListViewSet, basename="team-lists")
router.register("imports", SheetImportViewSet, basename="imports")
router.register("items", ItemViewSet, basename="items")
router.register("source-papers", SourcePaperViewSet, basename="source-papers")
router.register("evidence-needs", EvidenceNeedViewSet, basename="evidence-needs")
router.register("check-rules", CheckRuleViewSet, basename="check-rules")
router.register("talks", TalkViewSet, basename="talks")
router.register("look-backs", LookBackViewSet, basename="look-backs")
router.register("look-back-checks", LookBackCheckViewSet, basename="look-back-checks")
router.register("activities", ActivityViewSet, basename="activities")
router.register("activity-sheets", ActivitySheetViewSet, basename="activity-sheets")
router.register("commendations", CommendationViewSet, basename="commendations")
router.register("regulations", RegulationViewSet, basename="regulations")
router.register("escalations", EscalationViewSet, basename="escalations")
router.register("notices", NoticeViewSet, basename="notices")
router.register("period-reports", PeriodReportViewSet, basename="period-reports")
router.register("notice-comments", NoticeCommentViewSet, basename="notice-comments")
router.register("measures", MeasureViewSet, basename="measures")
router.register("allocations", AllocationViewSet, basename="allocations")
router.register("projects", ProjectViewSet, basename="projects")
router.register("payments", PaymentViewSet, basename="payments")
router.register("match-lists", MatchListViewSet, basename="match-lists")
router.register("suspicions", SuspicionViewSet, basename="suspicions")
router.register("village-sheets", VillageSheetViewSet, basename="village-sheets")
router.register("local-duties", LocalDutyViewSet, basename="local-duties")
router.register("misuses", MisuseViewSet, basename="misuses")
router.register("recoveries", RecoveryViewSet, basename="recoveries")
router.register("ledger-entries", LedgerEntryViewSet, basename="ledger-entries")
router.register("notice-rules", NoticeRuleViewSet, basename="notice-rules")
router.register("progress-weeks", ProgressWeekViewSet, basename="progress-weeks")
router.register("registers", RegisterViewSet, basename="registers")
router.register("assessment-schemes", AssessmentSchemeViewSet, basename="assessment-schemes")
router.register("assessments", AssessmentViewSet, basename="assessments")
router.register("assessment-ladders", AssessmentLadderViewSet, basename="assessment-ladders")
router.register("assessment-measures", AssessmentMeasureViewSet, basename="assessment-measures")
router.register("inspection-rules", InspectionRuleViewSet, basename="inspection-rules")
router.register("inspection-duties", InspectionDutyViewSet, basename="inspection-duties")
router.register("unit-sheets", UnitSheetViewSet, basename="unit-sheets")
router.register("reports", ReportViewSet, basename="reports")
router.register("documents", DocumentViewSet, basename="documents")
router.register("document-templates", DocumentTemplateViewSet, basename="document-templates")
router.register("score-sheets", ScoreSheetViewSet, basename="score-sheets")
router.register("attachments", AttachmentViewSet, basename="attachments")
router.register("favourites", FavouriteViewSet, basename="favourites")
router.register("saved-views", SavedViewViewSet, basename="saved-views")
router.register("accounts", AccountViewSet, basename="accounts")
router.register("notifications", NotificationViewSet, basename="notifications")
router.register("channels", ChannelViewSet, basename="channels")
router.register("deliveries", DeliveryViewSet, basename="deliveries")
router.register("token-scopes", TokenScopeViewSet, basename="token-scopes")
router.register("hooks", HookViewSet, basename="hooks")
router.register("hook-deliveries", HookDeliveryViewSet, basename="hook-deliveries")
router.register("ledger-files", LedgerFileViewSet, basename="ledger-files")
router.register("audit", AuditViewSet, basename="audit")

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("tokens/", TokenView.as_view(), name="tokens"),
    path("tokens/current/", CurrentTokenView.as_view(), name="tokens-current"),
    path(
        "schema/", SpectacularAPIView.as_view(permission_classes=[], authentication_classes=[]), name="schema"
    ),
    path("docs/", DocsView.as_view(), name="docs"),
    path(
        "comments/<str:id>/withdraw/", CommentViewSet.as_view({"post": "withdraw"}), name="comments-withdraw"
    ),
    path(
        "notification-preferences/",
        PreferenceViewSet.as_view({"get": "mine", "patch": "change"}, detail=True),
        name="notification-preferences",
    ),
    path("rounds/<str:id>/tree/", RoundTreeViewSet.as_view({"get": "tree"}, detail=True), name="rounds-tree"),
    path("vault-keys/", VaultKeyViewSet.as_view({"get": "standing"}), name="vault-keys"),
    path("vault-keys/rotate/", VaultKeyViewSet.as_view({"post": "rotate"}), name="vault-keys-rotate"),
    path("indicators/", IndicatorViewSet.as_view({"get": "catalogue"}), name="indicators"),
    path("indicators/<slug:code>/", IndicatorViewSet.as_view({"get": "one"}, detail=True), name="indicator"),
    path("beneficiaries/", BeneficiaryViewSet.as_view({"get": "list"}), name="beneficiaries"),
    path("register-refusals/", RegisterRefusalViewSet.as_view({"get": "list"}), name="register-refusals"),
    path("household-marks/", HouseholdMarkViewSet.as_view({"get": "list"}), name="household-marks"),
    path("", include(router.urls)),
    re_path(r"^.*$", NothingHereView.as_view(), name="nothing"),
]
