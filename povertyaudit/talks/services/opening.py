"""提出约谈: by a leader it is decided at once, by an office it waits for a leader.

    from povertyaudit.talks.services.opening import open_talk
    open_talk(by=user, unit=unit, reason="…")                                        # a leader's own decision
    open_talk(by=user, unit=unit, reason="…", origin=measure, origin_label="考核措施 KH-3")  # what another app decided
    open_talk(by=user, unit=unit, persons=[{"account": u, "post_text": "镇长", "rank": "chief"}], reason="…")
    open_talk(by=user, units=[a, b, c], reason="…")                                  # 集体约谈, one talk each

Call it inside the transaction of whatever decided it. What comes back are the talks, each a dossier of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cases.models import Accountability
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, Role, Unit, User
from povertyaudit.core.models.base import new_public_id
from povertyaudit.core.models.ladder import LadderKind
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.secrecy import folded
from povertyaudit.talks.models import Talk, TalkKind, TalkOrigin, TalkRank, TalkState
from povertyaudit.talks.querysets import LEADERS, OPENERS, OVER
from povertyaudit.talks.services.linking import check_link
from povertyaudit.talks.services.telling import deciders, tell
from rectification.models import Escalation
from rectification.models.escalation import EscalationState
from rectification.services.escalation_people import addressee

MOST = 50  # of one collective talk
DECIDERS = LEADERS | {Role.COUNTY_LEADER}
Said = User | Mapping[str, Any]


@dataclass(frozen=True)
class Subject:
    """Whom one talk is held with."""

    unit: Unit
    account: User | None
    name: str
    post_text: str
    rank: str

    @property
    def kind(self) -> str:
        return TalkKind.PERSON if self.name else TalkKind.UNIT

    @property
    def key(self) -> str:
        """The same for two accounts of one person."""
        if self.account is not None:
            return f"person:{self.account.person_id}"
        return f"name:{self.unit.pk}:{folded(self.name)}" if self.name else f"unit:{self.unit.pk}"


@transaction.atomic
def open_talk(
    *, by: User, reason: str, unit: Unit | None = None, units: Sequence[Unit] = (), persons: Iterable[Said] = (),
    origin: Any = None, origin_label: str = "", accountability: Accountability | None = None, rank: str = "",
    previous: Talk | None = None, note: str = "",
) -> list[Talk]:  # fmt: skip
    """提出约谈 (decided at once where `by` is a leader): one talk for each person, or for each unit where none is named.

    `persons` are accounts, or {"account", "name", "post_text", "rank"} (all of them of `unit`); `origin` is the row whose
    measure it is, `origin_label` what it is called; only one open talk for each origin and subject. Raises NotAllowed,
    RuleBroken.
    """
    post = by.post_as(OPENERS)
    if post is None:
        raise NotAllowed("talk.role", "约谈由巡察办、监督检查室、案管室提出，或者由领导决定。")
    if not reason.strip():
        raise RuleBroken("talk.reason", "请写明约谈事由。", field="reason")
    subjects = _subjects(unit, units, list(persons), rank)
    decided = bool(by.roles & DECIDERS)
    for one in subjects:
        _check(one, by, decided)
    group = new_public_id() if len(subjects) > 1 else ""
    found = [
        _made(one, by=by, decided=decided, reason=reason.strip(), group=group, note=note, previous=previous,
              accountability=accountability, **_origin(origin, origin_label, previous))
        for one in subjects
    ]  # fmt: skip
    if not decided:
        tell(found[0], deciders(found[0]), "有约谈等待批准。", by=by)
    return found


@transaction.atomic
def propose(
    *, by: User, unit: Unit, reason: str, rank: str = "", persons: Iterable[Said] = (),
    units: Iterable[Mapping[str, Any]] = (), step: Escalation | None = None,
    accountability: Accountability | None = None, note: str = "",
) -> Talk:  # fmt: skip
    """提出约谈 by hand, as `open_talk`: `units` are further ones of a collective talk; `step`: an agreed one of 督办 whose
    talk was cancelled. The first of the talks is returned."""
    if step is not None:
        _check_step(step, unit)
    more = [one["unit"] for one in units]
    return open_talk(
        by=by, reason=reason, units=[unit, *more], persons=persons, rank=rank, origin=step,
        accountability=accountability, note=note,
    )[0]  # fmt: skip


def _check_step(step: Escalation, unit: Unit) -> None:
    if step.step != LadderKind.TALK or step.state != EscalationState.AGREED:
        text = "只能填写领导已经同意、还没有办理的约谈步骤。"
        raise RuleBroken("talk.step", text, field="step")
    if unit != addressee(step.item, step.holder):
        raise RuleBroken("talk.step_unit", "约谈对象应是承办该整改事项的单位。", field="unit")


def _subjects(unit: Unit | None, units: Sequence[Unit], persons: list[Said], rank: str) -> list[Subject]:
    wanted = list(dict.fromkeys([*([unit] if unit else []), *units]))
    if not wanted:
        raise RuleBroken("talk.unit", "请选择约谈对象所在单位。", field="unit")
    if persons and len(wanted) > 1:
        raise RuleBroken(
            "talk.units", "约谈个人时只选一个单位；集体约谈几个单位的，不填个人。", field="units"
        )
    found = [_person(wanted[0], one, rank) for one in persons]
    if not persons:
        found = [Subject(one, None, "", "", rank or TalkRank.CHIEF) for one in wanted]
    if len(found) > MOST:
        raise RuleBroken(
            "talk.too_many", f"一次最多约谈 {MOST} 个对象。", field="persons" if persons else "units"
        )
    keys = [one.key for one in found]
    if len(set(keys)) != len(keys):
        text = "同一个人只能出现一次：同一个人的两个账号也是一个人。"
        raise RuleBroken("talk.twice", text, field="persons")
    return found


def _person(unit: Unit, said: Said, rank: str) -> Subject:
    given: Mapping[str, Any] = {"account": said} if isinstance(said, User) else said
    account = given.get("account")
    name = account.display_name if account else str(given.get("name") or "").strip()
    if not name:
        raise RuleBroken("talk.name", "请选择约谈对象的账号，或者填写姓名。", field="persons")
    post_text = str(given.get("post_text") or "").strip()
    if account is not None and not post_text:
        post = next((p for p in account.current_posts() if p.unit_id in unit.heirs()), None)
        post_text = post.get_role_display() if post else ""
    return Subject(unit, account, name, post_text, given.get("rank") or rank or TalkRank.CHIEF)


def _check(one: Subject, by: User, decided: bool) -> None:
    """Of this place, of that unit, and not `by` himself. Raises RuleBroken at the field."""
    if not any(p.role in OPENERS and _covers(p.region_id, one.unit) for p in by.current_posts()):
        raise RuleBroken("talk.region", "只能约谈本地区的单位和人员，请重新选择单位。", field="unit")
    if one.account is None:
        return
    if one.account.person_id == by.person_id:
        text = "不能决定约谈自己。" if decided else "不能提出约谈自己。"
        raise RuleBroken("talk.himself", text, field="persons")
    posts = [p for p in one.account.current_posts() if p.unit_id in one.unit.heirs()]
    if not posts:
        text = f"{one.name}不是{one.unit.name}的人员，请核对单位或者人员。"
        raise RuleBroken("talk.not_of_unit", text, field="persons")
    if one.rank != TalkRank.CHIEF and any(p.role == Role.UNIT_HEAD for p in posts):
        text = f"{one.name}是{one.unit.name}主要负责人，职级请选“{TalkRank.CHIEF.label}”。"
        raise RuleBroken("talk.rank", text, field="persons")


def _covers(region_id: str, unit: Unit) -> bool:
    return unit.region_id.startswith(prefix_of(region_id))


def _origin(origin: Any, words: str, previous: Talk | None) -> dict[str, Any]:
    if origin is None and previous is None:
        return {"origin": TalkOrigin.LEADER, "origin_words": words}
    if isinstance(origin, Escalation):
        item = origin.item.number
        kind, words = (
            TalkOrigin.STEP,
            words or f"{origin.number}（整改事项 {item}，超期 {origin.days_late} 天）",
        )
    elif origin is None or isinstance(origin, Talk):
        origin = origin or previous
        kind, words = TalkOrigin.AGAIN, words or f"{origin.number}"
    else:
        kind, words = TalkOrigin.ASSESSMENT, words or str(origin)
    step = origin if kind == TalkOrigin.STEP else origin.step if kind == TalkOrigin.AGAIN else None
    return {
        "origin": kind, "origin_words": words, "origin_label": origin._meta.label_lower, "origin_id": origin.pk,
        "step": step,
    }  # fmt: skip


def _made(one: Subject, *, by: User, decided: bool, note: str, **values: Any) -> Talk:
    region: Region = one.unit.region
    row = Talk(
        region=region, unit=one.unit, account=one.account, kind=one.kind, name=one.name or one.unit.name,
        post_text=one.post_text, rank=one.rank, subject_key=one.key, proposed_by=by,
        state=TalkState.APPROVED if decided else TalkState.PROPOSED, decided_by=by if decided else None,
        decided_on=moment.today() if decided else None, **values,
    )  # fmt: skip
    _refuse_second(row)
    check_link(row.accountability)
    row.number = numbering.take("talk", region)
    return rows.create(row, verb="talk.decide" if decided else "talk.open", by=by, note=note)


def _refuse_second(row: Talk) -> None:
    if row.origin_id is None:
        return
    same = Talk._base_manager.exclude(state__in=OVER).filter(
        origin_label=row.origin_label, origin_id=row.origin_id, subject_key=row.subject_key
    )
    if (there := same.first()) is not None:
        text = f"同一由来已有没办结的约谈 {there.number}，不能重复提出。"
        raise RuleBroken("talk.second", text, field="unit")
