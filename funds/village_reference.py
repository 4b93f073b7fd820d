"""What a new installation says every village publishes each month (N of N+X). Add, never rename."""

from typing import Any

# code, name
VILLAGE_DUTIES = (
    ("ACCOUNTS", "村级收支"),
    ("SUBSIDIES", "惠农补贴发放"),
    ("RELIEF", "低保、救助评议"),
    ("PROJECTS", "工程项目"),
    ("ASSETS", "集体资产资源"),
)
ANCHOR = "《村民委员会组织法》村务公开制度、地方“N+X”村务公开做法；各地不同，可停用、新增"


def install_village_duties(model: Any) -> None:
    """Insert the duties that are not there; `model` is VillageDuty, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(code=code, name=name, anchor=ANCHOR, order=order, public_id=new_id())
        for order, (code, name) in enumerate(VILLAGE_DUTIES, 1)
        if code not in known
    )
