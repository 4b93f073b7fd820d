"""Shape of what people type about findings."""

from django import forms

from povertyaudit.core.forms import CleanLineField, CleanTextField, DateField, PageForm, UnitField
from povertyaudit.core.models import Unit


class FindingForm(PageForm):
    problem_class = CleanLineField(
        label="问题大类", max_length=100, help_text="例如：资金使用、项目管理、干部作风。"
    )
    aspect = CleanLineField(label="问题方面", max_length=100, required=False)
    text = CleanTextField(label="具体问题", rows=6, help_text="写清时间、地点、事情和数额，不写反映人。")
    unit = UnitField(label="涉及单位", queryset=Unit.objects.answering())
    found_on = DateField(label="发现日期", latest_today=True)
    immediate = forms.BooleanField(label="立行立改", required=False)
