"""Shape of what people send about imports."""

from typing import Any

from django import forms

from povertyaudit.core.forms import CleanTextField, OpinionForm, PageForm, UploadField
from povertyaudit.sheets.kinds import KINDS, kind_of

ACCEPT = ".xlsx,.xls,.ods,.csv"
NOT_TAKEN = "不导入这一列"
MOST_CHOICES = 200


class UploadForm(PageForm):
    kind = forms.ChoiceField(label="内容", choices=[(kind.code, kind.label) for kind in KINDS.values()])
    file = UploadField(
        label="表格", accept=ACCEPT,
        help_text="xlsx、xls、ods 或者 csv，20 MB、50000 行以内。上面有标题行、列名不一样都可以，系统会认。",
    )  # fmt: skip
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)


class BringForm(OpinionForm):
    without_refused = forms.BooleanField(
        label="有错的行不导入", required=False, help_text="其余各行照常导入；有错的改正后另行上传。"
    )
    field_order = ("without_refused", "note")


class RemapForm(PageForm):
    """A choice for each column of the sheet; `of` makes them."""

    def of(self, row: Any) -> None:
        choices = [("", NOT_TAKEN)] + [
            (column.name, f"{column.label}{'（必填）' if column.required else ''}")
            for column in kind_of(row.kind).columns()
        ]
        for head in row.heads:
            self.fields[f"at_{head['at']}"] = forms.ChoiceField(
                label=head["heading"], choices=choices, required=False, initial=head["name"]
            )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        return {"names": {name.removeprefix("at_"): value for name, value in said.items()}}


class SettleForm(PageForm):
    """A choice for each conflict; `of` makes them."""

    def of(self, row: Any) -> None:
        columns = {column.name: column.label for column in kind_of(row.kind).columns()}
        for one in row.rows.clashing()[:MOST_CHOICES]:
            for name, (ours, now, who, when) in one.conflicts.items():
                self.fields[f"{one.line}:{name}"] = forms.ChoiceField(
                    label=f"第 {one.line} 行“{columns.get(name, name)}”", required=False, widget=forms.RadioSelect,
                    initial=one.decided.get(name, ""),
                    choices=[("", "暂不处理"), ("sheet", f"用表格里的：{ours}"), ("now", f"保留现在的：{now}（{who} {when}）")],
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        return {"choices": {place: chosen for place, chosen in said.items() if chosen}}
