"""Controls drawn in a loop say what Django's templates say."""

import re
from itertools import product

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from povertyaudit.core.forms.drawing import DRAWN, FormRenderer

pytestmark = pytest.mark.once

TEXT = """<b>"甲" & '乙'</b>"""
CHOICES = [("", "全部"), (1, TEXT), ("二", SafeString("<i>乙</i>")), (TEXT, [("a", "A"), ("b", 1234567)])]
VALUES = (None, "", TEXT, SafeString(TEXT), 1, 1234567, True, ["a", "二"])
ATTRS = {"id": "id_x", "required": True, "disabled": False, "data-x": TEXT, "maxlength": 40}
INPUTS = (
    forms.TextInput, forms.NumberInput, forms.EmailInput, forms.HiddenInput, forms.PasswordInput, forms.DateInput,
    forms.TimeInput, forms.CheckboxInput, forms.Select, forms.SelectMultiple,
)  # fmt: skip


def test_a_control_looks_as_its_template_says():
    for kind, value in product(INPUTS, VALUES):
        alike(kind, value)


def alike(kind, value):
    more = {"choices": CHOICES} if issubclass(kind, forms.Select) else {}
    widget = kind(attrs=ATTRS, **more)
    assert widget.template_name in DRAWN
    drawn, told = (
        widget.render(f"x{TEXT}", value, renderer=one()) for one in (FormRenderer, TemplatesSetting)
    )
    assert drawn == re.sub(r"\n\s*\n", "\n", told)  # the template of an option ends its own line
    assert isinstance(drawn, SafeString)
