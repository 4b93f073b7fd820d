"""消息 and 提到我的: the user's own inbox, as tabs of 我的工作."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin
from django.views.generic.list import MultipleObjectMixin

from povertyaudit.core import moment
from povertyaudit.core.models import Notification
from povertyaudit.core.scope import ScopedMixin
from povertyaudit.core.views.lists import ListPage
from povertyaudit.core.views.parts import Column, Tab


class Inbox(ListPage):
    queryset = Notification.objects.all()
    template_name = "core/inbox.html"
    fragment_name = "core/_inbox.html"
    section, title = "inbox", "我的工作"
    order = "-created_at"
    columns = (
        Column("text", "内容", phone="main"),
        Column("created_at", "时间", kind="moment", order="created_at"),
    )
    tabs = (
        Tab("", "未读", lambda rows, user: rows.unread(), line="显示"),
        Tab("read", "已读", lambda rows, user: rows.read(), line="显示"),
        Tab("all", "全部", line="显示"),
        Tab("mentions", "提到我的", lambda rows, user: rows.mentions()),
    )
    empty, empty_hint = "没有未读消息。", "有事项临近到期、被下发或被退回时，会在这里通知您。"
    empty_of: ClassVar[dict[str, str]] = {
        "read": "没有已读消息。", "mentions": "还没有人在批注中提到您。", "all": "还没有消息。",
    }  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tab = self.request.GET.get("tab", "")
        desk_tab = "mentions" if tab == "mentions" else "messages"
        context = super().get_context_data(desk_tab=desk_tab, **kwargs)
        below = context["second_tabs"] if desk_tab == "messages" else []
        return {
            **context,
            "tabs": [],
            "second_tabs": below,
            "empty_words": self.empty_of.get(tab, self.empty),
        }


class OpenMessage(ScopedMixin, SingleObjectMixin, View):
    """Reading is following the link: marks it read and goes there."""

    queryset = Notification.objects.all()
    slug_field, slug_url_kwarg = "public_id", "id"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        message = self.get_object()
        self.get_queryset().filter(pk=message.pk).unread().update(read_at=moment.now())
        inside = url_has_allowed_host_and_scheme(
            message.url, {request.get_host()}
        ) and message.url.startswith("/")
        return HttpResponseRedirect(message.url if inside else "/notifications/")


class ReadAll(ScopedMixin, MultipleObjectMixin, View):
    queryset = Notification.objects.all()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.get_queryset().unread().update(read_at=moment.now())
        return HttpResponseRedirect("/notifications/")
