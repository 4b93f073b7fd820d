"""What machines send about bulletins."""

from rest_framework import serializers

from cases.api.shapes.handling import LONG
from cases.models import BulletinCase, BulletinChannel, BulletinCopy, Lead
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    ProseField,
    RegionField,
    ScopedRelatedField,
    TermField,
    UnitField,
)
from povertyaudit.core.api.serializers import NoteShape, Shape


class BulletinShape(NoteShape):
    title = LineField(max_length=100, help_text="标题")
    preface = ProseField(required=False, allow_blank=True, max_length=LONG, help_text="开头语")


class NamedPersonShape(Shape):
    name = LineField(
        max_length=200, help_text="线索上登记的被反映人姓名；同名的写作“姓名（单位）”，或者另写 subject"
    )
    subject = CodeField(max_length=22, required=False, allow_blank=True, help_text="被反映人的标识")


class BulletinCaseShape(NoteShape):
    lead = ScopedRelatedField(queryset=Lead.objects.all(), help_text="已办结并作出处理的线索")
    problem = LineField(max_length=100, help_text="问题，接在职务之后")
    facts = ProseField(max_length=LONG, help_text="事实，姓名写全名")
    decision = ProseField(
        required=False,
        allow_blank=True,
        max_length=LONG,
        help_text="处理决定，姓名写全名；不写时按登记的填写",
    )
    changed_why = LineField(
        required=False, allow_blank=True, max_length=200, help_text="处理决定与登记不同的理由"
    )
    persons = serializers.ListField(child=NamedPersonShape(), allow_empty=False, max_length=100)


class RemoveCaseShape(NoteShape):
    case = ScopedRelatedField(queryset=BulletinCase.objects.all(), help_text="案例的标识，或在本期中的序号")


class BulletinReasonShape(Shape):
    note = ProseField(max_length=LONG, help_text="理由")


class DistributeShape(NoteShape):
    channel = TermField(queryset=BulletinChannel.objects.all(), help_text="渠道代码，见 terms/")
    units = serializers.ListField(child=UnitField(), required=False, max_length=500, help_text="送达单位")
    villages = serializers.ListField(
        child=RegionField(), required=False, max_length=500, help_text="送达村（12 位区划代码）"
    )


class VillagesShape(NoteShape):
    channel = TermField(queryset=BulletinChannel.objects.all(), help_text="渠道代码，见 terms/")
    region = RegionField(help_text="本县或者一个乡镇的 12 位区划代码")


class PostUpShape(NoteShape):
    way = serializers.ChoiceField(choices=BulletinCopy.Way.choices, help_text="怎样传达")
    photo = serializers.FileField(max_length=255, help_text="照片（multipart）")
    posted_on = DayField(required=False, help_text="传达日期，不填为今天")
