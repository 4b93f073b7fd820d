"""Forms of the classifications."""

from django import forms

from povertyaudit.core import terms
from povertyaudit.core.forms.base import PageForm
from povertyaudit.core.forms.fields import CleanCodeField, CleanLineField, CleanTextField, DateField


class EndTermForm(PageForm):
    """停用."""

    valid_from = DateField(
        label="自哪一天起停用", earliest_today=True, help_text="从这一天起不再供选择；以前登记的内容不变。"
    )
    note = CleanTextField(label="理由", rows=3, max_length=2000, required=False)


class RenameTermForm(PageForm):
    """更名."""

    name = CleanLineField(label="新名称", max_length=50)
    anchor = CleanLineField(label="依据", max_length=200, required=False)
    valid_from = DateField(
        label="启用日期", earliest_today=True, help_text="从这一天起用新名称；以前登记的内容仍显示原名称。"
    )
    note = CleanTextField(label="理由", rows=3, max_length=2000, required=False)


class ChangeTermForm(PageForm):
    """改变."""

    to = forms.ChoiceField(label="改为")
    anchor = CleanLineField(label="依据", max_length=200, required=False)
    valid_from = DateField(
        label="自哪一天起", earliest_today=True, help_text="从这一天起按新的办；以前的不变。"
    )
    note = CleanTextField(label="理由", rows=3, max_length=2000, required=False)


class AddTermForm(RenameTermForm):
    """新增."""

    field_order = ("terms", "name", "code", "anchor", "valid_from", "note")

    terms = forms.ChoiceField(label="目录")
    name = CleanLineField(label="名称", max_length=50)
    code = CleanCodeField(
        label="代码",
        max_length=30,
        help_text="英文字母、数字和下划线，例如 idle_funds；供数据接口使用，确定后不变。",
    )
    valid_from = DateField(label="启用日期", earliest_today=True)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        open_lists = [one for _, one in terms.lists() if not (one.closed or one.add_at)]
        self.fields["terms"].choices = [(one.key, one.label) for one in open_lists]  # type: ignore[attr-defined]
