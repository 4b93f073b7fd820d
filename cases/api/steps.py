"""Verbs of disposition steps for machines, mixed into the viewset of leads."""

from typing import Any

from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api import examples, shapes
from cases.api.serializers import LeadDetailSerializer
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import AttachmentSerializer

DETAIL = LeadDetailSerializer


class StepVerbs:
    """Proposing to finishing, and what follows a step."""

    @verb(shapes.ProposeShape, DETAIL, example=examples.PROPOSE)
    def propose(self: Any, request: Request, id: str) -> Response:
        """提出处置意见（承办部门），可附集体研究情况、方案和参加人员。"""
        return self.act(services.propose, shapes.ProposeShape)  # type: ignore[no-any-return]

    @verb(shapes.ApproveShape, DETAIL, example={"note": "同意。"})
    def approve(self: Any, request: Request, id: str) -> Response:
        """批准处置意见（审批权限表指定的人；须报外部批准的，由案管室或主要负责人录入批准文件）。"""
        return self.act(services.approve, shapes.ApproveShape)  # type: ignore[no-any-return]

    @verb(shapes.StartShape, DETAIL, example={})
    def start_step(self: Any, request: Request, id: str) -> Response:
        """开始办理已批准的处置；立案后为审查调查，移送审理后为审理。谈话和初步核实须有两人以上参加。"""
        return self.act(services.start_step, shapes.StartShape)  # type: ignore[no-any-return]

    @write_schema(shapes.LeadUploadShape, AttachmentSerializer, status=201)
    @action(
        detail=True,
        methods=["post"],
        parser_classes=[MultiPartParser],
        filter_backends=[],
        pagination_class=None,
    )
    def attach(self: Any, request: Request, id: str) -> Response:
        """上传材料；`step` 写明属于哪一步。"""
        return self.take_file(shapes.LeadUploadShape)  # type: ignore[no-any-return]

    @verb(shapes.ReviewHoldShape, DETAIL, example=examples.REVIEW_HOLD)
    def review_hold(self: Any, request: Request, id: str) -> Response:
        """登记暂存复核：仍不具备核查条件，定下次复核日期。"""
        return self.act(services.review_hold, shapes.ReviewHoldShape)  # type: ignore[no-any-return]

    @verb(shapes.DutyShape, DETAIL, example=examples.DUTY)
    def record_duty(self: Any, request: Request, id: str) -> Response:
        """登记了结后的后续事项（反馈本人、民主生活会说明、向所在单位说明）。"""
        return self.act(services.record_duty, shapes.DutyShape)  # type: ignore[no-any-return]
