"""分类公示要求 for machines: read and proposed; confirmed, changed and ended at `terms/`."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from funds.models import NoticeRule
from funds.models.notice_rules import CELLS, DAYS, SIZES
from funds.services import notice_terms
from povertyaudit.core import terms
from povertyaudit.core.api.fields import DayField, LineField, ProseField
from povertyaudit.core.api.schema import write_schema
from povertyaudit.core.api.serializers import Shape
from povertyaudit.core.api.terms import TermFilterSet, TermSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet

RULE = {
    "kind": "ROADS", "from_wan": 100, "cell": "start_county", "amount": "15", "valid_from": "2028-01-01",
}  # fmt: skip


class NoticeRuleShape(Shape):
    kind = LineField(
        max_length=30, required=False, allow_blank=True, help_text="项目类别代码，不填为不论类别"
    )
    from_wan = serializers.ChoiceField(
        choices=SIZES,
        required=False,
        help_text="批复金额不低于（万元），不填为不论金额；类别和金额至少写一项",
    )
    cell = serializers.ChoiceField(choices=CELLS, help_text="哪一处公示：时段_层级")
    amount = serializers.ChoiceField(choices=DAYS, help_text="几天内公示，0 为不要求")
    valid_from = DayField(help_text="自哪一天起批复、开工、完工的按此要求")
    anchor = LineField(max_length=200, required=False, allow_blank=True, help_text="依据")
    note = ProseField(required=False, allow_blank=True, max_length=2000, help_text="理由")


class NoticeRuleSerializer(TermSerializer):
    """A term; what may be done with it is done at `terms/`."""

    def get_actions(self, row: Any) -> "list[str]":
        return []


class NoticeRuleViewSet(ScopedViewSet):
    """分类公示要求：哪一类、多大金额的项目，九处公示中哪几处要公示、几天内。确认、改变、停用在“分类目录”（terms）。"""

    queryset = NoticeRule.objects.for_list()
    serializer_class = NoticeRuleSerializer
    filterset_class = TermFilterSet
    workflow = terms.TERM
    orderings: ClassVar[Any] = {"order": "order", "code": "code"}
    default_ordering = "order"

    @extend_schema(operation_id="notice_rules_list")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """各项要求，包括已停用的和待确认的（后者仅案管室和三员可见）。"""
        return super().list(request, *args, **kwargs)

    @write_schema(NoticeRuleShape, NoticeRuleSerializer, status=201, example=RULE)
    def create(self, request: Request) -> Response:
        """提出新增一项（案管室），等待安全保密管理员确认。"""
        return self.answer(notice_terms.propose(by=self.user, **self.body(NoticeRuleShape)), status=201)
