"""Where a lead came from, and the way back, for machines."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api import shapes
from cases.api.serializers import LeadDetailSerializer
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import WrittenReasonShape

RETURNED = {"returned_to": "县审计局", "note": "不属于本机关管辖，应由税务机关办理。"}


class IntakeVerbs:
    """For the viewset of leads."""

    @verb(shapes.ReturnShape, LeadDetailSerializer, example=RETURNED)
    def return_to_sender(self: Any, request: Request, id: str) -> Response:
        """退回来件单位（上级交来的、其他机关移交的），写明理由。"""
        answer: Response = self.act(services.return_to_sender, shapes.ReturnShape)
        return answer

    @verb(WrittenReasonShape, LeadDetailSerializer, example={"note": "同一封信登记了两次，作废后一件。"})
    def void(self: Any, request: Request, id: str) -> Response:
        """登记有误作废（没有分办的），写明理由；编号保留，不计入统计。"""
        answer: Response = self.act(services.void, WrittenReasonShape)
        return answer
