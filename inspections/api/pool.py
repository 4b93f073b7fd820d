"""The pool of people for machines."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inspections import services
from inspections.filters import PoolFilter
from inspections.models import Draw, DrawEntry, PoolPerson
from inspections.models.pool import SEED_LENGTH
from inspections.services.pool import MOST, agrees
from inspections.workflow import POOL
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    NumberField,
    ProseField,
    UnitField,
    UserField,
)
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW = {"user": "leader", "starts_on": "2026-01-05", "skills": "财务审计"}


class PoolSerializer(RecordSerializer):
    """Somebody in the pool of people (人才库). Bears no number."""

    user = serializers.CharField(
        source="user.public_id", default=None, read_only=True, allow_null=True, help_text="没有账号的为空"
    )
    name = serializers.CharField(source="called", read_only=True)
    home_unit = serializers.CharField(source="home_unit.name", read_only=True)

    class Meta:
        model = PoolPerson
        fields = (
            *RecordSerializer.COMMON,
            "user",
            "name",
            "post_title",
            "home_unit",
            "skills",
            "starts_on",
            "ends_on",
        )


class EntrySerializer(serializers.ModelSerializer[DrawEntry]):
    """One person of the list of a draw."""

    person = serializers.CharField(source="pool_person.public_id", read_only=True)
    name = serializers.CharField(source="pool_person.called", read_only=True)
    result_display = serializers.CharField(source="get_result_display", read_only=True)

    class Meta:
        model = DrawEntry
        fields = ("place", "person", "name", "result", "result_display", "why")


class DrawSerializer(serializers.ModelSerializer[Draw]):
    """A draw: its seed, its whole list, and whether drawing again gives the same persons."""

    id = serializers.CharField(source="public_id", read_only=True)
    drawn_by = serializers.CharField(source="drawn_by.display_name", read_only=True)
    entries = EntrySerializer(many=True, read_only=True)
    agrees = serializers.SerializerMethodField(help_text="按种子和名单重新计算，结果是否一致")

    class Meta:
        model = Draw
        fields = ("id", "seed", "size", "drawn_by", "drawn_on", "agrees", "entries")

    def get_agrees(self, row: Draw) -> bool:
        return agrees(row)


class PoolShape(Shape):
    user = UserField(required=False, allow_null=True, help_text="人员；没有账号的不写，写 name 和 home_unit")
    name = LineField(required=False, allow_blank=True, max_length=50, help_text="没有账号的人员的姓名")
    post_title = LineField(required=False, allow_blank=True, max_length=50, help_text="没有账号的人员的职务")
    home_unit = UnitField(
        required=False, allow_null=True, help_text="所在单位；有账号的不填为现任职单位，没有账号的必填"
    )
    skills = LineField(required=False, allow_blank=True, max_length=100, help_text="业务专长")
    starts_on = DayField(help_text="入库日期")
    ends_on = DayField(required=False, help_text="到期日期，不填为长期")
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class TakeOutShape(Shape):
    ends_on = DayField(required=False, help_text="出库日期，不填为今天")
    note = ProseField(max_length=2000, help_text="理由")


class DrawShape(Shape):
    size = NumberField(min_value=1, max_value=MOST, help_text="抽取人数")
    seed = CodeField(
        required=False, allow_blank=True, max_length=SEED_LENGTH, help_text="随机种子，不填由系统产生"
    )
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class PoolViewSet(DossierMixin, ScopedViewSet):
    """巡察人才库。"""

    queryset = PoolPerson.objects.for_list()
    serializer_class = PoolSerializer
    filterset_class = PoolFilter
    workflow = POOL
    orderings = {**ScopedViewSet.orderings, "starts_on": "starts_on"}  # noqa: RUF012 — as the base class has it

    @write_schema(PoolShape, PoolSerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """入库（巡察办）。"""
        return self.make(services.add_person, PoolShape)

    @verb(TakeOutShape, PoolSerializer, example={"note": "工作调动。"})
    def take_out(self, request: Request, id: str) -> Response:
        """出库，写明理由。"""
        return self.act(services.take_out, TakeOutShape)
