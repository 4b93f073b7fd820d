"""Filters of documents and of templates."""

import django_filters as filters

from povertyaudit.core.filters import WordsFilter
from povertyaudit.documents.models import Document, DocumentTemplate


class DocumentFilter(filters.FilterSet):
    q = WordsFilter(fields=("title", "number"), label="标题、文号")
    kind = filters.CharFilter(label="文书代码")
    made_from = filters.DateFilter(field_name="created_at", lookup_expr="date__gte", label="生成日期从")
    made_to = filters.DateFilter(field_name="created_at", lookup_expr="date__lte", label="到")

    class Meta:
        model = Document
        fields = ("q", "kind")


class TemplateFilter(filters.FilterSet):
    kind = filters.CharFilter(label="文书代码")

    class Meta:
        model = DocumentTemplate
        fields = ("kind", "state")
