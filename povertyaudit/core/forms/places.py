"""Forms about regions and units."""

from povertyaudit.core.forms.base import OpinionForm
from povertyaudit.core.forms.choosers import RegionField


class SuccessorForm(OpinionForm):
    """写明去向."""

    successor = RegionField(
        label="并入的地区", help_text="撤销后由哪个地区承接；输入名称查找或者填 12 位区划代码。"
    )
    field_order = ("successor", "note")
