"""What people type about projects on the ground: contract, beginning, end, acceptance, photos."""

from django import forms

from funds.services.projects import PHOTOS
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    OpinionForm,
    PageForm,
    UploadField,
)


class AwardForm(PageForm):
    contractor = CleanLineField(label="施工（供货）单位", max_length=100)
    tender_fen = MoneyField(label="中标金额（元）", required=False, help_text="不需要招标的不填。")
    contract_no = CleanCodeField(label="合同编号", max_length=60)
    contract_on = DateField(label="合同日期", latest_today=True)
    contract_fen = MoneyField(label="合同金额（元）")
    retention_fen = MoneyField(label="质保金（元）", required=False, help_text="不留质保金的不填。")

    def clean_retention_fen(self) -> int:
        return int(self.cleaned_data.get("retention_fen") or 0)


class StartForm(OpinionForm):
    field_order = ("started_on", "note")
    started_on = DateField(label="开工日期", latest_today=True)


class CompleteForm(OpinionForm):
    field_order = ("completed_on", "note")
    completed_on = DateField(label="完工日期", latest_today=True)


class ProgressForm(PageForm):
    reported_on = DateField(label="截至日期", latest_today=True)
    percent = forms.IntegerField(
        label="形象进度（%）", min_value=0, max_value=100, help_text="已建成的部分占全部工程的比例。",
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "请填写 0 到 100 的整数。"),
    )  # fmt: skip
    text = CleanTextField(label="完成情况", rows=3, max_length=500)
    problem = CleanTextField(
        label="存在问题", rows=2, max_length=500, required=False, help_text="没有的不填。"
    )


class PublishForm(OpinionForm):
    field_order = ("published_on", "note")
    published_on = DateField(label="竣工公示日期", latest_today=True)


class AcceptForm(PageForm):
    accepted_on = DateField(label="验收日期", latest_today=True)
    accepted_text = CleanTextField(
        label="验收情况", rows=4, max_length=2000, help_text="实际完成的工程量，应与凭证相符。"
    )
    settled_fen = MoneyField(label="审定金额（元）", help_text="以后拨付合计不超过这个数。")
    asset_no = CleanCodeField(label="资产登记号", max_length=60, required=False)
    note = CleanTextField(label="意见", rows=2, max_length=2000, required=False)


class PhotoForm(PageForm):
    kind = forms.ChoiceField(label="类别", choices=PHOTOS)
    file = UploadField(label="文件", help_text="照片用手机拍下即可；文件可用 PDF、docx、xlsx。")
    title = CleanLineField(label="标题", required=False)
