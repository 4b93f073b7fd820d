"""Three natural persons, none of them on the other side: what a signer did on this item, or is, that stands in the way.

Always asked of the person, never of the account: with a second account, or in a post held for a time, it is the same
person. Asked when a signature is given, not for every row of a list, because the record itself is read.
"""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import AuditEntry, Post, Recusal, User
from povertyaudit.core.scope import follow, prefix_of, recusals_of
from povertyaudit.core.workflow import verb_label
from rectification.models import Step
from rectification.workflow.who import VERIFIERS, in_charge_of

# What only the responsible units do, and what only those over them do.
UNIT_ACTS = (
    "item.accept", "item.report", "item.apply", "item.add_result", "item.edit_result", "item.add_evidence",
    "item.remove_evidence", "item.replace_evidence", "item.pair_evidence", "item.report_stage", "item.request_extension",
)  # fmt: skip
BODY_ACTS = (
    "item.create", "item.issue", "item.decide_extension", "item.decide_transfer", "item.mark_long_term", "item.send_back", "item.verify",
    "item.set_rhythm", "item.press", "item.reopen", "item.decide_regrouping",
)  # fmt: skip


def applicant_apart(item: Any, by: User) -> None:
    """Raise NotAllowed unless `by` is of one side only: not of those who verify, and never acted for them here, nor on
    an item that this one goes on with."""
    stands_aside(item, by)
    _never_did(item, by, BODY_ACTS, "代表责任单位申请销号")
    _never_signed(item, by, (Step.REVIEW, Step.VERIFY), "申请销号")
    roles = in_charge_of(item, VERIFIERS)
    for post in (
        Post.objects.current().filter(user__person=by.person_id, role__in=roles).select_related("unit")
    ):
        if item.region_id.startswith(prefix_of(post.region_id)):
            text = f"您自 {post.starts_on} 起任{post}，是本事项复核验收的一方，不能代表责任单位申请销号。"
            raise NotAllowed("close_out.other_side", text)


def reviewer_apart(item: Any, by: User) -> None:
    """The lead unit may itself answer for the item (then its own post is no hindrance), the reviewer may not."""
    stands_aside(item, by)
    _never_did(item, by, UNIT_ACTS, "审核")
    _never_signed(item, by, (Step.APPLY, Step.VERIFY), "审核")
    _never_of_the_units(item, by, "审核", but=item.lead_unit_id)


def verifier_apart(item: Any, by: User) -> None:
    stands_aside(item, by)
    _never_did(item, by, UNIT_ACTS, "复核")
    _never_signed(item, by, (Step.APPLY, Step.REVIEW), "复核")
    _never_of_the_units(item, by, "复核")


def stands_aside(item: Any, by: User) -> None:
    """Whoever stands aside from the item, or from what it belongs to, signs nothing on it."""
    own = [Q(target_label=label, target_id=follow(item, path)) for label, path in recusals_of(type(item))]
    found = Recusal.objects.filter(reduce(or_, own), person=by.person_id, ended_at=None).first()
    if found is not None:
        text = f"您已于 {moment.day_of(found.declared_at)} 登记回避，不能签署本事项。"
        raise NotAllowed("close_out.recused", text)


def went_before(item: Any) -> list[Any]:
    """The items this one goes on with: that it was split from, those merged into it, and theirs in turn."""
    found: list[Any] = []
    for one in type(item).objects.filter(Q(parts=item.pk) | Q(merged_into=item.pk)).order_by("pk"):
        found += [one, *went_before(one)]
    return found


def hindrance(item: Any, verb: str, by: User) -> str:
    """The sentence that keeps `by` from signing, empty where nothing does: shown before he presses."""
    try:
        SIGNERS[verb](item, by)
    except NotAllowed as refused:
        return refused.message
    return ""


def _never_did(item: Any, by: User, verbs: tuple[str, ...], what: str) -> None:
    for one in (item, *went_before(item)):
        acts = AuditEntry.objects.of(one).filter(actor__person=by.person_id, verb__in=verbs)
        if (act := acts.order_by("seq").first()) is not None:
            _refuse(moment.day_of(act.at), verb_label(act.verb), what)
    if verbs is not UNIT_ACTS:
        return
    shown = item.evidence.filter(attachment__uploaded_by__person=by.person_id).first()
    if shown is not None:
        _refuse(moment.day_of(shown.created_at), "上传佐证材料", what)
    told = item.period_reports.filter(
        Q(filled_by__person=by.person_id) | Q(signed_by__person=by.person_id)
    ).last()
    if told is not None:
        _refuse(told.signed_on or told.filled_on, f"填报、签报“{told.title}”", what)


def _never_signed(item: Any, by: User, steps: tuple[str, ...], what: str) -> None:
    """Another signature on this item, also one that is void by now or belongs to an earlier closing."""
    signed = item.signatures.filter(person=by.person_id, step__in=steps).first()
    if signed is not None:
        _refuse(moment.day_of(signed.signed_at), f"“{signed.get_step_display()}”并签署", what)


def _refuse(day: date, did: str, what: str) -> None:
    text = f"您已于 {day} 就本事项办理过{did}，不能再{what}，请由其他人员办理。"
    raise NotAllowed("close_out.other_side", text)


def _never_of_the_units(item: Any, by: User, what: str, *, but: int | None = None) -> None:
    """No post of the responsible units since the item was handed to them; with the units they were merged into."""
    since, today = item.issued_on or moment.day_of(item.created_at), moment.today()
    units = [row.unit for row in item.units.all() if row.unit_id != but]
    heirs: list[int] = [heir for unit in units for heir in unit.heirs()]
    posts = Post.objects.filter(user__person=by.person_id, unit__in=heirs, starts_on__lte=today)
    posts = posts.filter(Q(ends_on=None) | Q(ends_on__gte=since))
    for post in posts.select_related("unit"):
        if post.ended_at is None or moment.day_of(post.ended_at) >= since:
            text = (
                f"您自 {post.starts_on} 起任{post}，该单位是本事项的责任单位，不能{what}，请由其他人员办理。"
            )
            raise NotAllowed("close_out.other_side", text)


SIGNERS = {"apply": applicant_apart, "review": reviewer_apart, "verify": verifier_apart}
