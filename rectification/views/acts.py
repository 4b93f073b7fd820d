"""One form a verb of an item."""

from typing import Any

from django.forms import BaseForm

from povertyaudit.core.views import ActPage, BulkPage, Facts, Table
from rectification import checking_pages, evidence_pages, extension_pages, forms, gallery, services, words
from rectification.models import Item, ObjectionState
from rectification.views.items import PARENT, plain_id
from rectification.workflow import ITEM
from rectification.workflow.simple import not_simple


class ItemAct(ActPage):
    queryset, section, workflow = Item.objects.for_page(), "items", ITEM
    perform: Any = None  # named by as_view

    def get_form(self, form_class: Any = None) -> BaseForm:
        """Parts to choose from are those of this item."""
        form = super().get_form(form_class)
        item = self.object
        rows: dict[str, Any] = {
            "measure": item.measures.all(),
            "result": item.results.all(),
            "unit": words.units_of(item),
            "objection": item.objections.filter(state=ObjectionState.OPEN),
        }
        for name, queryset in rows.items():
            if name in form.fields:
                form.fields[name].queryset = queryset  # type: ignore[attr-defined]
        return evidence_pages.narrowed(form, item, self.verb)

    def get_initial(self) -> dict[str, Any]:
        """A part named in the address (`?measure=<id>`) is chosen already, with its text to change."""
        initial = super().get_initial()
        for name, rows in (("measure", self.object.measures), ("result", self.object.results)):
            found = rows.filter(public_id=plain_id(self.request.GET.get(name, ""))).first()
            if found is not None:
                initial |= {name: found.public_id}
                if self.verb == f"edit_{name}":
                    kept = ("text", "due_on", "state", "figures", "person")
                    initial |= {key: getattr(found, key) for key in kept if hasattr(found, key)}
                    initial |= {"unit": found.answering} if name == "measure" else {}
        return initial | evidence_pages.chosen(self.request.GET, self.object)


class ItemBulk(BulkPage):
    queryset, section, workflow, parent = Item.objects.for_list(), "items", ITEM, PARENT


class VerifyBulk(ItemBulk):
    """Simple items are verified many at a time: each with its own signature, line and result; what each is about stands above."""

    queryset = Item.objects.for_page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        judged = [(row, not_simple(row)) for row in context["able"]]
        context["able"] = [row for row, found in judged if not found]
        context["unable"] = context["unable"] + [(row, found[0]) for row, found in judged if found]
        context["shown"] = [Table("将复核签署的事项", words.BULK_COLUMNS, context["able"])]
        return context


class SignAct(ItemAct):
    """A verb that signs shows exactly what is signed, what is still missing and what changed since it was sent back."""

    signs = staticmethod(words.what_is_signed)
    shows: Any = staticmethod(checking_pages.changes)
    missing = staticmethod(words.missing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whoever reviews is told where else the same files prove something."""
        context = super().get_context_data(**kwargs)
        context["shown"] = [*context.get("shown", ()), *gallery.alike(self.object, self.user)]
        return context


class VerifyAct(SignAct):
    """Shows besides what the rules ask of this verification."""

    shows = staticmethod(checking_pages.before_verification)


class ExtensionAsked(ItemAct):
    verb, form_class, perform = (
        "request_extension",
        forms.ExtensionForm,
        staticmethod(services.request_extension),
    )
    shows = staticmethod(extension_pages.rules)


class ExtensionDecision(ItemAct):
    verb, form_class, perform = (
        "decide_extension",
        forms.DecisionForm,
        staticmethod(services.decide_extension),
    )
    done = "延期申请已批复。"

    @staticmethod
    def shows(item: Any) -> list[Facts | Table]:
        """What is asked for, what was granted before, and the rules."""
        return [*extension_pages.table(item), *extension_pages.rules(item)]
