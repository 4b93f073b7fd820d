"""支出进度周报 for machines: each week as it was kept, the figures of the page. Money is in 分."""

from typing import Any, ClassVar, cast

import django_filters
from django.db.models import Prefetch
from rest_framework import serializers

from funds.models import ProgressLine, ProgressWeek
from funds.progress import Pace, paces
from funds.project_pages import percent
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.filters import RegionFilter


class ProgressLineSerializer(serializers.ModelSerializer[ProgressLine]):
    """A township or a kind in a week."""

    rate = serializers.SerializerMethodField(help_text="支出率（%）；没有安排资金的为空")
    points = serializers.SerializerMethodField(
        help_text="比序时进度高（正）低（负）几个百分点；没有安排资金的为空"
    )
    lags = serializers.SerializerMethodField(help_text="是否滞后")

    class Meta:
        model = ProgressLine
        fields = (
            "by", "key", "label", "projects", "funded_fen", "paid_fen", "spent_fen", "rate", "points", "lags", "place",
            "weeks_last",
        )  # fmt: skip

    def get_rate(self, row: ProgressLine) -> str | None:
        return str(percent(row.spent_fen, row.funded_fen)) if row.funded_fen else None

    def get_points(self, row: ProgressLine) -> float | None:
        return (
            round(row.spent_fen * 100 / row.funded_fen - self._pace(row).due, 1) if row.funded_fen else None
        )

    def get_lags(self, row: ProgressLine) -> bool:
        return self._pace(row).lags(row.spent_fen, row.funded_fen)

    def _pace(self, row: ProgressLine) -> Pace:
        """Of the day the week is as of; the rule is asked once for all weeks of an answer."""
        kept = cast("dict[str, Any]", self.context)
        if "paces" not in kept:
            seen = ProgressWeek.objects.visible_to(kept["request"].user).order_by()
            kept["paces"] = paces(seen.values_list("through", flat=True).distinct())
        found: Pace = kept["paces"][row.week.through]
        return found


class ProgressWeekSerializer(serializers.ModelSerializer[ProgressWeek]):
    """A week; it never changes."""

    id = serializers.CharField(source="public_id", read_only=True)
    number = serializers.SerializerMethodField(help_text="县代码和固定日期")
    version = serializers.IntegerField(default=1, read_only=True)
    region = serializers.CharField(source="region_id", read_only=True, help_text="县的 12 位区划代码")
    state = serializers.CharField(default="kept", read_only=True)
    state_display = serializers.CharField(default="已固定", read_only=True)
    created_at = serializers.DateTimeField(source="made_at", read_only=True)
    updated_at = serializers.DateTimeField(source="made_at", read_only=True)
    actions = serializers.ListField(child=serializers.CharField(), default=list, read_only=True)
    due = serializers.SerializerMethodField(help_text="序时进度（%）")
    lines = ProgressLineSerializer(many=True, read_only=True)

    class Meta:
        model = ProgressWeek
        fields = (
            "id", "number", "version", "region", "state", "state_display", "created_at", "updated_at", "actions", "day",
            "through", "due", "lines",
        )  # fmt: skip

    def get_number(self, row: ProgressWeek) -> str:
        return f"{row.region_id[:6]}-{row.day}"

    def get_due(self, row: ProgressWeek) -> float:
        return round(row.through.month * 100 / 12, 1)


class ProgressWeekFilter(django_filters.FilterSet):
    """Which weeks, and which lines of them."""

    region = RegionFilter(field_name="region", label="地区")
    day = django_filters.DateFilter(label="固定日期（星期一）")
    day_from = django_filters.DateFilter(field_name="day", lookup_expr="gte", label="固定日期（起）")
    day_to = django_filters.DateFilter(field_name="day", lookup_expr="lte", label="固定日期（止）")
    by = django_filters.ChoiceFilter(
        choices=ProgressLine.By.choices, method="only", label="分法：乡镇、项目类别"
    )
    key = django_filters.CharFilter(max_length=30, method="only", label="乡镇代码或者项目类别代码")
    last = django_filters.BooleanFilter(method="last_three", label="只要后三名")

    class Meta:
        model = ProgressWeek
        fields = ()

    def filter_queryset(self, queryset: Any) -> Any:
        self.lines: Any = ProgressLine.objects.select_related("week")
        found = super().filter_queryset(queryset)
        return found.prefetch_related(None).prefetch_related(Prefetch("lines", self.lines))

    def only(self, rows: Any, name: str, value: str) -> Any:
        self.lines = self.lines.filter(**{name: value})
        return rows

    def last_three(self, rows: Any, _name: str, value: bool) -> Any:
        self.lines = self.lines.filter(weeks_last__gt=0) if value else self.lines.filter(weeks_last=0)
        return rows


class ProgressWeekViewSet(ScopedViewSet):
    """支出进度周报：每周一固定，以后不再改变；每周各乡镇、各项目类别一行，与页面相同。金额单位为分。"""

    queryset = ProgressWeek.objects.prefetch_related(
        Prefetch("lines", ProgressLine.objects.select_related("week"))
    )
    serializer_class = ProgressWeekSerializer
    filterset_class = ProgressWeekFilter
    orderings: ClassVar[dict[str, str]] = {"day": "day", "created_at": "made_at"}
    default_ordering = "-day"
