"""Filters of documents and of templates."""

import django_filters as filters

from povertyaudit.core.filters import WordsFilter
from povertyaudit.documents.kinds import kinds
from povertyaudit.documents.models import Document, DocumentTemplate

ANY = "不限"
KINDS = [(one.code, one.label) for one in kinds().values()]


class DocumentFilter(filters.FilterSet):
    q = WordsFilter(fields=("title", "number"), label="标题、文号")
    kind = filters.ChoiceFilter(choices=KINDS, label="文书", empty_label=ANY)
    made_from = filters.DateFilter(field_name="created_at", lookup_expr="date__gte", label="生成日期从")
    made_to = filters.DateFilter(field_name="created_at", lookup_expr="date__lte", label="到")

    class Meta:
        model = Document
        fields = ("q", "kind")


class TemplateFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=KINDS, label="文书", empty_label=ANY)

    class Meta:
        model = DocumentTemplate
        fields = ("kind", "state")
