"""拆分、合并 for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from funds.models import Misuse
from povertyaudit.core.api.fields import ProseField, ScopedRelatedField, UnitField
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape, Shape
from povertyaudit.core.models import Unit
from rectification import services
from rectification.api.serializers import ItemRecordSerializer
from rectification.models import Item
from rectification.services.regrouping import FEWEST, MOST

SPLIT = {
    "parts": [
        {"problem": "奖补资金未兑付到户。", "measures": [1]},
        {"problem": "没有建立兑付时限制度。", "measures": [2]},
    ],
    "reason": "两个问题责任人不同，整改进度不同，分开销号。",
}  # fmt: skip
MERGE = {"into": "990101-ZG-2026-0002", "reason": "与该事项是同一问题，一并整改。"}


class ItemPartShape(Shape):
    problem = ProseField(help_text="具体问题")
    unit = UnitField(
        queryset=Unit.objects.answering(), required=False, allow_null=True,
        help_text="主责单位，从该事项的责任单位中选；不填为原主责单位",
    )  # fmt: skip
    measures = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=999),
        max_length=200,
        help_text="归入的措施的序号",
    )
    misuses = ScopedRelatedField(
        queryset=Misuse.objects.all(),
        many=True,
        required=False,
        help_text="归入的违规资金；没有写明的归入第一个部分",
    )


class ItemSplitShape(Shape):
    parts = ItemPartShape(many=True, help_text=f"拆分成的 {FEWEST} 至 {MOST} 个部分；每条措施归入其中一个")
    reason = ProseField(max_length=2000, help_text="理由")


class ItemMergeShape(Shape):
    into = ScopedRelatedField(queryset=Item.objects.all(), help_text="并入的事项：标识或者编号")
    reason = ProseField(max_length=2000, help_text="理由")


class RegroupingDecisionShape(NoteShape):
    granted = serializers.BooleanField(help_text="是否同意")


class RegroupingMixin:
    """The verbs of 拆分、合并."""

    @verb(ItemSplitShape, ItemRecordSerializer, example=SPLIT)
    def request_split(self: Any, request: Request, id: str) -> Response:
        """申请拆分成几个事项（主责单位、牵头单位、督办部门）。"""
        return self.act(services.request_split, ItemSplitShape)  # type: ignore[no-any-return]

    @verb(ItemMergeShape, ItemRecordSerializer, example=MERGE)
    def request_merge(self: Any, request: Request, id: str) -> Response:
        """申请并入其他事项（主责单位、牵头单位、督办部门）。"""
        return self.act(services.request_merge, ItemMergeShape)  # type: ignore[no-any-return]

    @verb(RegroupingDecisionShape, ItemRecordSerializer, example={"granted": True})
    def decide_regrouping(self: Any, request: Request, id: str) -> Response:
        """批复拆分合并（督办部门、分管领导、书记；不能是申请人）。同意后本事项只供查阅，由其他事项继续办理。"""
        return self.act(services.decide_regrouping, RegroupingDecisionShape)  # type: ignore[no-any-return]
