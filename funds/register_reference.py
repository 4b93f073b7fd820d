"""What a new installation says of registers: their kinds. Add, never rename."""

from typing import Any

PERSON, PAYMENT = "person", "payment"
# code, name, whether a person stands in it once or with every payment (domain §6.1).
REGISTER_KINDS = (
    ("POOR", "建档立卡（监测对象）", PERSON),
    ("SUBSISTENCE", "城乡低保", PERSON),
    ("DESTITUTE", "特困供养", PERSON),
    ("HOUSING", "危房改造", PERSON),
    ("RELOCATION", "易地搬迁", PERSON),
    ("RAIN_DEW", "雨露计划、教育资助", PERSON),
    ("SMALL_LOAN", "小额信贷贴息", PERSON),
    ("ECOLOGY", "退耕还林、生态补偿", PERSON),
    ("SOLAR", "光伏分红", PERSON),
    ("RELIEF", "临时救助", PAYMENT),
    ("CARD", "一卡通发放流水", PAYMENT),
    ("OTHER", "其他名册", PERSON),
)
KIND_ANCHOR = "大数据比对常用的惠民惠农对象名册；各地不同，可停用、新增"


def install_register_kinds(model: Any) -> None:
    """Insert the kinds that are not there; `model` is RegisterKind, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(code=code, name=name, per=per, anchor=KIND_ANCHOR, order=order, public_id=new_id())
        for order, (code, name, per) in enumerate(REGISTER_KINDS, 1)
        if code not in known
    )
