"""Registers for machines. Names are masked, ID numbers come only from `reveal`. Money is in 分."""

from typing import Any, ClassVar

from django.views.decorators.debug import sensitive_variables
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cases.masking import Mask, masked
from funds.api.register_push import PushVerbs
from funds.api.register_shapes import RegisterHeadShape, RegisterSerializer
from funds.models import Beneficiary, HouseholdMark, Register, RegisterRefusal
from funds.models.marks import NEEDS
from funds.register_filters import BeneficiaryFilter, MarkFilter, RefusalFilter, RegisterFilter
from funds.services import register_upload, registers
from funds.workflow.registers import REGISTER
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import IdNumberField, ProseField
from povertyaudit.core.api.parsers import StrictJSONParser
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet


class BeneficiarySerializer(serializers.ModelSerializer[Beneficiary]):
    """One line of a register; the name masked."""

    register = serializers.CharField(source="register.public_id", read_only=True)
    register_number = serializers.CharField(source="register.number", read_only=True)
    name = serializers.SerializerMethodField(help_text="姓氏加“某”")
    region = serializers.CharField(source="region_id", read_only=True)

    class Meta:
        model = Beneficiary
        fields = ("register", "register_number", "line", "region", "household_no", "name", "relation", "account_tail",
                  "amount_fen")  # fmt: skip

    def get_name(self, row: Beneficiary) -> str:
        return masked(row.name, Mask.SURNAME)


class RefusalSerializer(serializers.ModelSerializer[RegisterRefusal]):
    """A line that was not taken, and why."""

    register = serializers.CharField(source="register.public_id", read_only=True)
    column_display = serializers.CharField(source="get_column_display", read_only=True)
    sentence = serializers.CharField(read_only=True, help_text="原因和怎样改正")

    class Meta:
        model = RegisterRefusal
        fields = ("register", "line", "column", "column_display", "cause", "sentence")


class MarkSerializer(serializers.ModelSerializer[HouseholdMark]):
    """Marks of a household in a year; null where nothing was said."""

    register = serializers.CharField(source="register.public_id", read_only=True)
    region = serializers.CharField(source="region_id", read_only=True)
    head_name = serializers.SerializerMethodField(help_text="姓氏加“某”")

    class Meta:
        model = HouseholdMark
        fields = (
            "register",
            "region",
            "year",
            "household_no",
            "head_name",
            *NEEDS,
            "exit",
            "lost",
            "changed",
        )

    def get_head_name(self, row: HouseholdMark) -> str:
        return masked(row.head_name, Mask.SURNAME)


class BeneficiaryNumberSerializer(serializers.Serializer[Any]):
    """Shown once, recorded."""

    id = serializers.CharField()
    line = serializers.IntegerField()
    id_number = serializers.CharField()


class RegisterFileShape(RegisterHeadShape):
    file = serializers.FileField(max_length=255, help_text="CSV 或者 xlsx，50 MB 以内")


class RevealBeneficiaryShape(Shape):
    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1, help_text="文件里的行号")
    note = ProseField(max_length=2000, help_text="查看的理由")


class LookUpShape(Shape):
    id_number = IdNumberField(help_text="身份证号，18 位或者旧号 15 位")


class RegisterViewSet(PushVerbs, DossierMixin, ScopedViewSet):
    """名册：载入、作废、查看身份证号、按身份证号查找。"""

    queryset = Register.objects.for_list()
    serializer_class = RegisterSerializer
    filterset_class = RegisterFilter
    workflow = REGISTER
    orderings: ClassVar[dict[str, str]] = {
        **ScopedViewSet.orderings,
        "as_of": "as_of",
        "kept_count": "kept_count",
    }

    def get_parsers(self) -> list[Any]:
        """A new register is a file."""
        if (getattr(self, "action_map", None) or {}).get("post") == "create":
            return [StrictJSONParser(), MultiPartParser()]
        return list(super().get_parsers())

    @write_schema(RegisterFileShape, RegisterSerializer, status=201)
    def create(self, request: Request) -> Response:
        """载入名册（案管室、监督检查室、财政）：文件收下后在后台载入；同一文件再次上传答复原来的名册。"""
        return self.make(register_upload.upload, RegisterFileShape)

    @verb(NoteShape, RegisterSerializer, example={"note": "误传。"})
    def void(self, request: Request, id: str) -> Response:
        """作废，写明理由。"""
        return self.act(registers.void, NoteShape)

    @sensitive_variables()
    @verb(RevealBeneficiaryShape, BeneficiaryNumberSerializer, example={"line": 2, "note": "核对疑点。"})
    def reveal(self, request: Request, id: str) -> Response:
        """查看一行的身份证号（案管室、监督检查室、审查调查室），写明理由；每次查看都有记录。"""
        row, said = self.get_object(), self.body(RevealBeneficiaryShape)
        number = registers.reveal(row, by=self.user, **said)
        answer = {"id": row.public_id, "line": said["line"], "id_number": number}
        return Response(answer, headers={"Cache-Control": "no-store"})

    @sensitive_variables()
    @write_schema(LookUpShape, BeneficiarySerializer(many=True), example={"id_number": "990101196003050010"})
    @action(methods=["post"], detail=False, filter_backends=[], pagination_class=None)
    def look_up(self, request: Request) -> Response:
        """按身份证号查找在用名册里的人；身份证号只用来比对，不保存、不记录。"""
        found = registers.look_up(by=self.user, **self.body(LookUpShape))
        return Response(BeneficiarySerializer(found, many=True).data, headers={"Cache-Control": "no-store"})


class _Rows(ScopedViewSet):
    """Rows without an address of their own."""

    orderings: ClassVar[dict[str, str]] = {"region": "region_id", "line": "line"}
    default_ordering = "region"


class BeneficiaryViewSet(_Rows):
    """名册对象；须用 register 写明哪一份名册。"""

    queryset = Beneficiary.objects.for_list()
    serializer_class = BeneficiarySerializer
    filterset_class = BeneficiaryFilter


class RegisterRefusalViewSet(_Rows):
    """没有载入的行；须用 register 写明哪一份名册。"""

    queryset = RegisterRefusal.objects.select_related("register")
    serializer_class = RefusalSerializer
    filterset_class = RefusalFilter
    orderings: ClassVar[dict[str, str]] = {"line": "line"}
    default_ordering = "line"


class HouseholdMarkViewSet(_Rows):
    """户年度标注：两不愁三保障、脱贫状态，以该年度为准的名册。"""

    queryset = HouseholdMark.objects.counted().for_list()
    serializer_class = MarkSerializer
    filterset_class = MarkFilter
    orderings: ClassVar[dict[str, str]] = {"region": "region_id"}
