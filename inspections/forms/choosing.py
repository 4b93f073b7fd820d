"""Choices among rounds and what they found; the page narrows them to what the person may know of."""

from typing import Any

from django import forms

from inspections.models import Finding, InspectionTerm, Round


class RoundField(forms.ModelChoiceField):
    """A round that is not closed, newest first: nothing more is recorded of one that is."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "轮次")
        super().__init__(
            Round.objects.exclude(state=Round.State.CLOSED).order_by("-starts_on", "-pk"),
            to_field_name="public_id", empty_label="请选择", **kwargs,
        )  # fmt: skip
        self.error_messages["invalid_choice"] = "没有这个轮次，或者它已经办结，请重新选择。"

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class FindingField(forms.ModelChoiceField):
    """A finding by its number and its words."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "对应的问题")
        super().__init__(
            Finding.objects.exclude(state=Finding.State.WITHDRAWN).order_by("pk"), to_field_name="public_id",
            empty_label="不对应具体问题", **kwargs,
        )  # fmt: skip
        self.widget.attrs["data-select"] = ""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number or '未编号'} {obj.title}"[:90]


class InspectionTermField(forms.ModelChoiceField):
    """A term of one list in use today; read when the form is made, not when the program starts."""

    def __init__(self, axis: str, **kwargs: Any) -> None:
        self.axis = axis
        kwargs.setdefault("empty_label", "请选择" if kwargs.get("required", True) else "（无）")
        super().__init__(InspectionTerm.objects.none(), to_field_name="code", **kwargs)

    def in_use(self) -> None:
        self.queryset = InspectionTerm.objects.on().filter(axis=self.axis)


class OnRound(forms.Form):
    """Mixed into forms about a round: the findings offered are those of the round, terms those of today."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, InspectionTermField):
                field.in_use()

    def of_round(self, round_: Any) -> None:
        for field in self.fields.values():
            if isinstance(field, FindingField):
                field.queryset = field.queryset.filter(round=round_)  # type: ignore[union-attr]
