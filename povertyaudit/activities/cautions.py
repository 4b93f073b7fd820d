"""What a reader may know of cases against whom was honoured: asked in his own scope, so that nobody learns more by it."""

from django.db.models import Q

from cases.models import Accountability, Lead, Outcome
from povertyaudit.activities.models import Commendation, CommendationKind
from povertyaudit.core import moment
from povertyaudit.core.models import User


def of(row: Commendation, user: User) -> list[str]:
    """Sentences about an open matter, or a decision whose effect falls into the time of the commendation."""
    if row.state != "standing":
        return []
    until = row.valid_until or moment.today()
    if row.kind == CommendationKind.UNIT:
        called = Accountability.objects.visible_to(user).filter(
            pk__in=Accountability.objects.filter(objects_of__kind="unit", objects_of__name=row.unit.name).values("pk")
        )  # fmt: skip
        return [f"该单位在问责 {one.number} 中被列为问责对象，请核对。" for one in called.order_by("pk")]
    named = Q(subjects__name=row.person_name)
    leads = Lead.objects.visible_to(user).open()
    open_ = leads.filter(pk__in=Lead.objects.filter(named).values("pk")).order_by("pk")
    found = [f"有同名人员的问题线索 {lead.number} 没有办结，请核对是否同一人。" for lead in open_]
    runs = Q(effect_until__gte=row.awarded_on) & (Q(decided_on=None) | Q(decided_on__lte=until))
    decided = Outcome.objects.visible_to(user).decided().filter(runs, subject__name=row.person_name)
    for outcome in decided.order_by("pk"):
        words = f"同名人员受到{outcome.get_measure_display()}，影响期至 {outcome.effect_until}"
        found.append(f"{words}，在表彰的有效期以内，请核对是否同一人。")
    return found
