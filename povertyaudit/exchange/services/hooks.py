"""变动推送: receivers are told that ledgers changed, and pull what (`changes/`). Signed, tried again, kept in a log."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import transaction
from django.urls import NoReverseMatch, resolve, reverse

from povertyaudit.core import audit, changes, channels, messengers, moment, outbound
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.jobs import Lease
from povertyaudit.core.models import Change, Channel, Post, Role, User
from povertyaudit.core.outbound import Answer
from povertyaudit.core.scope import lies_under
from povertyaudit.core.vault import KeyMissing
from povertyaudit.exchange.models import Hook, HookDelivery, HookState
from povertyaudit.exchange.models.hooks import KEPT
from povertyaudit.exchange.workflow import HOOK, HOOK_DELIVERY

JOB = "hooks"
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 2 * 60, 12 * 60))  # after each failure; then given up
CLAIM = timedelta(seconds=60)
AT_ONCE, MOST, BATCH = (
    200,
    10_000,
    1_000,
)  # messages of one run; changes looked through at once; rows asked for


@transaction.atomic
def open_hook(*, by: User, channel: Channel, user: User, things: Sequence[str], note: str = "") -> Hook:
    """登记变动推送. Raises NotAllowed, RuleBroken."""
    if by.post_as({Role.SYSADMIN}) is None:
        raise NotAllowed("hook.role", "变动推送由系统管理员登记。")
    if channel.kind != "webhook":
        raise RuleBroken("hook.kind", "请选择方式为“通用推送”的外发渠道。", field="channel")
    if not user.is_service:
        raise RuleBroken("hook.user", "变动推送只能按接口账户的权限发出，请选择接口账户。", field="user")
    labels = {name: _label_of(name) for name in dict.fromkeys(things)}
    if not labels:
        raise RuleBroken("hook.things", "请至少选择一个台账。", field="things")
    changes.number()
    row = Hook.objects.create(channel=channel, user=user, things=labels, created_by=by, seen=changes.last())
    audit.record("hook.open", row, by=by, note=note, facts={"things": list(labels), "account": user.username})
    return row


def _label_of(things: str) -> str:
    """The rows of a resource with a ledger."""
    try:
        found: Any = resolve(reverse(f"api:{things}-ledger-digest")).func
        return str(found.cls.queryset.model._meta.label_lower)
    except NoReverseMatch:
        raise RuleBroken(
            "hook.things", f"没有“{things[:40]}”这个台账，请写接口文档里的名称。", field="things"
        ) from None


@transaction.atomic
def end(hook: Hook, *, by: User, note: str = "", expected_version: int | None = None) -> Hook:
    """停用. Raises NotAllowed, WrongState."""
    step = HOOK.transitions["end"]
    row: Hook = Hook.objects.select_for_update(of=("self",)).get(pk=hook.pk)
    step.check_person(row, by)
    step.check_state(row)
    Hook.objects.filter(pk=row.pk).update(ended_at=moment.now())
    audit.record("hook.end", row, by=by, note=note)
    return row


@transaction.atomic
def resend(
    row: HookDelivery, *, by: User, note: str = "", expected_version: int | None = None
) -> HookDelivery:
    """重新发送, under the same id: a receiver that has it drops it. Raises NotAllowed, WrongState."""
    step = HOOK_DELIVERY.transitions["resend"]
    fresh: HookDelivery = HookDelivery.objects.select_for_update(of=("self",)).get(pk=row.pk)
    step.check_person(fresh, by)
    step.check_state(fresh)
    _set(fresh, state=HookState.QUEUED, attempts=0, next_at=moment.now())
    audit.record("hookdelivery.resend", fresh, by=by, note=note)
    return fresh


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """Asked at every beat of the clock; nothing is asked of the changes where nobody wants to be told."""
    hooks = list(Hook.objects.on().values_list("seen", flat=True))
    if not hooks:
        return []
    changes.number()
    if changes.last() <= min(hooks) and not HookDelivery.objects.due(now).exists():
        return []
    return [(f"{JOB}:{now:%Y%m%d%H%M%S}", JOB, {})]


def job(_payload: dict[str, Any], lease: Lease) -> dict[str, int]:
    """Job handler: first what changed becomes messages, then what is due goes out."""
    made = sum(_tell(hook) for hook in Hook.objects.on().for_list())
    lease.renew()
    done: Counter[str] = Counter(made=made)
    for row in HookDelivery.objects.due(moment.now()).for_list().order_by("next_at", "pk")[:AT_ONCE]:
        done[_send(row)] += 1
        lease.renew()
    return dict(done)


@transaction.atomic
def _tell(hook: Hook) -> int:
    """One message about what changed within the account's scope since the last one; none where nothing did."""
    row = Hook.objects.select_for_update(of=("self",)).get(pk=hook.pk)
    names = {label: name for name, label in row.things.items()}
    moved = Change.objects.filter(seq__gt=row.seen).order_by("seq")
    found = list(moved.values_list("seq", "label", "row_id", "scope_before", "scope_after")[:MOST])
    if not found:
        return 0
    seen = {label: _seen(hook, label, {one[2] for one in found if one[1] == label}) for label in names}
    posts = {label: changes.reading(apps.get_model(label), hook.user) for label in names}
    changed = {
        (label, row_id)
        for _, label, row_id, before, after in found
        if label in names and _concerns(hook, posts[label], seen[label].get(row_id), before, after)
    }
    counts = Counter(names[label] for label, _ in changed)
    Hook.objects.filter(pk=row.pk).update(seen=found[-1][0])
    if counts:
        HookDelivery.objects.create(hook=row, counts=dict(counts))
    return int(bool(counts))


def _seen(hook: Hook, label: str, ids: set[str]) -> dict[str, str]:
    """Which of the rows the account sees, and in which region each lies."""
    rows: Any = apps.get_model(label)._default_manager
    found: dict[str, str] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), BATCH):
        some = rows.visible_to(hook.user).filter(public_id__in=wanted[start : start + BATCH])
        found |= dict(some.values_list("public_id", _place(label)))
    return found


def _place(label: str) -> str:
    """The path from a row of this kind to its region."""
    path = apps.get_model(label).dossier_path
    return f"{path}__region_id" if path else "region_id"


def _concerns(
    hook: Hook, posts: list[Post], place: str | None, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> bool:  # fmt: skip
    """Whether a change is told to this county: of a row the account sees (`place`: in which region) here, or that it saw
    here before. One that moved to another county within the account's reach is gone from this one: whose token is
    narrowed to this county has a row to delete."""
    was_here = _here(hook, _region(before))
    if place is not None:
        return was_here or _here(hook, place)
    return was_here and changes.leaves(posts, before, after)


def _region(scope: dict[str, Any] | None) -> str:
    return str((scope or {}).get("region") or "")


def _here(hook: Hook, region: str) -> bool:
    return lies_under(region, hook.channel.region_id)


def _send(row: HookDelivery) -> str:
    """Claimed by pushing its next attempt on, sent, and noted. Killed in between, it goes out once more."""
    now = moment.now()
    mine = HookDelivery.objects.filter(pk=row.pk, version=row.version).due(now)
    if not mine.update(next_at=now + CLAIM, version=row.version + 1):
        return "elsewhere"
    answer = _post(row)
    attempts = row.attempts + 1
    if answer.ok:
        state, next_at = HookState.SENT, now
    elif attempts > len(WAITS):
        state, next_at = HookState.FAILED, now
    else:
        state, next_at = HookState.QUEUED, now + WAITS[attempts - 1]
    HookDelivery.objects.filter(pk=row.pk).update(
        state=state, next_at=next_at, attempts=attempts, answer=answer.word[:20], updated_at=moment.now(),
        version=row.version + 2,
    )  # fmt: skip
    return str(state)


def _post(row: HookDelivery) -> Answer:
    try:
        keys = channels.keys_of(row.hook.channel)
    except (KeyMissing, InvalidTag):
        return Answer(False, "sealed")
    said = {
        "id": row.public_id,
        "type": "ledgers.changed",
        "at": row.created_at.isoformat(),
        "changes": row.counts,
    }
    body = json.dumps(said).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": row.public_id}
    return outbound.post(keys["url"], body, headers | messengers.signed(row.public_id, body, keys["secret"]))


def _set(row: HookDelivery, **values: Any) -> None:
    HookDelivery.objects.filter(pk=row.pk).update(version=row.version + 1, updated_at=moment.now(), **values)


def sweep() -> int:
    """Forget messages that are old; returns how many."""
    return HookDelivery.objects.filter(created_at__lt=moment.now() - KEPT).delete()[0]
