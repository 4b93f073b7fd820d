"""Shape of what people type about terms."""

from typing import Any

from django import forms

from povertyaudit.answering.models import Capacity
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    RegionField,
    UnitField,
    UserField,
)
from povertyaudit.core.models import Area, Region

LONG = 2000
BASIS = "文件名称和文号，例如：青组发〔2026〕7号。"


class CapacityField(forms.ModelChoiceField):
    """A capacity in use today; read when the form is made."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Capacity.objects.none(), label="责任身份", to_field_name="code", empty_label="请选择", **kwargs
        )


def note(label: str = "说明", *, required: bool = False) -> CleanTextField:
    return CleanTextField(label=label, required=required, rows=2, max_length=LONG)


class PersonPart(PageForm):
    """Who: an account, or a name with its unit."""

    user = UserField(label="责任人", required=False, empty_label="请选择；没有账号的填写姓名")
    name = CleanLineField(label="姓名（没有账号的）", required=False, max_length=50)
    post_title = CleanLineField(label="职务", required=False, max_length=50)
    home_unit = UnitField(
        label="所在（派出）单位",
        required=False,
        help_text="有账号的不填则为其现任职单位；没有账号的必须选择。",
    )


class TermForm(PersonPart):
    field_order = (
        "capacity", "region", "area", "object_no", "user", "name", "post_title", "home_unit", "duty", "starts_on",
        "ends_on", "basis", "note",
    )  # fmt: skip
    sections = (
        ("负责什么", ("capacity", "region", "area", "object_no", "duty")),
        ("由谁负责", ("user", "name", "post_title", "home_unit")),
        ("任期", ("starts_on", "ends_on", "basis", "note")),
    )

    capacity = CapacityField()
    region = RegionField(label="负责的地区", queryset=Region.objects.all())
    area = forms.ModelChoiceField(
        Area.objects.all(),
        label="片区",
        required=False,
        to_field_name="public_id",
        empty_label="（片长才选择）",
    )
    object_no = CleanCodeField(
        label="户（人）编号", required=False, max_length=30,
        help_text="乡包户、党员包人填写名册里的编号，不能填写身份证号。",
    )  # fmt: skip
    duty = CleanLineField(
        label="职责", required=False, max_length=200, help_text="行业主管部门必须填写，例如：产业扶贫。"
    )
    starts_on = DateField(label="任职日期")
    ends_on = DateField(
        label="任期至", required=False, help_text="任期的最后一天；驻村工作队不填则按规定的一届计算。"
    )
    basis = CleanLineField(label="依据", required=False, max_length=200, help_text=BASIS)
    note = note()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["capacity"]
        field.queryset = Capacity.objects.on()


class SucceedForm(PersonPart):
    field_order = ("user", "name", "post_title", "home_unit", "starts_on", "ends_on", "basis", "note")

    starts_on = DateField(label="接任日期", help_text="前任的任期到这一天的前一天为止。")
    ends_on = DateField(label="任期至", required=False, help_text="驻村工作队不填则按规定的一届计算。")
    basis = CleanLineField(label="依据", required=False, max_length=200, help_text=BASIS)
    note = note()


class ExtendForm(PageForm):
    ends_on = DateField(label="延期至")
    basis = CleanLineField(label="依据", required=False, max_length=200, help_text=BASIS)
    note = note("理由")


class EndForm(PageForm):
    ends_on = DateField(label="最后一天", latest_today=True)
    listed_checked = forms.BooleanField(
        label="已核对：这个村仍在名单内也要结束",
        required=False,
        help_text="不在名单内的村不需要勾选。",
    )
    note = note("理由")


class RecallForm(PageForm):
    recalled_on = DateField(label="召回日期", latest_today=True)
    note = note("召回理由", required=True)


class AmendForm(PageForm):
    post_title = CleanLineField(label="职务", required=False, max_length=50)
    duty = CleanLineField(label="职责", required=False, max_length=200)
    basis = CleanLineField(label="依据", required=False, max_length=200, help_text=BASIS)
    note = note()


class GiveForm(PageForm):
    listed = CleanTextField(
        label="交接清单", rows=6, max_length=4000, help_text="资料台账、资金资产、没有办完的事项，逐项列出。"
    )
    given_on = DateField(label="移交日期", latest_today=True)
    note = note()


class TakeForm(PageForm):
    taken_on = DateField(label="接收日期", latest_today=True)
    remarks = CleanTextField(label="接收意见", required=False, rows=3, max_length=LONG)
