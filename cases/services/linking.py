"""关联 and 不是重复件: what an officer says of two leads that are not one."""

from django.db import transaction

from cases.models import Lead, LeadLink, LinkKind
from cases.services import repeats
from cases.workflow import LEAD
from povertyaudit.core import rows, secrecy
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User


def link(lead: Lead, *, by: User, other: Lead, note: str = "", expected_version: int | None = None) -> Lead:
    """关联: related and not the same; who may see both sees it on both. Raises RuleBroken."""
    return _decide(lead, "link", LinkKind.RELATED, by, other, note, expected_version)


def keep_apart(
    lead: Lead, *, by: User, other: Lead, note: str = "", expected_version: int | None = None
) -> Lead:
    """不是重复件: alike, but each stands by itself; not offered again."""
    return _decide(lead, "keep_apart", LinkKind.DISTINCT, by, other, note, expected_version)


@transaction.atomic
def _decide(
    lead: Lead, verb: str, kind: str, by: User, other: Lead, note: str, expected_version: int | None
) -> Lead:
    _check(lead, other, by)
    later = _lock_both(lead, other)
    LEAD.begin(lead, verb, by=by, note=note, expected_version=expected_version)
    secrecy.refuse_each((lead, other), {"note": note}, by=by)
    if other.merged_into_id == lead.pk:
        raise RuleBroken(f"{verb}.merged", "这两件已经合并，不用再登记关联。", field="other")
    found = LeadLink.objects.of(lead).of(other).first()
    if found and found.kind == kind:
        raise RuleBroken(f"{verb}.already", f"这两件线索已登记为“{found}”。", field="other")
    row = found or LeadLink(lead=later, other=other if later.pk == lead.pk else lead)
    row.kind, row.reason, row.by = kind, note, by
    rows.write(later, verb=f"lead.{verb}", by=by, saved=[row], personal=_said(row, note))
    repeats.settle(lead, other)
    return later if later.pk == lead.pk else lead


@transaction.atomic
def unlink(lead: Lead, *, by: User, other: Lead, note: str, expected_version: int | None = None) -> Lead:
    """取消关联 (or 不是重复件), with the reason: the two are compared again."""
    _check(lead, other, by)
    later = _lock_both(lead, other)
    LEAD.begin(lead, "unlink", by=by, note=note, expected_version=expected_version)
    secrecy.refuse_each((lead, other), {"note": note}, by=by)
    found = LeadLink.objects.of(lead).of(other).first()
    if found is None:
        raise RuleBroken("unlink.none", "这两件线索没有登记关联。", field="other")
    rows.write(later, verb="lead.unlink", by=by, removed=[found], personal=_said(found, note))
    repeats.look_again(later)
    return later if later.pk == lead.pk else lead


def _said(row: LeadLink, note: str) -> dict[str, str]:
    """The note belongs to both leads: it is read with the link, not by everybody who may read one of the two."""
    return {f"link:{row.public_id}": note} if note else {}


def _check(lead: Lead, other: Lead, by: User) -> None:
    if lead.pk == other.pk:
        raise RuleBroken("link.itself", "请选择另一件线索。", field="other")
    if not Lead.objects.visible_to(by).filter(pk=other.pk).exists():
        raise RuleBroken("link.unknown", "没有找到这件线索，请核对编号。", field="other")


def _lock_both(lead: Lead, other: Lead) -> Lead:
    """Both locked in the order of their keys; the later one, in whose chain the pair is recorded."""
    both = Lead.objects.filter(pk__in=(lead.pk, other.pk)).order_by("pk")
    later: Lead = list(both.select_for_update(of=("self",)))[-1]
    return later
