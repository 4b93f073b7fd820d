"""A refusal that concerns one row of a form is said at that row."""

import re
from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse

from povertyaudit.core.errors import DomainError

AT_A_ROW = re.compile(r"(\w+)-(\d{1,4})-(\w+)")  # rows-0-person, counted as the service was given them


class AtRows:
    """Of a page with formsets. Put before the page class."""

    def refuse(self, form: BaseForm, formsets: Mapping[str, Any], refusal: DomainError) -> HttpResponse:
        errors = getattr(refusal, "errors", [refusal])
        at_rows = [(AT_A_ROW.fullmatch(error.field or ""), error) for error in errors]
        page: Any = self
        if not all(found and found[1] in formsets for found, _ in at_rows):
            answer: HttpResponse = super().refuse(form, formsets, refusal)  # type: ignore[misc]
            return answer
        for found, error in at_rows:
            rows = filled(formsets[found[1]]) if found else []
            if found and int(found[2]) < len(rows) and found[3] in rows[int(found[2])].fields:
                rows[int(found[2])].add_error(found[3], error.message)
            else:
                form.add_error(None, error.message)
        shown: HttpResponse = page.show(form, formsets, status=refusal.status)
        return shown


def filled(formset: Any) -> list[Any]:
    """The forms whose rows the service was given (`core.views.form_pages.filled_rows`)."""
    return [
        form
        for form in formset.forms
        if (form.has_changed() or form.initial) and form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]
