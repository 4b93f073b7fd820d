"""A document by itself: what it is and of which row, its file, what was done with it; and 作废."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html

from povertyaudit.core import audit
from povertyaudit.core.forms import RequiredOpinionForm
from povertyaudit.core.views import ActPage, Fact, Facts, RecordPage
from povertyaudit.core.views.records import Step
from povertyaudit.documents.models import Document
from povertyaudit.documents.services import voiding
from povertyaudit.documents.views.making import SECTION, file_links
from povertyaudit.documents.workflow import DOCUMENT


class DocumentPage(RecordPage):
    queryset = Document.objects.for_list()
    section, workflow, parent = SECTION, DOCUMENT, ("文书", "/documents/")

    def get_heading(self) -> str:
        return self.object.title if self.object.number else ""

    def clocks(self) -> list[Any]:
        """A document has no clock."""
        return []

    def facts(self) -> Sequence[Facts]:
        row, of = self.object, self.object.dossier
        made = [
            Fact("文书", row.kind_label),
            Fact("文号", row.number),
            Fact("由此生成", format_html('<a href="{}">{}</a>', of.get_absolute_url(), of)),
            Fact("文件", file_links(row)),
            Fact("生成人", row.made_by.display_name),
            Fact("生成时间", row.created_at, "moment"),
            Fact("模板", row.template.edition_words),
            Fact("文件校验值", row.attachment.sha256, wide=True),
        ]
        return [*self._void(), Facts("文书", made)]

    def _void(self) -> list[Facts]:
        row = self.object
        if not row.voided_at:
            return []
        said = [
            Fact("作废人", row.voided_by.display_name),
            Fact("作废时间", row.voided_at, "moment"),
            Fact("理由", row.void_reason, wide=True),
        ]
        return [Facts("已作废", said)]

    def timeline(self) -> list[Step]:
        """What the record of its row says of this document."""
        file = self.object.attachment.public_id
        acts = audit.history(self.object.dossier).filter(verb__startswith="document.", changes__file=file)
        return [self.step(entry) for entry in acts]


class VoidDocument(ActPage):
    queryset = Document.objects.for_list()
    section, workflow = SECTION, DOCUMENT
    verb, perform, destructive = "void", staticmethod(voiding.void), True
    form_class = RequiredOpinionForm
    intro = "文号不再使用，文件仍可查看，各处标明已作废；作废以后不能恢复，需要的另行生成一份。"
