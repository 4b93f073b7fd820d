"""What a list of imports is narrowed by; pages and REST share it."""

import django_filters

from povertyaudit.core.filters import WordsFilter
from povertyaudit.sheets.kinds import KINDS
from povertyaudit.sheets.models import ImportState, SheetImport

ANY = "全部"


class SheetImportFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "file_name"), label="编号或文件")
    kind = django_filters.ChoiceFilter(
        choices=[(kind.code, kind.label) for kind in KINDS.values()], label="内容", empty_label=ANY
    )
    state = django_filters.ChoiceFilter(choices=ImportState.choices, label="状态", empty_label=ANY)

    class Meta:
        model = SheetImport
        fields = ()
