"""Shape of what people type about assessments."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from povertyaudit.assessment.counting import choices as measures
from povertyaudit.assessment.forms.fields import PointsField, UnitsField
from povertyaudit.assessment.models import Adjustment, AssessmentScheme, Judged, ScoreLine, Way
from povertyaudit.assessment.services.deciding import FIRST_DAY, LAST_DAY
from povertyaudit.assessment.services.scoring import Grid, cell
from povertyaudit.assessment.spans import PeriodKind
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    RegionField,
    formset_of,
)

LONG = 2000
WHOLE = {
    "invalid": "请填写整数。",
    "min_value": "不能小于 %(limit_value)s。",
    "max_value": "不能大于 %(limit_value)s。",
}


def whole(label: str, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=more.pop("least", 0), max_value=most, error_messages=WHOLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}), **more,
    )  # fmt: skip


class SchemeForm(PageForm):
    sections = (
        ("办法", ("name", "code", "region", "judged", "period", "adjust_most")),
        ("施行", ("valid_from", "anchor", "note")),
    )

    name = CleanLineField(label="办法名称", max_length=50)
    code = CleanCodeField(
        label="代码", max_length=30, help_text="英文字母、数字和下划线。填现有办法的代码，就是修改那个办法。"
    )
    region = RegionField(label="适用地区")
    judged = forms.ChoiceField(label="考核对象", choices=Judged.choices)
    period = forms.ChoiceField(label="考核周期", choices=PeriodKind.choices)
    adjust_most = whole("加减分合计不超过", 20, initial=5, help_text="没有加减分的填 0。")
    valid_from = DateField(
        label="自哪一天起", earliest_today=True, help_text="考核期最后一天施行的办法为准。"
    )
    anchor = CleanLineField(label="依据", max_length=200, required=False)
    note = CleanTextField(label="理由", rows=2, max_length=LONG, required=False)


class IndicatorForm(PageForm):
    name = CleanLineField(label="指标", max_length=50)
    code = CleanCodeField(label="代码", max_length=30)
    weight = whole("权重", 100, least=1, help_text="各项合计 100。")
    way = forms.ChoiceField(label="得分方式", choices=Way.choices)
    measure = forms.ChoiceField(
        label="计数口径",
        choices=[("", "不计数"), *measures()],
        required=False,
        help_text="按台账计数的选一项。",
    )
    full_at = whole(
        "得满分的数", 1_000_000, required=False, help_text="比例填百分数，例如 95；件数填件数，例如 0。"
    )
    zero_at = whole("得 0 分的数", 1_000_000, required=False, help_text="两个数之间按比例计分。")
    per_case = PointsField(label="或者每件扣几分", required=False)
    scorers = UnitsField(
        label="评分单位", required=False, help_text="由指定单位评分的填，几个单位之间用顿号。"
    )


class OpenForm(PageForm):
    scheme = forms.ModelChoiceField(
        AssessmentScheme.objects.all(), label="考核办法", to_field_name="public_id", empty_label="请选择"
    )
    day = DateField(label="考核哪一期", help_text="填这一期里的任何一天；这一期结束以后才能启动。")
    note = CleanTextField(label="说明", rows=2, max_length=LONG, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scheme: Any = self.fields["scheme"]
        scheme.queryset = AssessmentScheme.objects.on()


class DecideSchemeForm(PageForm):
    which = forms.ChoiceField(
        label="以哪个办法为准",
        choices=((LAST_DAY, "本期最后一天施行的办法"), (FIRST_DAY, "本期第一天施行的办法")),
    )
    note = CleanTextField(label="理由", rows=3, max_length=LONG, help_text="写进考核，被考核单位看得到。")


class AdjustForm(PageForm):
    kind = forms.ChoiceField(label="种类", choices=Adjustment.Kind.choices)
    points = PointsField(
        label="分值", required=False, max_value=20, help_text="一票否决、年度任务未完成的不填。"
    )
    reason = CleanLineField(
        label="事由", max_length=500, help_text="依据哪份文件、哪件事。公布后被考核单位看得到。"
    )


class WithdrawForm(PageForm):
    adjustment = forms.ModelChoiceField(
        Adjustment.objects.all(), label="撤销哪一条", to_field_name="public_id", empty_label="请选择"
    )
    note = CleanTextField(label="理由", rows=2, max_length=LONG)


class CorrectForm(PageForm):
    line = forms.ModelChoiceField(
        ScoreLine.objects.all(), label="指标", to_field_name="public_id", empty_label="请选择"
    )
    points = PointsField(label="应得分")
    note = CleanTextField(
        label="理由", rows=3, max_length=500, help_text="更正列在签发的得分旁边，签发的得分和名次不变。"
    )


class ScoreForm(PageForm):
    """The grid: a field for each unit and indicator, drawn as a table by the template of the page."""

    def __init__(
        self, *args: Any, asked: Grid, given: Mapping[tuple[int, str], Decimal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for sheet, one in asked.cells():
            field = PointsField(label=f"{sheet.unit.name} {one.name}", required=False)
            field.initial = given.get((sheet.pk, one.code))
            field.widget.attrs.update({"aria-label": field.label, "class": "grid-points"})
            self.fields[cell(sheet.unit, one.code)] = field

    def grouped(self) -> list[tuple[str, list[Any]]]:
        """None: the template draws the table."""
        return []

    def lines(self) -> list[tuple[Any, list[tuple[str, Any]]]]:
        """(unit, [(indicator, bound field)])."""
        return [
            (sheet.unit, [(one.name, self[cell(sheet.unit, one.code)]) for one in self.asked.indicators])
            for sheet in self.asked.sheets
        ]

    def scores(self) -> list[dict[str, Any]]:
        """What the service takes."""
        return [
            {
                "unit": sheet.unit,
                "indicator": one.code,
                "points": self.cleaned_data.get(cell(sheet.unit, one.code)),
            }
            for sheet, one in self.asked.cells()
        ]


IndicatorFormSet = formset_of(IndicatorForm, "指标", row_word="项指标", extra=2, least=1)
