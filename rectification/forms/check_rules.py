"""提出新增 a requirement of 复核和公示."""

from typing import Any

from django import forms

from inspections.models import InspectionTerm
from povertyaudit.core.forms import CleanLineField, CleanTextField, DateField, PageForm
from rectification.models import CheckKind, CheckLevel, Source
from rectification.services.check_rules import open_rounds


class CheckRuleForm(PageForm):
    about = forms.ChoiceField(label="适用于", choices=())
    kind = forms.ChoiceField(label="要求什么", choices=CheckKind.choices)
    level = forms.ChoiceField(
        label="要求", choices=[pair for pair in CheckLevel.choices if pair[0] != CheckLevel.NONE],
        help_text="复核方式选“必须有”，公示选天数。",
    )  # fmt: skip
    anchor = CleanLineField(label="依据", max_length=200, required=False)
    valid_from = DateField(
        label="自哪一天起",
        earliest_today=True,
        help_text="自这一天起复核的按此办理；已经复核的不受影响。",
    )
    note = CleanTextField(label="理由", rows=3, max_length=2000, required=False)

    def offer(self, user: Any) -> None:
        """What a rule may be about, in groups: `<axis>:<code>`; rounds are those the user may name."""
        classes = InspectionTerm.objects.on().filter(axis=InspectionTerm.Axis.PROBLEM_CLASS)
        rounds = open_rounds(user).order_by("-pk").values_list("public_id", "name")
        field: Any = self.fields["about"]
        field.choices = [
            ("all:", "全部事项"),
            ("问题来源", [(f"source:{code}", label) for code, label in Source.choices]),
            ("问题大类", [(f"class:{code}", name) for code, name in classes.values_list("code", "name")]),
            ("巡察轮次", [(f"round:{code}", name) for code, name in rounds]),
        ]
