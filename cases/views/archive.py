"""The list of one archived volume: to read, to print, to take away as a table."""

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header

from cases import pages
from cases.models import Volume
from cases.views.leads import PARENT
from povertyaudit.core import audit, ledger
from povertyaudit.core.views import Fact, Facts, RecordPage, Table


class VolumePage(RecordPage):
    queryset = Volume.objects.for_list()
    section, parent = "leads", PARENT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.GET.get("format") == "csv":
            return self.export()
        return super().get(request, *args, **kwargs)

    def export(self) -> StreamingHttpResponse:
        """The list as a table; the record keeps who took it."""
        volume = self.get_object()
        lines = pages.volume_lines(volume)
        heads = [column.label for column in pages.CONTENT_COLUMNS]
        cells = [[line[column.key] for column in pages.CONTENT_COLUMNS] for line in lines]
        facts = {"list": "volume", "format": "csv", "rows": len(lines), "volume": volume.public_id}
        audit.record("export.list", self.user, by=self.user, facts=facts)
        name = content_disposition_header(True, f"归档目录-{volume.number}-{volume.ordinal}.csv")
        headers = {"Content-Disposition": name or "attachment", "Cache-Control": "no-store"}
        return StreamingHttpResponse(
            ledger.csv_table(heads, cells), content_type="text/csv; charset=utf-8", headers=headers
        )

    def facts(self) -> Any:
        volume = self.object
        facts = [
            Fact("线索", str(volume.lead), "link", row=volume.lead),
            Fact("归档人", volume.archived_by.display_name),
            Fact("归档日期", volume.archived_on, "date"),
            Fact("件数", f"{volume.count} 件"),
        ]
        return [Facts("一案一卷", facts)]

    def tables(self) -> Any:
        action = ("导出目录", f"{self.object.get_absolute_url()}?format=csv")
        lines = pages.volume_lines(self.object)
        return [Table(self.object.title, pages.CONTENT_COLUMNS, lines, action=action, key="contents")]

    def clocks(self) -> Any:
        return []

    def history(self) -> Any:
        """The entry of the archiving."""
        return audit.history(self.object.lead).filter(
            verb="lead.archive", changes__volume=self.object.ordinal
        )
