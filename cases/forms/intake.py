"""What the desk types of where a lead came from, and of the way back."""

from typing import Any

from django import forms

from cases.forms.handling import LONG
from cases.models import ASKED, Channel
from cases.models.intake import MANY_VISITORS, Asked
from povertyaudit.core.forms import CleanCodeField, CleanLineField, CleanTextField, DateField, PageForm

YES_NO = [("", "请选择"), ("yes", "要结果（交办）"), ("no", "不要结果（转办）")]


class CheckNoteField(CleanTextField):
    """核对说明: asked only after something doubtful was found."""

    def __init__(self) -> None:
        super().__init__(
            label="核对说明", required=False, rows=2, max_length=LONG,
            help_text="上面指出的疑问确属如此的，在这里写明理由；改正后没有疑问的不填。",
        )  # fmt: skip


def _field(asked: Asked) -> forms.Field:
    more: dict[str, Any] = {"label": asked.label, "required": asked.must, "help_text": asked.help}
    if asked.column == "source_on":
        return DateField(latest_today=True, **more)
    if asked.column == "source_at":
        return CleanCodeField(max_length=5, widget=forms.TextInput(attrs={"type": "time"}), **more)
    if asked.column == "source_count":
        return forms.IntegerField(min_value=1, max_value=MANY_VISITORS, **more)
    if asked.column == "result_wanted":
        return forms.TypedChoiceField(
            choices=YES_NO, coerce=lambda value: value == "yes", empty_value=None, **more
        )
    if asked.column == "source_number":
        return CleanCodeField(max_length=60, **more)
    return CleanLineField(max_length=300 if asked.column == "source_link" else 100, **more)


def ask(form: PageForm, channel: str) -> None:
    """Add the fields the channel asks, in a section of their own behind the first; usual refusals of the form hold."""
    asked = ASKED.get(channel, ())
    for one in asked:
        field = form.fields[one.column] = _field(one)
        if one.must:
            choice = one.column == "result_wanted"
            field.error_messages["required"] = "请选择这一项。" if choice else "请填写这一项。"
    if asked:
        title = f"来件情况（{Channel(channel).label}）"
        first, *rest = form.sections
        form.sections = (first, (title, tuple(one.column for one in asked)), *rest)


def shown(asked: Asked, value: Any) -> Any:
    """A kept value as the field begins with it."""
    return ("yes" if value else "no") if asked.column == "result_wanted" else value


def taken(channel: str, values: dict[str, Any]) -> dict[str, Any]:
    """`values` with what the channel asked moved below `intake`."""
    columns = [one.column for one in ASKED.get(channel, ())]
    return values | {"intake": {name: values.pop(name) for name in columns if name in values}}


class ReturnForm(PageForm):
    returned_to = CleanLineField(label="退回单位", max_length=100)
    note = CleanTextField(
        label="退回理由", rows=3, max_length=LONG, help_text="例如：不属于本机关管辖，应由市纪委监委办理。"
    )
