"""What those who draft bulletins and send them out type."""

from typing import Any

from django import forms

from cases.forms.handling import LONG
from cases.models import BulletinCase, BulletinChannel, BulletinCopy, Lead
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    RegionField,
    UploadField,
    formset_of,
)
from povertyaudit.core.models import Region, Unit

NAMES = "写全名，发布时由系统按渠道写成全名、姓氏加“某”或者不写姓名。"


class BulletinForm(PageForm):
    title = CleanLineField(label="标题", max_length=100, help_text="例如：关于侵害群众利益典型案例的通报。")
    preface = CleanTextField(label="开头语", required=False, rows=4, max_length=LONG)


class CaseForm(PageForm):
    sections = (("案例", ("lead", "problem", "facts", "decision", "changed_why")),)

    lead = forms.ModelChoiceField(
        Lead.objects.all(), label="问题线索", to_field_name="public_id", empty_label="请选择",
        help_text="已办结并作出处理的线索。",
        error_messages={"required": "请选择线索。", "invalid_choice": "没有找到这件线索，请重新选择。"},
    )  # fmt: skip
    problem = CleanLineField(
        label="问题", max_length=100, help_text="接在职务之后，例如：虚报冒领危房改造补助问题。"
    )
    facts = CleanTextField(label="事实", rows=5, max_length=LONG, help_text=NAMES)
    decision = CleanTextField(
        label="处理决定",
        rows=3,
        required=False,
        max_length=LONG,
        help_text="留空时由系统按登记的处理决定和追缴金额填写。与登记不同的，须写明理由。",
    )
    changed_why = CleanLineField(
        label="与登记不同的理由",
        required=False,
        max_length=200,
        help_text="审批人会看到登记的决定和这里的理由。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["lead"]
        field.label_from_instance = lambda lead: f"{lead.number} {lead.title}"
        field.widget.attrs["data-select"] = ""


class PersonForm(PageForm):
    name = CleanLineField(
        label="被反映人姓名", max_length=200, help_text="同名的写明单位或者职务，例如：王某某（石桥坳村）。"
    )
    subject = CleanCodeField(max_length=22, required=False, widget=forms.HiddenInput())


PersonFormSet = formset_of(PersonForm, "通报的人员", row_word="人", least=1)


class RemoveCaseForm(PageForm):
    case = forms.ModelChoiceField(
        BulletinCase.objects.all(), label="案例", to_field_name="public_id", empty_label="请选择",
        error_messages={"required": "请选择案例。", "invalid_choice": "没有找到这个案例，请重新选择。"},
    )  # fmt: skip


class DistributeForm(PageForm):
    channel = forms.ModelChoiceField(
        BulletinChannel.objects.none(), label="渠道", to_field_name="code", empty_label="请选择",
        error_messages={"required": "请选择渠道。", "invalid_choice": "没有这个渠道，请重新选择。"},
    )  # fmt: skip
    units = forms.ModelMultipleChoiceField(
        Unit.objects.answering(), label="送达单位", required=False, to_field_name="public_id",
        error_messages={"invalid_choice": "没有找到所选的单位，请重新选择。", "invalid_pk_value": "请重新选择单位。"},
        help_text="可以多选。",
    )  # fmt: skip
    villages = forms.ModelMultipleChoiceField(
        Region.objects.current().filter(level=5), label="送达村", required=False, to_field_name="code",
        error_messages={"invalid_choice": "没有找到所选的村，请重新选择。", "invalid_pk_value": "请重新选择村。"},
        help_text="没有账号的村由乡镇代收并在村里公开。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["channel"].queryset = BulletinChannel.objects.on()
        fields["channel"].label_from_instance = lambda term: f"{term.name}（{term.get_mask_display()}）"
        fields["villages"].label_from_instance = lambda region: region.path_name
        for name in ("units", "villages"):
            fields[name].widget.attrs["data-select"] = ""


class VillagesForm(PageForm):
    channel = forms.ModelChoiceField(
        BulletinChannel.objects.none(), label="渠道", to_field_name="code", empty_label="请选择",
        error_messages={"required": "请选择渠道。", "invalid_choice": "没有这个渠道，请重新选择。"},
    )  # fmt: skip
    region = RegionField(
        label="本县或者一个乡镇", help_text="其中所有的村一次送达；没有账号的村由乡镇代收、传达。"
    )
    note = CleanTextField(label="意见", required=False, rows=2, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel: Any = self.fields["channel"]
        channel.queryset = BulletinChannel.objects.on()
        channel.label_from_instance = lambda term: f"{term.name}（{term.get_mask_display()}）"


class PostUpForm(PageForm):
    """On a phone, at the meeting or before the notice board."""

    way = forms.ChoiceField(label="怎样传达", choices=BulletinCopy.Way.choices)
    posted_on = DateField(label="传达日期", latest_today=True)
    photo = UploadField(label="照片", help_text="会议现场或者公开栏。")
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].widget.attrs.update({"accept": "image/*", "capture": "environment"})
