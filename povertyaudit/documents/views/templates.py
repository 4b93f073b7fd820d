"""文书模板: dated, a place may have its own; uploaded by 案管室, confirmed by 安全保密."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import Role
from povertyaudit.core.scope import ScopedMixin
from povertyaudit.core.views import Column, Fact, Facts, Table
from povertyaudit.core.views.records import Verb
from povertyaudit.core.views.refusals import plain
from povertyaudit.core.views.region_rules import Decide, Propose, RuleList, RulePage
from povertyaudit.documents.forms import TemplateForm
from povertyaudit.documents.kinds import kinds
from povertyaudit.documents.models import DocumentTemplate
from povertyaudit.documents.services import templates
from povertyaudit.documents.serving import word_file

SECTION = "document_templates"
TEMPLATES = ("文书模板", "/document-templates/")
FIELD_COLUMNS = (
    Column("written", "写法", phone="main"), Column("meaning", "填入什么", phone="sub"), Column("sample", "例如", phone="hide"),
)  # fmt: skip


class Written:
    """A field as it is written in a template."""

    def __init__(self, written: str, meaning: str, sample: str) -> None:
        self.written, self.meaning, self.sample = written, meaning, sample

    @classmethod
    def of(cls, code: str) -> "list[Written]":
        found = []
        known = kinds().get(code)
        for field in known.fields.all if known else ():
            if not field.rows:
                found.append(cls(f"{{{{ {field.name} }}}}", field.meaning, field.sample))
                continue
            names = "、".join(f"{{{{ 行.{part.name} }}}}（{part.meaning}）" for part in field.rows)
            found.append(
                cls(f"{{%p for 行 in {field.name} %}} … {{%p endfor %}}", f"{field.meaning}：{names}", "")
            )
        return found


class TemplateList(RuleList):
    queryset = DocumentTemplate.objects.for_list()
    section, title = SECTION, "文书模板"
    order = "kind"
    columns = (
        Column("kind_label", "文书", kind="link", order="kind", phone="main"),
        Column("edition_words", "模板", phone="first"),
        Column("place", "适用地区", phone="sub"),
        Column("valid_from", "施行日期", kind="date", order="valid_from"),
        Column("source", "依据", kind="wrap", phone="hide"),
        Column("state", "状态", kind="state"),
    )
    empty, empty_hint = "没有待确认的模板。", "案管室打开一种文书上传模板，由安全保密管理员确认。"


def says(row: Any) -> Sequence[Facts]:
    """What the template is, by whose word, and the fingerprint of its file."""
    own = [
        Fact("文书", row.kind_label), Fact("模板", row.edition_words), Fact("文件名", row.file_name),
        Fact("校验值", row.sha256, wide=True),
    ]  # fmt: skip
    basis = [
        Fact("适用地区", row.place), Fact("施行日期", row.valid_from, "date"), Fact("依据", row.source, wide=True),
        Fact("提出人", row.changed_by), Fact("确认人", row.confirmed_by), Fact("说明", row.note, wide=True),
    ]  # fmt: skip
    return [Facts("文书模板", [one for one in own if one.value]), Facts("依据", basis)]


class TemplatePage(RulePage):
    queryset = DocumentTemplate.objects.for_list()
    section, parent = SECTION, TEMPLATES

    def facts(self) -> Sequence[Facts]:
        return says(self.object)

    def verbs(self) -> list[Verb]:
        """A template is changed by uploading another."""
        return [replace(one, label="上传模板") if one.name == "propose" else one for one in super().verbs()]

    def tables(self) -> list[Table]:
        action = ("下载模板", f"{self.object.get_absolute_url()}file/")
        return [
            Table("可以使用的字段", FIELD_COLUMNS, Written.of(self.object.kind), action=action, key="fields")
        ]


class ProposeTemplate(Propose):
    queryset, section, form_class = DocumentTemplate.objects.for_list(), SECTION, TemplateForm
    perform = staticmethod(templates.propose)
    label = "上传模板"
    intro = "先下载现在的模板，在 Word 里改好版式再上传。只能写字段表里的字段；上传时检查，由安全保密管理员确认后施行。"
    done = "模板已上传，等待安全保密管理员确认。"

    def get_initial(self) -> dict[str, Any]:
        rule, post = self.object, self.user.post_as({Role.CASE_MANAGER})
        return {"region": rule.region or (post.region if post else None)}


class DecideTemplate(Decide):
    queryset, section = DocumentTemplate.objects.for_list(), SECTION
    signs = staticmethod(says)


class TemplateFile(ScopedMixin, SingleObjectMixin, View):
    """The Word file of a template: to look at, to change and to upload again."""

    queryset = DocumentTemplate.objects.for_list()
    slug_field, slug_url_kwarg = "public_id", "id"

    def get(self, request: HttpRequest, id: str) -> HttpResponse:
        row = self.get_object()
        try:
            return word_file(templates.bytes_of(row), f"{row.kind_label}模板（{row.edition_words}）.docx")
        except DomainError as refusal:
            return plain(request, refusal.status, refusal.code, str(refusal))
