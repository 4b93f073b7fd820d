"""Sign-in and password forms. Passwords are taken as typed: no trimming, no folding."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from povertyaudit.core.forms.base import PageForm
from povertyaudit.core.forms.fields import CleanCodeField


def _password(label: str, complete: str, **kwargs: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": complete, "data-protected": ""})
    messages = {"required": "请输入密码。", "max_length": "密码太长，请核对。"}
    return forms.CharField(
        label=label, strip=False, max_length=128, widget=widget, error_messages=messages, **kwargs
    )


class SignInForm(PageForm):
    username = CleanCodeField(
        label="账号", max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "data-protected": ""}),
    )  # fmt: skip
    password = _password("密码", "current-password")


class PasswordForm(PageForm):
    old = _password("原密码", "current-password")
    new = _password("新密码", "new-password", help_text="至少 10 个字符，不能全是数字，不要用常见的词。")
    again = _password("再输入一次新密码", "new-password")

    def clean_again(self) -> str:
        """Both must be the same."""
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise ValidationError("两次输入的新密码不一致，请重新输入。", "different")
        return again
