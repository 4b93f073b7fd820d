"""Misuses and recoveries of 1.0 become entries of the books, in the order in which they happened; then nothing is changed."""

from django.db import migrations

from funds import book_triggers
from povertyaudit.core import moment
from povertyaudit.core.migrating import Run
from povertyaudit.core.models.base import new_public_id

BATCH = 500


def guard(_apps, schema_editor):
    book_triggers.install(schema_editor.connection)


def unguard(_apps, schema_editor):
    book_triggers.remove(schema_editor.connection)


def carry_over(apps, _schema_editor):
    """One opening entry a misuse; each recovery, and a counter-entry where it was voided."""
    misuses = apps.get_model("funds", "Misuse").objects.order_by("pk")
    for misuse in misuses.prefetch_related("recoveries").iterator(chunk_size=BATCH):
        for entry in entries_of(misuse, apps.get_model("funds", "LedgerEntry")):
            entry.save(force_insert=True)


def entries_of(misuse, model):
    """The entries of one misuse (分), numbered and with the sums after each. A counter-entry comes right after its
    own where both bear the same moment, so that nothing is settled twice in between."""
    events = [(r.created_at, r.pk, False, r) for r in misuse.recoveries.all()]
    events += [(r.voided_at, r.pk, True, r) for r in misuse.recoveries.all() if r.voided_at]
    opening = {
        "debit": "open",
        "credit": "owed",
        "amount_fen": misuse.amount_fen,
        "booked_on": misuse.found_on,
    }
    made, settled, booked = {}, 0, []

    def book(change, values):
        entry = model(
            misuse=misuse, no=len(booked) + 1, owed_after_fen=misuse.amount_fen, settled_after_fen=settled + change,
            open_after_fen=misuse.amount_fen - settled - change, carried_over=True, public_id=new_public_id(), **values,
        )  # fmt: skip
        booked.append(entry)
        return entry

    book(0, opening)
    for _, key, voided, recovery in sorted(events, key=lambda event: event[:3]):
        values, change = step(voided, recovery, made)
        entry = book(change, values)
        settled += change
        made.setdefault(key, entry)
    return booked


def step(voided, recovery, made):
    """(columns, change of what is settled) of one event of a recovery."""
    common = {"amount_fen": recovery.amount_fen, "recovery": recovery}
    if not voided:
        return {
            "debit": recovery.kind,
            "credit": "open",
            "booked_on": recovery.received_on,
            **common,
        }, recovery.amount_fen
    return {
        "debit": "open", "credit": recovery.kind, "booked_on": moment.day_of(recovery.voided_at),
        "booked_by_id": recovery.voided_by_id, "reverses": made[recovery.pk], "reason": "作废（1.0 登记）", **common,
    }, -recovery.amount_fen  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("funds", "0007_recovery_books")]

    operations = [
        Run(guard, unguard),
        Run(carry_over, migrations.RunPython.noop),
    ]
