"""Input fields that clean like the pages' fields do, and references that only find rows in scope."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import ValidationError as Refused
from django.db.models import QuerySet
from rest_framework import serializers

from povertyaudit.core import cleaning, idnumbers
from povertyaudit.core.models import Dossier, Region, Unit, User
from povertyaudit.core.scope import root_model

MAX_PLACE = 4  # digits: ids are longer


def _clean(check: Callable[..., Any], value: Any, **options: Any) -> Any:
    """Run a cleaning function, its refusal as the serializer's."""
    try:
        return check(value, **options)
    except Refused as refused:
        raise serializers.ValidationError(refused.messages[0], code=str(refused.code)) from None


class LineField(serializers.CharField):
    """One line of text."""

    cleaner = staticmethod(cleaning.clean_line)

    def __init__(self, *, max_length: int = 200, **options: Any) -> None:
        self.longest = max_length
        super().__init__(**options)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data is not serializers.empty and data is not None:
            data = _clean(type(self).cleaner, data, max_length=self.longest, required=not self.allow_blank)
        return super().run_validation(data)


class ProseField(LineField):
    """Text of several lines."""

    cleaner = staticmethod(cleaning.clean_text)

    def __init__(self, *, max_length: int = cleaning.MAX_TEXT, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)


class CodeField(LineField):
    """A number or code; full-width digits and letters become half-width."""

    cleaner = staticmethod(cleaning.clean_code)


class MonthField(LineField):
    """A month as "1975-06"; "1975年6月" and the like are accepted."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, **options)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data is not serializers.empty and data is not None:
            data = _clean(cleaning.clean_month, data, required=not self.allow_blank)
        return serializers.CharField.run_validation(self, data)


class IdNumberField(LineField):
    """An ID number of 18 characters, never sent back."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, write_only=True, **options)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data is not serializers.empty and data is not None:
            data = _clean(idnumbers.clean_id_number, data, required=not self.allow_blank)
        return serializers.CharField.run_validation(self, data)


class MoneyField(serializers.IntegerField):
    """Money in 分, 0 to 10^15."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"min_value": 0, "max_value": cleaning.MAX_FEN} | options))

    def to_internal_value(self, data: Any) -> int:
        return int(_clean(cleaning.clean_money_fen, data))


class DayField(serializers.DateField):
    """A date between 1949 and 2100, ISO 8601; the Chinese form and full-width digits are accepted."""

    def to_internal_value(self, value: Any) -> Any:
        return _clean(cleaning.clean_date, value)


class MomentField(serializers.DateTimeField):
    """Day and hour, ISO 8601, on a day as of `DayField`; without an offset it is the time of the county."""

    default_error_messages = {"invalid": "请填写日期和时间，例如 2026-11-22T09:30:00+08:00。"}  # noqa: RUF012 — the framework's name

    def enforce_timezone(self, value: datetime) -> datetime:
        return super().enforce_timezone(_clean(cleaning.clean_moment, value))


class NumberField(serializers.IntegerField):
    """A whole number that fits the database: 0 to 1,000,000,000 unless said otherwise."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"min_value": 0, "max_value": 1_000_000_000} | options))

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool):
            self.fail("invalid")
        return int(super().to_internal_value(cleaning.to_halfwidth(data) if isinstance(data, str) else data))


class ScopedRelatedField(serializers.SlugRelatedField):
    """A row by its opaque id, out of those the caller may know of; any other is "not a valid choice".

    A dossier also by its register number. In a verb on a record, a child row must be one of that record's, and may
    be named by its place there: "1" is the first.
    """

    # Further columns by which people name the row; used when exactly one row in scope answers.
    also_by: tuple[str, ...] = ()

    def __init__(self, *, slug_field: str = "public_id", **options: Any) -> None:
        super().__init__(slug_field=slug_field, **options)

    def get_queryset(self) -> "QuerySet[Any]":
        queryset = cast("Any", self).queryset.all()
        return cast("QuerySet[Any]", queryset.visible_to(self.context["request"].user))

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid")
        wanted = _clean(cleaning.clean_code, data, max_length=200)
        rows = self.get_queryset()
        numbered = ("number",) if issubclass(rows.model, Dossier) else ()
        parent = self._parent()
        if parent:
            rows = rows.filter(**parent)
            if len(wanted) <= MAX_PLACE and wanted.isdecimal() and int(wanted):
                found = list(rows.order_by("pk")[int(wanted) - 1 : int(wanted)])
                return found[0] if found else self.fail("does_not_exist", slug_name=self.slug_field, value="")
        for column in (self.slug_field, *self.also_by, *numbered):
            found = list(rows.filter(**{str(column): wanted})[:2])
            if len(found) == 1:
                return found[0]
        return self.fail("does_not_exist", slug_name=self.slug_field, value="")

    def _parent(self) -> dict[str, Any]:
        """The condition that ties a child row to the record the verb is called on; empty where there is none."""
        model, row = cast("Any", self).queryset.model, self.context.get("row")
        path = getattr(model, "dossier_path", "")
        return {path: row} if path and row is not None and isinstance(row, root_model(model)) else {}


class RegionField(ScopedRelatedField):
    """A region by its 12-digit code."""

    def __init__(self, **options: Any) -> None:
        options = options if options.get("read_only") else {"queryset": Region.objects.all()} | options
        super().__init__(slug_field="code", **options)


class UnitField(ScopedRelatedField):
    """A unit by its id, or by its full name where only one unit in scope bears it."""

    also_by = ("name",)

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **(options if options.get("read_only") else {"queryset": Unit.objects.current()} | options)
        )


class UserField(ScopedRelatedField):
    """An account by its id or user name."""

    also_by = ("username",)

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **(options if options.get("read_only") else {"queryset": User.objects.all()} | options)
        )


class TermField(ScopedRelatedField):
    """A term by its code: as it is called today, else as it was called last. The service takes the words of the day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(slug_field="code", **options)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid")
        wanted = _clean(cleaning.clean_code, data, max_length=60)
        rows: Any = self.get_queryset().filter(code=wanted)
        found = rows.on().first() or rows.named().order_by("-id").first()
        return found or self.fail("does_not_exist", slug_name=self.slug_field, value="")
