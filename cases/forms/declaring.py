"""Declared ties, and lifting a recusal."""

from typing import Any

from django import forms

from cases.forms.handling import EMPTY
from cases.models import Declaration
from cases.workflow import DECLARERS
from povertyaudit.core.forms import CleanLineField, PageForm, RegionField, RequiredOpinionForm, UserField
from povertyaudit.core.models import User


class DeclareForm(PageForm):
    kind = forms.ChoiceField(label="申报事项", choices=[EMPTY, *Declaration.Kind.choices])
    name = CleanLineField(label="亲属姓名", required=False, max_length=60, help_text="申报亲属关系时填写。")
    relation = CleanLineField(label="与本人关系", required=False, max_length=30)
    home = RegionField(label="家乡所在的乡镇或村", required=False)
    unit_text = CleanLineField(
        label="曾任职单位",
        required=False,
        max_length=100,
        help_text="填写单位全称，与线索登记的工作单位核对。",
    )
    person = UserField(label="申报人", required=False, help_text="不选为本人。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = field.queryset.filter(pk__in=User.objects.holding(DECLARERS).values("pk"))


class LiftForm(RequiredOpinionForm):
    person = UserField(label="解除谁的回避")
    field_order = ("person", "note")
