"""What lies in the tables of a new lead, to compare two ways of writing it."""

from cases.models import Lead
from povertyaudit.core import audit
from povertyaudit.core.models import AuditEntry, AuditValue, ChainHead, Change, Clock

# Drawn by lot, counted, the time, or following from those.
DRAWN = (
    "id", "public_id", "number", "created_at", "updated_at", "at", "lead_id", "entry_id", "target_id", "row_id",
    "target_public_id", "target_number", "salt", "hash", "sealed_values", "state", "url",
)  # fmt: skip


def written(root):
    """Every row of every table but for `DRAWN`; what follows from it is right."""
    persons = list(root.subjects.all())
    entry = AuditEntry.objects.get(target_label="cases.lead", target_id=root.pk)
    assert entry.state == audit.row_digests([root, *persons])
    assert entry.changes.pop("id") == [None, root.pk]
    values = AuditValue.objects.filter(entry=entry)
    assert entry.sealed_values == {one.field: audit.sealed_digest(one.salt, one.value) for one in values}
    heads = ChainHead.objects.filter(target_label="cases.lead", target_id=root.pk)
    assert [one.hash for one in heads] == [entry.hash]
    clocks = Clock.objects.of(root)
    assert {(one.url, one.number) for one in clocks} <= {(root.get_absolute_url(), root.number)}
    ids = [root.public_id, *[one.public_id for one in persons]]
    found = [
        Lead.objects.filter(pk=root.pk), root.subjects.all(), values.order_by("field"), heads,
        Change.objects.filter(row_id__in=ids).order_by("pk"), clocks.order_by("code"),
    ]  # fmt: skip
    plain = [{k: v for k, v in row.items() if k not in DRAWN} for some in found for row in some.values()]
    about = {k: v for k, v in entry.__dict__.items() if k not in DRAWN and not k.startswith("_")}
    return [*plain, about]
