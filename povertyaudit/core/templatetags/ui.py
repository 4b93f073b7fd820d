"""Template tags: one style for states, clocks, money, dates. The functions are those of core/render.py."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from povertyaudit.core import render
from povertyaudit.core.home import MOST

register = template.Library()

register.filter("yuan", render.yuan)
register.filter("wan", render.wan)
register.filter("capital", render.capital)
register.filter("day", render.date)
register.filter("moment", render.moment)
register.filter("comment_text", render.comment)


@register.filter
def many(number: int) -> str:
    """A count that stopped at `home.MOST`."""
    return f"{MOST - 1}+" if number >= MOST else str(number)


@register.filter
def state(row: Any) -> SafeString:
    """`{{ lead|state }}`: shape and word."""
    return render.state(row)


@register.filter
def clock(value: Any) -> SafeString:
    """`{{ clock|clock }}` or `{{ due_on|clock }}`: date and light."""
    return render.clock(value)


@register.filter
def region(row: Any) -> str:
    """The full path of a region: 青禾县 / 柳溪镇 / 石桥村."""
    return str(row.path_name) if row is not None else ""


@register.simple_tag
def badge(word: str, tone: str = "plain") -> SafeString:
    """`{% badge "未读" "wait" %}`."""
    return render.badge(word, tone)


@register.filter
def money_words(field: Any) -> str:
    """Chinese capital words of a bound money field."""
    return str(field.field.widget.words(field.value()))


@register.filter
def is_kind(field: Any, kind: str) -> bool:
    """What a bound field is drawn as: money, check, file, area, hidden."""
    widget = field.field.widget
    if kind == "money":
        return hasattr(widget, "money")
    input_type = getattr(widget, "input_type", "")
    if kind == "area":
        return not input_type and hasattr(widget, "template_name") and "textarea" in widget.template_name
    if kind == "check":
        return input_type == "checkbox" and not hasattr(widget, "choices")
    if kind == "many":
        return bool(input_type in {"checkbox", "radio"} and hasattr(widget, "choices"))
    return bool(input_type == kind)
