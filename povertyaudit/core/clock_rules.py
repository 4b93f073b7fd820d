"""Which rule is in force, and how a rule is changed: 案管 proposes a new dated row, 安全保密 confirms it."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from povertyaudit.core import audit, moment
from povertyaudit.core.deadlines import Period, Unit
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState, from_validation
from povertyaudit.core.models import ClockRule, Region, Role, User
from povertyaudit.core.models.clocks import RuleState
from povertyaudit.core.scope import prefix_of

CONTENT = (
    "number", "code", "name", "region", "amount", "unit", "exclude_start", "month_end_clip", "roll_over",
    "start_event", "source", "article", "confidence", "extension_amount", "extension_unit", "extension_times",
    "extension_note", "note", "valid_from", "valid_to",
)  # fmt: skip


def rule_for(code: str, region: Region | str | None, on: date) -> ClockRule:
    """Return the rule in force: the most local first, then the latest.

    Raises RuleBroken `clock.no_rule` when none is in force on the day.
    """
    here = region.code if isinstance(region, Region) else region or ""
    rows = [r for r in ClockRule.objects.in_force(code, on) if _covers(r.region_id, here)]
    if not rows:
        raise RuleBroken("clock.no_rule", f"{on} 没有施行中的期限规则“{code}”，请案管室先登记规则。")
    return max(rows, key=lambda r: (len(prefix_of(r.region_id)) if r.region_id else 0, r.valid_from, r.pk))


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


@transaction.atomic
def propose(old: ClockRule, *, by: User, changes: dict[str, Any]) -> ClockRule:
    """修改期限规则: lay a new dated row beside `old`, waiting for confirmation; the old one stays as it is.

    Raises NotAllowed unless `by` serves in 案管室 of the region; RuleBroken/Several for values that make no sense.
    """
    post = by.post_as({Role.CASE_MANAGER})
    if post is None:
        raise NotAllowed("rule.role", "期限规则由案管室修改。")
    values = {name: getattr(old, name) for name in CONTENT} | changes
    region = values["region"]
    if region is None or not region.code.startswith(prefix_of(post.region_id)):
        raise NotAllowed("rule.region", "本地规则只能适用于您管辖的地区；普遍适用的规则随产品更新。")
    if values["valid_from"] < moment.today():
        raise RuleBroken(
            "rule.past", "施行日期不能早于今天：已经起算的期限不受新规则影响。", field="valid_from"
        )
    rule = ClockRule(**values, state=RuleState.DRAFT, changed_by=by)
    try:
        rule.full_clean()
    except ValidationError as refused:
        raise from_validation(refused) from refused
    rule.save(force_insert=True)
    diff = {n: (getattr(old, n), values[n]) for n in CONTENT if getattr(old, n) != values[n]}
    audit.record("rule.propose", rule, by=by, changes=_plain(diff), touched=[rule])
    return rule


@transaction.atomic
def confirm(rule: ClockRule, *, by: User) -> ClockRule:
    """确认期限规则: 安全保密管理员, another person than the one who proposed. In force from its date."""
    row = _waiting(rule, by)
    return _decide(row, RuleState.CONFIRMED, "rule.confirm", by=by, note="")


@transaction.atomic
def refuse(rule: ClockRule, *, by: User, note: str) -> ClockRule:
    """不予确认: the row stays, refused, with the reason."""
    row = _waiting(rule, by)
    if not note.strip():
        raise RuleBroken("rule.note", "请写明不予确认的理由。", field="note")
    return _decide(row, RuleState.REFUSED, "rule.refuse", by=by, note=note)


def _waiting(rule: ClockRule, by: User) -> ClockRule:
    if Role.SECADMIN not in by.roles:
        raise NotAllowed("rule.role", "期限规则由安全保密管理员确认。")
    row: ClockRule = ClockRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if row.state != RuleState.DRAFT:
        raise WrongState(
            "rule.state", f"该规则{row.get_state_display()}，不能再处理。请刷新页面查看最新情况。"
        )
    if row.changed_by is None or row.changed_by.person_id == by.person_id:
        raise NotAllowed("rule.same_person", "修改人和确认人不能是同一个人，请由另一人确认。")
    return row


def _decide(row: ClockRule, state: RuleState, verb: str, *, by: User, note: str) -> ClockRule:
    row.state, row.confirmed_by, row.confirmed_at = state, by, moment.now()
    row.version += 1
    row.updated_at = moment.now()
    row.save(update_fields=("state", "confirmed_by", "confirmed_at", "version", "updated_at"))
    audit.record(
        verb, row, by=by, note=note, changes={"state": (RuleState.DRAFT.value, state.value)}, touched=[row]
    )
    return row


def _plain(diff: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    return {n: tuple(v.pk if isinstance(v, Region) else v for v in pair) for n, pair in diff.items()}  # type: ignore[misc]
