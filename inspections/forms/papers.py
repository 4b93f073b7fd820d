"""What is typed about the papers of a round."""

from django import forms

from inspections.forms.choosing import RoundField
from inspections.models import RoundPaper
from povertyaudit.core.forms import CleanLineField, CleanTextField, DateField, PageForm, UploadField


class PaperFactsForm(PageForm):
    title = CleanLineField(label="标题", max_length=200)
    document = CleanLineField(label="文号", required=False, max_length=60)
    dated = DateField(label="日期", latest_today=True)
    participants = CleanLineField(
        label="参加人员", required=False, max_length=500, help_text="会商纪要必填，几个人的用顿号分开。"
    )
    text = CleanTextField(label="内容", required=False, rows=8, max_length=20000)


class PaperForm(PaperFactsForm):
    round = RoundField()
    kind = forms.ChoiceField(label="文书类别", choices=RoundPaper.Kind.choices)
    left_on = DateField(
        label="巡察组离开日期", required=False, latest_today=True,
        help_text="登记巡察报告时填写：向书记专题会报告的期限从这一天算起；不填按最后离开的巡察对象。",
    )  # fmt: skip
    file = UploadField(label="文件", required=False)
    field_order = ("round", "kind", "title", "document", "dated", "participants", "text", "left_on", "file")


class HearingForm(PageForm):
    held_on = DateField(label="召开日期", latest_today=True)
    presided_by = CleanLineField(label="主持人", max_length=60)
    opinion = CleanTextField(label="会议意见", rows=5, max_length=4000)
    file = UploadField(label="会议文件", required=False)
