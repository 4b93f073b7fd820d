"""The files of a letter's reply and of a source paper: a table on the page of the dossier, each opened in a page of ours."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString

from povertyaudit.core.models import Attachment
from povertyaudit.core.views import Column, Table
from rectification.models import SourcePaper
from rectification.services.escalation_letters import REPLY
from rectification.services.source_papers import SCAN


def of(row: Any) -> list[Attachment]:
    """Its files as they stand; the letters the system wrote itself have pages of their own."""
    kind = SCAN if isinstance(row, SourcePaper) else REPLY
    found = Attachment.objects.of(row).newest().filter(kind=kind).order_by("pk")
    return list(found.select_related("uploaded_by__person"))


def address(row: Any, file: Attachment) -> str:
    return f"{row.get_absolute_url()}files/{file.public_id}/"


def table(row: Any, words: str, empty: str = "", action: tuple[str, str] | None = None) -> Table:
    """Small pictures of photos, the names of papers."""
    columns = (
        Column("name", "文件", kind="html", value=lambda file: _link(row, file), phone="main"),
        Column("size", "大小", value=lambda file: str(filesizeformat(file.size)), phone="hide"),
        Column("version_no", "第几版", kind="number", phone="hide"),
        Column("uploaded_by.display_name", "上传人", phone="sub"),
        Column("created_at", "日期", kind="date", phone="side"),
    )
    return Table(words, columns, of(row), empty, key="files", action=action)


def _link(row: Any, file: Attachment) -> SafeString:
    if not file.thumb_sha256:
        return format_html('<a href="{}">{}</a>', address(row, file), file)
    return format_html(
        '<a href="{}"><img class="thumb" src="{}?thumb=1" alt="" width="56" height="42" loading="lazy"> {}</a>',
        address(row, file), file.get_absolute_url(), file,
    )  # fmt: skip
