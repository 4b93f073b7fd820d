"""Requests to see who complained, for machines. The complainant stands in the answer to `read` alone."""

from typing import Any, ClassVar

from django.views.decorators.debug import sensitive_variables
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.serializers import RevealedSerializer
from cases.filters import IdentityRequestFilter
from cases.models import IdentityRequest
from cases.services import identity
from cases.workflow import IDENTITY_REQUEST
from povertyaudit.core.api.fields import LineField
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet


class RequestIdentityShape(Shape):
    """Why the caller must know who complained."""

    reason = LineField(max_length=200, help_text="查看事由，不写反映人信息")


class IdentityRequestSerializer(RecordSerializer):
    """A request to see the complainant of a lead; `number` is the lead's."""

    lead = serializers.CharField(source="lead.public_id", read_only=True)
    requested_by = serializers.CharField(source="requested_by.display_name", read_only=True)
    decided_by = serializers.CharField(source="decided_by.display_name", read_only=True, default=None)
    standing = serializers.CharField(read_only=True, help_text="进展")

    class Meta:
        model = IdentityRequest
        fields = (
            *RecordSerializer.COMMON, "lead", "requested_by", "reason", "decided_by", "decided_at", "decision",
            "expires_at", "standing",
        )  # fmt: skip

    def get_actions(self, row: Any) -> list[str]:
        """Also where it is the answer to a verb of its lead."""
        return [step.name for step in IDENTITY_REQUEST.offered(row, self.context["request"].user)]


class IdentityRequestViewSet(ScopedViewSet):
    """查看反映人的申请：您提出的、您单位登记的线索上的、由您审批的。"""

    queryset = IdentityRequest.objects.for_list()
    serializer_class = IdentityRequestSerializer
    filterset_class = IdentityRequestFilter
    workflow = IDENTITY_REQUEST
    orderings: ClassVar[dict[str, str]] = {"created_at": "created_at", "expires_at": "expires_at"}

    @verb(NoteShape, IdentityRequestSerializer, example={"note": "同意，请当面核对后即结束查看。"})
    def approve(self, request: Request, id: str) -> Response:
        """批准查看（登记机关的分管领导、主要负责人，不是申请人本人）：申请人本人在限定时间内可以查看。"""
        return self.act(identity.approve, NoteShape)

    @verb(NoteShape, IdentityRequestSerializer, example={"note": "可由信访室代为核对。"})
    def refuse(self, request: Request, id: str) -> Response:
        """不予批准，写明理由。"""
        return self.act(identity.refuse, NoteShape)

    @verb(NoteShape, IdentityRequestSerializer, example={"note": "已由信访室代为核对。"})
    def withdraw(self, request: Request, id: str) -> Response:
        """撤回申请（申请人，审批以前）。"""
        return self.act(identity.withdraw, NoteShape)

    @verb(NoteShape, IdentityRequestSerializer, example={})
    def end(self, request: Request, id: str) -> Response:
        """提前结束已批准的查看（申请人、登记单位、审批人）。"""
        return self.act(identity.end, NoteShape)

    @sensitive_variables()
    @verb(None, RevealedSerializer)
    def read(self, request: Request, id: str) -> Response:
        """查看反映人（批准后的申请人本人）：每次查看都有记录，登记单位会收到提醒。"""
        row: Any = self.get_object()
        plain = identity.read(row, by=self.user, expected_version=self.expected_version())
        return Response(
            {"id": row.lead.public_id, "complainant": plain}, headers={"Cache-Control": "no-store"}
        )
