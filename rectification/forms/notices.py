"""What is typed about a notice and the comments on it."""

from typing import Any

from django import forms

from cases.forms.registering import CategoryField, ComplainantForm
from cases.models import Axis, Kind
from inspections.models import Round
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    OpinionForm,
    PageForm,
    UnitField,
    formset_of,
)
from rectification.models import CommentChannel, NoticeGround, NoticeProblem
from rectification.models.notices import MOST_DAYS

LONG = 2000
NAMELESS = "公开的文字不写举报人和任何人的姓名。"


class NoticeHeadForm(PageForm):
    title = CleanLineField(label="标题", max_length=100, help_text="例如：关于巡察整改进展情况的通报。")
    preface = CleanTextField(label="开头语", required=False, rows=4, max_length=LONG, help_text=NAMELESS)
    phone = CleanLineField(label="联系电话", max_length=40)
    address = CleanLineField(label="邮政通讯地址", max_length=200)
    mailbox = CleanLineField(label="电子邮箱", max_length=100, required=False)
    days = forms.IntegerField(
        label="公开天数", min_value=1, max_value=MOST_DAYS, initial=15,
        error_messages={
            "required": "请填写公开天数。", "invalid": "请填写整数天数。",
            "min_value": f"公开天数应在 1 至 {MOST_DAYS} 天之间。", "max_value": f"公开天数应在 1 至 {MOST_DAYS} 天之间。",
        },
    )  # fmt: skip


class NoticeForm(NoticeHeadForm):
    sections = (
        ("公开范围", ("round", "unit")),
        ("标题和开头语", ("title", "preface")),
        ("意见反馈方式", ("phone", "address", "mailbox", "days")),
    )

    round = forms.ModelChoiceField(
        Round.objects.none(), label="轮次", to_field_name="public_id", empty_label="请选择",
        error_messages={"required": "请选择轮次。", "invalid_choice": "没有可以公开整改情况的这个轮次，请改选。"},
    )  # fmt: skip
    unit = UnitField(
        label="被巡察单位", required=False, help_text="只公开一个单位的整改情况时选择；不选为整个轮次。"
    )


class ProblemField(forms.ModelChoiceField):
    """A problem of this notice."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            NoticeProblem.objects.none(), label="问题", to_field_name="public_id", empty_label="请选择",
            error_messages={"required": "请选择问题。", "invalid_choice": "没有找到这个问题，请重新选择。"}, **kwargs,
        )  # fmt: skip

    def label_from_instance(self, obj: Any) -> str:
        line = " ".join(obj.text.split())
        return f"{obj.ordinal}. {line[:40]}{'…' if len(line) > 40 else ''}"


class ProblemForm(PageForm):
    problem = ProblemField()


class RewordForm(PageForm):
    sections = (("问题", ("problem", "text")),)

    problem = ProblemField()
    text = CleanTextField(label="问题", rows=4, max_length=LONG, help_text=NAMELESS)


class LineForm(PageForm):
    measure = CleanTextField(label="整改措施", rows=2, required=False, max_length=LONG)
    result = CleanTextField(label="整改成效", rows=2, required=False, max_length=LONG)


LineFormSet = formset_of(LineForm, "措施和成效", row_word="条", least=1)


class WithholdForm(ProblemForm):
    ground = forms.ModelChoiceField(
        NoticeGround.objects.none(), label="不公开理由", to_field_name="code", empty_label="请选择",
        error_messages={"required": "请选择不公开理由。", "invalid_choice": "没有这条理由，请重新选择。"},
    )  # fmt: skip
    ground_note = CleanTextField(
        label="说明", rows=3, max_length=LONG, help_text="写明为什么适用这条理由，供审批人判断。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ground"]
        field.queryset = NoticeGround.objects.on()


class CommentForm(OpinionForm):
    received_on = DateField(label="收到日期", latest_today=True)
    channel = forms.ChoiceField(
        label="方式", choices=[("", "请选择"), *CommentChannel.choices],
        error_messages={"required": "请选择方式。", "invalid_choice": "没有这种方式，请重新选择。"},
    )  # fmt: skip
    text = CleanTextField(
        label="意见内容", rows=6, max_length=LONG,
        help_text="按原意记录，不写是谁提的；提意见人的信息由信访室登记信访件时加密保存。",
    )  # fmt: skip

    field_order = ("received_on", "channel", "text", "note")


class RegisterCommentForm(ComplainantForm):
    sections = (
        ("信访件", ("kind", "title", "text", "category", "style")),
        ("提意见人（保密）", ("name", "phone", "id_number", "address", "remark")),
    )

    kind = forms.ChoiceField(label="类型", choices=Kind.choices, initial=Kind.SUGGESTION)
    title = CleanLineField(
        label="反映问题摘要", max_length=100, required=False, help_text="不填取意见内容的开头。"
    )
    text = CleanTextField(
        label="反映的主要问题", rows=6, max_length=LONG, help_text="已按记录的意见填好，不写提意见人的信息。"
    )
    category = CategoryField(Axis.CORRUPTION, label="问题类别", help_text="检举控告与作风问题至少选一项。")
    style = CategoryField(Axis.STYLE, label="作风问题")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, CategoryField):
                field.in_use()
            if name in ("name", "phone", "id_number", "address"):
                field.label = str(field.label).replace("反映人", "提意见人")
