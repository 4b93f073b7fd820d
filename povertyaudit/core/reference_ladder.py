"""The ladder a new installation starts with (domain §4.5, §1.7). Local everywhere: dated rows, changed by two people."""

from datetime import time
from typing import Any

from povertyaudit.core.reference_laws import LOCAL

SOURCE = "产品默认的督办阶梯（各地做法不同，可按本地规定修改）"
EVENING = time(18, 0)
# step, days late, told, channel, reply in working days, repeated after days
STEPS = (
    ("hint", 3, ["person", "unit_head", "lead_unit"], "letter", 5, 7),
    ("letter", 10, ["person", "unit_head", "lead_unit", "leader", "body"], "letter", 3, 7),
    ("talk", 24, ["unit_head", "leader", "body"], "meeting", None, 7),
    ("circular", 38, ["unit_head", "leader", "body", "secretary"], "meeting", None, 14),
    ("account", 60, ["unit_head", "leader", "body", "secretary"], "meeting", None, 30),
)


def install(model: Any) -> None:
    """Insert the steps after the reminders, if there are none; `model` is LadderStep, also in its historical form."""
    if model.objects.exclude(step="remind").exists():
        return
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(
            public_id=new_id(), step=step, days_left=-days, told=told, channel=channel, reply_days=reply,
            reply_at=EVENING if reply else None, repeat_days=repeat, valid_from=LOCAL.since, source=SOURCE,
        )
        for step, days, told, channel, reply, repeat in STEPS
    )  # fmt: skip
