"""Forms about regions and units."""

from povertyaudit.core.forms.base import OpinionForm, PageForm
from povertyaudit.core.forms.choosers import RegionField, UnitField
from povertyaudit.core.forms.fields import CleanLineField, CleanTextField, DateField


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
