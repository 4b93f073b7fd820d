"""Signing in and out, the own password, the own sessions. Open to all: SignInView. For oneself only: the rest."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, View

from povertyaudit.core import accounts, audit, sessions
from povertyaudit.core.addresses import address_of
from povertyaudit.core.errors import DomainError
from povertyaudit.core.forms.account import PasswordForm, SignInForm
from povertyaudit.core.limits import TooMany
from povertyaudit.core.views.base import Page, put_on
from povertyaudit.core.workflow import verb_label

PASSWORD_URL = "/account/password/"  # noqa: S105 — an address


def safe_next(request: HttpRequest) -> str:
    """Where to go after signing in: only within this site."""
    asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or "/"
    good = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if good and asked.startswith("/") and not asked.startswith("/sign-") else "/"


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignInView(FormView):
    template_name = "core/sign_in.html"
    form_class = SignInForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(safe_next(request))
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            user = accounts.sign_in(
                form.cleaned_data["username"],
                form.cleaned_data["password"],
                address=address_of(self.request.META),
            )
        except DomainError as refusal:
            return self.refuse(form, refusal)
        login(self.request, user)
        sessions.remember(self.request)
        return HttpResponseRedirect(PASSWORD_URL if user.must_change_password else safe_next(self.request))

    def refuse(self, form: Any, refusal: DomainError) -> HttpResponse:
        form.add_error(None, str(refusal))
        response = self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        if isinstance(refusal, TooMany):
            response["Retry-After"] = str(refusal.retry_after)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        came_back = REDIRECT_FIELD_NAME in self.request.GET and safe_next(self.request) != "/"
        return super().get_context_data(
            next=safe_next(self.request), came_back=came_back, title="登录", **kwargs
        )


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignOutView(View):
    """POST only: a link on a foreign page must not sign anybody out."""

    http_method_names = ["post"]  # noqa: RUF012 — Django's own shape

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            accounts.sign_out(request.user)
            logout(request)
            messages.success(request, "您已退出登录。")
        return HttpResponseRedirect("/sign-in/")


@method_decorator([never_cache, sensitive_post_parameters("old", "new", "again")], name="dispatch")
class PasswordView(FormView):
    template_name = "core/password.html"
    form_class = PasswordForm

    def form_valid(self, form: Any) -> HttpResponse:
        me: Any = self.request.user
        try:
            user = accounts.change_password(me, form.cleaned_data["old"], form.cleaned_data["new"])
        except DomainError as refusal:
            put_on(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        update_session_auth_hash(self.request, user)
        messages.success(self.request, "密码已修改，其他电脑上的登录已失效。")
        return HttpResponseRedirect("/")

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        must = getattr(self.request.user, "must_change_password", False)
        return super().get_context_data(title="修改密码", must=must, section="", **kwargs)


class MyAccount(Page, TemplateView):
    """Who I am here, and when I signed in."""

    template_name = "core/account.html"
    title = "我的账号"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = [(entry, verb_label(entry.verb)) for entry in audit.history(self.user)[:20]]
        here = self.request.session.session_key
        return super().get_context_data(entries=entries, opened=sessions.opened(self.user, here), **kwargs)


class EndOtherSessions(Page, View):
    """退出其他登录: only this session stays."""

    http_method_names = ["post"]  # noqa: RUF012 — Django's own shape

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ended = sessions.end_others(self.user, request.session.session_key or "")
        messages.success(request, f"已退出其他 {ended} 处登录。" if ended else "没有其他登录。")
        return HttpResponseRedirect("/account/")


class EndSession(Page, View):
    """退出一处登录: one of one's own sessions or tokens."""

    http_method_names = ["post"]  # noqa: RUF012 — Django's own shape

    def post(self, request: HttpRequest, id: str) -> HttpResponse:
        ended = sessions.end_one(self.user, id)
        messages.success(request, "已退出这处登录。" if ended else "这处登录已经结束。")
        return HttpResponseRedirect("/account/")
