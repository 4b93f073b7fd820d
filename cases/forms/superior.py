"""What the desk types of a complaint that belongs to the superior: days and a receipt number, nothing else."""

from povertyaudit.core.forms import CleanCodeField, DateField, PageForm

RECEIPT_HELP = "只写编号；还没有收到回执的，以后再登记。"


class ReceiveForm(PageForm):
    received_on = DateField(label="收到日期", latest_today=True)


class SendUpForm(PageForm):
    sent_on = DateField(label="报送日期", latest_today=True)
    superior_receipt = CleanCodeField(
        label="上级回执号", max_length=30, required=False, help_text=RECEIPT_HELP
    )


class ReceiptForm(PageForm):
    superior_receipt = CleanCodeField(label="上级回执号", max_length=30, help_text="只写编号。")
