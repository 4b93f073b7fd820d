"""Which rule is in force, and how a rule is changed: 案管 proposes a new dated row, 安全保密 confirms it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction

from povertyaudit.core import moment, rows
from povertyaudit.core.deadlines import Period, Unit
from povertyaudit.core.errors import NotAllowed, RuleBroken, from_validation
from povertyaudit.core.models import ClockRule, Region, Role, User
from povertyaudit.core.models.rules import Confidence, RuleState
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow

CONTENT = (
    "number", "code", "name", "region", "amount", "unit", "exclude_start", "month_end_clip", "roll_over",
    "start_event", "source", "article", "confidence", "extension_amount", "extension_unit", "extension_times",
    "extension_note", "extension_by", "note", "valid_from", "valid_to",
)  # fmt: skip


def rule_for(code: str, region: Region | str | None, on: date) -> ClockRule:
    """Return the rule in force: the most local first, then the latest.

    Raises RuleBroken `clock.no_rule` when none is in force on the day.
    """
    here = region.code if isinstance(region, Region) else region or ""
    return nearest(ClockRule.objects.in_force(code, on), code, here, on)


def nearest(in_force: Iterable[ClockRule], code: str, here: str, on: date) -> ClockRule:
    """Of the rules `code` in force on the day the one for the place `here`; as `rule_for`."""
    found: list[ClockRule] = [r for r in in_force if _covers(r.region_id, here)]
    if not found:
        raise RuleBroken("clock.no_rule", f"{on} 没有施行中的期限规则“{code}”，请案管室先登记规则。")
    return max(found, key=lambda r: (len(prefix_of(r.region_id)) if r.region_id else 0, r.valid_from, r.pk))


def _covers(rule_region: str | None, here: str) -> bool:
    return rule_region is None or (bool(here) and here.startswith(prefix_of(rule_region)))


def check_extension(rule: ClockRule, used: int, asked: Period) -> None:
    """Raise RuleBroken when the rule names a limit and one more extension, or one this long, passes it."""
    if rule.extension_times is not None and used >= rule.extension_times:
        raise RuleBroken(
            "clock.extended_enough",
            f"“{rule.name}”只能延长 {rule.extension_times} 次，已延长 {used} 次。{rule.extension_note}",
        )
    if rule.extension_amount is None:
        return
    allowed = Period(amount=rule.extension_amount, unit=Unit(rule.extension_unit))
    if _rough_days(asked) > _rough_days(allowed):
        raise RuleBroken(
            "clock.extension_too_long",
            f"“{rule.name}”每次最多延长 {allowed}，请改短。{rule.extension_note}",
            field="amount",
        )


def _rough_days(period: Period) -> float:
    """Compare lengths across units: a month as 31 days, 5 working days as 7."""
    return period.amount * {Unit.DAYS: 1.0, Unit.MONTHS: 31.0, Unit.WORKING_DAYS: 1.4}[period.unit]


def _another_person(rule: ClockRule, by: User) -> None:
    if rule.changed_by is None or rule.changed_by.person_id == by.person_id:
        raise NotAllowed("rule.same_person", "修改人和确认人不能是同一个人，请由另一人确认。")


RULE = Workflow(
    "rule",
    "期限规则",
    (
        Transition(
            name="propose",
            label="修改规则",
            sources=frozenset({RuleState.CONFIRMED}),
            target=None,
            roles=frozenset({Role.CASE_MANAGER}),
        ),
        Transition(
            name="confirm",
            label="确认规则",
            sources=frozenset({RuleState.DRAFT}),
            target=RuleState.CONFIRMED,
            roles=frozenset({Role.SECADMIN}),
            who=(_another_person,),
            primary=True,
        ),
        Transition(
            name="refuse",
            label="不予确认",
            sources=frozenset({RuleState.DRAFT}),
            target=RuleState.REFUSED,
            roles=frozenset({Role.SECADMIN}),
            who=(_another_person,),
            note_required=True,
        ),
    ),
    others={"create": "提出修改"},
)


@transaction.atomic
def propose(
    old: ClockRule, *, by: User, note: str = "", expected_version: int | None = None, **changes: Any
) -> ClockRule:
    """修改期限规则: lay a new dated row beside `old`, waiting for confirmation; the old one stays as it is.

    Raises NotAllowed unless `by` serves in 案管室 of the region; RuleBroken/Several for values that make no sense.
    """
    step = RULE.transitions["propose"]
    step.check_person(old, by)
    step.check_state(old)
    kept = {name: getattr(old, name) for name in CONTENT}
    values = kept | {"note": note.strip(), "confidence": Confidence.SEEN, "valid_to": None} | changes
    post, region = by.post_as(step.roles), values["region"]
    if post is None or region is None or not region.code.startswith(prefix_of(post.region_id)):
        raise NotAllowed("rule.region", "本地规则只能适用于您管辖的地区；普遍适用的规则随产品更新。")
    if values["valid_from"] < moment.today():
        raise RuleBroken(
            "rule.past", "施行日期不能早于今天：已经起算的期限不受新规则影响。", field="valid_from"
        )
    if not values["source"].strip():
        raise RuleBroken("rule.source", "请写明修改的依据。", field="source")
    rule = ClockRule(**values, state=RuleState.DRAFT, changed_by=by)
    try:
        rule.full_clean()
    except ValidationError as refused:
        raise from_validation(refused) from refused
    made: ClockRule = rows.create(cast(Any, rule), verb="rule.create", by=by, note=note)
    return made


def confirm(rule: ClockRule, *, by: User, note: str = "", expected_version: int | None = None) -> ClockRule:
    """确认期限规则: 安全保密管理员, another person than the one who proposed. In force from its date."""
    return _decide(rule, "confirm", by, note, expected_version)


def refuse(rule: ClockRule, *, by: User, note: str = "", expected_version: int | None = None) -> ClockRule:
    """不予确认: the row stays, refused, with the reason."""
    return _decide(rule, "refuse", by, note, expected_version)


@transaction.atomic
def _decide(rule: ClockRule, verb: str, by: User, note: str, version: int | None) -> ClockRule:
    row = RULE.begin(rule, verb, by=by, note=note, expected_version=version)
    decided = {"confirmed_by": by, "confirmed_at": moment.now()}
    done: ClockRule = RULE.finish(row, verb, by=by, note=note, changes=decided)
    return done
