"""Signatures in words: whether each still holds, and why not; the closing they led to."""

from dataclasses import dataclass
from typing import Any

from povertyaudit.core import render, signing
from povertyaudit.core.workflow import verb_label
from rectification.models import Item


@dataclass(frozen=True)
class Signed:
    """A signature as the panel shows it."""

    one: Any
    step: str
    valid: bool
    why: str


def signed_steps(item: Item) -> list[Signed]:
    """Every signature with its validity, computed over the content as it is now."""
    standing = any(s.voided_at is None for s in item.signatures.all())
    content = item.signed_content() if standing else {}
    held = [(s, signing.holds(s, item, content)) for s in item.signatures.all()]
    return [Signed(s, s.get_step_display(), holds, _why(s, holds)) for s, holds in held]


def _why(signature: Any, holds: bool) -> str:
    if signature.voided_at is not None:
        who = signature.voided_by.display_name if signature.voided_by else "系统"
        return f"{render.moment(signature.voided_at)} 因{who}办理“{verb_label(signature.voided_verb)}”失效。"
    return "" if holds else "签署的内容已被改动，签署不再有效，请重新签署。"


def publication_words(item: Item) -> str:
    if not item.publication:
        return ""
    days = f"{item.publication_days} 天" if item.publication_days else "天数按期限规则"
    return f"{item.publication_place}，{days}"


def closed_words(item: Item) -> str:
    if item.closed_on is None:
        return ""
    filed = f"，{item.archived_on} 归档" if item.archived_on else ""
    return f"{item.closed_on}{'（逾期销号）' if item.closed_late else ''}{filed}"


def signers(closing: Any) -> str:
    """The three who signed, in their order."""
    return "、".join(str(one) for one in (closing.applicant, closing.reviewer, closing.verifier) if one)


def filed_words(closing: Any) -> str:
    """2026-11-27，42 页，综合档案室 3 柜."""
    return f"{closing.filed_on}，{closing.pages} 页，{closing.place}" if closing.filed_on else ""


def reopened_words(closing: Any) -> str:
    """2026-11-27：the reason."""
    return f"{closing.reopened_on}：{closing.reopen_reason}" if closing.reopened_on else ""
