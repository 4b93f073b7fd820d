"""Regions, units, people, terms and records by what people call them: read once, asked for every row.

What somebody may not know of is not found here either; a name that is nearly right is answered with those it may mean.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from povertyaudit.core.likeness import plain
from povertyaudit.core.models import Region, Unit, UnitAlias, User
from povertyaudit.core.scope import ScopedQuerySet

MEANT = 3  # suggestions
BATCH = 500


class Named:
    """Rows by words in one form. A word two rows bear says nothing."""

    def __init__(self, what: str, unsure: str) -> None:
        self.what, self.unsure = what, unsure
        self.by_word: dict[str, Any] = {}
        self.twice: set[str] = set()
        self.shown: dict[str, str] = {}
        self.refused: dict[str, ValidationError] = {}

    def add(self, row: Any, words: Iterable[str], *, over: bool = False) -> None:
        """`over`: a weaker name, which gives way to another row's own."""
        for word in words:
            spelt = plain(word)
            if not spelt:
                continue
            there = self.by_word.get(spelt)
            if there is None:
                self.by_word[spelt], self.shown[spelt] = row, word
            elif there != row and not over:
                self.twice.add(spelt)

    def find(self, text: str) -> Any:
        """The row of this name. Raises ValidationError with what may be meant."""
        spelt = plain(text)
        row = self.by_word.get(spelt)
        if row is not None and spelt not in self.twice:
            return row
        if text not in self.refused:
            self.refused[text] = self._unknown(text, spelt)
        raise self.refused[text]

    def _unknown(self, text: str, spelt: str) -> ValidationError:
        if spelt in self.twice:
            return ValidationError(f"有几个“{text[:30]}”，{self.unsure}", "ambiguous")
        near = get_close_matches(spelt, self.by_word, MEANT, 0.5)
        meant = f"是不是“{'”“'.join(self.shown[one] for one in near)}”？" if near else self.unsure
        return ValidationError(f"没有找到这个{self.what}：{text[:30]}。{meant}", "unknown")


class Lookups:
    """For one person and one run."""

    def __init__(self, by: User) -> None:
        self.by = by
        self._kept: dict[Any, Named] = {}
        self._rows: dict[Any, dict[str, Any]] = {}

    def of(self, field: forms.Field) -> Named:
        """What a choosing field chooses from."""
        if id(field) not in self._kept:
            self._kept[id(field)] = self._read(field)
        return self._kept[id(field)]

    def _read(self, field: Any) -> Named:
        if not hasattr(field, "queryset"):
            found = Named("选项", "请从下拉列表中选择。")
            for code, label in field.choices:
                if code != "":
                    found.add(code, [str(label), str(code)])
            return found
        rows = field.queryset
        if isinstance(rows, ScopedQuerySet):
            rows = rows.visible_to(self.by)
        if rows.model is Region:
            return _regions(rows)
        if rows.model is Unit:
            return _units(rows)
        return self._users(rows) if rows.model is User else _choices(field, rows)

    def _users(self, rows: Any) -> Named:
        found = Named("人员", "请填姓名；有重名的填账号。")
        people = list(rows.select_related("person"))
        for one in people:
            found.add(one, [one.username])
        for one in people:
            found.add(one, [one.person.name])
        return found

    def prime(self, field: Any, numbers: Iterable[str]) -> None:
        """Read the records that the numbers of a column name, in a few queries."""
        kept = self._rows.setdefault(id(field), {})
        wanted = [one for one in dict.fromkeys(numbers) if one not in kept]
        rows = field.queryset.visible_to(self.by)
        for start in range(0, len(wanted), BATCH):
            some = wanted[start : start + BATCH]
            there = {row.number: row for row in rows.filter(number__in=some)}
            kept.update({number: there.get(number) for number in some})

    def record(self, field: Any, number: str) -> Any:
        """The record of a number. Raises ValidationError."""
        kept = self._rows.setdefault(id(field), {})
        if number not in kept:
            self.prime(field, [number])
        if (row := kept[number]) is None:
            raise ValidationError(f"没有这个编号，或者您无权查看：{number[:40]}。", "unknown")
        return row


def _regions(rows: Any) -> Named:
    """By code, full path and name; of a village also with its township before it."""
    found = Named("地区", "请填 12 位区划代码，或者“乡镇名村名”。")
    listed = list(rows.order_by("level", "code"))
    names = {one.code: one.name for one in listed}
    for one in listed:
        above = names.get(one.code[:9].ljust(12, "0"), "") if one.level == 5 else ""
        county = names.get(one.code[:6].ljust(12, "0"), "")
        found.add(
            one,
            [one.code, one.path_name, f"{above}{one.name}" if above else "", f"{county}{above}{one.name}"],
        )
    for one in listed:
        found.add(one, [one.name])
    return found


def _units(rows: Any) -> Named:
    """By name, then by former and other names."""
    found = Named("单位", "请填单位全称。")
    listed = {one.pk: one for one in rows.select_related("region")}
    for one in listed.values():
        found.add(one, [one.name])
        found.add(one, [f"{one.region.name}{one.name}"], over=True)
    for alias in UnitAlias.objects.filter(unit__in=rows):
        if (one := listed.get(alias.unit_id)) is not None:
            found.add(one, [alias.name], over=True)
    return found


def _choices(field: Any, rows: Any) -> Named:
    """A list of terms and the like: by words and by code."""
    found = Named(str(field.label), "请从下拉列表中选择。")
    for row in rows:
        code = getattr(row, "code", "")
        found.add(row, [str(field.label_from_instance(row)), getattr(row, "name", ""), str(code)])
    return found
