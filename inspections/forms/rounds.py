"""Shape of what people type about rounds."""

from django import forms

from inspections.models import Round, TeamMember
from inspections.workflow import APPROVERS
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    RegionField,
    UserField,
    formset_of,
)
from povertyaudit.core.models import User


class RoundForm(PageForm):
    sections = (
        ("轮次", ("name", "kind", "region", "starts_on", "ends_on", "secret")),
        ("批准", ("approved_by", "note")),
        ("集中整改期", ("window_months", "window_rule")),
    )

    name = CleanLineField(label="轮次名称", max_length=100, help_text="例如：第三届县委第五轮巡察。")
    kind = forms.ChoiceField(label="巡察方式", choices=Round.Kind.choices)
    region = RegionField(label="巡察地区")
    starts_on = DateField(label="进驻日期")
    ends_on = DateField(label="计划离开日期")
    secret = forms.BooleanField(
        label="结束前保密", required=False, help_text="结束前只有部署人、批准人和巡察组成员能看到，也不编号。"
    )
    approved_by = UserField(label="批准人", queryset=User.objects.all())
    note = CleanTextField(label="批准情况", required=False, rows=3, max_length=2000)
    window_months = forms.IntegerField(
        label="集中整改期（月）", required=False, min_value=1, max_value=24,
        help_text="不填则按进驻时施行的规定。",
        error_messages={
            "invalid": "请填写整数个月。", "min_value": "集中整改期至少 1 个月。", "max_value": "集中整改期最多 24 个月。",
        },
    )  # fmt: skip
    window_rule = CleanLineField(
        label="集中整改期的依据",
        required=False,
        max_length=300,
        help_text="与现行规定不同时必须写明依据的文件。",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        approver = self.fields["approved_by"]
        approver.queryset = approver.queryset.holding(APPROVERS)  # type: ignore[attr-defined]


class MemberForm(PageForm):
    user = UserField(label="人员")
    role = forms.ChoiceField(
        label="组内职务", choices=TeamMember.Role.choices, initial=TeamMember.Role.MEMBER
    )


MemberFormSet = formset_of(MemberForm, "巡察组成员", row_word="人", extra=1)


class FinishForm(PageForm):
    finished_on = DateField(label="结束日期", latest_today=True)
    note = CleanTextField(label="说明", required=False, rows=3, max_length=2000)
