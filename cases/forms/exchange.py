"""What the registry types about batches, assisting offices and results reported back."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from cases.models import Batch
from cases.models.batches import MOST_LEADS
from cases.roles import OFFICES
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    OpinionForm,
    PageForm,
    RequiredOpinionForm,
)
from povertyaudit.core.models import Post, Unit
from povertyaudit.core.scope import region_under


class OfficesField(forms.ModelMultipleChoiceField):
    """Several offices, ticked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple())
        super().__init__(Unit.objects.offices(), to_field_name="public_id", **kwargs)
        self.error_messages |= {
            "required": "请选择协办部门。",
            "invalid_choice": "没有这个部门，请重新选择。",
        }

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


def narrow_offices(form: Any, county: str) -> None:
    """Offer only offices of the body of this county where somebody works who may assist."""
    if field := form.fields.get("assisting_units"):
        posts = Post.objects.current().filter(role__in=OFFICES)
        here = region_under("region_id", county)
        field.queryset = field.queryset.filter(here, pk__in=posts.values("unit"))


class AskAssistForm(RequiredOpinionForm):
    assisting_units = OfficesField(label="协办部门")
    note = CleanTextField(label="协办事项", rows=3, max_length=2000, help_text="写明请协办部门做什么。")
    field_order = ("assisting_units", "note")


class ResultForm(PageForm):
    result = CleanTextField(label="办理情况和结果", rows=6)


class BatchFacts(PageForm):
    title = CleanLineField(label="批次名称", max_length=100, help_text="例如：省委第三巡视组移交问题线索。")
    sender = CleanLineField(label="交办单位", max_length=100)
    sender_number = CleanCodeField(label="来文编号", max_length=60, required=False)
    promised = forms.IntegerField(
        label="来文载明件数",
        validators=[
            MinValueValidator(1, "至少 1 件。"),
            MaxValueValidator(MOST_LEADS, f"最多 {MOST_LEADS} 件。"),
        ],
        error_messages={"invalid": "请填写整数。"},
    )
    deadline = DateField(
        label="要求办结日期", required=False, help_text="来文没有写明的不填，按规定的期限计算。"
    )


class BatchForm(BatchFacts):
    received_on = DateField(label="收到日期", latest_today=True)
    field_order = ("title", "sender", "sender_number", "received_on", "promised", "deadline")


class AmendBatchForm(BatchFacts):
    """All but the day it came in."""


class BatchField(forms.ModelChoiceField):
    """An open batch, by its number and name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "（不属于批次）")
        super().__init__(
            Batch.objects.open().order_by("-received_on", "-id"), to_field_name="public_id", **kwargs
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} {obj.title}"


class JoinBatchForm(OpinionForm):
    batch = BatchField(label="批次", empty_label="请选择")
    field_order = ("batch", "note")
