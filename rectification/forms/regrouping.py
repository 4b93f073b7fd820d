"""What is typed about 拆分、合并."""

from typing import Any

from django import forms

from funds.models import Misuse
from povertyaudit.core.forms import CleanTextField, NumberField, OpinionForm, PageForm, formset_of
from povertyaudit.core.models import Unit
from rectification.models import Item
from rectification.services.regrouping import FEWEST


class SplitForm(PageForm):
    reason = CleanTextField(label="理由", rows=3, max_length=2000, help_text="写明为什么需要分开整改。")


class PartForm(PageForm):
    """One of the items it is split into: what it is about, who answers, which measures and money go along."""

    problem = CleanTextField(label="具体问题", rows=2)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="主责单位",
        required=False,
        to_field_name="public_id",
        empty_label="主责单位不变",
    )
    measures = forms.TypedMultipleChoiceField(
        label="归入的措施", coerce=int, widget=forms.CheckboxSelectMultiple, choices=()
    )
    misuses = forms.ModelMultipleChoiceField(
        Misuse.objects.none(), label="归入的违规资金", required=False, to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, item: Any = None, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item is not None:
            self._offer(item, user)

    def _offer(self, item: Any, user: Any) -> None:
        """Units and measures of this item, and the money that the user may know of."""
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = Unit.objects.filter(pk__in=[row.unit_id for row in item.units.all()])
        fields["measures"].choices = [
            (one.no, f"（{one.no}）{_short(one.text)}") for one in item.measures.all()
        ]
        money = [link.misuse_id for link in item.misuse_links.all()]
        fields["misuses"].queryset = known = Misuse.objects.visible_to(user).filter(pk__in=money)
        if not (money and known.exists()):
            del fields["misuses"]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 24 else f"{line[:24]}…"


PartRows = formset_of(PartForm, "拆分成", row_word="个", extra=FEWEST)


class MergeForm(PageForm):
    into = NumberField(
        Item.objects.all(), label="并入哪个事项",
        help_text="填写事项编号；应是同一来源、同一轮次（线索、反馈文件），正在整改的事项。",
    )  # fmt: skip
    reason = CleanTextField(label="理由", rows=3, max_length=2000, help_text="写明为什么应当一并整改。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].required = True


class RegroupingDecisionForm(OpinionForm):
    field_order = ("granted", "note")

    granted = forms.TypedChoiceField(
        label="决定", choices=[("yes", "同意"), ("no", "不同意")], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
