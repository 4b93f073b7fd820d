"""What is typed about opinions and notices."""

from django import forms

from inspections.forms.choosing import FindingField, OnRound, RoundField
from inspections.models import Opinion
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    OpinionForm,
    PageForm,
    UnitField,
    UploadField,
    UploadsField,
)
from povertyaudit.core.models import Unit


class OpinionFactsForm(OnRound, PageForm):
    kind = forms.ChoiceField(label="意见类别", choices=Opinion.Kind.choices)
    unit = UnitField(
        label="接收单位", queryset=Unit.objects.answering(), help_text="整改意见填被巡察单位，职能部门意见填主管部门。"
    )  # fmt: skip
    finding = FindingField(required=False)
    text = CleanTextField(
        label="意见内容", rows=5, max_length=4000, help_text="不写反映人，不写线索涉及的人员。"
    )


class NewOpinionForm(OpinionFactsForm):
    round = RoundField()
    field_order = ("round", "kind", "unit", "finding", "text")


class SendOpinionForm(OpinionForm):
    due_on = DateField(label="答复期限", required=False, help_text="不填则按现行的期限规则。")
    field_order = ("due_on", "note")


class AnswerOpinionForm(PageForm):
    answer_text = CleanTextField(
        label="答复内容", rows=6, max_length=10000, help_text="写明采取的措施、结果和数据。"
    )


class NoticeForm(OnRound, PageForm):
    round = RoundField()
    unit = UnitField(label="整改单位", queryset=Unit.objects.answering())
    finding = FindingField(required=False)
    text = CleanTextField(label="问题", rows=4, max_length=4000)
    demand = CleanTextField(label="整改要求", rows=3, max_length=4000)
    due_on = DateField(label="整改期限", required=False, help_text="不填则按现行的期限规则。")


class ReportNoticeForm(PageForm):
    closing_text = CleanTextField(
        label="整改情况", rows=6, max_length=10000, help_text="写明做了什么、结果和数据。"
    )
    proofs = UploadsField(
        label="佐证材料", required=False, help_text="照片、凭证、文件；已经上传过的可以不再选择。"
    )  # fmt: skip


class ProofForm(PageForm):
    file = UploadField(label="文件", help_text="照片、PDF、Word 或者 Excel 文件。")
    title = CleanLineField(label="标题", required=False, max_length=200)
