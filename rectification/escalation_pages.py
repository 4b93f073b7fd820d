"""What the pages of 督办 show."""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.models import Notification, User
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table
from povertyaudit.core.views.parts import WHOLE_FROM
from rectification.escalation_lists import paused_words
from rectification.models import Item
from rectification.models.escalation import Escalation
from rectification.services.escalation_people import AS
from rectification.services.escalation_words import matter, reply_words

OF_AN_ITEM = (
    Column("number", "编号", kind="link"),
    Column("title", "督办", phone="main"),
    Column("taken_on", "日期", kind="date"),
    Column("addressee", "收函单位", phone="hide"),
    Column("reply_by_words", "回复时限", phone="hide"),
    Column("state", "状态", kind="state"),
)
PAUSES = (
    Column("from_on", "暂停自", kind="date"),
    Column("until_on", "暂停至", kind="date"),
    Column("reason", "理由", phone="main"),
    Column("decided_by.display_name", "决定的领导"),
    Column("lifted_on", "提前恢复", kind="date"),
)
TOLD = (
    Column("name", "人员", value=lambda one: one["name"], phone="main"),
    Column("as", "身份", value=lambda one: one["as"]),
    Column("channel", "方式", value=lambda one: one["channel"], phone="hide"),
    Column("read_at", "阅读时间", kind="moment", value=lambda one: one["read_at"], phone="side"),
)


def told(row: Escalation) -> list[dict[str, Any]]:
    """Who was told, as what, and when he read it. Two queries."""
    names = {user.pk: user for user in User.objects.filter(pk__in=_ids(row)).select_related("person")}
    keys = {one["key"] for one in row.told}
    read = dict(
        Notification.objects.filter(key__in=keys, user__in=_ids(row)).values_list("user_id", "read_at")
    )
    return [
        {
            "name": names[one["user"]].display_name, "as": AS.get(one["as"], ""), "channel": "系统消息",
            "read_at": read.get(one["user"]),
        }
        for one in row.told if one["user"] in names
    ]  # fmt: skip


def _ids(row: Escalation) -> set[int]:
    return {one["user"] for one in row.told}


def reply_by(row: Escalation) -> str:
    """The hour a reply is owed by, and whether it has passed without one."""
    return f"{'已过 ' if row.is_unanswered else ''}{row.reply_by_words}"


def facts(row: Escalation) -> list[Facts]:
    case = [
        Fact("整改事项", str(row.item), "link", row=row.item),
        Fact("具体问题", row.item.title),
        Fact("步骤", row.title),
        Fact("日期", row.taken_on, "date"),
        Fact("逾期的时限", row.due_on, "date"),
        Fact("在谁手中", row.get_holder_display()),
        Fact("单位", row.addressee),
        Fact("为什么超期", row.why, wide=True),
        Fact("依据的阶梯", f"{row.rule.title}（{row.rule.place}，{row.rule.valid_from} 起）", wide=True),
    ]
    letter = [
        Fact("文号", row.letter_no),
        Fact("办理要求", row.demand, wide=True),
        Fact("联系人和电话", row.contact),
        Fact("签发人", row.signed_by and row.signed_by.display_name),
        Fact("发出时间", row.sent_at, "moment"),
        Fact("回复时限", row.reply_by, "moment"),
        Fact("签收人", row.received_by and row.received_by.display_name),
        Fact("签收时间", row.received_at, "moment"),
        Fact("回复", row.reply, wide=True),
        Fact("回复人", row.replied_by and row.replied_by.display_name),
        Fact("回复时间", row.replied_at, "moment"),
        Fact("逾期回复", "是" if row.reply_late else None),
    ]
    decision = [
        Fact("决定人", row.decided_by and row.decided_by.display_name),
        Fact("决定日期", row.decided_on, "date"),
        Fact("办理日期", row.concluded_on, "date"),
        Fact("办理结果", row.outcome, wide=True),
    ]
    groups = [Facts("督办", _said(case)), Facts("函件", _said(letter)), Facts("决定和办理", _said(decision))]
    return [group for group in groups if group.facts]


def _said(found: list[Fact]) -> list[Fact]:
    return [fact for fact in found if fact.value not in (None, "")]


def missing(row: Escalation) -> list[Missing]:
    """A letter past its time; one for whom it waits."""
    if row.is_unanswered:
        return [Missing(f"已过回复时限 {row.reply_by_words}，请尽快回复；仍未回复的，进入下一步。")]
    waits = {
        "drafted": "函稿已按事项的实际情况生成，核对后签发；没有签发的不发出。",
        "proposed": "须由分管领导或者主要负责人决定，没有决定的不办理。",
    }
    words = waits.get(row.state, "")
    return [Missing(words)] if words else []


def preview(row: Escalation) -> list[Facts]:
    """The letter as it will be sent."""
    return [
        Facts(
            f"{row.get_step_display()}全文",
            [
                Fact("收函单位", row.addressee),
                Fact("事由", matter(row), wide=True),
                Fact("有关情况", row.why, wide=True),
                Fact("要求", row.demand, wide=True),
                Fact("回复", reply_words(row), wide=True),
                Fact("署名", row.item.body_unit.name),
            ],
        )
    ]


def proposal(row: Escalation) -> list[Facts]:
    """What a leader decides on."""
    return [
        Facts(
            f"建议{row.get_step_display()}",
            _said([
                Fact("整改事项", f"{row.item.number} {row.item.title}", wide=True),
                Fact("单位", row.addressee or row.item.body_unit),
                Fact("超期", f"{row.days_late} 天（时限 {row.due_on}）"),
                Fact("在谁手中", row.get_holder_display()),
                Fact("为什么超期", row.why, wide=True),
                Fact("依据的阶梯", row.rule.title),
            ]),
        )
    ]  # fmt: skip


def asked(row: Escalation) -> list[Facts]:
    """What the unit is to answer, on one screen of a phone."""
    return [
        Facts(
            str(row.get_step_display()),
            [
                Fact("整改事项", f"{row.item.number} {row.item.title}", wide=True),
                Fact("有关情况", row.why, wide=True),
                Fact("要求", row.demand, wide=True),
                Fact("回复时限", row.reply_by, "moment"),
                Fact("联系人和电话", row.contact),
            ],
        )
    ]


def tables_of(item: Item, user: Any) -> list[Table]:
    """On the page of an item: the steps this reader may see, and the pauses."""
    steps = list(Escalation.objects.visible_to(user).filter(item=item).for_list()[: WHOLE_FROM + 1])
    whole = f"/escalations/?item={item.number}"
    shown = [Table("督办", OF_AN_ITEM, steps, key="escalations", whole=whole)] if steps else []
    if item.pauses.all():
        pauses = item.pauses.select_related("decided_by__person")
        shown.append(Table("暂停督办", PAUSES, pauses, key="pauses"))
    return shown


def standing(item: Item) -> list[Facts]:
    """That the item is not pressed for now, by whose word and why."""
    if not (words := paused_words(item)):
        return []
    pause: Any = item.pauses.on(moment.today()).select_related("decided_by__person").first()
    said = [
        Fact("督办", words),
        Fact("决定的领导", pause.decided_by.display_name),
        Fact("理由", pause.reason, wide=True),
    ]
    return [Facts("暂停督办", said)]
