"""Forms about programs: tokens of service accounts, and what receivers are told of."""

from typing import Any

from django import forms

from povertyaudit.core.forms.base import PageForm
from povertyaudit.core.forms.choosers import RegionField, UserField
from povertyaudit.core.forms.fields import CleanLineField, CleanTextField
from povertyaudit.core.models import Channel, Region, User
from povertyaudit.core.models.token_scopes import MOST_PER_MINUTE
from povertyaudit.core.token_scopes import DEFAULT_PER_MINUTE, LONGEST_DAYS

NAMES_HELP = "名称见接口文档，几个之间用空格分开；不填为全部。"


class WordsField(CleanLineField):
    """Several words in one line."""

    def clean(self, value: Any) -> Any:
        return str(super().clean(value) or "").replace("，", " ").replace("、", " ").replace(",", " ").split()


class ScopeForm(PageForm):
    """签发接口授权."""

    sections = (
        ("用途", ("user", "name")),
        ("可以做什么", ("verbs", "resources", "region")),
        ("从哪里、到什么时候", ("networks", "days", "per_minute")),
        ("说明", ("note",)),
    )
    user = UserField(
        label="账号",
        queryset=User.administered.filter(is_active=True),
        help_text="接口账户；外部程序要办理的，选择有这项任职的账号并写明资源。",
    )
    name = CleanLineField(label="用途", max_length=60)
    verbs = WordsField(
        label="动作",
        max_length=500,
        initial="read",
        help_text="read 为读取；要办理的写明动作名称，例如 create。",
    )
    resources = WordsField(label="台账和资源", max_length=1000, required=False, help_text=NAMES_HELP)
    region = RegionField(
        label="限定地区",
        queryset=Region.objects.all(),
        required=False,
        help_text="不填为账户任职的管辖范围。",
    )
    networks = WordsField(
        label="允许的网络地址",
        max_length=1000,
        required=False,
        help_text="例如 10.20.0.0/16 10.1.2.3；不填为不限。",
    )
    days = forms.IntegerField(label="有效天数", min_value=1, max_value=LONGEST_DAYS, initial=180)
    per_minute = forms.IntegerField(
        label="每分钟请求数", min_value=1, max_value=MOST_PER_MINUTE, initial=DEFAULT_PER_MINUTE
    )
    note = CleanTextField(label="依据和理由", rows=3, max_length=500, required=False)


class HookForm(PageForm):
    """登记变动推送."""

    sections = (("接收方", ("channel", "user")), ("内容", ("things", "note")))
    channel = forms.ModelChoiceField(
        label="外发渠道",
        queryset=Channel.objects.filter(kind="webhook", state__in=("proposed", "on")),
        help_text="方式为通用推送的渠道；没有的，先在“外发渠道”提出并由安全保密管理员确认。",
    )
    user = UserField(
        label="接口账户",
        queryset=User.administered.filter(is_service=True, is_active=True),
        help_text="只通知这个账户能看到的变动。",
    )
    things = WordsField(
        label="台账", max_length=1000, help_text="名称见接口文档，几个之间用空格分开，例如 leads items。"
    )
    note = CleanTextField(label="说明", rows=3, max_length=500, required=False)
