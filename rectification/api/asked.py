"""What an administrator asks of items, for machines: lines of 佐证材料清单 and of 复核和公示要求 are proposed here; they are
confirmed, changed and ended as terms."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import terms
from povertyaudit.core.api.fields import CodeField, DayField, LineField, ProseField
from povertyaudit.core.api.schema import write_schema
from povertyaudit.core.api.serializers import Shape
from povertyaudit.core.api.terms import TermFilterSet, TermSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from rectification.models import CheckKind, CheckLevel, CheckRule, EvidenceNeed, NeedLevel
from rectification.services import check_rules, needs

ABOUT = "适用于：all: 全部，source:<问题来源>，class:<问题大类代码>"
NEED = {"about": "source:audit", "kind": "minutes", "level": "item", "valid_from": "2028-01-01"}
RULE = {"about": "source:audit", "kind": "on_site", "level": "required", "valid_from": "2028-01-01"}


class AskedShape(Shape):
    valid_from = DayField(help_text="自哪一天起")
    anchor = LineField(max_length=200, required=False, allow_blank=True, help_text="依据")
    note = ProseField(required=False, allow_blank=True, max_length=2000, help_text="理由")


class NeedShape(AskedShape):
    about = LineField(max_length=60, help_text=f"{ABOUT}，misuse:<违规问题类型代码，不写为任何>")
    kind = CodeField(
        max_length=30, help_text="材料类别的代码（terms/?list=evidence_kinds），pair 为前后对比照片"
    )
    level = serializers.ChoiceField(
        choices=[pair for pair in NeedLevel.choices if pair[0] != NeedLevel.NONE], help_text="要求"
    )


class CheckRuleShape(AskedShape):
    about = LineField(max_length=60, help_text=f"{ABOUT}，round:<轮次标识>")
    kind = serializers.ChoiceField(choices=CheckKind.choices, help_text="复核方式，publication 为销号前公示")
    level = serializers.ChoiceField(
        choices=[pair for pair in CheckLevel.choices if pair[0] != CheckLevel.NONE],
        help_text="复核方式为 required，公示为天数",
    )


class AskedSerializer(TermSerializer):
    """A term; what may be done with it is done at `terms/`."""

    def get_actions(self, row: Any) -> "list[str]":
        return []


class AskedViewSet(ScopedViewSet):
    """One list of what is asked for."""

    serializer_class = AskedSerializer
    filterset_class = TermFilterSet
    workflow = terms.TERM
    orderings: ClassVar[Any] = {"order": "order", "code": "code"}
    default_ordering = "order"


class EvidenceNeedViewSet(AskedViewSet):
    """佐证材料清单：哪一类事项要有哪几类材料。确认、改变、停用在“分类目录”（terms）。"""

    queryset = EvidenceNeed.objects.for_list()

    @extend_schema(operation_id="evidence_needs_list")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """清单的各项，包括已停用的和待确认的（后者仅案管室和三员可见）。"""
        return super().list(request, *args, **kwargs)

    @write_schema(NeedShape, AskedSerializer, status=201, example=NEED)
    def create(self, request: Request) -> Response:
        """提出新增一项（案管室），等待安全保密管理员确认。"""
        return self.answer(needs.propose(by=self.user, **self.body(NeedShape)), status=201)


class CheckRuleViewSet(AskedViewSet):
    """复核和公示要求：哪一类事项必须怎样复核、是否公示几天。确认、改变、停用在“分类目录”（terms）。"""

    queryset = CheckRule.objects.for_list()

    @extend_schema(operation_id="check_rules_list")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """各项要求，包括已停用的和待确认的（后者仅案管室和三员可见）。"""
        return super().list(request, *args, **kwargs)

    @write_schema(CheckRuleShape, AskedSerializer, status=201, example=RULE)
    def create(self, request: Request) -> Response:
        """提出新增一项（案管室），等待安全保密管理员确认。"""
        return self.answer(check_rules.propose(by=self.user, **self.body(CheckRuleShape)), status=201)
