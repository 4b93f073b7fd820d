"""What the people concerned are asked on a look-back, as a new installation has it. Dated rows; add, never rename."""

from typing import Any

QUESTIONS = (
    ("paid_back", "钱退给您了吗？"),
    ("paid_when", "什么时候退的？"),
    ("paid_by", "谁退给您的，怎么退的，有没有签字？"),
    ("paid_sum", "退了多少，和应退的一样吗？"),
    ("again", "整改以后，同样的问题又出现过吗？"),
    ("known", "整改的结果公示过没有，您知道吗？"),
)
ANCHOR = "台账销号反向核查：找当事人核实，不只看资料；各地做法不同，可停用、新增"


def install(model: Any) -> None:
    """Insert the questions that are not there; `model` may be in its historical form."""
    new_id = model._meta.get_field("public_id").default
    known = set(model.objects.values_list("code", flat=True))
    model.objects.bulk_create(
        model(code=code, name=name, anchor=ANCHOR, order=order, public_id=new_id())
        for order, (code, name) in enumerate(QUESTIONS, 1)
        if code not in known
    )
