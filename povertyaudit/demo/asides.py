"""Who must stand aside: a tie found in the middle of a step, and one that keeps a lead away from an office mate."""

from cases import services
from cases.models import Lead, State
from povertyaudit.demo.people import Cast


def tell(cast: Cast) -> None:
    """The step of the first lead has stopped and waits for another name; the second is nobody's yet."""
    ours = Lead.objects.filter(registering_unit__region=cast.places.county, subjects__isnull=False).order_by(
        "pk"
    )
    stopped = ours.filter(state=State.IN_STEP, handler=cast.inspector3)
    away = ours.filter(state__in=(State.DISPATCHED, State.REGISTERED))
    for lead, who in ((stopped.last(), cast.inspector3), (away.last(), cast.inspector2)):
        if lead is not None:
            services.declare(by=who, kind="kin", name=lead.subjects.all()[0].name, relation="表亲")
    services.declare(by=cast.casemgr, kind="unit", unit_text="县林业局", person=cast.leader2)
