"""Conditions of a list in words: chips above its table, and what a saved view will hold."""

from typing import Any

from povertyaudit.core.saved_views import parsed
from povertyaudit.core.scope import scope_choices
from povertyaudit.core.views.columns import chosen
from povertyaudit.core.views.parts import Fact, Facts

UNAVAILABLE = "不可用的条件"


def words_of(field: Any, raw: list[str]) -> str:
    """Values of a filter in the words of its choices."""
    if hasattr(field, "in_words"):
        return "、".join(field.in_words(value) for value in raw)
    labels = {str(key): str(label) for key, label in getattr(field, "choices", None) or ()}
    return "、".join(labels.get(value, value) for value in raw)


def told(page: Any, query: str, user: Any) -> Facts:
    """What the conditions `query` of the list `page` say to `user`."""
    said = parsed(query)
    facts = [Fact("标签", tab.label) for tab in page.tabs if tab.key and tab.key == said.get("tab")]
    form = page.filterset_class(said, queryset=page.queryset.none()).form if page.filterset_class else None
    if form is not None:
        scope_choices(form, user)
        for name, field in form.fields.items():
            if raw := said.getlist(name):
                words = UNAVAILABLE if name in form.errors else words_of(field, raw)
                facts.append(Fact(str(field.label or name), words))
    ordering = said.get("ordering", "")
    how = "（倒序）" if ordering.startswith("-") else ""
    by = next((one for one in page.columns if one.order and one.order == ordering.removeprefix("-")), None)
    if by is not None:
        facts.append(Fact("排序", by.label + how))
    if names := said.get("columns"):
        facts.append(Fact("列", "、".join(column.label for column in chosen(page.columns, names)), wide=True))
    return Facts("保存的条件", facts)
