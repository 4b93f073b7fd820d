"""What is typed about a person complained of: added, put right, removed."""

from datetime import date
from typing import Any

from django import forms

from cases.forms.registering import SubjectForm
from cases.models import Education, Gender, ManagedBy, PoliticalStatus, RankKind, Seat
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    IdNumberField,
    MonthField,
    RequiredOpinionForm,
)

NOT_KNOWN = ("", "（不详）")
NO_SEAT = ("", "（不是）")
MONTH_HELP = "例如 1975-06。"


def _choice(label: str, choices: Any, first: tuple[str, str] = NOT_KNOWN, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[first, *choices], required=False, **more)


class PersonForm(SubjectForm):
    """Everything the register keeps of a person (domain §1.3). Only the name is required."""

    sections: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("姓名和职务", ("name", "unit_text", "post_text", "kind", "principal", "number_one")),
        ("问题", ("category", "style")),
        ("职级和管理权限", ("rank_text", "rank_kind", "managed_by", "congress_seat", "cppcc_seat")),
        ("个人情况", ("id_number", "gender", "birth_month", "ethnicity", "education", "political_status",
                  "party_entry_month")),
    )  # fmt: skip

    number_one = forms.BooleanField(label="单位一把手", required=False)
    rank_text = CleanLineField(label="职级", max_length=40, required=False, help_text="例如：四级主任科员。")
    rank_kind = _choice("职级层次", RankKind.choices)
    managed_by = forms.ModelChoiceField(
        ManagedBy.objects.none(),
        label="干部管理权限",
        required=False,
        to_field_name="code",
        empty_label="（不详）",
    )
    congress_seat = _choice("人大代表", Seat.choices, NO_SEAT)
    cppcc_seat = _choice("政协委员", [seat for seat in Seat.choices if seat[0] != Seat.TOWNSHIP], NO_SEAT)
    id_number = IdNumberField(
        label="身份证号", required=False,
        help_text="只用于查找同一个人和核对出生年月、性别，不保存原号，以后只显示末四位。",
    )  # fmt: skip
    gender = _choice("性别", Gender.choices)
    birth_month = MonthField(label="出生年月", max_length=20, required=False, help_text=MONTH_HELP)
    ethnicity = CleanLineField(label="民族", max_length=20, required=False, help_text="例如 汉族、土家族。")
    education = _choice("学历", Education.choices)
    political_status = _choice("政治面貌", PoliticalStatus.choices)
    party_entry_month = MonthField(label="入党年月", max_length=20, required=False, help_text=MONTH_HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_day(None)

    def of_day(self, day: date | None) -> None:
        """The terms in use on the day the lead was received."""
        super().of_day(day)
        field: Any = self.fields["managed_by"]
        field.queryset = ManagedBy.objects.on(day)


class AmendPersonForm(PersonForm):
    """An empty ID number leaves what is known."""

    sections = (*PersonForm.sections, ("说明", ("note",)))

    note = CleanTextField(label="更正的理由", required=False, rows=2, max_length=2000)


class RemovePersonForm(RequiredOpinionForm):
    """Only the reason: whom it is about stands above."""
