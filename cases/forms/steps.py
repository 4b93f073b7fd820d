"""What is typed about disposition steps: study, plan, participants, approvals from outside, looks at held leads, duties."""

from django import forms

from cases.forms.handling import EMPTY, LONG
from cases.forms.persons import UsersField
from cases.models import DutyKind, SubMethod
from cases.services.disposing import PROPOSABLE
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    OpinionForm,
    PageForm,
)

TAKERS_HELP = "谈话和初步核实须由两人以上进行。"


class ProposeForm(PageForm):
    sections = (
        ("处置意见", ("method", "sub_method", "proposal")),
        ("集体研究", ("discussed_on", "present", "conclusion")),
        ("方案和人员", ("plan", "participants")),
    )

    method = forms.ChoiceField(label="处置方式", choices=[EMPTY, *((m.value, m.label) for m in PROPOSABLE)])
    sub_method = forms.ChoiceField(
        label="谈话函询的具体方式", choices=[("", "（不是谈话函询）"), *SubMethod.choices], required=False
    )
    proposal = CleanTextField(label="处置意见和理由", rows=6)
    discussed_on = DateField(label="集体研究日期", required=False, latest_today=True)
    present = CleanLineField(label="参加研究的人员", required=False, max_length=200)
    conclusion = CleanTextField(label="研究意见", required=False, rows=3, max_length=LONG)
    plan = CleanTextField(
        label="工作方案", required=False, rows=4, max_length=LONG,
        help_text="谈什么、核什么，步骤、时间和安全预案；较长的方案作为材料上传。",
    )  # fmt: skip
    participants = UsersField(
        label="参加人员", required=False, help_text=f"{TAKERS_HELP}现在定不下来的，开始办理时再选。"
    )


class ApproveForm(OpinionForm):
    """What is approved outside the house comes with its document; the page leaves the fields out otherwise."""

    outside_number = CleanLineField(label="批准文号", max_length=60)
    outside_on = DateField(label="批准日期", latest_today=True)
    field_order = ("outside_number", "outside_on", "note")


class StartForm(OpinionForm):
    participants = UsersField(label="参加人员", required=False)
    field_order = ("participants", "note")


class ReviewHoldForm(PageForm):
    note = CleanTextField(
        label="复核情况", rows=3, max_length=LONG, help_text="看了什么，为什么还不具备核查条件。"
    )
    review_on = DateField(label="下次复核日期", earliest_today=True)


class DutyForm(PageForm):
    kind = forms.ChoiceField(label="后续事项", choices=DutyKind.choices)
    done_on = DateField(label="完成日期", latest_today=True)
    text = CleanTextField(label="完成情况", rows=4, max_length=LONG)
