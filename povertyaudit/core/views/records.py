"""RecordPage: one record with its head, facts, child tables, what is missing, and its timeline.

    class LeadPage(RecordPage):
        queryset = Lead.objects.for_page()              # scope applied; prefetch what is shown
        section, workflow = "leads", LEAD
        parent = ("问题线索", "/leads/")
        def facts(self):    return [Facts("基本情况", [Fact("受理日期", self.object.received_on, "date"), ...])]
        def tables(self):   return [Table("被反映人", COLUMNS, self.object.respondents.all())]
        def missing(self):  return [Missing("还没有处置意见，请承办室提出。", "/leads/<id>/propose/")]
        def clocks(self):   return clocks of the record, earliest first (default: clocks.due_of)

The verbs in the head are `workflow.offered(object, user)`; each opens `<page>/<verb>/`. A template of the app
(`template_name`, extending core/record.html) is needed only for more blocks: head_more, facts, children, side.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.utils.module_loading import import_string
from django.views.generic import DetailView

from povertyaudit.core import audit, clocks, render
from povertyaudit.core.views.base import Page
from povertyaudit.core.views.beside import beside
from povertyaudit.core.views.parts import Facts, Missing, Table
from povertyaudit.core.workflow import verb_label


@dataclass(frozen=True)
class Verb:
    """A button in the head: what it says and where it leads."""

    name: str
    label: str
    url: str
    primary: bool


@dataclass(frozen=True)
class Step:
    """One entry of the timeline."""

    at: Any
    name: str
    role: str
    label: str
    note: str
    altered: list[tuple[str, str, str]]
    reason: str = ""


COMMON_VERBS = {
    "create": "登记", "register": "登记", "amend": "修改", "change": "修改", "attach": "上传材料",
    "replace": "更换材料", "reveal": "查看受保护信息", "export": "导出", "press": "督办",
}  # fmt: skip


def plain_field(row: Any, name: str) -> Any:
    """The model field `name` unless it refers to another row."""
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return None if field.is_relation else field


def in_words(field: Any, value: Any) -> str:
    """A recorded value as people read it."""
    if value in (None, ""):
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.name.endswith("_fen"):
        return f"{render.yuan(int(value))} 元"
    labels = {str(key): str(label) for key, label in field.flatchoices}
    return labels.get(str(value), str(value))


class RecordPage(Page, DetailView):
    template_name = "core/record.html"
    slug_field = "public_id"
    slug_url_kwarg = "id"
    context_object_name = "object"
    workflow: Any = None
    verb_words: Mapping[str, str] = {}
    named_by_heading = False  # a row without a register number: its heading says which one it is

    def facts(self) -> Sequence[Facts]:
        """Groups of labelled pairs."""
        return []

    def tables(self) -> Sequence[Table]:
        """Children as small tables."""
        return []

    def added_tables(self) -> list[Table]:
        """What apps above know of this record: `settings.RECORD_TABLES`, functions (row, user) -> tables."""
        named = settings.RECORD_TABLES.get(self.object._meta.label_lower, ())
        return [table for path in named for table in import_string(path)(self.object, self.user)]

    def missing(self) -> Sequence[Missing]:
        """What stands between this record and its next step, for this user."""
        return []

    def clocks(self) -> Iterable[Any]:
        """Clocks whose light stands in the head, each with its explanation."""
        clock = clocks.due_of(self.object)
        return [clock] if clock else []

    def signatures(self) -> Iterable[Any]:
        """Signatures on this record, void ones too."""
        found = getattr(self.object, "signatures", None)
        return found.all() if found is not None else []

    def timeline(self) -> list[Step]:
        """The record's chain in words, newest first; comments have their own place."""
        return [self.step(entry) for entry in self.history()]

    def history(self) -> Any:
        """The entries of the record's chain that the timeline tells."""
        return audit.history(self.object).exclude(verb__startswith="comment.")

    def step(self, entry: Any) -> Step:
        note = next((value.value for value in entry.values.all() if value.field == "note"), "")
        return Step(
            at=entry.at, name=entry.actor_name, role=entry.actor_role, label=self.words_of(entry.verb), note=note,
            altered=self.altered(entry), reason=entry.changes.get("reason_name", ""),
        )  # fmt: skip

    def words_of(self, verb: str) -> str:
        """`lead.sign_for` → 签收; the page's own `verb_words` come first."""
        name = verb.rpartition(".")[2]
        found = self.verb_words.get(verb) or self.verb_words.get(name) or verb_label(verb)
        return COMMON_VERBS.get(name, found) if found == verb else found

    def altered(self, entry: Any) -> list[tuple[str, str, str]]:
        """(label, before, after) of changed plain fields; the first entry and references say nothing here."""
        if entry.seq == 1:
            return []
        found = []
        for name, pair in entry.changes.items():
            field = plain_field(self.object, name)
            if field is not None and name != "state" and isinstance(pair, list) and len(pair) == 2:
                old, new = (in_words(field, value) for value in pair)
                found.append((str(field.verbose_name), old, new))
        return found

    def verbs(self) -> list[Verb]:
        """What this user may do now; the transition marked primary leads; without one none is urged."""
        if self.workflow is None:
            return []
        offered = self.workflow.offered(self.object, self.user)
        first = next((one for one in offered if getattr(one, "primary", False)), None)
        base = self.object.get_absolute_url()
        verbs = [Verb(one.name, one.label, f"{base}{one.name}/", one is first) for one in offered]
        return sorted(verbs, key=lambda verb: not verb.primary)

    def doors(self) -> list[Verb]:
        """Buttons of apps above: `settings.RECORD_DOORS`, functions (row, user) -> (name, label, address)."""
        found = [
            door for path in settings.RECORD_DOORS for door in import_string(path)(self.object, self.user)
        ]
        return [Verb(name, label, url, primary=False) for name, label, url in found]

    def get_title(self) -> str:
        heading = self.get_heading()
        return heading if self.named_by_heading else f"{self.object} {heading}".strip()

    def get_heading(self) -> str:
        """What the record is about, beside its number."""
        return str(getattr(self.object, "title", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            facts=self.facts(),
            tables=[*self.tables(), *self.added_tables()],
            missing=self.missing(),
            verbs=[*self.verbs(), *self.doors()],
            clocks=[(clock, clocks.explain(clock)) for clock in self.clocks()],
            signatures=list(self.signatures()),
            timeline=self.timeline(),
            **self.beside(),
            **kwargs,
        )

    def beside(self) -> dict[str, Any]:
        """Comments and following, on dossiers."""
        dossier = getattr(self.object, "is_dossier", False)
        return beside(self.object, self.user, self.request) if dossier else {}
