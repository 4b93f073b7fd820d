"""Input of the verbs of terms."""

from rest_framework import serializers

from povertyaudit.answering.models import Capacity, Responsibility
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    NumberField,
    ProseField,
    RegionField,
    ScopedRelatedField,
    TermField,
    UnitField,
    UserField,
)
from povertyaudit.core.api.serializers import NoteShape
from povertyaudit.core.models import Area


class TermPersonShape(NoteShape):
    user = UserField(required=False, allow_null=True, help_text="责任人的账号；没有账号的写姓名和单位")
    name = LineField(required=False, allow_blank=True, max_length=50, help_text="姓名（没有账号的）")
    post_title = LineField(required=False, allow_blank=True, max_length=50, help_text="职务")
    home_unit = UnitField(required=False, allow_null=True, help_text="所在（派出）单位")
    starts_on = DayField(help_text="任职日期")
    ends_on = DayField(
        required=False, allow_null=True, help_text="任期的最后一天；驻村工作队不写则按规定的一届计算"
    )
    basis = LineField(required=False, allow_blank=True, max_length=200, help_text="依据（文号）")


class AreaField(ScopedRelatedField):
    """An area by its id or name."""

    also_by = ("name",)


class ResponsibilityShape(TermPersonShape):
    capacity = TermField(queryset=Capacity.objects.all(), help_text="责任身份代码，见 terms/?list=capacities")
    region = RegionField(help_text="负责的地区的 12 位代码")
    area = AreaField(
        queryset=Area.objects.all(), required=False, allow_null=True, help_text="片区（片长才写）"
    )
    object_no = CodeField(
        required=False, allow_blank=True, max_length=30, help_text="户（人）编号，不能是身份证号"
    )
    duty = LineField(required=False, allow_blank=True, max_length=200, help_text="职责（行业主管部门必须写）")


class ExtendTermShape(NoteShape):
    ends_on = DayField(help_text="延期至哪一天")
    basis = LineField(required=False, allow_blank=True, max_length=200, help_text="依据（文号）")


class EndTermShape(NoteShape):
    ends_on = DayField(required=False, help_text="最后一天，不写为今天")
    listed_checked = serializers.BooleanField(
        required=False, default=False, help_text="村仍在名单内也要结束的，已核对"
    )


class RecallTermShape(NoteShape):
    recalled_on = DayField(required=False, help_text="召回日期，不写为今天")


class AmendTermShape(NoteShape):
    duty = LineField(required=False, allow_blank=True, max_length=200, help_text="职责")
    basis = LineField(required=False, allow_blank=True, max_length=200, help_text="依据（文号）")
    post_title = LineField(required=False, allow_blank=True, max_length=50, help_text="职务")


class GiveShape(NoteShape):
    listed = ProseField(max_length=4000, help_text="交接清单：资料、资金资产、没有办完的事项")
    given_on = DayField(required=False, help_text="移交日期，不写为今天")


class TakeShape(NoteShape):
    taken_on = DayField(required=False, help_text="接收日期，不写为今天")
    remarks = ProseField(required=False, allow_blank=True, max_length=2000, help_text="接收意见")


class LetterShape(NoteShape):
    year = NumberField(help_text="年度")
    upper = ScopedRelatedField(
        queryset=Responsibility.objects.all(), help_text="上级签订人的任职：标识或编号"
    )
    lower = ScopedRelatedField(
        queryset=Responsibility.objects.all(), help_text="下级签订人的任职：标识或编号"
    )
    paper_no = LineField(required=False, allow_blank=True, max_length=60, help_text="文号")
    duties = ProseField(required=False, allow_blank=True, max_length=2000, help_text="目标任务")


class LetterYearShape(NoteShape):
    year = NumberField(help_text="年度")
    region = RegionField(help_text="县或者乡镇的 12 位代码")
    paper_no = LineField(required=False, allow_blank=True, max_length=60, help_text="文号")


class SignLetterShape(NoteShape):
    side = serializers.ChoiceField(
        choices=(("upper", "上级"), ("lower", "下级")),
        required=False,
        help_text="哪一方签字；本人签字的可以不写",
    )
    signed_on = DayField(required=False, help_text="纸上签字的日期，不写为今天")


class AmendLetterShape(NoteShape):
    paper_no = LineField(required=False, allow_blank=True, max_length=60, help_text="文号")
    duties = ProseField(required=False, allow_blank=True, max_length=2000, help_text="目标任务")
