"""Simple items: those that may be verified many at a time. What is not, is looked at alone."""

from typing import Any

from povertyaudit.core.errors import DomainError, RuleBroken

MOST_MEASURES = 3


def not_simple(item: Any) -> list[DomainError]:
    """Why the item is verified on its own page; nothing for a simple one."""
    why = [
        words
        for words, found in (
            ("关联违规资金", bool(item.misuse_links.all())),
            ("被退回过", bool(item.sent_back.all())),
            ("重新打开过", item.reopened_count > 0),
            ("属于反弹", item.recurrence_of_id is not None),
            ("由拆分、合并产生", item.split_from_id is not None or bool(item.merged.all())),
            ("销号前须公示", item.publication),
            (f"措施超过 {MOST_MEASURES} 条", len(item.measures.all()) > MOST_MEASURES),
        )
        if found
    ]
    if not why:
        return []
    text = f"该事项{'、'.join(why)}，不能批量复核，请打开该事项单独复核。"
    return [RuleBroken("verify.not_simple", text, mend=f"{item.get_absolute_url()}verify/")]
