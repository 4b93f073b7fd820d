"""Forms of outside channels and of one's own choices about them."""

from typing import Any

from django import forms

from povertyaudit.core import preferences
from povertyaudit.core.forms.base import PageForm
from povertyaudit.core.forms.choosers import UnitField
from povertyaudit.core.forms.fields import CleanLineField, CleanTextField
from povertyaudit.core.models import Unit
from povertyaudit.core.models.channels import ChannelKind, NoticeGroup

URL_HELP = "粘贴接收方给出的完整地址，以 https:// 开头。保存后加密存放，不再显示。"
SECRET_HELP = "通用推送、钉钉、飞书须填写，至少 16 个字符。保存后加密存放，不再显示。"  # noqa: S105 — a help text
UNIT_HELP = "只发给这个单位的人；不填则发给本地区所有单位的人。"


class ChannelForm(PageForm):
    """提出外发渠道."""

    sections = (("渠道", ("name", "kind", "unit")), ("接收方", ("url", "secret")), ("说明", ("note",)))
    name = CleanLineField(label="名称", max_length=60)
    kind = forms.ChoiceField(label="方式", choices=ChannelKind.choices, initial=ChannelKind.WEBHOOK)
    unit = UnitField(label="适用单位", queryset=Unit.objects.current(), required=False, help_text=UNIT_HELP)
    url = CleanLineField(label="接收地址", max_length=500, required=False, protected=True, help_text=URL_HELP)
    secret = CleanLineField(
        label="签名密钥", max_length=200, required=False, protected=True, help_text=SECRET_HELP
    )
    note = CleanTextField(label="用途和理由", rows=3, max_length=500, required=False)


class NoticesForm(PageForm):
    """消息提醒方式: a line of boxes for each group of messages, then the quiet hours."""

    sections = (
        ("站内消息始终有；除此之外还发到", tuple(NoticeGroup.values)),
        ("不打扰", ("quiet", "quiet_rest_days", "quiet_from", "quiet_to")),
        ("每日摘要", ("digest", "digest_at")),
    )
    quiet = forms.BooleanField(
        label="夜间不打扰",
        required=False,
        help_text="这段时间里的消息等到结束后合并成一条再发；法定期限最后一天的提醒当天等不到的，不等。",
    )
    quiet_from = forms.TimeField(label="夜间开始", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    quiet_to = forms.TimeField(label="夜间结束", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    quiet_rest_days = forms.BooleanField(label="休息日也不打扰（按工作日历）", required=False)
    digest = forms.BooleanField(
        label="邮件只发每日摘要",
        required=False,
        help_text="每天一封，只写待办、到期、未读各多少；不再逐条发邮件，法定期限最后一天的提醒除外。",
    )
    digest_at = forms.TimeField(label="摘要时间", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("quiet_from", "quiet_to", "digest_at"):
            self.fields[name].error_messages["invalid"] = "请填写时间，例如 21:00。"
        for group, label in NoticeGroup.choices:
            box = forms.CheckboxSelectMultiple()
            self.fields[group] = forms.MultipleChoiceField(
                label=label, choices=list(preferences.MEDIA.items()), required=False, widget=box
            )

    def clean(self) -> dict[str, Any]:
        """Boxes not ticked are what the service calls muted."""
        data: dict[str, Any] = super().clean() or {}
        ticked = {f"{group}.{medium}" for group in NoticeGroup.values for medium in data.pop(group, ())}
        return data | {"muted": sorted(set(preferences.CHOICES) - ticked)}
