"""What a new installation says of extensions. No rule above the county is known: each is changed as a dated term."""

from typing import Any

RULES = (
    ("times", "2", "一个事项最多延期几次：2"),
    ("days", "none", "每次最多延期多少天：不限"),
    ("leader_from", "2", "自第几次起由分管领导或者书记批准：2"),
)
ANCHOR = "产品默认，未见上级规定；各地做法不同，可改变"


def install(model: Any) -> None:
    """Insert the rules that are not there; `model` may be in its historical form."""
    new_id = model._meta.get_field("public_id").default
    known = set(model.objects.values_list("code", flat=True))
    model.objects.bulk_create(
        model(code=kind, kind=kind, amount=amount, name=name, anchor=ANCHOR, order=order, public_id=new_id())
        for order, (kind, amount, name) in enumerate(RULES, 1)
        if kind not in known
    )
