"""Shape of what people type about teams and who stands aside."""

from typing import Any

from django import forms

from inspections.models import RoundObject, RoundRecusal, TeamMember
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    UnitField,
    UserField,
    formset_of,
)
from povertyaudit.core.models import User


class TeamForm(PageForm):
    team = CleanLineField(
        label="组名",
        required=False,
        max_length=30,
        help_text="例如：巡察二组。不填为第一组；填新的组名即增加一组。",
    )
    authorisation = CleanLineField(
        label="组长授权决定",
        required=False,
        max_length=200,
        help_text="组长一次一授权：写明本轮次授权决定的文号。",
    )
    repeat_reason = CleanLineField(
        label="连续担任的理由", required=False, max_length=300,
        help_text="组长上一次也巡察过同一对象的，写明确需连续担任的理由；没有这种情况的不填。",
    )  # fmt: skip
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)


class MemberForm(PageForm):
    user = UserField(label="人员", required=False, empty_label="请选择；没有账号的填写姓名")
    name = CleanLineField(
        label="姓名（没有账号的）", required=False, max_length=50,
        help_text="借调人员、老干部等没有账号的填写；签字、当组长须有账号。",
    )  # fmt: skip
    post_title = CleanLineField(label="职务（没有账号的）", required=False, max_length=50)
    role = forms.ChoiceField(
        label="组内职务", choices=TeamMember.Role.choices, initial=TeamMember.Role.MEMBER
    )
    home_unit = UnitField(
        label="派出单位", required=False, help_text="有账号的不填则为其现任职单位；没有账号的必须选择。"
    )
    seconded_from = DateField(label="抽调开始日期", required=False)
    seconded_to = DateField(label="抽调结束日期", required=False)


MemberFormSet = formset_of(MemberForm, "巡察组成员", row_word="人", extra=1)


class RecusalForm(PageForm):
    objects = forms.ModelMultipleChoiceField(
        RoundObject.objects.standing(), label="要回避的巡察对象", required=False, to_field_name="public_id",
        help_text="没有回避情形的都不选，直接申报。",
        error_messages={
            "invalid_choice": "没有找到所选的巡察对象，请重新选择。", "invalid_pk_value": "请重新选择巡察对象。",
        },
    )  # fmt: skip
    ground = forms.ChoiceField(
        label="回避情形", required=False, choices=(("", "没有回避情形"), *RoundRecusal.Ground.choices)
    )
    text = CleanLineField(
        label="说明", required=False, max_length=300, help_text="例如与该单位负责人的关系。"
    )
    member = UserField(
        label="回避人员", required=False, queryset=User.objects.all(),
        help_text="本人申报的不填；组长或者巡察办决定他人回避的，在这里选择。", empty_label="本人",
    )  # fmt: skip
    outsider = forms.ModelChoiceField(
        TeamMember.objects.filter(user=None).select_related("home_unit"), label="没有账号的组员", required=False,
        to_field_name="public_id", empty_label="不是", help_text="由组长或者巡察办代为申报，申报即为决定。",
        error_messages={"invalid_choice": "没有这个组员，请重新选择。"},
    )  # fmt: skip
    note = CleanTextField(label="备注", required=False, rows=2, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objects"].widget.attrs["data-select"] = ""

    def of(self, round_: Any) -> None:
        """Only objects and members of this round are there to choose."""
        fields: Any = self.fields
        fields["objects"].queryset = fields["objects"].queryset.filter(round=round_)
        named = round_.members.exclude(user=None).values("user_id")
        fields["member"].queryset = fields["member"].queryset.filter(pk__in=named)
        outsider = fields["outsider"]
        outsider.queryset = outsider.queryset.filter(round=round_)
        outsider.label_from_instance = lambda row: f"{row.name}（{row.comes_from}）"
        if not outsider.queryset.exists():
            del fields["outsider"]


class DecisionForm(PageForm):
    recusal = forms.ModelChoiceField(
        RoundRecusal.objects.standing().select_related("user__person", "object"), label="回避申报",
        to_field_name="public_id", empty_label="请选择", error_messages={"required": "请选择回避申报。"},
    )  # fmt: skip
    decision = forms.ChoiceField(
        label="决定",
        choices=[one for one in RoundRecusal.State.choices if one[0] != RoundRecusal.State.DECLARED],
    )
    note = CleanTextField(
        label="理由", required=False, rows=3, max_length=2000, help_text="不需回避或者解除回避的必须写明。"
    )

    def of(self, round_: Any) -> None:
        """Only recusals of this round."""
        field: Any = self.fields["recusal"]
        field.queryset = field.queryset.filter(round=round_)
        field.label_from_instance = lambda row: (
            f"{row}（{row.get_ground_display()}，{row.get_state_display()}）"
        )
