"""What is sent about talks."""

from rest_framework import serializers

from cases.models import Accountability
from povertyaudit.core.api.fields import (
    DayField,
    LineField,
    MomentField,
    ProseField,
    ScopedRelatedField,
    UnitField,
    UserField,
)
from povertyaudit.core.api.serializers import NoteShape, Shape
from povertyaudit.talks.models import NextStep, TalkRank
from povertyaudit.talks.services.minutes import MOST_FILES
from rectification.api.shapes import FilesField
from rectification.models import Escalation, Item

LONG, SHORT = 5000, 2000


class TalkPersonShape(Shape):
    """One person of the unit: an account, or a name."""

    account = UserField(required=False, allow_null=True, help_text="账号；没有账号的填写姓名")
    name = LineField(required=False, allow_blank=True, max_length=50, help_text="姓名")
    post_text = LineField(required=False, allow_blank=True, max_length=100, help_text="职务")
    rank = serializers.ChoiceField(choices=TalkRank.choices, required=False, help_text="职级")


class TalkUnitShape(Shape):
    unit = UnitField(help_text="单位")


class TalkShape(NoteShape):
    unit = UnitField(help_text="单位；约谈个人的，填他所在的单位")
    rank = serializers.ChoiceField(
        choices=TalkRank.choices, required=False, help_text="职级，不填为党政主要负责人"
    )
    reason = ProseField(max_length=SHORT, help_text="约谈事由，约谈对象看得到")
    persons = serializers.ListField(
        child=TalkPersonShape(), required=False, max_length=50, help_text="约谈的个人"
    )
    units = serializers.ListField(
        child=TalkUnitShape(), required=False, max_length=50, help_text="集体约谈的其他单位"
    )
    step = ScopedRelatedField(
        queryset=Escalation.objects.all(),
        required=False,
        allow_null=True,
        help_text="督办中已经同意的约谈步骤",
    )
    accountability = ScopedRelatedField(
        queryset=Accountability.objects.all(),
        required=False,
        allow_null=True,
        help_text="问责方式为约谈的问责",
    )


class TalkNoticeShape(NoteShape):
    talk_at = MomentField(help_text="约谈时间，写到几时几分")
    place = LineField(max_length=100, help_text="约谈地点")
    matters = ProseField(max_length=SHORT, help_text="约谈事项")
    talker = UserField(help_text="约谈人，按约谈权限")
    recorder = UserField(help_text="记录人")
    attendees = LineField(required=False, allow_blank=True, max_length=200, help_text="参加人员")


class TalkPostponeShape(NoteShape):
    talk_at = MomentField(help_text="新的约谈时间")
    place = LineField(required=False, allow_blank=True, max_length=100, help_text="新的地点，不填为原地点")
    talker = UserField(required=False, allow_null=True, help_text="改由谁约谈，不填为原约谈人")
    recorder = UserField(required=False, allow_null=True, help_text="改由谁记录，不填为原记录人")


class TalkReceiptShape(NoteShape):
    file = serializers.FileField(max_length=255, help_text="送达回证（multipart）")


class TalkRewriteShape(NoteShape):
    questions = ProseField(max_length=LONG, help_text="约谈提出的问题")
    statement = ProseField(required=False, allow_blank=True, max_length=LONG, help_text="约谈对象说明")
    promise = ProseField(max_length=SHORT, help_text="承诺")
    measure = ProseField(max_length=SHORT, help_text="整改措施")
    promise_due_on = DayField(help_text="承诺时限，不早于约谈日期")
    follow_up_on = DayField(required=False, allow_null=True, help_text="跟踪日期，不填按期限规则")
    files = FilesField(required=False, max_length=MOST_FILES, help_text="附件（multipart，可多个）")


class TalkMinutesShape(TalkRewriteShape):
    held_on = DayField(required=False, help_text="约谈日期，不填为今天")


class TalkPaperShape(NoteShape):
    how = serializers.ChoiceField(
        choices=(("paper", "纸面签字"), ("refused", "拒绝签字")), help_text="签字情况"
    )
    files = FilesField(required=False, max_length=MOST_FILES, help_text="扫描件（multipart，可多个）")


class TalkAnswerShape(NoteShape):
    text = ProseField(max_length=LONG, help_text="承诺落实情况")
    files = FilesField(required=False, max_length=MOST_FILES, help_text="照片和材料（multipart，可多个）")


class TalkFollowUpShape(NoteShape):
    outcome = serializers.ChoiceField(
        choices=(("kept", "已落实"), ("not_kept", "未落实")), help_text="承诺是否落实"
    )
    finding = ProseField(max_length=LONG, help_text="跟踪核实情况")
    followed_on = DayField(required=False, help_text="跟踪日期，不填为今天")
    next_step = serializers.ChoiceField(
        choices=NextStep.choices, required=False, allow_blank=True, help_text="后续办理，未落实的必填"
    )
    item = ScopedRelatedField(
        queryset=Item.objects.not_voided(),
        required=False,
        allow_null=True,
        help_text="整改事项，后续办理为整改事项的必填",
    )


class TalkLinkShape(NoteShape):
    accountability = ScopedRelatedField(
        queryset=Accountability.objects.all(), help_text="问责方式为约谈的问责"
    )
