"""Reference data of field work: the figures a new installation starts with. Dated rows; add, never rename."""

from collections.abc import Callable
from typing import Any

# code, amount, what it rests on (domain §12: seeds 000, 002).
VISIT_RULES = (
    ("leader_year", "1", "地方做法：主要领导带头暗访，每人每年不少于一次"),
    ("leader_remind", "90", "提醒的时间可按本地安排改变"),
    ("cross_quarter", "1", "地方做法：每季度开展一次跨地区交叉暗访"),
    ("cross_remind", "30", "提醒的时间可按本地安排改变"),
    ("position_km", "30", "防止误填，可按本地情况改变"),
    ("village_days", "20", "地方做法：驻村工作每月不少于二十天"),
    ("absent_recall", "2", "地方做法，可按本地规定改变"),
)


def install_visit_rules(model: Any, named: Callable[[str, str], str]) -> None:
    """Insert the rows that are not there; `model` is VisitRule, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(
            code=code,
            kind=code,
            name=named(code, amount),
            amount=amount,
            anchor=anchor,
            order=order,
            public_id=new_id(),
        )
        for order, (code, amount, anchor) in enumerate(VISIT_RULES, 1)
        if code not in known
    )
