"""One FilterSet for the page and the API: notices, comments."""

import django_filters

from povertyaudit.core.filters import DayFilter, RegionFilter, WordsFilter
from rectification.models import CommentChannel, CommentState, NoticeComment, NoticeState, PublicNotice

ANY = "不限"


class NoticeFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title", "round__name", "unit__name"), label="编号、标题、轮次或单位")
    state = django_filters.ChoiceFilter(choices=NoticeState.choices, label="状态", empty_label=ANY)
    region = RegionFilter(field_name="region", label="地区")
    published_from = DayFilter(field_name="published_on", lookup_expr="gte", label="公开不早于")
    published_to = DayFilter(field_name="published_on", lookup_expr="lte", label="公开不晚于")

    class Meta:
        model = PublicNotice
        fields = ()


class CommentFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "text", "notice__number"), label="编号、内容或公开编号")
    state = django_filters.ChoiceFilter(choices=CommentState.choices, label="状态", empty_label=ANY)
    channel = django_filters.ChoiceFilter(choices=CommentChannel.choices, label="方式", empty_label=ANY)
    received_from = DayFilter(field_name="received_on", lookup_expr="gte", label="收到不早于")
    received_to = DayFilter(field_name="received_on", lookup_expr="lte", label="收到不晚于")

    class Meta:
        model = NoticeComment
        fields = ()
