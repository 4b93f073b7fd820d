"""Who may not look back at a row: whoever signed, reviewed, verified or reported any of it, or stands on its other side.

Asked of the person, never of the account; when he is named and again when he records.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from cases.models import Declaration
from povertyaudit.core import moment
from povertyaudit.core.models import AuditEntry, Post, Recusal, User
from povertyaudit.core.scope import follow, prefix_of, recusals_of
from povertyaudit.core.workflow import verb_label
from rectification.workflow.apart import UNIT_ACTS, went_before

SIGNING_ACTS = (
    *UNIT_ACTS,
    "item.review",
    "item.verify",
    "item.close",
    "item.send_back",
    "item.mark_long_term",
)
MONEY_ACTS = (
    "misuse.register_misuse",
    "misuse.record_recovery",
    "misuse.record_returns",
    "misuse.stage_returns",
    "misuse.book_returns",
    "misuse.returns_booked",
    "misuse.confirm_return",
)


def conflict(check: Any, user: User) -> str:
    """Why this person may not check the row, in words that follow his name; empty where nothing stands in the way."""
    acted = _signed(check.item, user) if check.item_id else _handled(check.recovery, user)
    return _aside(check, user) or acted or _of_units(check, user) or _declared(check, user)


def _signed(item: Any, user: User) -> str:
    person = user.person_id
    for one in (item, *went_before(item)):
        acts = AuditEntry.objects.of(one).filter(actor__person=person, verb__in=SIGNING_ACTS)
        if (act := acts.order_by("seq").first()) is not None:
            return f"已于 {moment.day_of(act.at)} 就该事项办理过“{verb_label(act.verb)}”"
        if (signature := one.signatures.filter(person=person).first()) is not None:
            return f"已于 {moment.day_of(signature.signed_at)} 就该事项签署过“{signature.get_step_display()}”"
        if person in {one.applicant_id, one.reviewer_id, one.verifier_id}:
            return "是该事项的申请、审核或者复核人"
    shown = item.evidence.filter(attachment__uploaded_by__person=person).exists()
    told = Q(filled_by__person=person) | Q(signed_by__person=person)
    return (
        "为该事项上传过佐证材料或者填报过报告" if shown or item.period_reports.filter(told).exists() else ""
    )


def _handled(recovery: Any, user: User) -> str:
    if recovery.signed_by_id and recovery.signed_by.person_id == user.person_id:
        return "是这笔退还的经办人"
    acts = AuditEntry.objects.of(recovery.misuse).filter(actor__person=user.person_id, verb__in=MONEY_ACTS)
    act = acts.order_by("seq").first()
    return f"已于 {moment.day_of(act.at)} 就这笔资金办理过“{verb_label(act.verb)}”" if act else ""


def _of_units(check: Any, user: User) -> str:
    """Posts of the responsible units, and the lead unit, now or since the item was handed to them."""
    if check.item_id:
        units = [row.unit for row in check.item.units.select_related("unit")] + [check.item.lead_unit]
        since = check.item.issued_on or moment.day_of(check.item.created_at)
    else:
        units, since = [check.unit], check.recovery.misuse.found_on
    heirs: list[int] = [heir for unit in units for heir in unit.heirs()]
    held = Post.objects.filter(user__person=user.person_id, unit__in=heirs, starts_on__lte=moment.today())
    post = held.filter(Q(ends_on=None) | Q(ends_on__gte=since)).select_related("unit").first()
    return f"自 {post.starts_on} 起任{post}，该单位是责任单位或者牵头单位" if post else ""


def _aside(check: Any, user: User) -> str:
    """From the row, from what it is about, or from what that belongs to."""
    about = check.item if check.item_id else check.recovery.misuse
    own = [Q(target_label=label, target_id=follow(about, path)) for label, path in recusals_of(type(about))]
    found = Recusal.objects.filter(reduce(or_, own), person=user.person_id, ended_at=None).first()
    return f"已于 {moment.day_of(found.declared_at)} 登记回避" if found else ""


def _declared(check: Any, user: User) -> str:
    """A home in the place, or a unit served in before, as he declared."""
    code = check.region_id
    around = [code[:size].ljust(12, "0") for size in (9, 12) if len(prefix_of(code)) >= size]
    tie = Q(kind="home", home__in=around) | Q(kind="unit", unit_text=check.unit.name)
    found = Declaration.objects.standing().filter(tie, person=user.person_id).first()
    return f"申报过{found.get_kind_display()}，应当回避" if found else ""
