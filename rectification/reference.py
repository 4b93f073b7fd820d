"""Reference data of rectification: the terms a new installation starts with. Dated rows; add, never rename."""

from typing import Any

# 不公开理由 (domain §3.3: 党内通报和社会公开「双公开」 with five grounds against it, each approved).
NOTICE_GROUNDS = (
    ("state_secret", "涉及国家秘密"),
    ("case_open", "相关问题正在初步核实或者立案审查调查，尚未公开"),
    ("hype", "公开后可能引发负面炒作"),
    ("mass_petition", "公开后可能引发群体性事件"),
    ("sensitive", "问题特别敏感"),
)
ANCHOR = "巡视工作条例关于进驻、反馈、整改情况公开的规定；各地做法不同，可停用、新增"


def install_grounds(model: Any) -> None:
    """Insert the grounds that are not there; `model` is NoticeGround, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(code=code, name=name, anchor=ANCHOR, order=order, public_id=new_id())
        for order, (code, name) in enumerate(NOTICE_GROUNDS, 1)
        if code not in known
    )
