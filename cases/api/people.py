"""Persons complained of, for machines: the verbs of a lead about them."""

from typing import Any

from django.views.decorators.debug import sensitive_variables
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api import shapes
from cases.api.serializers import LeadDetailSerializer
from povertyaudit.core.api.schema import verb

ANOTHER = {
    "name": "赵某", "unit_text": "荻渚镇", "post_text": "镇财政所所长", "kind": "party_official", "managed_by": "county",
    "political_status": "member", "birth_month": "1979-04", "party_entry_month": "2003-06", "rank_kind": "clerk",
}  # fmt: skip


class PeopleVerbs:
    """For the viewset of leads."""

    @sensitive_variables()
    @verb(shapes.AddSubjectShape, LeadDetailSerializer, example=ANOTHER)
    def add_subject(self: Any, request: Request, id: str) -> Response:
        """增加被反映人。身份证号只用于查找同一个人，不保存原号。"""
        answer: Response = self.act(services.add_subject, shapes.AddSubjectShape)
        return answer

    @sensitive_variables()
    @verb(
        shapes.AmendSubjectShape, LeadDetailSerializer,
        example={"subject": "1", "post_text": "村委会主任", "number_one": True, "note": "来信职务有误。"},
    )  # fmt: skip
    def amend_subject(self: Any, request: Request, id: str) -> Response:
        """更正或补充被反映人；不写的项目不变。"""
        answer: Response = self.act(services.amend_subject, shapes.AmendSubjectShape)
        return answer

    @verb(
        shapes.RemoveSubjectShape,
        LeadDetailSerializer,
        example={"subject": "1", "note": "误将反映人登记为被反映人。"},
    )
    def remove_subject(self: Any, request: Request, id: str) -> Response:
        """删除误登的被反映人，写明理由。"""
        answer: Response = self.act(services.remove_subject, shapes.RemoveSubjectShape)
        return answer
