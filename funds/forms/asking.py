"""A sum that looks wrong is asked about once."""

from typing import Any

from django import forms

from povertyaudit.core.forms import PageForm


def sure_field() -> forms.BooleanField:
    return forms.BooleanField(label="金额核对无误", required=False)


class AskingForm(PageForm):
    """Shows `confirmed` only to who was asked."""

    def grouped(self) -> list[tuple[str, list[Any]]]:
        asked = self.is_bound and (self.errors.get("confirmed") or self.data.get("confirmed"))
        groups = super().grouped()
        if asked:
            return groups
        return [(title, [one for one in fields if one.name != "confirmed"]) for title, fields in groups]
