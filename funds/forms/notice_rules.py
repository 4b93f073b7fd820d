"""提出新增 of a requirement of 公示 for a kind or a size of project."""

from typing import Any

from django import forms

from funds.models import ProjectKind
from funds.models.notice_rules import CELLS, DAYS, SIZES
from povertyaudit.core.forms import CleanLineField, CleanTextField, DateField, PageForm

AMOUNTS = [(str(n), f"{n} 万元以上" if n else "不论金额") for n in SIZES]


class NoticeRuleForm(PageForm):
    sections = (
        ("适用于", ("kind", "from_wan")), ("要求", ("cell", "amount", "valid_from", "anchor")), ("", ("note",)),
    )  # fmt: skip

    kind = forms.ChoiceField(label="项目类别", choices=(), required=False)
    from_wan = forms.TypedChoiceField(
        label="批复金额", choices=AMOUNTS, coerce=int, help_text="类别和金额至少选一项；最具体的一条优先。"
    )
    cell = forms.ChoiceField(label="哪一处公示", choices=CELLS)
    amount = forms.ChoiceField(label="几天内公示", choices=DAYS)
    valid_from = DateField(
        label="自哪一天起", earliest_today=True, help_text="自这一天起批复、开工、完工的按此要求；以前的不受影响。"
    )  # fmt: skip
    anchor = CleanLineField(label="依据", max_length=200, required=False)
    note = CleanTextField(label="理由", rows=3, max_length=2000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [("", "不论类别"), *ProjectKind.objects.on().values_list("code", "name")]
