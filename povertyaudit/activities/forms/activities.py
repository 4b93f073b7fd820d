"""Shape of what people type about activities: on a phone the first lines are enough."""

from typing import Any

from django import forms

from inspections.models import Campaign, Round
from povertyaudit.activities.models import (
    MOST,
    MOST_SESSIONS,
    ActivityKind,
    ActivityLevel,
    Category,
    Participant,
    Presence,
)
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    NumberField,
    PageForm,
    UnitField,
    UploadsField,
    formset_of,
)
from povertyaudit.core.models import User
from rectification.models import Item

LONG = 500


def count(label: str, *, least: int = 0, most: int = MOST, **more: Any) -> forms.IntegerField:
    words = {
        "invalid": "请填写整数。", "min_value": "请填写正整数。" if least else "请填写 0 或正整数。",
        "max_value": "数目过大，请核对。",
    }  # fmt: skip
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, error_messages=words, **more,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": least}),
    )  # fmt: skip


class FactsForm(PageForm):
    """What every activity says."""

    kind = forms.ModelChoiceField(label="类别", queryset=ActivityKind.objects.none(), empty_label="请选择")
    title = CleanLineField(label="名称", max_length=100, help_text="例如：乡镇领导和驻村干部业务培训。")
    starts_on = DateField(label="日期", help_text="几天的填开始的一天。")
    ends_on = DateField(label="结束日期", required=False, help_text="当天结束的不填。")
    starts_at = forms.TimeField(
        label="开始时间", required=False, error_messages={"invalid": "请填写时间，例如 09:00。"},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )  # fmt: skip
    place = CleanLineField(label="地点", required=False, max_length=100)
    host = CleanLineField(label="主持人、主讲人", required=False, max_length=100)
    topics = CleanTextField(label="主要内容", required=False, rows=3, max_length=5000)
    sessions = count("场次", least=1, most=MOST_SESSIONS, initial=1, help_text="同样内容举办几场的填几。")
    level = forms.ChoiceField(
        label="级别", choices=(("", "按举办单位"), *ActivityLevel.choices), required=False
    )
    cost_fen = MoneyField(label="经费（元）", required=False)
    campaign = forms.ModelChoiceField(
        Campaign.objects.all(),
        label="专项行动",
        required=False,
        empty_label="没有",
        to_field_name="public_id",
    )
    round = forms.ModelChoiceField(
        Round.objects.all(), label="巡察轮次", required=False, empty_label="没有", to_field_name="public_id"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.queryset = ActivityKind.objects.on()
        kind.label_from_instance = lambda row: f"{row.get_group_display()}—{row.name}"
        kind.widget.attrs["data-select"] = ""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if "level" in found and not found["level"]:
            del found["level"]  # by the unit, or as it is
        return found


WHAT = ("活动", ("kind", "title", "starts_on", "starts_at", "place", "host"))
MORE = ("内容", ("topics", "files", "leaflets"))
REST = (
    "其他（没有的不填）",
    ("unit", "ends_on", "sessions", "level", "cost_fen", "campaign", "round", "note"),
)


class Unitted(PageForm):
    unit = UnitField(label="举办单位", required=False, help_text="不填为本单位；乡镇可以填所辖的村。")
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)


class HeldForm(FactsForm):
    """Besides, what there is to say once it was held."""

    sections = (WHAT, MORE, REST)

    files = UploadsField(label="照片、签到表、纪要", required=False, help_text="最多 20 个文件。")  # type: ignore[assignment]
    leaflets = count("发放资料（份）", initial=0, required=False)
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if "leaflets" in found:
            found["leaflets"] = found["leaflets"] or 0
        return found


class RegisterForm(HeldForm, Unitted):
    pass


class PlanForm(FactsForm, Unitted):
    sections = (WHAT, ("内容", ("topics",)), REST)


class EditForm(HeldForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["files"]


class AttendedForm(PageForm):
    category = forms.ChoiceField(label="参加人员", choices=(("", "请选择"), *Category.choices))
    times = count("人次", least=1)
    persons = count("人数", least=1, required=False, help_text="只举办一场的不填，与人次相同。")


class PeopleForm(PageForm):
    users = forms.ModelMultipleChoiceField(
        User.objects.filter(is_active=True, is_service=False), label="有账号的人员", required=False,
        to_field_name="public_id", widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text="按住 Ctrl 可以选择几个人；保存后通知新列入的人。",
    )  # fmt: skip
    names = CleanTextField(
        label="没有账号的人员", required=False, rows=6, max_length=20_000,
        help_text="一行一人：姓名，后面可以加逗号和单位、职务。例如：陶有禾，石桥坳村会计。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        users: Any = self.fields["users"]
        users.queryset = users.queryset.select_related("person").order_by("person__name")
        users.label_from_instance = lambda user: user.display_name


class SignInRowForm(PageForm):
    """One person of the list, who stands in a hidden field."""

    person = forms.ModelChoiceField(
        Participant.objects.all(), to_field_name="public_id", widget=forms.HiddenInput(), label="人员"
    )
    state = forms.ChoiceField(label="签到", choices=Presence.choices)
    reason = CleanLineField(label="未到原因", required=False, max_length=200)


class NothingBeside(PageForm):
    """Nothing beside the rows."""


class MeasureForm(PageForm):
    item = NumberField(Item.objects.not_voided(), label="整改事项编号", required=True)
    measure = count("措施序号", least=1, most=1000, help_text="事项页面上措施前面的数字。")
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)


class PapersForm(PageForm):
    files = UploadsField(label="文件", help_text="签到表、照片、课件、纪要，最多 20 个。")  # type: ignore[assignment]
    title = CleanLineField(label="名称", required=False, max_length=100)


class ReasonForm(PageForm):
    note = CleanTextField(label="理由", rows=3, max_length=LONG)


AttendedRows = formset_of(AttendedForm, "参加情况", row_word="类人员", extra=1, after=WHAT[0])
SignInRows = formset_of(SignInRowForm, "参加名单", row_word="人", fixed=True)
