"""Who may not hold or record a talk: the other side itself, whoever has a part in the matter, whoever stands aside.

Asked of the person, never of the account; when he is named and again when he signs.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from cases.models import Declaration, Responsible
from povertyaudit.core import moment
from povertyaudit.core.models import Post, Recusal, User
from povertyaudit.core.scope import follow, prefix_of, recusals_of


def conflict(talk: Any, user: User) -> str:
    """Why this person may not hold or record the talk, in words that follow his name; empty where nothing stands in the way."""
    return (
        _himself(talk, user) or _aside(talk, user) or _of_the_unit(talk, user) or _part_of_it(talk, user)
        or _declared(talk, user)
    )  # fmt: skip


def _himself(talk: Any, user: User) -> str:
    if talk.account is not None and talk.account.person_id == user.person_id:
        return "就是约谈对象本人"
    return ""


def _aside(talk: Any, user: User) -> str:
    keys = [(label, follow(talk, path)) for label, path in recusals_of(type(talk))]
    known = [Q(target_label=label, target_id=key) for label, key in keys if key is not None]
    found = Recusal.objects.filter(reduce(or_, known), person=user.person_id, ended_at=None).first()
    return f"已于 {moment.day_of(found.declared_at)} 登记回避" if found else ""


def _of_the_unit(talk: Any, user: User) -> str:
    held = Post.objects.current().filter(user__person=user.person_id, unit__in=talk.unit.heirs())
    post = held.select_related("unit").first()
    return f"任{post}，是约谈对象单位的人员" if post else ""


def _part_of_it(talk: Any, user: User) -> str:
    """Talked to over the same matter, or named in the accountability: he has a part in it."""
    same = Q(pk__in=())
    if talk.origin_id:
        same |= Q(origin_label=talk.origin_label, origin_id=talk.origin_id)
    if talk.group:
        same |= Q(group=talk.group)
    others = type(talk)._base_manager.filter(same, account__person=user.person_id).exclude(state="cancelled")
    if others.exclude(pk=talk.pk).exists():
        return "就同一事项也是约谈对象"
    if talk.accountability_id:
        named = Responsible._base_manager.filter(accountability=talk.accountability_id, name=user.person.name)
        if named.exists():
            return "是有关问责的对象"
    return ""


def _declared(talk: Any, user: User) -> str:
    """A home in the place, a unit served in before, or kin of that name, as he declared."""
    code = talk.unit.region_id
    around = [code[:size].ljust(12, "0") for size in (9, 12) if len(prefix_of(code)) >= size]
    tie = Q(kind="home", home__in=around) | Q(kind="unit", unit_text=talk.unit.name)
    if talk.account_id or talk.name != talk.unit.name:
        tie |= Q(kind="kin", name=talk.name)
    found = Declaration.objects.standing().filter(tie, person=user.person_id).first()
    return f"申报过{found.get_kind_display()}，应当回避" if found else ""
