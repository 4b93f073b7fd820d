"""查看反映人: who complained is shown on the answer to one press and nowhere else; a refusal stands on the form."""

from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html

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
