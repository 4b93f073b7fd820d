"""Feedback forms, plans, reports and their joint review for machines."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inspections import services
from inspections.api.feedback_shapes import (
    AmendFeedbackShape,
    ConsolidateShape,
    FeedbackFormShape,
    JointReviewShape,
    PlanApproveShape,
    PlanFillShape,
    PlanReturnShape,
    SigningShape,
    TellHeadShape,
    TellLeadershipShape,
)
from inspections.api.opinions import InspectionReasonShape
from inspections.feedback_filters import FeedbackFilter, PlanFilter
from inspections.models import (
    BodyOpinion,
    Feedback,
    PlanRow,
    RectificationPlan,
    ReviewBody,
    ReviewRound,
)
from inspections.workflow.feedback import FEEDBACK, PLAN
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW_FEEDBACK = {
    "round": "第十二届县委第七轮巡察",
    "unit": "桐笙镇人民政府",
    "text": "总体较好，资金拨付和项目管护问题突出。",
}
SIGNED = {"signed_name": "镇党委书记"}
FILLED = {
    "rows": [
        {
            "row": "1",
            "person": "镇长",
            "due_on": "2028-06-30",
            "measure": "核对名册，十日内补发到户。\n公示到组。",
        }
    ]
}
REVIEWED = {"opinions": [{"row": "1", "grade": "good", "opinion": "措施具体可行。"}]}


class FeedbackSerializer(RecordSerializer):
    """A feedback form."""

    round = serializers.CharField(source="round.public_id", read_only=True)
    round_name = serializers.CharField(source="round.name", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    problems = serializers.IntegerField(read_only=True, help_text="问题数")
    signed_way_display = serializers.CharField(source="get_signed_way_display", read_only=True)
    due_on = serializers.DateField(
        read_only=True, allow_null=True, help_text="报送整改方案的期限；签收以后见整改方案"
    )

    class Meta:
        model = Feedback
        fields = (
            *RecordSerializer.COMMON, "round", "round_name", "unit", "unit_name", "text", "problems", "head_on",
            "head_name", "leadership_on", "signed_at", "signed_way", "signed_way_display", "signed_name", "due_on",
        )  # fmt: skip


class FeedbackProblemSerializer(serializers.Serializer[Any]):
    """A problem on the form."""

    finding = serializers.CharField(source="finding.number", allow_null=True)
    problem_class = serializers.CharField(source="finding.problem_class")
    text = serializers.CharField(source="finding.text")


class FeedbackDetailSerializer(FeedbackSerializer):
    """One form with its problems."""

    rows = serializers.SerializerMethodField()

    class Meta(FeedbackSerializer.Meta):
        fields = (*FeedbackSerializer.Meta.fields, "rows")

    @extend_schema(responses=FeedbackProblemSerializer(many=True))
    def get_rows(self, feedback: Feedback) -> list[Any]:
        found = (
            feedback.rows.visible_to(self.context["request"].user).select_related("finding").order_by("pk")
        )
        return list(FeedbackProblemSerializer(found, many=True).data)


class PlanRowSerializer(serializers.ModelSerializer[PlanRow]):
    """A problem of the plan; `changed` names what was altered since the return, with what stood before."""

    id = serializers.CharField(source="public_id", read_only=True)
    finding = serializers.CharField(source="finding.number", read_only=True, allow_null=True)
    problem = serializers.CharField(source="finding.text", read_only=True)
    changed = serializers.DictField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = PlanRow
        fields = ("id", "ordinal", "finding", "problem", "person", "due_on", "measure", "result", "changed")


class BodyOpinionSerializer(serializers.ModelSerializer[BodyOpinion]):
    """What one body says of one problem."""

    row = serializers.IntegerField(source="row.ordinal", read_only=True)
    grade_display = serializers.CharField(source="get_grade_display", read_only=True)

    class Meta:
        model = BodyOpinion
        fields = ("row", "grade", "grade_display", "opinion")


class ReviewBodySerializer(serializers.ModelSerializer[ReviewBody]):
    """One body in a review."""

    body = serializers.CharField(source="body.code", read_only=True)
    body_name = serializers.CharField(source="body.name", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    opinions = BodyOpinionSerializer(many=True, read_only=True)

    class Meta:
        model = ReviewBody
        fields = ("body", "body_name", "unit_name", "given_on", "opinions")


class ReviewSerializer(serializers.ModelSerializer[ReviewRound]):
    """One joint review."""

    state_display = serializers.CharField(source="get_state_display", read_only=True)
    bodies = serializers.SerializerMethodField()

    class Meta:
        model = ReviewRound
        fields = ("ordinal", "state", "state_display", "opened_on", "summary", "ended_on", "bodies")

    @extend_schema(responses=ReviewBodySerializer(many=True))
    def get_bodies(self, review: ReviewRound) -> list[Any]:
        rows = PlanRow.objects.visible_to(self.context["request"].user).filter(plan=review.plan_id)
        said = BodyOpinion.objects.filter(row__in=rows).select_related("row")
        bodies = review.bodies.select_related("body", "unit").order_by("pk")
        found = bodies.prefetch_related(Prefetch("opinions", said))
        return list(ReviewBodySerializer(found, many=True).data)


class PlanSerializer(RecordSerializer):
    """A plan or a report."""

    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    feedback = serializers.CharField(source="feedback.number", read_only=True)
    round = serializers.CharField(source="round.public_id", read_only=True)
    round_name = serializers.CharField(source="round.name", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    problems = serializers.IntegerField(read_only=True, help_text="问题数")
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="最早到期的期限")

    class Meta:
        model = RectificationPlan
        fields = (
            *RecordSerializer.COMMON, "kind", "kind_display", "feedback", "round", "round_name", "unit", "unit_name",
            "text", "problems", "submitted_on", "approved_on", "due_on",
        )  # fmt: skip


class PlanDetailSerializer(PlanSerializer):
    """One plan with its rows and its reviews."""

    rows = serializers.SerializerMethodField()
    reviews = serializers.SerializerMethodField()

    class Meta(PlanSerializer.Meta):
        fields = (*PlanSerializer.Meta.fields, "rows", "reviews")

    @extend_schema(responses=PlanRowSerializer(many=True))
    def get_rows(self, plan: RectificationPlan) -> list[Any]:
        found = (
            plan.rows.visible_to(self.context["request"].user).select_related("finding").order_by("ordinal")
        )
        return list(PlanRowSerializer(found, many=True).data)

    @extend_schema(responses=ReviewSerializer(many=True))
    def get_reviews(self, plan: RectificationPlan) -> list[Any]:
        rows = plan.reviews.order_by("ordinal")
        return list(ReviewSerializer(rows, many=True, context=self.context).data)


FORM, DETAIL = FeedbackDetailSerializer, PlanDetailSerializer


class FeedbackViewSet(DossierMixin, ScopedViewSet):
    """反馈表；被巡察单位只看到自己的。"""

    queryset = Feedback.objects.for_list()
    serializer_class = FORM
    filterset_class = FeedbackFilter
    workflow = FEEDBACK

    def get_serializer_class(self) -> Any:
        """Lists leave the problems out."""
        return FeedbackSerializer if self.action == "list" else FORM

    @write_schema(FeedbackFormShape, FORM, example=NEW_FEEDBACK, status=201)
    def create(self, request: Request) -> Response:
        """起草反馈表（巡察组、巡察办）。"""
        return self.make(services.draft_feedback, FeedbackFormShape)

    @verb(AmendFeedbackShape, FORM, example={"text": "总体较好，个别问题突出。"})
    def amend(self, request: Request, id: str) -> Response:
        """修改尚未反馈的反馈表。"""
        return self.act(services.amend_feedback, AmendFeedbackShape)

    @verb(InspectionReasonShape, FORM, example={"note": "发错单位，重新起草。"})
    def withdraw(self, request: Request, id: str) -> Response:
        """撤销尚未反馈的反馈表，写明理由：所列问题可以列入新的反馈表。"""
        return self.act(services.withdraw_feedback, InspectionReasonShape)

    @verb(TellHeadShape, FORM, example={"head_name": "镇党委书记"})
    def tell_head(self, request: Request, id: str) -> Response:
        """登记向主要负责人反馈（双反馈之一）。"""
        return self.act(services.tell_head, TellHeadShape)

    @verb(TellLeadershipShape, FORM, example={})
    def tell_leadership(self, request: Request, id: str) -> Response:
        """登记向领导班子反馈（双反馈之二）：等待签收，整改意见一并发出。"""
        return self.act(services.tell_leadership, TellLeadershipShape)

    @verb(NoteShape, FORM, example={})
    def sign(self, request: Request, id: str) -> Response:
        """签收反馈表（被巡察单位主要负责人）：开始计算报送整改方案的期限。"""
        return self.act(services.sign, NoteShape)

    @verb(SigningShape, FORM, example=SIGNED)
    def record_signing(self, request: Request, id: str) -> Response:
        """登记当面签收（巡察办）。"""
        return self.act(services.record_signing, SigningShape)


class PlanViewSet(DossierMixin, ScopedViewSet):
    """整改方案和整改情况报告，连同联审。"""

    queryset = RectificationPlan.objects.for_list()
    serializer_class = DETAIL
    filterset_class = PlanFilter
    workflow = PLAN
    orderings = {**ScopedViewSet.orderings, "due_on": "due_on"}  # noqa: RUF012 — as the base class has it

    def get_serializer_class(self) -> Any:
        """Lists leave rows and reviews out."""
        return PlanSerializer if self.action == "list" else DETAIL

    @verb(PlanFillShape, DETAIL, example=FILLED)
    def fill(self, request: Request, id: str) -> Response:
        """填写整改方案或者报告，可以分多次。"""
        return self.act(services.fill_plan, PlanFillShape)

    @verb(PlanFillShape, DETAIL, example=FILLED)
    def submit(self, request: Request, id: str) -> Response:
        """审定报送（主要负责人）：缺少责任人、完成时间或者措施的不能报送，逐项列出。"""
        return self.act(services.submit_plan, PlanFillShape)

    @verb(JointReviewShape, DETAIL, example=REVIEWED)
    def review(self, request: Request, id: str) -> Response:
        """提出联审意见（参加联审的单位）：逐项评等次、写意见，每个单位一次。"""
        return self.act(services.give_review, JointReviewShape)

    @verb(ConsolidateShape, DETAIL, example={"summary": "各方意见一致，措施具体可行，建议通过。"})
    def consolidate(self, request: Request, id: str) -> Response:
        """汇总联审意见（纪检监察机关）。"""
        return self.act(services.consolidate, ConsolidateShape)

    @verb(PlanApproveShape, DETAIL, example={"lead_unit": "县农业农村局"})
    def approve(self, request: Request, id: str) -> Response:
        """通过（巡察办）：整改方案通过后登记整改事项。"""
        return self.act(services.approve_plan, PlanApproveShape)

    @verb(
        PlanReturnShape,
        DETAIL,
        example={"note": "第一项只有表态，没有数据和时限。", "reason_code": "sb_no_figures"},
    )
    def send_back(self, request: Request, id: str) -> Response:
        """退单回炉，写明理由。"""
        return self.act(services.return_plan, PlanReturnShape)
