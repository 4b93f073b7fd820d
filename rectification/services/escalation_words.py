"""What a letter asks for, and the letter as a paper."""

from django.utils import timezone

from povertyaudit.core import papers
from povertyaudit.core.models.ladder import LadderKind
from povertyaudit.core.papers import Listing, Paper, Text
from rectification.models import Item
from rectification.models.escalation import Escalation, Holder, clock_words

DEMANDS = {
    (LadderKind.HINT, Holder.MAIN): "请对照上述情况，逐条落实整改措施，书面回复整改进展、未完成的原因和完成时间。",
    (LadderKind.LETTER, Holder.MAIN): "请主要负责人亲自督促落实，限期整改到位，书面回复整改进展、未完成的原因、采取的措施和完成时间。",
    (LadderKind.HINT, Holder.LEAD): "请抓紧审核销号申请，书面回复审核进展和完成时间。",
    (LadderKind.LETTER, Holder.LEAD): "请分管负责人亲自督促审核，书面回复未按期审核的原因和完成时间。",
}  # fmt: skip


def demand(row: Escalation) -> str:
    """What the letter asks for, until the body words it otherwise."""
    return DEMANDS[LadderKind(row.step), Holder(row.holder)]


def contact(item: Item) -> str:
    """Whom to ask, until the body names a person and a telephone."""
    return item.body_unit.name


def matter(row: Escalation) -> str:
    """Which item, which date, how late."""
    item = row.item
    role = "主责的" if row.holder == Holder.MAIN else "负责审核的"
    return (
        f"你单位{role}整改事项（{item.number}）“{item.title}”，整改时限为 {papers.day_words(row.item_due_on)}，"
        f"截至 {papers.day_words(row.taken_on)}已超期 {row.days_late} 天。有关情况如下："
    )


def reply_words(row: Escalation) -> str:
    """Until when, to the minute; how long, while it is a draft."""
    own = f"收到本函后 {row.rule.reply_days} 个工作日内（最后一日 {row.rule.reply_at:%H:%M} 前）"
    until = f" {clock_words(row.reply_by)} 前" if row.reply_by else own
    contact_words = f"联系人：{row.contact}。" if row.contact else ""
    return f"请于{until}通过本系统签收、回复。{contact_words}"


def paper_of(row: Escalation) -> Paper:
    """提示函 or 督办函, as it is signed and sent."""
    return Paper(
        title=f"关于整改事项{row.item.number}的{row.get_step_display()}", number=row.letter_no,
        addressee=row.addressee.name if row.addressee else "",
        blocks=(Text(matter(row)), Listing(row.why.splitlines()), Text(row.demand), Text(reply_words(row))),
        signed=row.item.body_unit.name, dated=timezone.localtime(row.sent_at).date() if row.sent_at else None,
    )  # fmt: skip
