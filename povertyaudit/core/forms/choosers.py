"""Choosing a region, a unit, a person. With JavaScript a search as you type; without it a plain text input or list.

    region = RegionField(label="问题属地")                                  # cleaned: Region
    unit   = UnitField(label="责任单位", queryset=Unit.objects.answering())   # cleaned: Unit
    handler = UserField(label="承办人", queryset=User.objects.holding([Role.SUPERVISION]))

Regions are taken as a 12-digit code or the exact full path (or its last name where that is unambiguous), units by
their exact name. `scope_choices` (called by every form page) narrows all three to what the user may know of.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from povertyaudit.core.cleaning import clean_line, to_halfwidth
from povertyaudit.core.models import Region, Unit, User

REGION_HELP = "输入名称中的任意几个字查找；也可以直接填 12 位区划代码。"
UNIT_HELP = "输入单位名称中的任意几个字查找。"


class ChooserInput(forms.TextInput):
    """A text input that own JavaScript turns into a search; `url` answers it."""

    def __init__(self, url: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-choose": url, "autocomplete": "off", **(attrs or {})})
        self.words: Any = None

    def format_value(self, value: Any) -> str | None:
        if value in (None, ""):
            return None
        return str(self.words(value)) if self.words else str(value)


class _Chooser(forms.ModelChoiceField):
    """A ModelChoiceField over a text input: `find` reads what was typed."""

    url = ""
    queryset: Any

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", ChooserInput(self.url))
        super().__init__(queryset, **kwargs)
        self.error_messages["required"] = "请选择或填写这一项。"
        self.bind_words()

    def __deepcopy__(self, memo: Any) -> Any:
        copy = super().__deepcopy__(memo)
        copy.bind_words()
        return copy

    def bind_words(self) -> None:
        """The widget shows a stored or chosen value in words."""
        if isinstance(self.widget, ChooserInput):
            self.widget.words = self.in_words

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if isinstance(value, self.queryset.model):
            value = self.prepare_value(value)
        typed = to_halfwidth(clean_line(str(value), max_length=400)).strip()
        found = list(self.find(typed)[:2])
        if not found:
            raise ValidationError(self.unknown, "invalid_choice")
        if len(found) > 1:
            raise ValidationError(self.ambiguous, "ambiguous")
        return found[0]

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.in_words(initial) if initial else "") != (data or "")

    unknown = "没有找到，请从查找结果中选择。"
    ambiguous = "有几个同名的，请从查找结果中选择。"

    def find(self, typed: str) -> Any:
        raise NotImplementedError

    def in_words(self, value: Any) -> str:
        raise NotImplementedError


class RegionField(_Chooser):
    """A region; shows the full path."""

    url = "/choose/regions/"
    unknown = "没有找到这个地区，请从查找结果中选择，或填写 12 位区划代码。"
    ambiguous = "有几个同名的地区，请从查找结果中选择，或填写 12 位区划代码。"

    def __init__(self, queryset: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", REGION_HELP)
        super().__init__(Region.objects.current() if queryset is None else queryset, **kwargs)

    def find(self, typed: str) -> Any:
        if typed.isascii() and typed.isdigit():
            return self.queryset.filter(code=typed)
        return self.named(self.queryset, typed)

    @staticmethod
    def named(regions: Any, typed: str) -> Any:
        """Those of this full path, else of this name."""
        exact = regions.filter(path_name=spaced(typed))
        return exact if exact.exists() else regions.filter(name=typed)

    def in_words(self, value: Any) -> str:
        if isinstance(value, Region):
            return value.path_name
        text = str(value)
        if len(text) == 12 and text.isascii() and text.isdigit():
            return self.queryset.filter(code=text).values_list("path_name", flat=True).first() or text
        return text


def spaced(path: str) -> str:
    """A path as typed (青禾县/柳溪镇) in the way paths are stored (青禾县 / 柳溪镇)."""
    return " / ".join(part.strip() for part in path.split("/"))


class UnitField(_Chooser):
    """A unit by name; the search shows its region."""

    url = "/choose/units/"
    unknown = "没有找到这个单位，请从查找结果中选择。"
    ambiguous = "有几个同名的单位，请从查找结果中选择。"

    def __init__(self, queryset: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", UNIT_HELP)
        self.kinds = kwargs.pop("kinds", "")
        super().__init__(Unit.objects.current() if queryset is None else queryset, **kwargs)
        if self.kinds:
            self.widget.attrs["data-choose"] = f"{self.url}?kinds={self.kinds}"

    def prepare_value(self, value: Any) -> Any:
        return value.public_id if isinstance(value, Unit) else super().prepare_value(value)

    def find(self, typed: str) -> Any:
        exact = self.queryset.filter(public_id=typed)
        if exact.exists():
            return exact
        named = self.queryset.filter(name=typed)
        return named if named.exists() else self.queryset.filter(aliases__name=typed).distinct()

    def in_words(self, value: Any) -> str:
        if isinstance(value, Unit):
            return value.name
        text = str(value)
        known = self.queryset.filter(public_id=text) if len(text) == 22 and text.isalnum() else None
        if known is None and text.isascii() and text.isdigit():
            known = self.queryset.filter(pk=int(text))
        return (known.values_list("name", flat=True).first() if known is not None else None) or text


class UserField(forms.ModelChoiceField):
    """A person, from a list: name, unit and post."""

    def __init__(self, queryset: Any = None, **kwargs: Any) -> None:
        rows = User.objects.filter(is_active=True, is_service=False) if queryset is None else queryset
        kwargs.setdefault("empty_label", "请选择")
        kwargs.setdefault("to_field_name", "public_id")
        super().__init__(rows.select_related("person").prefetch_related("posts__unit"), **kwargs)
        self.error_messages.update(required="请选择人员。", invalid_choice="没有这个人员，请重新选择。")
        self.widget.attrs["data-select"] = ""

    def label_from_instance(self, obj: Any) -> str:
        words = (f"{post.unit.name} {post.get_role_display()}" for post in obj.posts.all())
        posts = "；".join(dict.fromkeys(words))  # one post over several areas is one
        return f"{obj.display_name}（{posts}）" if posts else str(obj.display_name)
