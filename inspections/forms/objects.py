"""Shape of what people type about the objects of a round."""

from typing import Any

from django import forms

from inspections.models import Team
from povertyaudit.core.forms import CleanTextField, DateField, PageForm
from povertyaudit.core.models import Region, Unit
from povertyaudit.core.models.places import Level, UnitKind

LONGEST = 20_000  # characters of a pasted list


def several(rows: Any, label: str, key: str, **more: Any) -> forms.ModelMultipleChoiceField:
    """A list to choose several from."""
    wrong = "没有找到所选的，请重新选择。"
    return forms.ModelMultipleChoiceField(
        rows, label=label, required=False, to_field_name=key,
        error_messages={"invalid_choice": wrong, "invalid_pk_value": wrong},
        widget=forms.SelectMultiple(attrs={"data-select": ""}), **more,
    )  # fmt: skip


class TeamField(forms.ModelChoiceField):
    """A team; with `of` one of this round."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"required": "请选择巡察组。"}
        super().__init__(
            Team.objects.select_related("round"), to_field_name="public_id", empty_label="请选择",
            error_messages=wrong, **kwargs,
        )  # fmt: skip

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.round}）"


class ObjectsForm(PageForm):
    sections = (
        ("从名单中选择", ("units", "regions")),
        ("按地区", ("villages_of", "extension")),
        ("粘贴名单", ("names",)),
        ("分工", ("team", "note")),
    )

    units = several(
        Unit.objects.current().filter(kind=UnitKind.DEPARTMENT), "部门", "public_id", help_text="可以多选。"
    )
    regions = several(
        Region.objects.current().filter(level=Level.TOWNSHIP), "乡镇", "code", help_text="可以多选。"
    )
    villages_of = several(
        Region.objects.current().filter(level=Level.TOWNSHIP), "列入这些乡镇的全部村", "code",
        help_text="所选乡镇的每个村各为一个对象。",
    )  # fmt: skip
    extension = forms.BooleanField(label="村为延伸村", required=False, help_text="本次列入的村记为延伸村。")
    names = CleanTextField(
        label="名单", required=False, rows=8, max_length=LONGEST,
        help_text="每行一个：部门、乡镇或者村的名称，也可以是 12 位区划代码。同名的村在前面写乡镇名，例如“柳溪镇 石桥坳村”。",
    )  # fmt: skip
    team = TeamField(label="巡察组", required=False)
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)

    def of(self, round_: Any) -> None:
        """Places and units inside the round's region, and its own teams."""
        fields: Any = self.fields
        low, high = round_.region.prefix, f"{round_.region.prefix}:"
        for name in ("regions", "villages_of"):
            fields[name].queryset = fields[name].queryset.filter(code__gte=low, code__lt=high)
        units = fields["units"].queryset.filter(region_id__gte=low, region_id__lt=high)
        fields["units"].queryset = units
        fields["team"].queryset = fields["team"].queryset.filter(round=round_)


class EnterForm(PageForm):
    entered_on = DateField(label="进驻日期", latest_today=True, required=False, help_text="不填为今天。")
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)


class LeaveForm(PageForm):
    left_on = DateField(label="离开日期", latest_today=True, required=False, help_text="不填为今天。")
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)


class AssignForm(PageForm):
    team = TeamField(label="巡察组")
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)

    def of(self, round_: Any) -> None:
        """The round's own teams."""
        field: Any = self.fields["team"]
        field.queryset = field.queryset.filter(round=round_)
