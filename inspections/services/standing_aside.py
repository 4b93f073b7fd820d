"""轮次回避: declared by a member for himself or ordered for him, in force at once, decided by the leader or the office.

An object one stands aside from is not there for him: its pages, findings, papers and verbs are 404 (`core` Recusal on
the object; rows that belong to an object say so in `recused_with`). `refuse_recused` guards verbs that reach an object
by another way.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from inspections.models import Round, RoundObject, RoundRecusal, TeamMember
from inspections.workflow import OFFICE, ROUND
from inspections.workflow.who import member_of
from povertyaudit.core import audit, moment, notify
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Recusal, User

LABEL = "inspections.roundobject"
OF_TEAM = "巡察组回避"


def is_recused(objects: Iterable[RoundObject | None], user: User) -> bool:
    """Whether `user` stands aside from one of the objects now."""
    keys = {one.pk for one in objects if one is not None}
    found = Recusal.objects.filter(target_label=LABEL, target_id__in=keys, ended_at=None)
    return bool(keys) and found.filter(person=user.person_id).exists()


def refuse_recused(object_: RoundObject | None, by: User, *others: RoundObject | None) -> None:
    """Raise NotAllowed for whoever stands aside from the object, or from one of the `others`."""
    if is_recused((object_, *others), by):
        raise NotAllowed("recused", "您应当回避这个巡察对象，请交本组其他成员办理。")


def keep_away(one: RoundRecusal, *, by: User) -> None:
    """From now on the object is hidden from the person; one entry in the record of the object."""
    if one.user is not None:
        _hide(one, one.user, by)
    audit.record("object.stand_aside", one.object, by=by, facts={"recused": _id_of(one)})


def _id_of(one: RoundRecusal | TeamMember) -> str:
    """Of the account; of somebody without one that of the row which names him: the record holds no name."""
    return one.user.public_id if one.user else one.public_id


def _hide(one: RoundRecusal, user: User, by: User) -> None:
    Recusal.objects.get_or_create(
        person_id=user.person_id, target_label=LABEL, target_id=one.object_id, ended_at=None,
        defaults={"reason": f"{OF_TEAM}：{one.get_ground_display()}", "declared_by": by, "declared_at": moment.now()},
    )  # fmt: skip


def let_back(one: RoundRecusal, *, by: User) -> None:
    """The object is there for the person again."""
    if one.user is not None:
        open_ones = Recusal.objects.filter(
            person=one.user.person_id, target_label=LABEL, target_id=one.object_id, ended_at=None
        )
        open_ones.update(ended_at=moment.now())
    audit.record("object.let_back", one.object, by=by, facts={"recused": _id_of(one)})


@transaction.atomic
def declare_recusal(
    round_: Round, *, by: User, objects: Sequence[RoundObject] = (), ground: str = "", text: str = "",
    member: User | None = None, outsider: TeamMember | None = None, note: str = "",
    expected_version: int | None = None,
) -> Round:  # fmt: skip
    """申报回避情况: from which `objects` one stands aside and why; none: 无回避情形. In force at once.

    For another `member`, and for an `outsider` (a member without an account), only the leader of a team or the office
    (责令回避): that is decided with it. Raises NotAllowed, RuleBroken.
    """
    row = ROUND.begin(round_, "declare_recusal", by=by, note=note, expected_version=expected_version)
    place = _place(row, member, outsider, by)
    _check_declared(row, objects, ground, text)
    today, ordered = moment.today(), place.user_id != by.pk
    if ordered:
        _may_decide(row, place.user, place, by)
    place.declared_on = today
    said = {"decided_by": by, "decided_on": today, "state": RoundRecusal.State.GRANTED} if ordered else {}
    who = _who(place)
    standing = set(row.recusals.standing().filter(**who).values_list("object_id", flat=True))
    new = [
        RoundRecusal(round=row, **who, object=one, ground=ground, text=text, declared_on=today, **said)
        for one in objects
        if one.pk not in standing
    ]
    facts = {"member": _id_of(place), "recusals": len(new)}
    done: Round = ROUND.finish(row, "declare_recusal", by=by, note=note, saved=[place, *new], facts=facts)
    for one in new:
        keep_away(one, by=by)
    if new and not ordered:
        _tell(done, place, by=by)
    return done


def _place(row: Round, member: User | None, outsider: TeamMember | None, by: User) -> TeamMember:
    """The place in the teams of who stands aside. Raises RuleBroken where there is none."""
    if member is not None and outsider is not None:
        text = "有账号的和没有账号的成员，一次只选一人。"
        raise RuleBroken("declare_recusal.both", text, field="outsider")
    if outsider is not None:
        found = row.members.filter(pk=outsider.pk, user=None).first()
    else:
        found = member_of(row, member or by)
    if found is None:
        field = "outsider" if outsider else "member"
        raise RuleBroken("declare_recusal.member", "只有编入巡察组的成员需要申报，请先编组。", field=field)
    return found


def _who(place: TeamMember) -> dict[str, Any]:
    if place.user is not None:
        return {"user": place.user}
    return {"user": None, "name": place.name, "home_unit": place.home_unit}


def _tell(row: Round, place: TeamMember, *, by: User) -> None:
    """The leader of the team, or who ordered the round where it is the leader who stands aside."""
    leaders = row.members.filter(role=TeamMember.Role.LEADER, team=place.team_id).exclude(user=by.pk)
    users = User.objects.filter(pk__in=leaders.values("user_id")) or User.objects.filter(pk=row.ordered_by_id)
    entry = row._last_entry  # type: ignore[attr-defined]
    notify.tell(
        users, f"{entry.verb}:{entry.public_id}", kind="round", number=row.number or "",
        text="有成员申报回避，请决定。", url=f"{row.get_absolute_url()}decide_recusal/", target=row,
    )  # fmt: skip


def _check_declared(row: Round, objects: Sequence[RoundObject], ground: str, text: str) -> None:
    if any(one.round_id != row.pk for one in objects):
        raise RuleBroken("declare_recusal.object", "请选择本轮次的巡察对象。", field="objects")
    if objects and ground not in RoundRecusal.Ground.values:
        raise RuleBroken("declare_recusal.ground", "请选择回避情形。", field="ground")
    if ground == RoundRecusal.Ground.OTHER and not text.strip():
        raise RuleBroken("declare_recusal.text", "请写明是什么情形。", field="text")
    if ground and not objects:
        raise RuleBroken(
            "declare_recusal.none", "请选择要回避的巡察对象；没有回避情形的，情形不填。", field="objects"
        )


def _may_decide(row: Round, whose: User | None, his: TeamMember | None, by: User) -> None:
    """Nobody decides about himself; a leader about his own team, the office about all."""
    if whose is not None and whose.person_id == by.person_id:
        raise NotAllowed("decide_recusal.own", "本人的回避由组长或者巡察办决定，不能自己决定。")
    if by.roles & OFFICE:
        return
    mine = member_of(row, by)
    leads = mine is not None and mine.role == TeamMember.Role.LEADER
    if not leads or (his is not None and mine is not None and his.team_id != mine.team_id):
        raise NotAllowed("decide_recusal.team", "组长只能决定本组成员的回避，其他人员的由巡察办决定。")


def _place_of(row: Round, one: RoundRecusal) -> TeamMember | None:
    """The place of who stands aside, where he has one still."""
    return next(
        (place for place in row.members.select_related("user") if place.identity == one.identity), None
    )


DECISIONS = {
    RoundRecusal.State.GRANTED: (RoundRecusal.State.DECLARED,),
    RoundRecusal.State.REFUSED: (RoundRecusal.State.DECLARED,),
    RoundRecusal.State.LIFTED: (RoundRecusal.State.GRANTED,),
}


@transaction.atomic
def decide_recusal(
    round_: Round, *, by: User, recusal: RoundRecusal, decision: str, note: str = "",
    expected_version: int | None = None,
) -> Round:  # fmt: skip
    """决定回避: granted, refused (he works on it again), or lifted later. Raises NotAllowed, RuleBroken."""
    row = ROUND.begin(round_, "decide_recusal", by=by, note=note, expected_version=expected_version)
    one = row.recusals.filter(pk=recusal.pk).select_related("user", "object").first()
    if one is None:
        raise RuleBroken("decide_recusal.other", "请选择本轮次的回避申报。", field="recusal")
    _may_decide(row, one.user, _place_of(row, one), by)
    if one.state not in DECISIONS.get(RoundRecusal.State(decision), ()):
        text = f"这项回避现在是“{one.get_state_display()}”，不能这样决定。"
        raise RuleBroken("decide_recusal.state", text, field="decision")
    if decision != RoundRecusal.State.GRANTED and not note.strip():
        raise RuleBroken("decide_recusal.note", "不需回避或者解除回避的，请写明理由。", field="note")
    one.state, one.decided_by, one.decided_on = decision, by, moment.today()
    facts: dict[str, Any] = {"member": _id_of(one), "decision": decision}
    done: Round = ROUND.finish(row, "decide_recusal", by=by, note=note, saved=[one], facts=facts)
    if decision != RoundRecusal.State.GRANTED:
        let_back(one, by=by)
    return done
