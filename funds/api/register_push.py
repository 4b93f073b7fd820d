"""Households pushed by a program: a thousand lines of a register in one request."""

from typing import Any

from django.views.decorators.debug import sensitive_variables
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from funds.api.register_shapes import RegisterHeadShape, RegisterSerializer
from funds.models import HouseholdMark, RegisterRefusal
from funds.models.marks import NEEDS
from funds.services import register_push
from povertyaudit.core.api.batches import ALL, PARTIAL
from povertyaudit.core.api.fields import MoneyField
from povertyaudit.core.api.schema import write_schema
from povertyaudit.core.api.serializers import Shape


def _text(help_text: str) -> serializers.CharField:
    """As it comes: what is wrong with it the register says, row by row."""
    return serializers.CharField(required=False, allow_blank=True, max_length=200, help_text=help_text)


class HouseholdRowShape(Shape):
    """One person or household, as a line of the register's file."""

    village = _text("村代码，12 位")
    household_no = _text("户编号；有标注的必填")
    name = _text("姓名")
    relation = _text("与户主关系")
    id_number = _text("身份证号，18 位或者旧号 15 位；不返回")
    account = _text("账号；只保存末四位")
    amount_fen = MoneyField(required=False, allow_null=True, min_value=0, help_text="金额（分）")
    note = _text("备注")
    exit = serializers.ChoiceField(
        choices=HouseholdMark.Exit.choices, required=False, allow_blank=True, help_text="脱贫状态"
    )

    def get_fields(self) -> dict[str, Any]:
        """With what every household should have, true or false."""
        marks = {
            name: serializers.BooleanField(
                required=False, allow_null=True, help_text=register_push.FIELDS[name]
            )
            for name in NEEDS
        }
        return super().get_fields() | marks


class RowsField(serializers.ListField):
    """What is malformed in a row is told under its number from 1, as everything else that is wrong with it."""

    def run_child_validation(self, data: Any) -> list[Any]:
        try:
            found: list[Any] = super().run_child_validation(data)
        except ValidationError as wrong:
            told: Any = wrong.detail
            raise ValidationError({number + 1: errors for number, errors in told.items()}) from None
        return found


class PushShape(RegisterHeadShape):
    mode = serializers.ChoiceField(
        choices=[(ALL, "全部成功才保存"), (PARTIAL, "逐条保存")], help_text="all 或者 partial"
    )
    rows = RowsField(
        child=HouseholdRowShape(),
        min_length=1,
        max_length=register_push.MOST,
        help_text=f"各条，最多 {register_push.MOST} 条",
    )


class PushRefusalSerializer(serializers.Serializer[RegisterRefusal]):
    """A row that was not taken."""

    row = serializers.SerializerMethodField(help_text="第几条，从 1 数起")
    field = serializers.SerializerMethodField()
    cause = serializers.CharField(read_only=True)
    message = serializers.SerializerMethodField()

    def get_row(self, one: RegisterRefusal) -> int:
        return register_push.row_of(one)

    def get_field(self, one: RegisterRefusal) -> str:
        return register_push.field_of(one)

    def get_message(self, one: RegisterRefusal) -> str:
        return register_push.sentence_of(one)


class PushedSerializer(RegisterSerializer):
    """The register, loaded, with the rows that were not taken."""

    refusals = PushRefusalSerializer(many=True, read_only=True)

    class Meta(RegisterSerializer.Meta):
        fields = (*RegisterSerializer.Meta.fields, "refusals")


EXAMPLE = {
    "kind": "SUBSISTENCE",
    "as_of": "2026-03-31",
    "part": "接口",
    "mode": "partial",
    "rows": [
        {
            "village": "990101102201", "household_no": "1", "name": "周某某", "relation": "户主",
            "id_number": "990101196003050010", "amount_fen": 45000, "food": True, "clothing": True,
        }
    ],
}  # fmt: skip


class PushVerbs:
    """For the viewset of registers."""

    @sensitive_variables()
    @write_schema(PushShape, PushedSerializer, example=EXAMPLE, status=201)
    @action(methods=["post"], detail=False, filter_backends=[], pagination_class=None)
    def batch(self: Any, request: Request) -> Response:
        """推送名册：最多 1,000 条，当时载入；mode 为 all 时有一条不对就都不保存，partial 时答复列出没有载入的各条。同样的内容再次推送，答复原来的名册。"""
        said = self.body(PushShape)
        row = register_push.push(by=self.user, whole=said.pop("mode") == ALL, **said)
        seen = self.get_queryset().get(pk=row.pk)
        answer = PushedSerializer(seen, context=self.get_serializer_context())
        return Response(answer.data, status=201)
