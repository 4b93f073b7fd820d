"""Filters shared by pages and the API, in the same words."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Q

from povertyaudit.core import few, moment, words
from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.forms.choosers import RegionField
from povertyaudit.core.forms.fields import CleanLineField, DateField
from povertyaudit.core.forms.numbers import RecordField
from povertyaudit.core.models import AuditEntry, Channel, Delivery, Post, Region, Role, User
from povertyaudit.core.models.channels import DeliveryState, NoticeGroup
from povertyaudit.core.render import SOON_DAYS
from povertyaudit.core.scope import region_under


class AnyRegionField(RegionField):
    """By its code also a region that has ended: old rows lie there. By name those of today."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Region.objects.all(), **kwargs)

    def find(self, typed: str) -> Any:
        if typed.isascii() and typed.isdigit():
            return self.queryset.filter(code=typed)
        return RegionField.named(self.queryset.current(), typed)


class RegionFilter(django_filters.Filter):
    """Rows in a region and everything under it: `region = RegionFilter(field_name="region", label="地区")`."""

    field_class = AnyRegionField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "")
        super().__init__(*args, **kwargs)

    def filter(self, qs: Any, value: Any) -> Any:
        return qs.filter(region_under(f"{self.field_name}_id", value.code)) if value else qs


class WordsFilter(django_filters.Filter):
    """Every word must occur in one of `fields`: `q = WordsFilter(fields=("number", "title"), label="编号或标题")`."""

    field_class = CleanLineField

    def __init__(self, *, fields: Iterable[str], **kwargs: Any) -> None:
        kwargs.setdefault("label", "编号或标题")
        kwargs.setdefault("max_length", 60)
        self.paths = tuple(fields)
        super().__init__(**kwargs)

    def filter(self, qs: Any, value: str) -> Any:
        for word in words.of(value or ""):
            qs = qs.filter(words.standing(qs.model, word, self.paths))
        return qs


class WordsBesideFilter(WordsFilter):
    """As `WordsFilter`, also for words in rows beside: `beside={"project": ("number", "title")}`.

    Those rows are looked up first (`few`): a join under OR would read the whole list whatever indexes there are.
    """

    def __init__(self, *, beside: dict[str, tuple[str, ...]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.beside = beside

    def filter(self, qs: Any, value: str) -> Any:
        for word in words.of(value or ""):
            wanted = words.standing(qs.model, word, self.paths)
            for key, paths in self.beside.items():
                model = qs.model._meta.get_field(key).related_model
                found = model._default_manager.filter(words.occurs(model, word, paths))
                wanted |= Q(**{f"{key}__in": few.keys(found, "pk")})
            qs = qs.filter(wanted)
        return qs


class RecordFilter(django_filters.Filter):
    """Rows of one record: `project = RecordFilter(queryset=Project.objects.all(), label="项目（编号）")`."""

    field_class = RecordField


class DayFilter(django_filters.Filter):
    """A day with a lookup: `due_before = DayFilter(field_name="due_on", lookup_expr="lte", label="期限不晚于")`."""

    field_class = DateField


class WithinFilter(django_filters.ChoiceFilter):
    """Clock light as a choice over a due-date path or annotation: overdue, today, week."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "期限")
        kwargs.setdefault("empty_label", "不限")
        super().__init__(
            choices=(("overdue", "已超期"), ("today", "今天到期"), ("week", "7 天内到期")), **kwargs
        )

    def filter(self, qs: Any, value: str) -> Any:
        today = moment.today()
        within = {
            "overdue": {"lt": today},
            "today": {"exact": today},
            "week": {"gte": today, "lte": today + timedelta(days=SOON_DAYS)},
        }
        wanted = within.get(value, {})
        return qs.filter(**{f"{self.field_name}__{lookup}": day for lookup, day in wanted.items()})


class TermFilter(django_filters.ChoiceFilter):
    """Rows classed by a code, whatever it was called then: `kind = TermFilter(terms=MisuseKind.objects.all(), label=…)`."""

    def __init__(self, *, terms: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "不限")
        self.terms = terms
        super().__init__(**kwargs)

    @property
    def field(self) -> Any:
        """Its choices are read when a form is made, not when the program starts."""
        self.extra.setdefault("choices", self.terms.codes())
        return super().field

    def filter(self, qs: Any, value: str) -> Any:
        return qs.filter(**{f"{self.field_name}__code": value}) if value else qs


class AccountChoiceFilter(django_filters.ModelChoiceFilter):
    """Rows an account has to do with, judged by a `method`: `member = AccountChoiceFilter(label=…, method=…)`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.all(), to_field_name="public_id", empty_label="不限", **kwargs)


class AccountFilter(django_filters.FilterSet):
    """Accounts by name, person and unit."""

    q = WordsFilter(fields=("username", "person__name", "region__name"), label="账号或姓名")
    unit = django_filters.CharFilter(method="in_unit", label="任职单位")
    role = django_filters.ChoiceFilter(
        choices=Role.choices, method="in_role", label="岗位", empty_label="不限"
    )

    class Meta:
        model = User
        fields = ("is_active",)

    def in_unit(self, queryset: Any, name: str, value: str) -> Any:
        posts = Post.objects.open().filter(unit__name__icontains=to_halfwidth(value))
        return queryset.filter(pk__in=posts.values("user_id"))

    def in_role(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(pk__in=Post.objects.open().filter(role=value).values("user_id"))


class AuditFilter(django_filters.FilterSet):
    """Entries of the record by number, person, verb and day."""

    q = WordsFilter(fields=("target_number", "actor_name"), label="编号或操作人")
    number = django_filters.CharFilter(field_name="target_number", label="编号")
    target = django_filters.CharFilter(field_name="target_public_id", label="对象标识")
    verb = django_filters.CharFilter(label="动作代码")
    on_from = DayFilter(field_name="at__date", lookup_expr="gte", label="起始日期")
    on_to = DayFilter(field_name="at__date", lookup_expr="lte", label="截止日期")
    at = django_filters.IsoDateTimeFromToRangeFilter(label="时间")

    class Meta:
        model = AuditEntry
        fields = ("verb",)


class DeliveryFilter(django_filters.FilterSet):
    """The log of what went out, by way, outcome and time; there is nothing about whom or what in it."""

    state = django_filters.ChoiceFilter(choices=DeliveryState.choices, label="状态", empty_label="不限")
    channel = django_filters.ModelChoiceFilter(
        queryset=Channel.objects.all(), to_field_name="public_id", label="渠道", empty_label="不限"
    )
    host = django_filters.CharFilter(field_name="channel__host", lookup_expr="icontains", label="主机")
    group = django_filters.ChoiceFilter(choices=NoticeGroup.choices, label="类别", empty_label="不限")
    attempts = django_filters.NumberFilter(
        field_name="attempts", lookup_expr="gte", min_value=0, max_value=1000, label="发送次数不少于"
    )
    on_from = DayFilter(field_name="created_at__date", lookup_expr="gte", label="起始日期")
    on_to = DayFilter(field_name="created_at__date", lookup_expr="lte", label="截止日期")

    class Meta:
        model = Delivery
        fields = ("state",)


def names_of(filterset: Any) -> frozenset[str]:
    """Query names of a filter set, ranges included ("found_on_after")."""
    names: set[str] = set()
    for name, field in filterset.form.fields.items() if filterset is not None else ():
        suffixes = getattr(field.widget, "suffixes", None)
        names |= {f"{name}_{suffix}" if suffix else name for suffix in suffixes} if suffixes else {name}
    return frozenset(names)
