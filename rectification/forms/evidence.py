"""Shape of what people type about 佐证材料: uploads, pairs, later versions, and what the lists ask for."""

from typing import Any

from django import forms

from funds.models import MisuseKind
from inspections.models import InspectionTerm
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    UploadField,
    UploadsField,
)
from rectification.forms.fields import (
    PAPERS,
    BeforeChoice,
    EvidenceChoice,
    KindField,
    MeasureChoice,
    kinds,
)
from rectification.models import Evidence, EvidenceKind, NeedLevel, Source
from rectification.models.evidence import PAIR

SPOT = "照片请写明拍摄位置，例如：村口水池东侧。"


class EvidenceForm(PageForm):
    measure = MeasureChoice(
        label="对应措施", required=False, empty_label="整个事项", widget=forms.RadioSelect
    )
    kind = KindField()
    before = BeforeChoice()
    papers = UploadsField(label="文件", accept=PAPERS, help_text="图片、PDF、docx、xlsx，可以一次选几个。")
    caption = CleanLineField(label="说明", max_length=200, required=False, help_text=SPOT)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        return said | {"files": said.pop("papers", [])}


class PairForm(PageForm):
    evidence = EvidenceChoice(
        label="整改后照片",
        queryset=Evidence.objects.filter(kind=EvidenceKind.PHOTO_AFTER),
        empty_label="请选择",
    )
    before = BeforeChoice(help_text="两张照片并排对比；选“不对应”的，不再是一对。")
    note = CleanTextField(label="说明", rows=2, max_length=2000, required=False)


class ReplaceEvidenceForm(PageForm):
    evidence = EvidenceChoice(label="更换哪一份", empty_label="请选择")
    file = UploadField(label="新版本", accept=PAPERS, help_text="原来的版本保留，仍可查看。")
    note = CleanTextField(label="更换的理由", rows=2, max_length=2000)


class RemoveEvidenceForm(PageForm):
    evidence = EvidenceChoice(label="撤下哪一份", empty_label="请选择")
    note = CleanTextField(label="理由", rows=2, max_length=2000)


def _about() -> list[Any]:
    """What a need may concern, in groups: `<axis>:<code>`."""
    classes = InspectionTerm.objects.on().filter(axis=InspectionTerm.Axis.PROBLEM_CLASS)
    money = [("misuse:", "关联违规资金的事项"), *_coded("misuse", MisuseKind.objects.on())]
    return [
        ("all:", "全部事项"),
        ("问题大类", _coded("class", classes)),
        ("问题来源", [(f"source:{code}", label) for code, label in Source.choices]),
        ("违规问题类型（关联的违规资金）", money),
    ]


def _coded(axis: str, terms: Any) -> list[tuple[str, str]]:
    return [(f"{axis}:{code}", name) for code, name in terms.values_list("code", "name")]


def _asked() -> list[tuple[str, str]]:
    return [(PAIR, "整改前后同一角度对比照片"), *kinds()]


class NeedForm(PageForm):
    """提出新增 a line of 佐证材料清单."""

    about = forms.ChoiceField(label="适用于", choices=_about)
    kind = forms.ChoiceField(label="要有的材料", choices=_asked)
    level = forms.ChoiceField(
        label="要求", choices=[pair for pair in NeedLevel.choices if pair[0] != NeedLevel.NONE]
    )
    anchor = CleanLineField(label="依据", max_length=200, required=False)
    valid_from = DateField(
        label="自哪一天起",
        earliest_today=True,
        help_text="自这一天起申请销号的按此办理；已经签署的不受影响。",
    )
    note = CleanTextField(label="理由", rows=3, max_length=2000, required=False)
