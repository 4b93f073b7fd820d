"""变更单位 for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core.api.fields import DayField, ProseField, UnitField
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape, Shape
from povertyaudit.core.models import Unit
from rectification import services
from rectification.api.serializers import ItemRecordSerializer
from rectification.api.shapes import ReasonShape
from rectification.models import Arranging

ASKED = {"kind": "main", "new_unit": "荻渚镇人民政府", "reason": "项目已移交该镇管理。"}


class AnotherUnitShape(Shape):
    kind = serializers.ChoiceField(choices=Arranging.choices, help_text="变更主责单位或者牵头单位")
    new_unit = UnitField(queryset=Unit.objects.answering(), help_text="新单位：标识或者全称")
    keeps_old = serializers.BooleanField(required=False, default=False, help_text="原主责单位仍为责任单位")
    reason = ProseField(max_length=2000, help_text="理由")


class TransferDecisionShape(NoteShape):
    granted = serializers.BooleanField(help_text="是否同意")
    due_on = DayField(required=False, allow_null=True, help_text="新的整改时限，不填为不变")


class TransferMixin:
    """The verbs of a change of the unit."""

    @verb(AnotherUnitShape, ItemRecordSerializer, example=ASKED)
    def request_transfer(self: Any, request: Request, id: str) -> Response:
        """变更单位：申请变更主责单位或者牵头单位（主责单位、督办部门）。"""
        return self.act(services.request_transfer, AnotherUnitShape)  # type: ignore[no-any-return]

    @verb(TransferDecisionShape, ItemRecordSerializer, example={"granted": True})
    def decide_transfer(self: Any, request: Request, id: str) -> Response:
        """批复变更（督办部门、分管领导、书记；不能是申请人）。同意后新单位即行办理。"""
        return self.act(services.decide_transfer, TransferDecisionShape)  # type: ignore[no-any-return]

    @verb(NoteShape, ItemRecordSerializer, example={"note": "已接收。"})
    def accept_transfer(self: Any, request: Request, id: str) -> Response:
        """接收（新单位）。"""
        return self.act(services.accept_transfer, NoteShape)  # type: ignore[no-any-return]

    @verb(ReasonShape, ItemRecordSerializer, example={"note": "该项目不属本单位职责。"})
    def return_transfer(self: Any, request: Request, id: str) -> Response:
        """退回变更（新单位，接收期限以内），恢复由原单位办理。"""
        return self.act(services.return_transfer, ReasonShape)  # type: ignore[no-any-return]
