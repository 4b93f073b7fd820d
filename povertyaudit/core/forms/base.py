"""Base forms.

Examples:

    class ProposeForm(PageForm):
        sections = (("处置意见", ("method", "text")), ("依据", ("papers",)))     # optional; else one group
        ...
    RespondentFormSet = formset_of(RespondentForm, "被反映人", extra=1)
"""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.formsets import ManagementForm

from povertyaudit.core.forms.fields import CleanTextField

REQUIRED = "请填写这一项。"
CHOOSE = "请选择这一项。"
INCOMPLETE = "提交的表单不完整，请刷新页面后重新填写。"
NO_SUCH = "没有这个选项，请重新选择。"
CHOICES = (forms.ChoiceField, forms.ModelChoiceField)


class PageForm(forms.Form):
    """Every page form: Chinese refusals, sections as on the paper form."""

    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    required_css_class = "required"
    error_css_class = "wrong"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            usual = field.error_messages.get("required") == forms.Field.default_error_messages["required"]
            if usual:
                field.error_messages["required"] = CHOOSE if isinstance(field, CHOICES) else REQUIRED
            if isinstance(field, CHOICES):
                field.error_messages["invalid_choice"] = NO_SUCH

    def grouped(self) -> list[tuple[str, list[Any]]]:
        """(title, bound fields) of each section; what no section names comes last."""
        named = [name for _, names in self.sections for name in names]
        groups = [
            (title, [self[name] for name in names if name in self.fields]) for title, names in self.sections
        ]
        rest = [self[name] for name in self.fields if name not in named]
        visible = [field for field in rest if not field.is_hidden]
        return [group for group in groups if group[1]] + ([("", visible)] if visible else [])


class OpinionForm(PageForm):
    """A verb that needs nothing but an opinion, which may stay empty."""

    note = CleanTextField(label="意见", required=False, rows=3, max_length=2000)


class RequiredOpinionForm(PageForm):
    """A verb whose reason must be written down: 退回补充, 申请延期."""

    note = CleanTextField(label="理由", rows=3, max_length=2000, help_text="写明具体理由，对方会看到。")


class BaseRows(BaseFormSet):
    """Child rows of a form page; `title` and `row_word` name them."""

    title = ""
    row_word = "行"
    fixed = False  # the rows are given: none is added and none is left out
    after = ""  # title of the section it stands behind; otherwise behind all of them

    @property
    def counts(self) -> ManagementForm:
        """The hidden counts as the page draws them: of no rows where what was sent had none, without Django's own words."""
        sent: ManagementForm = self.management_form
        if not self.is_bound or sent.is_valid():
            return sent
        none = {f"{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
        return ManagementForm(auto_id=self.auto_id, prefix=self.prefix, initial=none)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "不要这一行"


def formset_of(
    form: type[forms.Form], title: str, *, row_word: str = "行", extra: int = 1, least: int = 0, fixed: bool = False,
    after: str = "",
) -> Any:  # fmt: skip
    """A formset class drawn as a titled group with a "再加一…" button; with `fixed` the rows are those that are given,
    each under its own `heading`; it stands behind the section of the title `after`, which must be there."""
    words = {
        "missing_management_form": INCOMPLETE,
        "too_few_forms": f"请至少填写 %(num)d {row_word}。",
        "too_many_forms": f"一次最多填写 %(num)d {row_word}。",
    }
    named = {
        "title": title,
        "row_word": row_word,
        "fixed": fixed,
        "after": after,
        "default_error_messages": words,
    }
    base = type("Rows", (BaseRows,), named)
    return formset_factory(
        form, formset=base, extra=0 if fixed else extra, min_num=least, validate_min=bool(least), max_num=100,
        can_delete=not fixed,
    )  # fmt: skip
