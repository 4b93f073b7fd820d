"""Shape of what people type about talks."""

from typing import Any

from django import forms

from cases.models import Accountability
from inspections.forms.feedback import MomentField
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    NumberField,
    PageForm,
    UnitField,
    UploadField,
    UploadsField,
    UserField,
    formset_of,
)
from povertyaudit.core.models import User
from povertyaudit.talks.models import NextStep, TalkRank
from povertyaudit.talks.workflow import HOSTS
from rectification.models import Escalation, Item

LONG, SHORT = 5000, 2000


class TalkForm(PageForm):
    sections = (
        ("约谈谁", ("unit", "rank")),
        ("为什么", ("reason", "step", "accountability", "note")),
    )

    unit = UnitField(label="单位", help_text="约谈个人的，填他所在的单位。")
    rank = forms.ChoiceField(
        label="职级", choices=TalkRank.choices, help_text="决定由谁约谈；约谈单位的，由主要负责人参加。"
    )
    reason = CleanTextField(
        label="约谈事由", rows=3, max_length=SHORT,
        help_text="约谈对象看得到；不写反映人和没有公开的线索内容。",
    )  # fmt: skip
    step = NumberField(
        Escalation.objects.all(), label="督办编号", help_text="补办督办中已经同意的约谈时填写，其他情况不填。"
    )
    accountability = NumberField(
        Accountability.objects.all(), label="问责编号", help_text="问责方式为约谈的可以关联，不重复计数。"
    )
    note = CleanTextField(label="意见", required=False, rows=2, max_length=SHORT)


class TalkPersonForm(PageForm):
    account = UserField(label="账号", required=False, queryset=User.objects.all())
    name = CleanLineField(label="姓名", required=False, max_length=50, help_text="没有账号的填写姓名。")
    post_text = CleanLineField(label="职务", required=False, max_length=100)
    rank = forms.ChoiceField(
        label="职级", required=False, choices=(("", "与上面的职级相同"), *TalkRank.choices)
    )


class TalkUnitForm(PageForm):
    unit = UnitField(label="单位")


class PeopleForm(PageForm):
    """Who talks and who records: out of those who may."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("talker", "recorder"):
            field: Any = self.fields[name]
            field.queryset = field.queryset.holding(HOSTS)


class IssueForm(PeopleForm):
    sections = (
        ("通知", ("talk_at", "place", "matters")),
        ("人员", ("talker", "recorder", "attendees", "note")),
    )

    talk_at = MomentField(label="约谈时间")
    place = CleanLineField(label="约谈地点", max_length=100)
    matters = CleanTextField(
        label="约谈事项", rows=4, max_length=SHORT, help_text="需要准备说明的问题和材料。"
    )
    talker = UserField(label="约谈人", queryset=User.objects.all())
    recorder = UserField(label="记录人", queryset=User.objects.all())
    attendees = CleanLineField(label="参加人员", required=False, max_length=200)
    note = CleanTextField(label="意见", required=False, rows=2, max_length=SHORT)


class PostponeForm(PeopleForm):
    talk_at = MomentField(label="新的约谈时间")
    place = CleanLineField(label="新的地点", required=False, max_length=100, help_text="不填为原地点。")
    talker = UserField(
        label="改由谁约谈", required=False, queryset=User.objects.all(), help_text="不填为原约谈人。"
    )
    recorder = UserField(
        label="改由谁记录", required=False, queryset=User.objects.all(), help_text="不填为原记录人。"
    )
    note = CleanTextField(label="理由", rows=2, max_length=SHORT)


class ReceiptForm(PageForm):
    file = UploadField(label="送达回证", help_text="有签收人签字的照片或者扫描件。")
    note = CleanTextField(label="说明", required=False, rows=2, max_length=SHORT)


class MinutesForm(PageForm):
    sections = (
        ("约谈", ("held_on", "questions", "statement", "papers")),
        ("承诺", ("promise", "measure", "promise_due_on", "follow_up_on", "note")),
    )

    held_on = DateField(label="约谈日期", latest_today=True)
    questions = CleanTextField(label="约谈提出的问题", rows=4, max_length=LONG)
    statement = CleanTextField(label="约谈对象说明", required=False, rows=4, max_length=LONG)
    papers = UploadsField(label="附件", required=False)
    promise = CleanTextField(label="承诺", rows=3, max_length=SHORT)
    measure = CleanTextField(label="整改措施", rows=3, max_length=SHORT)
    promise_due_on = DateField(label="承诺时限")
    follow_up_on = DateField(
        label="跟踪日期", required=False, help_text="不填按期限规则“约谈承诺跟踪”，从承诺时限起算。"
    )
    note = CleanTextField(label="说明", required=False, rows=2, max_length=SHORT)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        return said | {"files": said.pop("papers", [])}


class RewriteForm(MinutesForm):
    note = CleanTextField(
        label="更正理由", rows=2, max_length=SHORT, help_text="更正以后原来的签署失效，重新签署。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["held_on"]


class PaperForm(PageForm):
    how = forms.ChoiceField(label="签字情况", choices=(("paper", "纸面签字"), ("refused", "拒绝签字")))
    papers = UploadsField(label="扫描件", required=False, help_text="纸面签字的必传。")
    note = CleanTextField(
        label="说明", required=False, rows=2, max_length=SHORT, help_text="拒绝签字的，写明经过和在场的人。"
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        return said | {"files": said.pop("papers", [])}


class AnswerForm(PageForm):
    """One box and photos: it is filled in on a phone."""

    text = CleanTextField(
        label="承诺落实情况", rows=5, max_length=LONG, help_text="逐条写明做了什么、什么时候做到的。"
    )
    papers = UploadsField(label="照片和材料", required=False, help_text="可以不附，可以一次选几个。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].widget.attrs["data-small"] = ""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        return said | {"files": said.pop("papers", [])}


class FollowUpForm(PageForm):
    outcome = forms.ChoiceField(
        label="承诺是否落实", choices=(("", "请选择"), ("kept", "已落实"), ("not_kept", "未落实"))
    )
    followed_on = DateField(label="跟踪日期", latest_today=True)
    finding = CleanTextField(label="跟踪核实情况", rows=4, max_length=LONG)
    next_step = forms.ChoiceField(
        label="后续办理", required=False, choices=(("", "已落实的不填"), *NextStep.choices)
    )
    item = NumberField(
        Item.objects.not_voided(),
        label="整改事项编号",
        help_text="后续办理为整改事项的填写：已经重新打开或者另立的事项。",
    )
    note = CleanTextField(label="意见", required=False, rows=2, max_length=SHORT)


class LinkForm(PageForm):
    accountability = NumberField(Accountability.objects.all(), label="问责编号", required=True)
    note = CleanTextField(label="说明", required=False, rows=2, max_length=SHORT)


PersonFormSet = formset_of(TalkPersonForm, "约谈的个人（约谈单位的不填）", row_word="人", extra=1)
UnitFormSet = formset_of(TalkUnitForm, "集体约谈的其他单位（没有的不填）", row_word="个单位", extra=1)
