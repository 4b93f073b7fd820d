"""What machines send of where a lead came from, and of the way back."""

from rest_framework import serializers

from cases.api.shapes.handling import LONG
from povertyaudit.core.api.fields import CodeField, DayField, LineField, NumberField, ProseField
from povertyaudit.core.api.serializers import Shape

CHECK_HELP = "核对说明：与常理不符之处为什么属实；带上这一项（可为空）时，有疑问的内容须说明才予登记"


class IntakeShape(Shape):
    """来件情况: only what the channel asks; once it is sent, all that the channel requires."""

    source_name = LineField(
        max_length=100, required=False, allow_blank=True, help_text="来件、移交单位，平台、媒体，批示领导"
    )
    source_number = CodeField(
        max_length=60, required=False, allow_blank=True, help_text="来文、清单、批次等编号"
    )
    source_topic = LineField(
        max_length=100, required=False, allow_blank=True, help_text="巡察轮次、监督检查、比对规则"
    )
    source_on = DayField(required=False, allow_null=True, help_text="来文、移交、发布等日期")
    source_at = CodeField(
        max_length=5, required=False, allow_blank=True, help_text="来电、来访等时间，例如 14:30"
    )
    source_place = LineField(max_length=100, required=False, allow_blank=True, help_text="集市、举报箱等地点")
    source_count = NumberField(required=False, allow_null=True, help_text="来访人数")
    source_link = LineField(max_length=300, required=False, allow_blank=True, help_text="链接")
    result_wanted = serializers.BooleanField(required=False, allow_null=True, help_text="上级是否要结果")


class ReturnShape(Shape):
    returned_to = LineField(max_length=100, help_text="退回单位")
    note = ProseField(max_length=LONG, help_text="退回理由")
