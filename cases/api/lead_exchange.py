"""Verbs of a lead: assisting offices, results reported back, batches."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api import examples
from cases.api.serializers import LeadDetailSerializer
from cases.api.shapes import LeadReasonShape
from cases.api.shapes import exchange as shapes
from cases.workflow import LEAD
from povertyaudit.core.api.bulk import bulk_verb
from povertyaudit.core.api.schema import verb

JOIN = {"batch": "990101-PC-2026-003"}


class ExchangeVerbs:
    """Part of LeadViewSet."""

    bulk_join_batch = bulk_verb(
        LEAD, "join_batch", services.join_batch, shapes.JoinBatchShape, example=examples.TWO | JOIN
    )

    @verb(shapes.AskAssistShape, LeadDetailSerializer,
          example={"assisting_units": ["第二监督检查室"], "note": "请协助调取项目资料。"})  # fmt: skip
    def ask_assist(self: Any, request: Request, id: str) -> Response:
        """增加协办部门（案管室），写明协办事项。"""
        answer: Response = self.act(services.ask_assist, shapes.AskAssistShape)
        return answer

    @verb(shapes.LeadResultShape, LeadDetailSerializer, example={"result": "已调取项目资料，随附清单。"})
    def give_assistance(self: Any, request: Request, id: str) -> Response:
        """反馈协办结果（协办部门）。"""
        answer: Response = self.act(services.give_assistance, shapes.LeadResultShape)
        return answer

    @verb(
        shapes.LeadResultShape,
        LeadDetailSerializer,
        example={"result": "已核实，问题基本属实，已提出处置意见。"},
    )
    def report_back(self: Any, request: Request, id: str) -> Response:
        """报送交办结果（承办部门）。"""
        answer: Response = self.act(services.report_back, shapes.LeadResultShape)
        return answer

    @verb(shapes.JoinBatchShape, LeadDetailSerializer, example=JOIN)
    def join_batch(self: Any, request: Request, id: str) -> Response:
        """列入交办批次（案管室）。"""
        answer: Response = self.act(services.join_batch, shapes.JoinBatchShape)
        return answer

    @verb(LeadReasonShape, LeadDetailSerializer, example={"note": "不属于该批次，列入有误。"})
    def leave_batch(self: Any, request: Request, id: str) -> Response:
        """移出交办批次（案管室），写明理由。"""
        answer: Response = self.act(services.leave_batch, LeadReasonShape)
        return answer
