"""Shape of what people type about rounds."""

from typing import Any

from django import forms

from inspections.models import Campaign, Round
from inspections.models.rounds import MOST_DAYS, MOST_ROUNDS
from inspections.workflow import APPROVERS
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    RegionField,
    UnitField,
    UploadField,
    UserField,
)
from povertyaudit.core.models import User
from povertyaudit.core.models.rules import PeriodUnit

COUNTED = {
    "invalid": "请填写整数。", "min_value": "应在 1 至 99 之间。", "max_value": "应在 1 至 99 之间。",
}  # fmt: skip


def counted(label: str, **more: Any) -> forms.IntegerField:
    """第几届, 第几轮."""
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=MOST_ROUNDS, error_messages=COUNTED, **more
    )


def own_period(label: str, help_text: str) -> forms.IntegerField:
    """How long a step of this round may take, where it is not as the rule has it."""
    wrong = dict.fromkeys(("invalid", "min_value", "max_value"), f"请填写 1 至 {MOST_DAYS} 之间的整数。")
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=MOST_DAYS, error_messages=wrong, help_text=help_text
    )  # fmt: skip


def period_unit() -> forms.ChoiceField:
    """What it is counted in."""
    choices = [("", "按现行规定"), *PeriodUnit.choices]
    return forms.ChoiceField(label="单位", required=False, choices=choices)


PERIODS = (
    ("集中整改期", ("window_months", "window_rule")),
    ("本轮次另定的期限", ("plan_amount", "plan_unit", "report_amount", "report_unit", "periods_rule")),
)


class RoundFactsForm(PageForm):
    """What ordering and mending share."""

    session = counted("届次", help_text="第几届党委，例如 12。")
    ordinal = counted("轮次序号", help_text="本届第几轮，例如 8。")
    name = CleanLineField(
        label="轮次名称",
        required=False,
        max_length=100,
        help_text="不填则按届次和序号生成，例如：第十二届县委第八轮巡察。",
    )
    kind = forms.ChoiceField(label="监督方式", choices=Round.Kind.choices)
    starts_on = DateField(label="进驻日期")
    ends_on = DateField(label="计划离开日期")
    body_kind = forms.ChoiceField(label="组织实施单位类别", choices=Round.Body.choices, required=False)
    run_by = UnitField(
        label="组织实施单位", required=False, help_text="不填则为本单位。输入名称中的任意几个字查找。"
    )
    authorisation = CleanLineField(
        label="部署文件", required=False, max_length=200, help_text="文件名称和文号。"
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

    plan_amount = own_period(
        "整改方案报送期限", "不填则按现行规定。只用于以后签收的反馈表，已经签收的期限不变。"
    )
    plan_unit = period_unit()
    report_amount = own_period(
        "向书记专题会报告的期限", "自巡察组离开起算，不填则按现行规定。只用于以后登记的巡察报告。"
    )
    report_unit = period_unit()
    periods_rule = CleanLineField(
        label="另定期限的依据", required=False, max_length=300, help_text="另定了期限的，写明依据的文件。"
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        approver = self.fields["approved_by"]
        approver.queryset = approver.queryset.holding(APPROVERS)  # type: ignore[attr-defined]


class RoundForm(RoundFactsForm):
    sections = (
        ("轮次", ("session", "ordinal", "name", "kind", "region", "starts_on", "ends_on", "secret")),
        ("组织实施", ("body_kind", "run_by", "authorisation")),
        ("批准", ("approved_by", "note")),
        *PERIODS,
    )

    region = RegionField(label="巡察地区")
    secret = forms.BooleanField(
        label="结束前保密", required=False, help_text="结束前只有部署人、批准人和巡察组成员能看到，也不编号。"
    )


WHEN_AMENDED = {
    "run_by": "输入名称中的任意几个字查找。",
    "window_months": "用于以后通过的整改方案，已经起算的期限不变；改了进驻日期的，按那一天施行的规定重新确定。",
}


class AmendRoundForm(RoundFactsForm):
    """What may be mended; region and secrecy stay, number and readers hang on them."""

    sections = (
        ("轮次", ("session", "ordinal", "name", "kind", "starts_on", "ends_on", "finished_on")),
        ("组织实施", ("body_kind", "run_by", "authorisation", "approved_by")),
        *PERIODS,
        ("修改", ("note",)),
    )
    name = CleanLineField(
        label="轮次名称",
        required=False,
        max_length=100,
        help_text="改了届次、序号的，清空名称即重新生成；不清空的仍用现在的名称。",
    )
    finished_on = DateField(label="结束日期", latest_today=True)
    note = CleanTextField(label="修改的理由", rows=3, max_length=2000)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, text in WHEN_AMENDED.items():
            self.fields[name].help_text = text

    def of(self, round_: Any) -> None:
        """Who approved it stays a choice though he has left; a day of finish only where it is finished."""
        approver: Any = self.fields["approved_by"]
        approver.queryset = approver.queryset | User.objects.filter(pk=round_.approved_by_id)
        if round_.finished_on is None:
            del self.fields["finished_on"]


class LinkForm(PageForm):
    below = forms.ModelChoiceField(
        Round.objects.filter(parent=None), label="下级轮次", to_field_name="public_id", empty_label="请选择",
        error_messages={"required": "请选择下级轮次。"},
    )  # fmt: skip
    note = CleanTextField(label="说明", required=False, rows=3, max_length=2000)


class JoinForm(PageForm):
    campaign = forms.ModelChoiceField(
        Campaign.objects.open(), label="专题", to_field_name="public_id", empty_label="请选择",
        error_messages={"required": "请选择专题。"},
    )  # fmt: skip
    note = CleanTextField(label="说明", required=False, rows=3, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["campaign"]
        field.label_from_instance = lambda row: f"{row.name}（{row.period}）"


class PaperForm(PageForm):
    title = CleanLineField(
        label="材料名称",
        required=False,
        max_length=100,
        help_text="例如：工作方案、组长授权决定、进驻通知。不填为文件名。",
    )
    file = UploadField(label="文件")


class FinishForm(PageForm):
    finished_on = DateField(label="结束日期", latest_today=True)
    note = CleanTextField(label="说明", required=False, rows=3, max_length=2000)
