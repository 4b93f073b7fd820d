"""A rule of a place is changed: 案管 proposes a new dated row for its region, 安全保密 confirms it."""

from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import transaction

from povertyaudit.core import moment, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken, from_validation
from povertyaudit.core.models import Role, User
from povertyaudit.core.models.region_rules import RegionRule
from povertyaudit.core.models.rules import RuleState
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow

R = TypeVar("R", bound=RegionRule)


def _another_person(rule: RegionRule, by: User) -> None:
    if rule.changed_by is None or rule.changed_by.person_id == by.person_id:
        raise NotAllowed("rule.same_person", "修改人和确认人不能是同一个人，请由另一人确认。")


REGION_RULE = Workflow(
    "regionrule",
    "地区规则",
    (
        Transition(name="propose", label="修改规则", sources=frozenset({RuleState.CONFIRMED}), target=None,
                   roles=frozenset({Role.CASE_MANAGER})),
        Transition(name="confirm", label="确认规则", sources=frozenset({RuleState.DRAFT}), target=RuleState.CONFIRMED,
                   roles=frozenset({Role.SECADMIN}), who=(_another_person,), primary=True),
        Transition(name="refuse", label="不予确认", sources=frozenset({RuleState.DRAFT}), target=RuleState.REFUSED,
                   roles=frozenset({Role.SECADMIN}), who=(_another_person,), note_required=True),
    ),
    others={"create": "提出修改"},
)  # fmt: skip


@transaction.atomic
def propose(old: R, *, by: User, note: str = "", expected_version: int | None = None, **changes: Any) -> R:
    """修改规则: lay a new dated row beside `old`, for the proposer's region or one in it; `old` stays as it is.

    `changes` are fields of `content`. Raises NotAllowed, RuleBroken/Several for values that make no sense.
    """
    step = REGION_RULE.transitions["propose"]
    step.check_person(old, by)
    step.check_state(old)
    if unknown := set(changes) - set(old.content):
        raise TypeError(f"not part of the rule: {sorted(unknown)}")
    values = {name: getattr(old, name) for name in (*old.content, *old.carried)} | changes
    post, region = by.post_as(step.roles), values["region"]
    if post is None or region is None or not region.code.startswith(prefix_of(post.region_id)):
        text = "本地规则只能适用于您管辖的地区；普遍适用的规则随产品更新。"
        raise RuleBroken("rule.region", text, field="region")
    if values["valid_from"] < moment.today():
        raise RuleBroken("rule.past", "施行日期不能早于今天：已经办理的按原规则。", field="valid_from")
    if not values["source"].strip():
        raise RuleBroken("rule.source", "请写明修改的依据。", field="source")
    rule = type(old)(**values, note=note.strip(), state=RuleState.DRAFT, changed_by=by)
    try:
        rule.full_clean()
    except ValidationError as refused:
        raise from_validation(refused) from refused
    made: R = rows.create(cast(Any, rule), verb="regionrule.create", by=by, note=note)
    return made


def confirm(rule: R, *, by: User, note: str = "", expected_version: int | None = None) -> R:
    """确认规则: 安全保密管理员, another person than the one who proposed. In force from its date."""
    return _decide(rule, "confirm", by, note, expected_version)


def refuse(rule: R, *, by: User, note: str = "", expected_version: int | None = None) -> R:
    """不予确认: the row stays, refused, with the reason."""
    return _decide(rule, "refuse", by, note, expected_version)


@transaction.atomic
def _decide(rule: R, verb: str, by: User, note: str, version: int | None) -> R:
    row = REGION_RULE.begin(rule, verb, by=by, note=note, expected_version=version)
    decided = {"confirmed_by": by, "confirmed_at": moment.now()}
    done: R = REGION_RULE.finish(row, verb, by=by, note=note, changes=decided)
    return done
