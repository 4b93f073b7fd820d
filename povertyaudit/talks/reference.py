"""Who may talk to whom in a new installation. Dated rows, local everywhere; changed by two people."""

from typing import Any

RULES = (("chief", "head"), ("vice", "deputy"), ("staff", "office"), ("village", "office"))
WORDS = {
    "chief": "党政主要负责人", "vice": "班子成员", "staff": "中层和一般干部", "village": "村（社区）干部",
    "head": "县领导、纪委监委主要负责人", "deputy": "县领导、纪委监委分管领导以上", "office": "承办部门人员以上",
}  # fmt: skip
ANCHOR = "产品默认的约谈权限（各地规定不同，可按本地规定修改）"


def install(model: Any) -> None:
    """Insert the rules that are not there; `model` may be in its historical form."""
    new_id = model._meta.get_field("public_id").default
    known = set(model.objects.values_list("code", flat=True))
    model.objects.bulk_create(
        model(
            code=f"talk_{rank}", name=f"{WORDS[rank]}由{WORDS[level]}约谈", anchor=ANCHOR, order=order,
            public_id=new_id(), rank=rank, level=level,
        )
        for order, (rank, level) in enumerate(RULES, 1)
        if f"talk_{rank}" not in known
    )  # fmt: skip
