"""The plain form controls, drawn without templates: of a list page they were a third of the work.

A choice of fifty kinds was a hundred templates, one for each option and one for its attributes. What Django's own
templates say is said here in a loop; a test holds both against each other. All other controls keep their templates.
"""

from collections.abc import Callable
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


def _attributes(attrs: dict[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False
    )


def control(widget: dict[str, Any]) -> str:
    """`django/forms/widgets/input.html`."""
    value = "" if widget["value"] is None else f' value="{conditional_escape(str(widget["value"]))}"'
    name = conditional_escape(str(widget["name"]))
    return f'<input type="{conditional_escape(widget["type"])}" name="{name}"{value}{_attributes(widget["attrs"])}>'


def choice(widget: dict[str, Any]) -> str:
    """`django/forms/widgets/select.html` with `select_option.html`."""
    parts = [f'<select name="{conditional_escape(str(widget["name"]))}"{_attributes(widget["attrs"])}>']
    for group, options, _ in widget["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{conditional_escape(group)}">')
        parts += [
            f'\n  <option value="{conditional_escape(str(option["value"]))}"{_attributes(option["attrs"])}>'
            f"{conditional_escape(option['label'])}</option>"
            for option in options
        ]
        if group:
            parts.append("\n  </optgroup>")
    return "".join([*parts, "\n</select>"])


DRAWN: dict[str, Callable[[dict[str, Any]], str]] = {
    "django/forms/widgets/select.html": choice,
    **{
        f"django/forms/widgets/{kind}.html": control
        for kind in ("checkbox", "date", "email", "hidden", "input", "number", "password", "text", "time")
    },
}


class FormRenderer(TemplatesSetting):
    """Fields are drawn from templates/, the plain controls from here."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        if draw is None:
            return super().render(template_name, context, request)
        return SafeString(draw(context["widget"]))
