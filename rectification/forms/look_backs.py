"""Shape of what people type about look-backs."""

from typing import Any

from django import forms

from inspections.forms.visits import degrees
from inspections.models import Campaign, Round
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    PageForm,
    RegionField,
    UnitField,
    UploadField,
    UploadsField,
    UserField,
    formset_of,
)
from povertyaudit.core.models import User
from rectification.look_back_querysets import CHECKERS, LEADERS
from rectification.models import LookBackAnswer, LookBackOrigin, LookBackPool
from rectification.models.look_backs import MOST_CHECKS

LONG = 500
WHOLE = {
    "invalid": "请填写整数。", "min_value": "请填写 0 或正整数。", "max_value": f"一次最多抽查 {MOST_CHECKS} 件。",
}  # fmt: skip
RESULTS = (("confirmed", "整改到位"), ("relapsed", "反弹"))


class LookBackForm(PageForm):
    sections = (
        ("计划", ("title", "region", "basis", "starts_on", "ends_on")),
        ("范围", ("origin", "round", "campaign", "period_from", "period_to", "pool")),
        ("抽取", ("random_size", "above_fen", "repeat_units", "seed")),
        ("批准", ("approver", "note")),
    )

    title = CleanLineField(
        label="计划名称",
        max_length=100,
        help_text="办结前只有拟定单位和批准人能看到，核查人只看到自己的核查。",
    )
    region = RegionField(label="地区")
    basis = CleanLineField(label="依据", required=False, max_length=200, help_text="哪份文件、哪次会议。")
    starts_on = DateField(label="开始日期")
    ends_on = DateField(label="截止日期")
    origin = forms.ChoiceField(label="范围", choices=LookBackOrigin.choices)
    round = forms.ModelChoiceField(
        Round.objects.all(),
        label="巡察轮次",
        required=False,
        empty_label="不按轮次",
        to_field_name="public_id",
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.all(), label="专项行动", required=False, empty_label="不按专项行动", to_field_name="public_id",
    )  # fmt: skip
    period_from = DateField(label="销号、退还不早于", required=False)
    period_to = DateField(label="销号、退还不晚于", required=False)
    pool = forms.ChoiceField(label="抽查什么", choices=LookBackPool.choices)
    random_size = forms.IntegerField(
        label="随机抽取数量", min_value=0, max_value=MOST_CHECKS, error_messages=WHOLE, initial=0,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
        help_text="在没有按金额、单位列入的里面抽取；不随机抽取的填 0。",
    )  # fmt: skip
    above_fen = MoneyField(
        label="金额不低于（元）的全部抽查", required=False, help_text="不按金额抽查的不填。"
    )
    repeat_units = forms.BooleanField(label="有过反弹的单位全部抽查", required=False)
    seed = CleanCodeField(
        label="种子", required=False, max_length=40,
        help_text="不填由系统随机产生；同一名单、同一种子，抽取结果相同。",
    )  # fmt: skip
    approver = UserField(label="批准人", queryset=User.objects.all())
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        approver: Any = self.fields["approver"]
        approver.queryset = approver.queryset.holding(LEADERS)


class LookBackUnitForm(PageForm):
    unit = UnitField(label="单位")


class AssignForm(PageForm):
    checker = UserField(
        label="核查人", queryset=User.objects.all(),
        help_text="没有经手过这件事项、与责任单位没有关系、不须回避的人员。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checker: Any = self.fields["checker"]
        checker.queryset = checker.queryset.holding(CHECKERS)


class AnswerForm(PageForm):
    role = forms.ChoiceField(label="受访人身份", choices=LookBackAnswer.Role.choices)
    surname = CleanLineField(label="姓氏", max_length=2, help_text="只填姓，不填名字。")
    paid = forms.ChoiceField(label="钱退了没有", choices=LookBackAnswer.Paid.choices)
    paid_on = DateField(label="什么时候退的", required=False, latest_today=True)
    paid_by = CleanLineField(label="谁退的、怎么退的", required=False, max_length=100)
    amount_fen = MoneyField(label="退了多少（元）", required=False)
    said = CleanLineField(label="还说了什么", required=False, max_length=LONG)


class ResultForm(PageForm):
    """On a phone at the door."""

    sections = (
        ("核查", ("visited_on", "finding", "photos")),
        ("结果", ("result", "reason")),
        ("位置", ("place_text", "latitude", "longitude")),
    )

    visited_on = DateField(label="核查日期", latest_today=True)
    finding = CleanTextField(
        label="核查情况",
        rows=5,
        max_length=5000,
        help_text="看到什么、有什么凭据。不写群众姓名、身份证号和电话。",
    )
    photos = UploadsField(label="照片", required=False, help_text="现场、收据等，最多 20 张。")
    result = forms.ChoiceField(label="结果", choices=(("", "请选择"), *RESULTS))
    reason = CleanTextField(
        label="反弹情况",
        rows=3,
        max_length=LONG,
        required=False,
        help_text="结果为反弹的必填，会告知责任单位。",
    )
    place_text = CleanLineField(label="具体地点", required=False, max_length=200, help_text="例如：三组。")
    latitude = degrees("纬度", 90)
    longitude = degrees("经度", 180)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].widget.attrs.update({"accept": "image/*", "capture": "environment"})


class ReopenForm(PageForm):
    due_on = DateField(label="新的整改时限", earliest_today=True)
    note = CleanTextField(
        label="理由", rows=3, max_length=LONG, help_text="写进原事项的销号记录，责任单位看得到。"
    )


class NewItemForm(PageForm):
    problem = CleanTextField(label="具体问题", rows=4, max_length=5000)
    lead_unit = UnitField(label="牵头单位", required=False, help_text="不填与原事项相同；退还款项的必填。")
    due_on = DateField(label="整改时限", required=False, earliest_today=True, help_text="不填的下发时填写。")
    note = CleanTextField(label="说明", rows=2, max_length=LONG, required=False)


class MaterialForm(PageForm):
    file = UploadField(label="文件", help_text="照片、PDF、docx、xlsx。")
    title = CleanLineField(label="名称", required=False, max_length=100)


UnitFormSet = formset_of(LookBackUnitForm, "指定抽查单位", row_word="个单位", extra=1)
AnswerFormSet = formset_of(AnswerForm, "询问当事人", row_word="名受访人", extra=0, least=1)
