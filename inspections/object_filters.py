"""Rows of one object of a round, and those of them that are not done: in the same words on every list of what it was told."""

import re
from typing import Any

import django_filters

from inspections.models import RoundObject
from inspections.querysets import TOLD
from povertyaudit.core.filters import WordsFilter
from povertyaudit.core.forms.fields import CleanLineField

AN_ID = re.compile(r"[0-9A-Za-z]{22}")


class ObjectWordsField(CleanLineField):
    """Words of the name of an object, or its id; `queryset` is narrowed to what the reader may know of."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.queryset = RoundObject.objects.all()

    def in_words(self, value: Any) -> str:
        """An id as the name of the object."""
        if not AN_ID.fullmatch(str(value)):
            return str(value)
        return str(self.queryset.filter(public_id=value).values_list("name", flat=True).first() or value)


class ObjectFilter(WordsFilter):
    """By the id exactly, else by words of the name: `object = ObjectFilter()`."""

    field_class = ObjectWordsField

    def __init__(self, path: str = "object") -> None:
        self.path = path
        super().__init__(fields=(f"{path}__name",), label="巡察对象")

    def filter(self, qs: Any, value: str) -> Any:
        if value and AN_ID.fullmatch(value):
            return qs.filter(**{f"{self.path}__public_id": value})
        return super().filter(qs, value)


class LeftFilter(django_filters.ChoiceFilter):
    """Rows that are not done, or that are, as `TOLD` says it of `name`: `left = LeftFilter("opinion")`."""

    def __init__(self, name: str) -> None:
        self.done = TOLD[name][1]
        choices = (("yes", "没有办完"), ("no", "已经办完"))
        super().__init__(choices=choices, label="办理", empty_label="不限")

    def filter(self, qs: Any, value: str) -> Any:
        if not value:
            return qs
        return qs.exclude(state__in=self.done) if value == "yes" else qs.filter(state__in=self.done)
