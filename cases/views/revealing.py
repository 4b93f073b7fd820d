"""查看反映人: who complained is shown on the answer to one press and nowhere else; a refusal stands on the form."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from povertyaudit.core import vault
from povertyaudit.core.errors import DomainError
from povertyaudit.core.views import ActPage

WORDS = (
    ("name", "姓名"),
    ("phone", "联系电话"),
    ("id_number", "身份证号"),
    ("address", "住址"),
    ("remark", "备注"),
)


class RevealingPage(ActPage):
    """An act whose answer is an identity out of the vault."""

    template_name = "cases/complainant.html"

    def reveal(self, form: Any) -> dict[str, str]:
        """The parts of the identity by name; leaves its entry in the record."""
        raise NotImplementedError

    def carry_out(self, form: Any, formsets: Any) -> HttpResponse:
        try:
            identity = self.reveal(form)
        except DomainError as refusal:
            return self.refuse(form, formsets, refusal)
        shown = tuple((label, format_html("{}", identity[name])) for name, label in WORDS if name in identity)
        return self.render_to_response(self.get_context_data(form=form, complainant=shown))


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class SealingPage(ActPage):
    """What the registering desk knows of a person goes into the vault; nobody else gets the form, no cache keeps it."""

    def may_open(self) -> bool:
        return bool(self.object.registering_unit_id in self.user.unit_ids)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.object = self.get_object()
        if not self.may_open():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class DeskRevealingPage(RevealingPage, SealingPage):
    """The desk that keeps an identity states why it looks; the record keeps that it did, the answer is on this page only."""

    def may_open(self) -> bool:
        return vault.holds(self.object, by=self.user)
