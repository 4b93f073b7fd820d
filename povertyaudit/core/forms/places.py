"""Forms about regions and units."""

from django import forms

from povertyaudit.core.forms.base import OpinionForm, PageForm
from povertyaudit.core.forms.choosers import RegionField, UnitField
from povertyaudit.core.forms.fields import CleanCodeField, CleanLineField, CleanTextField, DateField
from povertyaudit.core.models import UnitKind


class SuccessorForm(OpinionForm):
    """写明去向."""

    successor = RegionField(
        label="并入的地区", help_text="撤销后由哪个地区承接；输入名称查找或者填 12 位区划代码。"
    )
    field_order = ("successor", "note")


class AbolishUnitForm(PageForm):
    """撤销."""

    effective_on = DateField(label="生效日期", help_text="到了这一天才能确认；从这一天起不再使用。")
    basis = CleanLineField(label="依据的文件", max_length=200, required=False)
    note = CleanTextField(label="说明", rows=3, max_length=2000, required=False)


class RenameUnitForm(AbolishUnitForm):
    """更名."""

    field_order = ("new_name", "effective_on", "basis", "note")
    new_name = CleanLineField(
        label="新名称", max_length=100, help_text="原名称连同停用日期保留，查找时仍可使用。"
    )


class MergeUnitForm(AbolishUnitForm):
    """并入其他单位."""

    field_order = ("successor", "effective_on", "basis", "note")
    successor = UnitField(
        label="并入的单位", help_text="没有办结的事项由该单位继续办理，其人员可以查看原单位的事项。"
    )


class FoundUnitForm(AbolishUnitForm):
    """设立."""

    sections = (
        ("单位", ("name", "kind", "region", "parent", "office_code")),
        ("设立", ("effective_on", "basis", "note")),
    )
    name = CleanLineField(label="单位名称", max_length=100, help_text="写规范全称，同一地区内不能重名。")
    kind = forms.ChoiceField(label="类别", choices=(("", "请选择"), *UnitKind.choices))
    region = RegionField(
        label="所属地区",
        help_text="县直部门填本县，乡镇填所在乡镇，村（社区）填所在村；输入名称查找或者填 12 位区划代码。",
    )
    parent = UnitField(
        label="上级单位", required=False, help_text="没有的不填。输入单位名称中的任意几个字查找。"
    )
    office_code = CleanCodeField(
        label="编号代字", max_length=8, required=False,
        help_text="登记编号中代表本单位的大写字母，例如信访室为 XF；不登记编号的单位不填，县财政局填 CZ。",
    )  # fmt: skip
    effective_on = DateField(label="成立日期", help_text="到了这一天才能确认；确认后即可选用和任职。")
