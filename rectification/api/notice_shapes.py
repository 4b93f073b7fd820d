"""What machines send about notices and comments. Who commented goes into the vault and does not come back."""

from typing import Any

from rest_framework import serializers

from cases.models import Axis, Category, Kind
from inspections.models import Round
from povertyaudit.core.api.fields import (
    DayField,
    LineField,
    NumberField,
    ProseField,
    ScopedRelatedField,
    TermField,
    UnitField,
)
from povertyaudit.core.api.serializers import IdentityShape, NoteShape, Shape
from rectification.forms.notices import LONG
from rectification.models import CommentChannel, NoticeGround, NoticeProblem
from rectification.models.notices import MOST_DAYS


class NoticeHeadShape(NoteShape):
    title = LineField(max_length=100, help_text="标题")
    preface = ProseField(required=False, allow_blank=True, max_length=LONG, help_text="开头语，不写人名")
    phone = LineField(max_length=40, help_text="联系电话")
    address = LineField(max_length=200, help_text="邮政通讯地址")
    mailbox = LineField(required=False, allow_blank=True, max_length=100, help_text="电子邮箱")
    days = NumberField(min_value=1, max_value=MOST_DAYS, help_text="公开天数")


class NoticeShape(NoticeHeadShape):
    round = ScopedRelatedField(queryset=Round.objects.all(), help_text="轮次")
    unit = UnitField(required=False, allow_null=True, help_text="被巡察单位，不填为整个轮次")


class ProblemShape(NoteShape):
    problem = ScopedRelatedField(
        queryset=NoticeProblem.objects.all(), help_text="问题的标识，或在公开稿中的序号"
    )


class LineShape(Shape):
    measure = ProseField(required=False, allow_blank=True, max_length=LONG, help_text="整改措施")
    result = ProseField(required=False, allow_blank=True, max_length=LONG, help_text="整改成效")


class RewordShape(ProblemShape):
    text = ProseField(max_length=LONG, help_text="问题，不写人名")
    lines = serializers.ListField(child=LineShape(), allow_empty=False, max_length=50)


class WithholdShape(ProblemShape):
    ground = TermField(queryset=NoticeGround.objects.all(), help_text="不公开理由代码，见 terms/")
    ground_note = ProseField(max_length=LONG, help_text="为什么适用这条理由")


class NoticeReasonShape(Shape):
    note = ProseField(max_length=LONG, help_text="理由")


class NoticeCommentShape(NoteShape):
    received_on = DayField(required=False, allow_null=True, help_text="收到日期，不填为今天")
    channel = serializers.ChoiceField(choices=CommentChannel.choices, help_text="方式")
    text = ProseField(max_length=LONG, help_text="意见内容，不写是谁提的")


class RegisterCommentShape(NoteShape):
    kind = serializers.ChoiceField(choices=Kind.choices, required=False, help_text="类型，不填为意见建议")
    title = LineField(required=False, allow_blank=True, max_length=100, help_text="摘要，不填取内容开头")
    text = ProseField(
        required=False, allow_blank=True, max_length=LONG, help_text="反映的主要问题，不填按记录的意见"
    )
    category = TermField(
        queryset=Category.objects.of_axis(Axis.CORRUPTION), required=False, allow_null=True,
        help_text="问题类别代码",
    )  # fmt: skip
    style: Any = TermField(
        queryset=Category.objects.of_axis(Axis.STYLE),
        required=False,
        allow_null=True,
        help_text="作风问题代码",
    )
    complainant = IdentityShape(required=False, write_only=True)
