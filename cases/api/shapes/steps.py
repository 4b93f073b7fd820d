"""What machines send about disposition steps: study, plan, participants, approvals from outside, what follows."""

from rest_framework import serializers

from cases.models import DutyKind, SubMethod
from cases.services.disposing import PROPOSABLE
from povertyaudit.core.api.attachments import UploadShape
from povertyaudit.core.api.fields import CodeField, DayField, LineField, NumberField, ProseField, UserField
from povertyaudit.core.api.serializers import NoteShape, Shape

LONG = 2000
TAKERS = "参加人员：谈话和初步核实须两人以上"


class ProposeShape(NoteShape):
    method = serializers.ChoiceField(choices=[(m.value, m.label) for m in PROPOSABLE], help_text="处置方式")
    sub_method = serializers.ChoiceField(choices=SubMethod.choices, required=False, allow_blank=True)
    discussed_on = DayField(required=False, allow_null=True, help_text="集体研究日期")
    present = LineField(required=False, allow_blank=True, max_length=200, help_text="参加研究的人员")
    conclusion = ProseField(required=False, allow_blank=True, max_length=LONG, help_text="研究意见")
    proposal = ProseField(help_text="处置意见和理由")
    plan = ProseField(required=False, allow_blank=True, max_length=LONG, help_text="工作方案")
    participants = serializers.ListField(child=UserField(), required=False, max_length=20, help_text=TAKERS)


class ApproveShape(NoteShape):
    outside_number = CodeField(
        required=False, allow_blank=True, max_length=60, help_text="批准文号，只用于须报外部批准的"
    )
    outside_on = DayField(required=False, allow_null=True, help_text="批准日期")


class StartShape(NoteShape):
    participants = serializers.ListField(child=UserField(), required=False, max_length=20, help_text=TAKERS)


class LeadUploadShape(UploadShape):
    """One file of a lead, where it belongs to a step with the step's ordinal."""

    step = NumberField(required=False, min_value=1, max_value=1000, help_text="第几步")


class ReviewHoldShape(Shape):
    review_on = DayField(help_text="下次复核日期")
    note = ProseField(max_length=LONG, help_text="复核情况")


class DutyShape(NoteShape):
    kind = serializers.ChoiceField(choices=DutyKind.choices, help_text="后续事项")
    done_on = DayField(required=False, allow_null=True, help_text="完成日期，不填为今天")
    text = ProseField(max_length=LONG, help_text="完成情况")
