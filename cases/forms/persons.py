"""Choosing several persons."""

from typing import Any

from django import forms

from cases.roles import OFFICES
from povertyaudit.core.forms import UserField
from povertyaudit.core.models import User


class UsersField(forms.ModelMultipleChoiceField):
    """Several persons, ticked in a list: name, unit and post."""

    def __init__(self, **kwargs: Any) -> None:
        rows = User.objects.filter(
            is_active=True, is_service=False, pk__in=User.objects.holding(OFFICES).values("pk")
        )
        kwargs.setdefault("to_field_name", "public_id")
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(rows.select_related("person").prefetch_related("posts__unit"), **kwargs)
        self.error_messages.update(
            invalid_choice="没有这个人员，请重新选择。", invalid_pk_value="没有这个人员，请重新选择。"
        )

    label_from_instance = UserField.label_from_instance

    def clean(self, value: Any) -> Any:
        return list(super().clean(value))
