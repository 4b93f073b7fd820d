"""What machines send to the verbs of items and measures."""

from rest_framework import serializers

from cases.models import Lead
from funds.models import Misuse
from inspections.models import Finding
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    ProseField,
    RegionField,
    ScopedRelatedField,
    UnitField,
    UserField,
)
from povertyaudit.core.api.serializers import NoteShape, ReasonCodeShape, Shape
from povertyaudit.core.models import Unit
from rectification.models import (
    Completion,
    Evidence,
    Item,
    Measure,
    MeasureState,
    Result,
    Source,
    SourcePaper,
)


class PauseShape(Shape):
    until = DayField(help_text="暂停至，最长 180 天")
    note = ProseField(max_length=2000, help_text="理由")


class NewMeasureShape(Shape):
    text = ProseField(max_length=5000, help_text="整改措施")
    due_on = DayField(required=False, allow_null=True, help_text="完成时限，在下发日期和整改时限之间")
    unit = UnitField(
        queryset=Unit.objects.answering(),
        required=False,
        allow_null=True,
        help_text="责任单位，不填为主责单位",
    )
    person = LineField(required=False, allow_blank=True, max_length=100, help_text="责任人")


class ItemShape(Shape):
    source = serializers.ChoiceField(choices=Source.choices, help_text="问题来源")  # type: ignore[assignment]
    finding = ScopedRelatedField(queryset=Finding.objects.all(), required=False, allow_null=True)
    lead = ScopedRelatedField(queryset=Lead.objects.all(), required=False, allow_null=True)
    paper = ScopedRelatedField(
        queryset=SourcePaper.objects.all(), required=False, allow_null=True,
        help_text="反馈文件：标识或者编号；来源为 audit、assessment、superior 的必填",
    )  # fmt: skip
    misuses = ScopedRelatedField(queryset=Misuse.objects.standing(), many=True, required=False)
    recurrence_of = ScopedRelatedField(
        queryset=Item.objects.all(), required=False, allow_null=True, help_text="反弹自：销过号的原事项"
    )
    problem_class = LineField(max_length=100, help_text="大类")
    aspect = LineField(max_length=200, help_text="方面")
    problem = ProseField(help_text="具体问题")
    goal = ProseField(required=False, allow_blank=True, max_length=5000, help_text="整改目标")
    main_unit = UnitField(queryset=Unit.objects.answering(), help_text="主责单位：标识或者全称")
    other_units = UnitField(
        queryset=Unit.objects.answering(), many=True, required=False, help_text="其他责任单位"
    )
    lead_unit = UnitField(queryset=Unit.objects.answering(), help_text="牵头单位")
    region = RegionField(required=False, help_text="所属地区，不填为主责单位所在地区")
    leading_leader = UserField(required=False, allow_null=True, help_text="牵头县领导")
    responsible_person = LineField(required=False, allow_blank=True, max_length=100, help_text="责任人")
    due_on = DayField(required=False, allow_null=True, help_text="整改时限；不填的按施行中的规定计算")
    measures = NewMeasureShape(many=True, required=False, help_text="整改措施，按顺序编号")
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class EditShape(Shape):
    """Only what is sent is changed."""

    problem_class = LineField(required=False, max_length=100)
    aspect = LineField(required=False, max_length=200)
    problem = ProseField(required=False)
    goal = ProseField(required=False, allow_blank=True, max_length=5000)
    main_unit = UnitField(queryset=Unit.objects.answering(), required=False)
    other_units = UnitField(queryset=Unit.objects.answering(), many=True, required=False)
    lead_unit = UnitField(queryset=Unit.objects.answering(), required=False)
    leading_leader = UserField(required=False, allow_null=True)
    responsible_person = LineField(required=False, allow_blank=True, max_length=100)
    due_on = DayField(required=False, allow_null=True, help_text="仅草稿可改")
    paper = ScopedRelatedField(queryset=SourcePaper.objects.all(), required=False, allow_null=True)
    misuses = ScopedRelatedField(queryset=Misuse.objects.standing(), many=True, required=False)
    note = ProseField(required=False, allow_blank=True, max_length=2000)


KIND = "佐证材料类别的代码（terms/?list=evidence_kinds），不写为 photo_after"
BEFORE = "对应的整改前照片：与这一张整改后照片配成前后对比"


class FilesField(serializers.ListField):
    """Files of a multipart request."""

    child = serializers.FileField(max_length=255)


class ReportShape(Shape):
    text = ProseField(max_length=20000, help_text="进展情况")
    measure = ScopedRelatedField(
        queryset=Measure.objects.all(), required=False, allow_null=True, help_text="所报措施"
    )
    measure_done = serializers.BooleanField(
        required=False, default=False, help_text="该措施已落实：文字即为其成效"
    )
    figures = LineField(required=False, allow_blank=True, max_length=500, help_text="数据和实例")
    files = FilesField(required=False, max_length=20, help_text="照片等佐证（multipart）")
    kind = CodeField(required=False, max_length=30, help_text=KIND)
    before = ScopedRelatedField(
        queryset=Evidence.objects.all(), required=False, allow_null=True, help_text=BEFORE
    )
    period = LineField(required=False, allow_blank=True, max_length=40, help_text="报告期，不填为本旬")
    completion = serializers.ChoiceField(choices=Completion.choices, required=False, help_text="完成情况")
    unfinished_reason = LineField(required=False, allow_blank=True, max_length=500, help_text="未完成原因")
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class EditMeasureShape(NoteShape):
    text = ProseField(required=False, max_length=5000)
    due_on = DayField(required=False, allow_null=True)
    unit = UnitField(queryset=Unit.objects.answering(), required=False, help_text="责任单位")
    person = LineField(required=False, allow_blank=True, max_length=100, help_text="责任人")
    state = serializers.ChoiceField(choices=MeasureState.choices, required=False)


class NamedMeasureShape(NoteShape):
    measure = ScopedRelatedField(queryset=Measure.objects.all())


class EditNamedMeasureShape(EditMeasureShape):
    measure = ScopedRelatedField(queryset=Measure.objects.all())


class ResultShape(Shape):
    text = ProseField(max_length=20000, help_text="整改成效")
    figures = LineField(required=False, allow_blank=True, max_length=500, help_text="数据和实例")
    measure = ScopedRelatedField(queryset=Measure.objects.all(), required=False, allow_null=True)


class EditResultShape(NoteShape):
    result = ScopedRelatedField(queryset=Result.objects.all())
    text = ProseField(max_length=20000)
    figures = LineField(required=False, allow_blank=True, max_length=500)


class MeasureResultShape(Shape):
    text = ProseField(max_length=20000, help_text="整改成效")
    figures = LineField(required=False, allow_blank=True, max_length=500, help_text="数据和实例")


class MeasureCreateShape(NewMeasureShape):
    item = ScopedRelatedField(queryset=Item.objects.all(), help_text="整改事项")


class ExtensionShape(ReasonCodeShape):
    until = DayField(help_text="申请延至")
    reason = ProseField(max_length=2000, help_text="理由")


class DecisionShape(NoteShape):
    granted = serializers.BooleanField(help_text="是否同意")
    until = DayField(required=False, allow_null=True, help_text="同意延至，不填为申请的日期")


class LongTermShape(NoteShape):
    stage_goal = ProseField(max_length=5000, help_text="阶段目标")
    next_stage_on = DayField(required=False, allow_null=True, help_text="下次阶段报告日期")


class StageReportShape(NoteShape):
    result = ProseField(max_length=5000, help_text="阶段成效")
    met = serializers.BooleanField(help_text="是否达到阶段目标")


class StageShape(LongTermShape):
    note = ProseField(max_length=2000, help_text="理由")


class ReopenShape(Shape):
    note = ProseField(max_length=2000, help_text="理由")
    due_on = DayField(help_text="新的整改时限")


class ReasonShape(Shape):
    note = ProseField(max_length=2000, help_text="理由或要求")


class SendBackShape(ReasonShape, ReasonCodeShape):
    """退回: a reason in words, and one of the list."""
