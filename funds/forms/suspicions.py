"""Shape of what people type about match lists and suspicions."""

from typing import Any

from django import forms

from cases.models import Category, SubjectKind
from funds.models import Excuse, Fix, MatchTerm, Misuse
from funds.suspicion_querysets import VISITING
from inspections.forms.visits import degrees
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    NumberField,
    PageForm,
    UnitField,
    UploadField,
    UploadsField,
    UserField,
)
from povertyaudit.core.models import Unit, User

LONG = 1000


def count(label: str, **more: Any) -> forms.IntegerField:
    words = {"invalid": "请填写整数。", "min_value": "请填写 0 或正整数。", "max_value": "数目过大，请核对。"}
    return forms.IntegerField(
        label=label, min_value=0, max_value=100_000_000, error_messages=words, **more,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
    )  # fmt: skip


def terms(label: str, **more: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label, queryset=MatchTerm.objects.none(), empty_label="请选择", **more
    )


class HeadForm(PageForm):
    """By what a list was made."""

    platform = CleanLineField(label="来源平台", max_length=60, help_text="例如：市大数据监督平台。")
    rule = terms("比对规则")
    source = terms("源数据", help_text="享受政策的名册。")
    compared = terms("比对数据", help_text="与哪一项数据比对。")
    as_of = DateField(label="数据截止日期", latest_today=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("rule", "source", "compared"):
            self.fields[name].queryset = MatchTerm.objects.on().filter(kind=name)  # type: ignore[attr-defined]


HEAD = ("比对", ("platform", "rule", "source", "compared", "as_of"))


class MatchListForm(HeadForm):
    sections = (HEAD, ("清单", ("file",)))

    file = UploadField(
        label="清单文件", accept=".xlsx,.csv",
        help_text="xlsx 或 CSV，最多 50000 行；列名：姓名、身份证号、村、享受待遇、金额、比对情况。身份证号一列请设为文本。",
    )  # fmt: skip


class ReportForm(PageForm):
    reported_rows = count("上报疑点数")
    reported_filed = count("上报立案数")
    reported_handled = count("上报组织处理数")
    reported_fen = MoneyField(label="上报追缴金额（元）")
    note = CleanTextField(
        label="依据", rows=2, max_length=LONG, required=False, help_text="哪份报告、哪一页。"
    )


class ReportedForm(ReportForm, HeadForm):
    sections = (
        HEAD,
        ("上报数", ("reported_rows", "reported_filed", "reported_handled", "reported_fen", "note")),
    )


class SentForm(PageForm):
    """Who goes to the house."""

    responsible_unit = UnitField(
        label="入户单位", queryset=Unit.objects.answering(), required=False, help_text="不填为村所在的乡镇。"
    )
    assigned_to = UserField(
        label="核查人", required=False, empty_label="由单位确定", help_text="须在入户单位任职。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assigned_to"]
        field.queryset = field.queryset.filter(pk__in=User.objects.holding(VISITING).values("pk"))


class DeskForm(SentForm):
    desk_text = CleanTextField(
        label="案头核查情况", rows=3, max_length=LONG,
        help_text="查了哪些资料，是什么情况，入户要看什么。不写身份证号。",
    )  # fmt: skip
    field_order = ("desk_text", "responsible_unit", "assigned_to")


class HouseForm(PageForm):
    sections = (
        ("入户", ("visited_on", "visitor", "visitor2")),
        ("看到什么", ("finding", "photos")),
        ("位置", ("place_text", "latitude", "longitude")),
    )

    visited_on = DateField(label="入户日期", latest_today=True)
    visitor = CleanLineField(label="核查人", max_length=60)
    visitor2 = CleanLineField(label="另一名核查人", max_length=60, help_text="入户核查须有两人。")
    finding = CleanTextField(
        label="核查情况", rows=5, max_length=5000, help_text="看到什么、问了谁、有什么凭据。不写身份证号。"
    )
    photos = UploadsField(label="照片", required=False, help_text="房屋、车辆、凭证等，最多 20 张。")
    place_text = CleanLineField(label="具体地点", required=False, max_length=200, help_text="例如：三组。")
    latitude = degrees("纬度", 90)
    longitude = degrees("经度", 180)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].widget.attrs.update({"accept": "image/*", "capture": "environment"})


class ClearForm(PageForm):
    excuse = forms.ModelChoiceField(
        label="排除理由", queryset=Excuse.objects.none(), empty_label="请选择",
        help_text="标明“须入户”的，入户核查后才能用。",
    )  # fmt: skip
    decision = CleanTextField(label="说明", rows=3, max_length=LONG, help_text="凭什么资料排除。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["excuse"]
        field.queryset = Excuse.objects.on()
        field.label_from_instance = lambda one: one.name if one.waives_visit else f"{one.name}（须入户）"


class CorrectForm(PageForm):
    fix = forms.ChoiceField(label="纠正方式", choices=(("", "请选择"), *Fix.choices))
    fix_fen = MoneyField(label="金额（元）", required=False, help_text="退款的必填。")
    misuse = NumberField(
        Misuse.objects.standing(), label="违规使用资金", help_text="已登记违规资金的，填编号。"
    )
    decision = CleanTextField(label="说明", rows=3, max_length=LONG)


class HandOnForm(PageForm):
    category = forms.ModelChoiceField(
        label="问题类别", queryset=Category.objects.none(), empty_label="请选择"
    )
    subject_kind = forms.ChoiceField(
        label="本人身份", choices=SubjectKind.choices, initial=SubjectKind.UNKNOWN
    )
    decision = CleanTextField(
        label="反映的主要问题", rows=5, max_length=LONG,
        help_text="写进线索，入户单位看不到。不写身份证号：号码由系统带入。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["category"]
        field.queryset = Category.objects.on().filter(axis="corruption")


class PaperForm(PageForm):
    file = UploadField(label="文件", help_text="照片、PDF、docx、xlsx。")
    title = CleanLineField(label="名称", required=False, max_length=100)


class RevealNumberForm(PageForm):
    reason = CleanLineField(label="查看事由", max_length=200, help_text="例如：入户时核对本人身份。")
