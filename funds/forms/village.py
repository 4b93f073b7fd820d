"""Shape of what people type about the monthly sheets of villages."""

from typing import Any

from django import forms

from funds.models import SheetLine
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    MonthField,
    PageForm,
    RegionField,
    UploadField,
    formset_of,
)

PHOTOS = "image/*"


def photo(label: str, **more: Any) -> UploadField:
    """Taken on the spot where a phone offers it."""
    field = UploadField(label=label, required=False, accept=PHOTOS, **more)
    field.widget.attrs["capture"] = "environment"
    return field


class FillForm(PageForm):
    """The board at one glance; its duties follow as rows."""

    sections = (("", ("board", "hand_in", "note")),)

    board = photo("公开栏整栏照片", help_text="一张照片用于下面各项已公开的；某一项另有照片的，在该项上传。")
    hand_in = forms.BooleanField(label="填好后一并上报", required=False)
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)


class AnswerForm(PageForm):
    """One duty."""

    duty = CleanLineField(label="公开事项", max_length=30, widget=forms.HiddenInput())
    answer = forms.ChoiceField(
        label="公开情况", choices=SheetLine.Answer.choices, required=False, widget=forms.RadioSelect
    )
    published_on = DateField(label="公开日期（不填为今天）", required=False, latest_today=True)
    photo = photo("本项照片")
    reason = CleanLineField(label="理由（无此事项、未公开的填写）", required=False, max_length=200)


AnswerRows = formset_of(AnswerForm, "公开事项", row_word="项", fixed=True)


class CheckForm(PageForm):
    text = CleanTextField(
        label="核对意见", required=False, rows=3, max_length=2000, help_text="有未公开事项的必填。"
    )


class LocalDutyForm(PageForm):
    name = CleanLineField(label="公开事项", max_length=50, help_text="例如：村级公益岗位人员名单。")
    basis = CleanLineField(label="为什么增加", max_length=200, help_text="群众关心什么，或者哪个文件要求。")
    region = RegionField(label="哪个村", required=False, help_text="不填为本乡镇各村。")
    from_month = MonthField(label="自哪个月起", required=False, help_text="例如：2026-03；不填为本月。")
    to_month = MonthField(label="到哪个月止", required=False, help_text="不填为长期。")
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)


class EndDutyForm(PageForm):
    to_month = MonthField(label="到哪个月止", required=False, help_text="例如：2026-03；不填为本月。")
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)
