"""A period that goes on for another row: when one matter becomes several, each keeps the days that have run."""

from typing import Any

from povertyaudit.core.models import Clock, Recusal


def go_on(clock: Clock, target: Any, *, event: str, **addressees: Any) -> Clock:
    """The same period for `target` (which has `region`, `number`, `get_absolute_url` and no such clock): start, pauses,
    extensions, the date named from above and the due date as they stand. `event` is said of its beginning."""
    kept = (
        "rule", "code", "started_on", "due_on", "original_due_on", "provisional", "state", "pauses", "extensions", "override",
    )  # fmt: skip
    made = Clock(
        target_label=target._meta.label_lower,
        target_id=target.pk,
        number=target.number or "",
        url=target.get_absolute_url(),
        region_id=target.region_id,
        start_event=event,
        **{name: getattr(clock, name) for name in kept},
        **addressees,
    )
    made.save(force_insert=True)
    return made


def recuse_alike(source: Any, target: Any) -> int:
    """Whoever is recused from `source` is recused from `target`, which goes on with it; returns how many were added."""
    rows = Recusal.objects.filter(ended_at=None)
    known = rows.filter(target_label=target._meta.label_lower, target_id=target.pk).values("person")
    found = rows.filter(target_label=source._meta.label_lower, target_id=source.pk).exclude(person__in=known)
    made = [
        Recusal(
            person_id=one.person_id, target_label=target._meta.label_lower, target_id=target.pk, reason=one.reason,
            declared_by_id=one.declared_by_id, declared_at=one.declared_at,
        )
        for one in found
    ]  # fmt: skip
    return len(Recusal.objects.bulk_create(made))
