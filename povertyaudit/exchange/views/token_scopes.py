"""接口授权 for the officers: what each token is for, how it was used, issued and revoked."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from povertyaudit.core import token_scopes
from povertyaudit.core.models import OFFICERS, Role, TokenScope
from povertyaudit.core.views import ActPage, Column, CreatePage, Fact, Facts, ListPage, RecordPage, Tab, Table
from povertyaudit.exchange.forms.programs import ScopeForm

SCOPES = ("接口授权", "/token-scopes/")
SHOWN_DAYS = 90


def words(values: Sequence[str], none: str) -> str:
    return "、".join(values) or none


class ScopeList(ListPage):
    queryset = TokenScope.objects.for_list()
    section, title = "token-scopes", "接口授权"
    order = "-created_at"
    columns = (
        Column("name", "用途", kind="link", order="name", phone="main"),
        Column("user.username", "接口账户", phone="first"),
        Column("verbs", "动作", value=lambda row: words(row.verbs, "无"), phone="hide"),
        Column("resources", "台账和资源", value=lambda row: words(row.resources, "全部"), phone="hide"),
        Column("region", "限定地区", value=lambda row: row.region or "不限", phone="hide"),
        Column("expires_at", "有效期至", kind="moment", order="expires_at", phone="sub"),
        Column("used_at", "最近使用", kind="moment", order="used_at"),
        Column("requests", "请求数", kind="number", order="requests"),
        Column("refused", "拒绝数", kind="number", order="refused"),
        Column("state", "状态", kind="state"),
    )
    tabs = (Tab("", "全部"), Tab("working", "使用中", lambda rows, user: rows.working()))
    create_url, create_label = "/token-scopes/new/", "签发接口授权"
    empty, unit_word = "没有接口授权。", "个"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & OFFICERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may_create(self) -> bool:
        return Role.SECADMIN in self.user.roles


class ScopePage(RecordPage):
    queryset = TokenScope.objects.for_list()
    section, workflow, parent = "token-scopes", token_scopes.TOKEN_SCOPE, SCOPES

    def clocks(self) -> list[Any]:
        """A token has no clock."""
        return []

    def facts(self) -> Sequence[Facts]:
        row = self.object
        return [
            Facts(
                "授权",
                [
                    Fact("接口账户", row.user.username),
                    Fact("动作", words(row.verbs, "无")),
                    Fact("台账和资源", words(row.resources, "全部"), wide=True),
                    Fact("限定地区", row.region or "不限"),
                    Fact("允许的网络地址", words(row.networks, "不限")),
                    Fact("每分钟请求数", row.per_minute),
                    Fact("有效期至", row.expires_at, "moment"),
                    Fact("签发人", row.issued_by),
                    Fact("签发时间", row.created_at, "moment"),
                    Fact("作废时间", row.ended_at, "moment"),
                ],
            ),
            Facts(
                "使用", [Fact("最近使用", row.used_at, "moment"), Fact("最近使用的网络地址", row.used_from)]
            ),
        ]

    def tables(self) -> Sequence[Table]:
        columns = (
            Column("day", "日期", kind="date", phone="main"),
            Column("requests", "请求数", kind="number"),
            Column("refused", "拒绝数", kind="number"),
        )
        return [
            Table(
                "每天的请求", columns, self.object.uses.all()[:SHOWN_DAYS], empty="还没有使用过。", key="uses"
            )
        ]


class NewScope(CreatePage):
    queryset = TokenScope.objects.all()
    section, title, label, parent = "token-scopes", "签发接口授权", "签发", SCOPES
    form_class, perform = ScopeForm, staticmethod(token_scopes.issue)
    intro = "令牌只显示一次。接口账户的密码改变时，它的令牌全部失效。"
    made: Any

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.fields["user"].queryset = token_scopes.accounts_for(self.user).with_posts()
        return form

    def may_open(self) -> bool:
        return Role.SECADMIN in self.user.roles

    def success_address(self, record: Any) -> str:
        return str(record.row.get_absolute_url())

    def arrive(self, url: str) -> HttpResponse:
        if self.made is None:
            return super().arrive(url)
        context = {
            "title": "接口令牌", "section": "token-scopes", "row": self.made.row, "token": self.made.token,
            "parent": SCOPES,
        }  # fmt: skip
        answer = render(self.request, "exchange/token.html", context)
        answer["Cache-Control"] = "no-store"
        return answer


class RevokeScope(ActPage):
    queryset = TokenScope.objects.for_list()
    section, workflow = "token-scopes", token_scopes.TOKEN_SCOPE
    verb, perform, destructive = "revoke", staticmethod(token_scopes.revoke), True
