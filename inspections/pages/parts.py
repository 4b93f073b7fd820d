"""Parts that several pages of rounds show: files, and links as far as the reader may know."""

from typing import Any

from django.utils.html import format_html

from povertyaudit.core.models import Attachment
from povertyaudit.core.views import Column, Table

FILE_COLUMNS = (
    Column("__str__", "材料", kind="link", phone="main"),
    Column("uploaded_by.display_name", "上传人"),
    Column("created_at", "上传时间", kind="moment"),
)


def files_table(row: Any, user: Any, title: str, action: tuple[str, str] | None = None) -> Table:
    """The files of a record this user may open, newest versions only."""
    found = Attachment.objects.seen_of(row, user).newest().select_related("uploaded_by__person")
    return Table(title, FILE_COLUMNS, found, "还没有上传材料。", action, "files")


def to_record(row: Any, words: str = "") -> Any:
    """A link to another record."""
    return format_html('<a href="{}">{}</a>', row.get_absolute_url(), words or row)


def seen(user: Any, row: Any) -> Any:
    """Another record as far as this person may know of it: a link, else its name alone."""
    if row is None:
        return ""
    known = type(row)._default_manager.visible_to(user).filter(pk=row.pk).exists()
    return to_record(row) if known else str(row)
