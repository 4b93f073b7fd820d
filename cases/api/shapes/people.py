"""What machines send of a person complained of. The ID number goes one way only."""

from typing import Any

from rest_framework import serializers

from cases.api.shapes.handling import LONG
from cases.models import (
    Axis,
    Category,
    Education,
    Gender,
    LeadSubject,
    ManagedBy,
    PoliticalStatus,
    RankKind,
    Seat,
    SubjectKind,
)
from povertyaudit.core.api.fields import (
    IdNumberField,
    LineField,
    MonthField,
    ProseField,
    ScopedRelatedField,
    TermField,
)
from povertyaudit.core.api.serializers import Shape


def _choice(choices: Any, words: str) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=choices, required=False, allow_blank=True, help_text=words)


class SubjectShape(Shape):
    """A person; only the name is required. Months as "1975-06"."""

    name = LineField(max_length=60, help_text="姓名")
    unit_text = LineField(max_length=100, required=False, allow_blank=True, help_text="工作单位")
    post_text = LineField(max_length=100, required=False, allow_blank=True, help_text="职务")
    kind = serializers.ChoiceField(choices=SubjectKind.choices, required=False, help_text="身份")
    principal = serializers.BooleanField(required=False, help_text="是否下一级党委（党组）主要负责人")
    number_one = serializers.BooleanField(required=False, help_text="是否单位一把手")
    rank_text = LineField(max_length=40, required=False, allow_blank=True, help_text="职级")
    rank_kind = _choice(RankKind.choices, "职级层次")
    managed_by = TermField(
        queryset=ManagedBy.objects.all(),
        required=False,
        allow_null=True,
        help_text="干部管理权限代码（managed_by）",
    )
    congress_seat = _choice(Seat.choices, "人大代表的级别")
    cppcc_seat = _choice(Seat.choices, "政协委员的级别")
    id_number = IdNumberField(
        required=False, allow_blank=True, help_text="身份证号；不保存原号，不再返回，只留末四位给办理人员"
    )
    gender = _choice(Gender.choices, "性别")
    birth_month = MonthField(required=False, allow_blank=True, help_text="出生年月")
    ethnicity = LineField(max_length=20, required=False, allow_blank=True, help_text="民族")
    education = _choice(Education.choices, "学历")
    political_status = _choice(PoliticalStatus.choices, "政治面貌")
    party_entry_month = MonthField(required=False, allow_blank=True, help_text="入党年月")
    category = TermField(
        queryset=Category.objects.of_axis(Axis.CORRUPTION), required=False, allow_null=True, help_text="问题类别代码"
    )  # fmt: skip
    style: Any = TermField(
        queryset=Category.objects.of_axis(Axis.STYLE), required=False, allow_null=True, help_text="作风问题代码"
    )  # fmt: skip


class AddSubjectShape(SubjectShape):
    note = ProseField(required=False, allow_blank=True, max_length=LONG)


class AmendSubjectShape(AddSubjectShape):
    """What is left out stays."""

    name = LineField(max_length=60, required=False, help_text="姓名")
    subject = ScopedRelatedField(
        queryset=LeadSubject.objects.all(), help_text="哪一名被反映人：id，或在本件中的序号"
    )


class RemoveSubjectShape(Shape):
    subject = ScopedRelatedField(
        queryset=LeadSubject.objects.all(), help_text="哪一名被反映人：id，或在本件中的序号"
    )
    note = ProseField(max_length=LONG, help_text="理由")
