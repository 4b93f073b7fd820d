"""变动推送 and its log, for the IT officer."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from povertyaudit.core import token_scopes
from povertyaudit.core.models import Role
from povertyaudit.core.views import ActPage, Column, CreatePage, Fact, Facts, ListPage, RecordPage, Tab
from povertyaudit.exchange.forms.programs import HookForm
from povertyaudit.exchange.models import Hook, HookDelivery
from povertyaudit.exchange.services import hooks
from povertyaudit.exchange.workflow import HOOK, HOOK_DELIVERY

HOOKS = ("变动推送", "/hooks/")
LOG = ("推送记录", "/hook-deliveries/")
READERS = frozenset({Role.SYSADMIN, Role.AUDITOR})


class ForOfficers(ListPage):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & READERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class HookList(ForOfficers):
    queryset = Hook.objects.for_list()
    section, title = "hooks", "变动推送"
    order = "-created_at"
    columns = (
        Column("channel.name", "外发渠道", kind="link", phone="main"),
        Column("user.username", "接口账户", phone="first"),
        Column("things_in_words", "台账", phone="sub"),
        Column("created_at", "登记时间", kind="moment", order="created_at"),
        Column("state", "状态", kind="state"),
    )
    create_url, create_label = "/hooks/new/", "登记变动推送"
    empty, unit_word = "没有变动推送。", "个"
    empty_hint = "登记以后，台账有变动时通知接收方来取；通知里只有台账名称和变动数。"

    def may_create(self) -> bool:
        return Role.SYSADMIN in self.user.roles


class HookPage(RecordPage):
    queryset = Hook.objects.for_list()
    section, workflow, parent = "hooks", HOOK, HOOKS

    def clocks(self) -> list[Any]:
        """A webhook has no clock."""
        return []

    def facts(self) -> Sequence[Facts]:
        row = self.object
        return [
            Facts(
                "推送",
                [
                    Fact("外发渠道", row.channel.name),
                    Fact("接收主机", row.channel.host),
                    Fact("渠道状态", row.channel.get_state_display()),
                    Fact("接口账户", row.user.username),
                    Fact("台账", row.things_in_words, wide=True),
                    Fact("发出的内容", "台账名称和变动数，没有记录的内容。", wide=True),
                    Fact("登记人", row.created_by),
                    Fact("停用时间", row.ended_at, "moment"),
                ],
            )
        ]


class NewHook(CreatePage):
    queryset = Hook.objects.all()
    section, title, label, parent = "hooks", "登记变动推送", "登记", HOOKS
    form_class, perform = HookForm, staticmethod(hooks.open_hook)

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.fields["user"].queryset = (
            token_scopes.accounts_for(self.user).filter(is_service=True).with_posts()
        )
        return form

    def may_open(self) -> bool:
        return Role.SYSADMIN in self.user.roles


class EndHook(ActPage):
    queryset = Hook.objects.for_list()
    section, workflow = "hooks", HOOK
    verb, perform, destructive = "end", staticmethod(hooks.end), True


class DeliveryList(ForOfficers):
    queryset = HookDelivery.objects.for_list()
    section, title = "hook-deliveries", "推送记录"
    order = "-created_at"
    columns = (
        Column("number", "推送标识", kind="link"),
        Column("hook.channel.name", "外发渠道", phone="main"),
        Column("words", "变动", phone="sub"),
        Column("created_at", "登记时间", kind="moment", order="created_at", phone="side"),
        Column("attempts", "次数", kind="number", order="attempts"),
        Column("answer_words", "答复"),
        Column("state", "状态", kind="state"),
    )
    tabs = (
        Tab("", "全部"),
        Tab("queued", "待发", lambda rows, user: rows.filter(state="queued")),
        Tab("failed", "未发出", lambda rows, user: rows.filter(state="failed")),
    )
    empty, unit_word = "没有推送记录。", "次"


class DeliveryPage(RecordPage):
    queryset = HookDelivery.objects.for_list()
    section, workflow, parent = "hook-deliveries", HOOK_DELIVERY, LOG

    def clocks(self) -> list[Any]:
        """A message has no clock."""
        return []

    def facts(self) -> Sequence[Facts]:
        row = self.object
        return [
            Facts(
                "推送",
                [
                    Fact("外发渠道", row.hook.channel.name),
                    Fact("接收主机", row.hook.channel.host),
                    Fact("变动", row.words, wide=True),
                    Fact("登记时间", row.created_at, "moment"),
                    Fact("次数", row.attempts),
                    Fact("答复", row.answer_words),
                    Fact("下次发送", row.next_at if row.state == "queued" else None, "moment"),
                ],
            )
        ]


class Resend(ActPage):
    queryset = HookDelivery.objects.for_list()
    section, workflow = "hook-deliveries", HOOK_DELIVERY
    verb, perform = "resend", staticmethod(hooks.resend)
