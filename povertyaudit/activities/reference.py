"""What a new installation says of activities: their kinds, and the figures they are held to. Add, never rename."""

from datetime import date
from typing import Any

SINCE = date(2015, 1, 1)  # those of earlier years are entered too
ANCHOR, LOCAL = "各地公开做法，可按本地做法增改", "各地做法不同，可改变"
# group, code, name
KINDS = (
    ("training", "BUSINESS", "业务培训"), ("training", "POLICY", "政策培训"), ("training", "ROTATION", "干部轮训"),
    ("training", "SEMINAR", "专题研讨"), ("warning", "WARN_MEETING", "警示教育会"), ("warning", "WARN_FILM", "观看警示教育片"),
    ("warning", "WARN_BASE", "参观警示教育基地"), ("warning", "WARN_SHOW", "警示教育展"),
    ("meeting", "LEADING_GROUP", "领导小组会"), ("meeting", "JOINT", "联席会议"), ("meeting", "DISPATCH", "调度会"),
    ("meeting", "QUARTERLY", "季碰头会"), ("meeting", "ROUTINE", "工作例会"), ("meeting", "TOPIC", "专题会议"),
    ("meeting", "PUSH", "推进会"), ("publicity", "LECTURE", "政策宣讲"), ("publicity", "REPORT_TOUR", "巡回报告会"),
    ("publicity", "SCHOOL", "讲习所讲习"), ("publicity", "LEAFLETS", "发放宣传资料"), ("honour", "HONOUR_MEETING", "表彰会"),
)  # fmt: skip
RULES = (("warning_month", "5"), ("warning_who", "all"), ("remind_days", "3"))
RULES_OF_PAPERS = (("expiry_days", "60"), ("review_years", "3"))


def install_kinds(model: Any) -> None:
    """Insert the kinds that are not there; `model` is ActivityKind, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(group=group, code=code, name=name, anchor=ANCHOR, order=order, valid_from=SINCE, public_id=new_id())
        for order, (group, code, name) in enumerate(KINDS, 1)
        if code not in known
    )  # fmt: skip


def install_rules(model: Any, named: Any, rules: Any = RULES) -> None:
    """Insert the figures that are not there; `model` is ActivityRule, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(
            code=kind, kind=kind, amount=amount, name=named(kind, amount), anchor=LOCAL, order=order,
            public_id=new_id(),
        )
        for order, (kind, amount) in enumerate(rules, 1)
        if kind not in known
    )  # fmt: skip
