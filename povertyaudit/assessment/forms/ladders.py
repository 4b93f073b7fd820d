"""Shape of what people type about ladders and measures."""

from typing import Any

from django import forms

from povertyaudit.assessment.forms.assessments import LONG, whole
from povertyaudit.assessment.models import Addressed, AssessmentScheme, Joined, MeasureKind
from povertyaudit.assessment.models.ladders import MOST_TIMES
from povertyaudit.core.forms import CleanCodeField, CleanLineField, CleanTextField, DateField, PageForm
from povertyaudit.core.models import Role


class LadderForm(PageForm):
    sections = (
        ("规则", ("name", "code", "scheme_code")),
        ("条件", ("below", "last_places", "joined", "missed", "times")),
        ("建议", ("proposal", "addressed", "decider")),
        ("施行", ("valid_from", "anchor", "note")),
    )

    name = CleanLineField(label="规则名称", max_length=50)
    code = CleanCodeField(label="代码", max_length=30, help_text="填现有规则的代码，就是修改那条规则。")
    scheme_code = forms.ChoiceField(label="考核办法", choices=())
    below = whole("得分低于", 120, least=1, required=False)
    last_places = whole("排名后几名", 50, least=1, required=False)
    joined = forms.ChoiceField(label="两个条件", choices=Joined.choices, help_text="只填一个条件的不用管。")
    missed = forms.BooleanField(label="年度任务未完成", required=False)
    times = whole("连续几期", MOST_TIMES, least=1, initial=1)
    proposal = forms.ChoiceField(label="建议", choices=MeasureKind.choices)
    addressed = forms.ChoiceField(label="对象", choices=Addressed.choices)
    decider = forms.ChoiceField(
        label="由谁决定", choices=((Role.DEPUTY, "分管领导"), (Role.SECRETARY, "主要负责人"))
    )
    valid_from = DateField(
        label="自哪一天起", earliest_today=True, help_text="自这一天起签发的考核按此提出。"
    )
    anchor = CleanLineField(label="依据", max_length=200, required=False)
    note = CleanTextField(label="理由", rows=2, max_length=LONG, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["scheme_code"]
        field.choices = AssessmentScheme.objects.codes()


class OtherForm(PageForm):
    kind = forms.ChoiceField(label="决定", choices=MeasureKind.choices)
    addressed = forms.ChoiceField(label="对象", choices=Addressed.choices)
    note = CleanTextField(label="理由", rows=3, max_length=LONG)


class OutcomeForm(PageForm):
    outcome = CleanTextField(
        label="结果", rows=4, max_length=LONG,
        help_text="检查是否交来、约谈的情况；组织调整建议写组织部门的决定和文号。",
    )  # fmt: skip
    outcome_on = DateField(label="结果日期", latest_today=True)
