"""What is sent about allocations and projects. Money is in 分."""

from typing import Any

from rest_framework import serializers

from funds.models import Allocation, FundKind, FundLevel, ProjectDouble, ProjectKind
from funds.models.doubles import DoubleAnswer
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    MoneyField,
    NumberField,
    ProseField,
    RegionField,
    ScopedRelatedField,
    TermField,
    UnitField,
)
from povertyaudit.core.api.serializers import NoteShape, Shape

CHECKED = "金额与同类相差很大而确实无误时填 true"


class AllocationField(ScopedRelatedField):
    """An allocation by its id, its number or its 文号."""

    also_by = ("paper_no",)


class AllocationShape(NoteShape):
    title = LineField(max_length=100, help_text="文件名称")
    paper_no = CodeField(max_length=60, help_text="文号")
    level = serializers.ChoiceField(choices=FundLevel.choices, help_text="资金级别")
    fund_kind = TermField(queryset=FundKind.objects.all(), help_text="资金种类代码")
    year = NumberField(required=False, min_value=2000, max_value=2100, help_text="预算年度")
    amount_fen = MoneyField(min_value=1, help_text="下达金额（分）")
    sum_checked = serializers.BooleanField(required=False, help_text=CHECKED)
    issued_on = DayField(help_text="下达日期")
    received_on = DayField(required=False, help_text="收到日期，不填为今天")


class ProjectShape(NoteShape):
    title = LineField(max_length=100, help_text="项目名称")
    kind = TermField(queryset=ProjectKind.objects.all(), help_text="项目类别代码")
    year = NumberField(min_value=2000, max_value=2100, help_text="计划年度")
    region = RegionField(help_text="建设地点的 12 位代码")
    place = LineField(required=False, allow_blank=True, max_length=100, help_text="具体地点")
    content = ProseField(max_length=2000, help_text="建设内容和规模")
    targets = ProseField(required=False, allow_blank=True, max_length=2000, help_text="绩效目标")
    responsible_unit = UnitField(help_text="实施单位")
    sector_unit = UnitField(help_text="主管部门")
    planned_fen = MoneyField(min_value=1, help_text="计划投资（分）")
    sum_checked = serializers.BooleanField(required=False, help_text=CHECKED)
    plan_start = DayField(help_text="计划开工日期")
    plan_end = DayField(help_text="计划完工日期")
    households = NumberField(required=False, help_text="受益户数")
    persons = NumberField(required=False, help_text="受益人数")
    poor_households = NumberField(required=False, help_text="其中贫困户数")
    poor_persons = NumberField(required=False, help_text="其中贫困人数")


class AmendProjectShape(ProjectShape):
    """As entered; what is left out stays as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class SurveyShape(NoteShape):
    survey = ProseField(max_length=2000, help_text="勘察论证意见")
    surveyed_on = DayField(required=False, help_text="实地勘察日期，不填为今天")


class DoubleShape(NoteShape):
    double = ScopedRelatedField(queryset=ProjectDouble.objects.all(), help_text="答复哪一个疑似重复的项目")
    decision = serializers.ChoiceField(choices=DoubleAnswer.choices, help_text="结论")
    answer = ProseField(max_length=500, help_text="理由")


class FundingLineShape(Shape):
    allocation = AllocationField(queryset=Allocation.objects.all(), help_text="下达文件的标识、编号或者文号")
    amount_fen = MoneyField(min_value=1, help_text="安排金额（分）")


class LinesShape(NoteShape):
    lines = serializers.ListField(
        child=FundingLineShape(), allow_empty=False, max_length=20, help_text="资金来源"
    )


class ApprovalShape(LinesShape):
    reviewed_on = DayField(required=False, help_text="会审日期，不填为今天")
    review_text = ProseField(max_length=2000, help_text="会审意见")
    approval_no = CodeField(max_length=60, help_text="批复文号")
    approved_on = DayField(required=False, help_text="批复日期，不填为今天")
    approved_fen = MoneyField(min_value=1, help_text="批复金额（分），等于资金来源合计")


class ProjectChangeShape(Shape):
    planned_fen = MoneyField(min_value=1, help_text="变更后的计划投资（分）")
    content = ProseField(
        required=False, allow_blank=True, max_length=2000, help_text="变更后的建设内容，不填为不变"
    )
    note = ProseField(max_length=2000, help_text="变更理由")


class AwardShape(NoteShape):
    contractor = LineField(max_length=100, help_text="施工（供货）单位")
    tender_fen = MoneyField(required=False, min_value=1, help_text="中标金额（分），不需要招标的不填")
    contract_no = CodeField(max_length=60, help_text="合同编号")
    contract_on = DayField(required=False, help_text="合同日期，不填为今天")
    contract_fen = MoneyField(min_value=1, help_text="合同金额（分）")
    retention_fen = MoneyField(required=False, help_text="质保金（分）")


class ProjectStartShape(NoteShape):
    started_on = DayField(required=False, help_text="开工日期，不填为今天")


class ProgressReportShape(NoteShape):
    reported_on = DayField(required=False, help_text="截至日期，不填为今天")
    percent = NumberField(min_value=0, max_value=100, help_text="形象进度（%）")
    text = ProseField(max_length=500, help_text="完成情况")
    problem = ProseField(
        required=False, allow_blank=True, max_length=500, help_text="存在问题；比上一次少的须写明"
    )


class CompleteShape(NoteShape):
    completed_on = DayField(required=False, help_text="完工日期，不填为今天")


class PublishShape(NoteShape):
    published_on = DayField(required=False, help_text="竣工公示日期，不填为今天")


class AcceptShape(NoteShape):
    accepted_on = DayField(required=False, help_text="验收日期，不填为今天")
    accepted_text = ProseField(max_length=2000, help_text="实际完成的工程量")
    settled_fen = MoneyField(min_value=1, help_text="审定金额（分）")
    asset_no = CodeField(required=False, allow_blank=True, max_length=60, help_text="资产登记号")
