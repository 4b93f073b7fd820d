"""Shape of what people type about letters of responsibility."""

from typing import Any

from django import forms

from povertyaudit.answering.models import Responsibility
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    NumberField,
    PageForm,
    RegionField,
)

LONG = 2000


def year_field() -> forms.IntegerField:
    return forms.IntegerField(label="年度", error_messages={"invalid": "请填写四位数的年度，例如：2026。"})


class LetterForm(PageForm):
    year = year_field()
    upper = NumberField(Responsibility.objects.all(), label="上级签订人（任职编号）", required=True)
    lower = NumberField(Responsibility.objects.all(), label="下级签订人（任职编号）", required=True)
    paper_no = CleanLineField(label="文号", required=False, max_length=60)
    duties = CleanTextField(label="目标任务", required=False, rows=6, max_length=LONG)
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)


class LetterYearForm(PageForm):
    year = year_field()
    region = RegionField(label="县或者乡镇")
    paper_no = CleanLineField(label="文号", required=False, max_length=60)


class SignForm(PageForm):
    side = forms.ChoiceField(label="哪一方签字", choices=(("upper", "上级"), ("lower", "下级")))
    signed_on = DateField(label="签字日期", latest_today=True, required=False, help_text="不填为今天。")
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)

    def for_letter(self, letter: Any, mine: list[str], noted: list[str]) -> None:
        """The sides still open to this person; who only signs for himself does it today."""
        open_ = [
            side for side in ("upper", "lower") if letter.signed_on(side) is None and side in {*mine, *noted}
        ]
        words = {"upper": "上级", "lower": "下级"}
        field: Any = self.fields["side"]
        field.choices = [(side, f"{words[side]}：{getattr(letter, side).called}") for side in open_]
        if not set(open_) & set(noted):
            del self.fields["signed_on"]


class AmendLetterForm(PageForm):
    paper_no = CleanLineField(label="文号", required=False, max_length=60)
    duties = CleanTextField(label="目标任务", required=False, rows=6, max_length=LONG)
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)
