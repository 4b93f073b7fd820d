"""Shape of what people type about plans of visits."""

from typing import Any

from django import forms

from inspections.models import PlanMember, Round, VisitPlan
from inspections.models.plans import MOST_DRAWN
from inspections.workflow import APPROVERS
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    RegionField,
    UploadField,
    UserField,
    formset_of,
)
from povertyaudit.core.models import User
from povertyaudit.core.models.places import Level

WHOLE = {
    "invalid": "请填写整数。", "min_value": "至少抽取 1 个。", "max_value": f"一次最多抽取 {MOST_DRAWN} 个。",
}  # fmt: skip


class PlanForm(PageForm):
    sections = (
        ("计划", ("title", "kind", "region", "round", "starts_on", "ends_on", "purpose")),
        ("批准", ("approver", "note")),
    )

    title = CleanLineField(
        label="计划名称", max_length=100, help_text="结束前只有部署人、批准人和走访人员能看到。"
    )
    kind = forms.ChoiceField(label="走访方式", choices=VisitPlan.Kind.choices)
    region = RegionField(label="走访地区")
    round = forms.ModelChoiceField(
        Round.objects.open(),
        label="所属轮次",
        required=False,
        empty_label="不属于任何轮次",
        to_field_name="public_id",
    )
    starts_on = DateField(label="开始日期")
    ends_on = DateField(label="截止日期")
    purpose = CleanTextField(label="走访内容", required=False, rows=4, max_length=4000)
    approver = UserField(label="批准人", queryset=User.objects.all())
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        approver: Any = self.fields["approver"]
        approver.queryset = approver.queryset.holding(APPROVERS)


class PlanMemberForm(PageForm):
    user = UserField(label="人员")
    role = forms.ChoiceField(label="分工", choices=PlanMember.Role.choices, initial=PlanMember.Role.MEMBER)


class PlanPlaceForm(PageForm):
    region = RegionField(label="地点")


PlanMemberFormSet = formset_of(PlanMemberForm, "走访人员", row_word="人", extra=1)
PlanPlaceFormSet = formset_of(PlanPlaceForm, "走访地点", row_word="个地点", extra=1)


class DrawForm(PageForm):
    size = forms.IntegerField(label="抽取数量", min_value=1, max_value=MOST_DRAWN, error_messages=WHOLE)
    seed = CleanCodeField(
        label="种子",
        required=False,
        max_length=40,
        help_text="不填由系统随机产生；同一名单、同一种子，抽取结果相同。",
    )
    note = CleanLineField(label="重新抽取的理由", required=False, max_length=200)


class DrawPlacesForm(DrawForm):
    field_order = ("within", "level", "size", "seed", "note")

    within = RegionField(
        label="抽取范围", required=False, help_text="不填为全部走访地区；已经列入的地点不再抽取。"
    )
    level = forms.TypedChoiceField(
        label="抽取到", coerce=int, choices=((Level.VILLAGE, "村"), (Level.TOWNSHIP, "乡镇")),
        initial=Level.VILLAGE,
    )  # fmt: skip


class DrawHouseholdsForm(DrawForm):
    field_order = ("text", "file", "size", "seed", "note")

    text = CleanTextField(
        label="粘贴名单",
        required=False,
        rows=8,
        help_text="一行一户：姓名，住址；可从表格直接粘贴。最多 5000 户。",
    )
    file = UploadField(
        label="或者上传名单", required=False, accept=".xlsx,.csv", help_text="xlsx 或 CSV，2 MB 以内。"
    )
