"""What people type about public notices of a project: put up, photographed, taken down, objected to, answered."""

from django import forms

from funds.models import NoticeLevel, NoticeStage, ObjectionFinding, ProjectNotice, ProjectObjection, ToldWay
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    RequiredOpinionForm,
    UploadField,
)

PICTURE = "image/*"
ON_SITE = "手机拍下公示栏、公示牌或者网页，看得清内容和日期。"


class NoticeChoice(forms.ModelChoiceField):
    """One notice of this project."""

    def __init__(self) -> None:
        super().__init__(
            ProjectNotice.objects.none(), label="哪一处公示", to_field_name="public_id", empty_label="请选择"
        )

    def label_from_instance(self, obj: ProjectNotice) -> str:
        end = f"至 {obj.down_on}" if obj.down_on else "起，公示中"
        return f"{obj}（{obj.up_on} {end}）"


class ObjectionChoice(forms.ModelChoiceField):
    """One objection; whoever answers it sees the name."""

    def __init__(self) -> None:
        super().__init__(
            ProjectObjection.objects.none(),
            label="哪一件异议",
            to_field_name="public_id",
            empty_label="请选择",
        )

    def label_from_instance(self, obj: ProjectObjection) -> str:
        text = obj.text if len(obj.text) <= 40 else f"{obj.text[:40]}…"
        return f"{obj.received_on} {obj.objector or '未署名'}：{text}"


class NoticeForm(PageForm):
    stage = forms.ChoiceField(label="公示时段", choices=(("", "请选择"), *NoticeStage.choices))
    level = forms.ChoiceField(label="公示层级", choices=(("", "请选择"), *NoticeLevel.choices))
    place = CleanLineField(
        label="公示地点或者网址", max_length=200, help_text="例如：村部公示栏；县人民政府网站公示的网址。"
    )
    up_on = DateField(label="公示日期", latest_today=True)
    down_on = DateField(label="撤下日期", latest_today=True, required=False, help_text="还在公示的不填。")
    file = UploadField(label="照片", required=False, accept=PICTURE, help_text=ON_SITE)


class NoticePhotoForm(PageForm):
    notice = NoticeChoice()
    file = UploadField(label="照片", accept=PICTURE, help_text=ON_SITE)


class TakeDownForm(PageForm):
    notice = NoticeChoice()
    down_on = DateField(label="撤下日期", latest_today=True)
    note = CleanTextField(
        label="说明", rows=2, max_length=500, required=False, help_text="没有满天数就撤下的，写明原因。"
    )


class VoidNoticeForm(RequiredOpinionForm):
    field_order = ("notice", "note")
    notice = NoticeChoice()


class ObjectionForm(PageForm):
    notice = NoticeChoice()
    objector = CleanLineField(
        label="异议人姓名", max_length=50, required=False,
        help_text="没有署名的不填。姓名在列表、导出、接口中只显示姓氏。",
    )  # fmt: skip
    text = CleanTextField(label="异议内容", rows=4, max_length=1000)
    received_on = DateField(label="收到日期", latest_today=True)


class AnswerForm(PageForm):
    objection = ObjectionChoice()
    finding = forms.ChoiceField(label="核实结论", choices=(("", "请选择"), *ObjectionFinding.choices))
    answer = CleanTextField(label="核实情况和答复", rows=4, max_length=1000)
    told = forms.ChoiceField(
        label="答复本人的方式", choices=(("", "没有署名"), *ToldWay.choices), required=False,
        help_text="署名的异议应答复本人。",
    )  # fmt: skip
    answered_on = DateField(label="答复日期", latest_today=True)


class ObjectionResultForm(PageForm):
    objection = ObjectionChoice()
    result_place = CleanLineField(label="公布地点或者网址", max_length=200)
    result_on = DateField(label="公布日期", latest_today=True)
