"""Who must stand aside: a tie found in the middle of a step, and one that keeps a lead away from an office mate."""

from typing import Any

from cases import services
from cases.models import Lead, State
from cases.services import asking
from povertyaudit.core import moment
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
    approaches(cast, ours)


def approaches(cast: Cast, ours: Any) -> None:
    """Two reports, one dealt with; two accountabilities, one before the head with all its measures, one decided and
    concerning our own staff."""
    said: dict[str, Any] = {"asked_on": moment.today(), "way": "call", "text": "来电打听一件线索的办理进度。"}
    asking.record_interference(by=cast.inspector1, asker="冯某山", asker_post="某镇副镇长", **said)
    done = asking.record_interference(by=cast.petition, asker="岑某", asker_post="某局股长", **said)
    asking.handle(done, by=cast.casemgr, handling="已对打听人批评教育，并告知其所在单位。")
    people = (
        {
            "kind": "person",
            "name": "陶某",
            "post_text": "分管副镇长",
            "duty": "leader",
            "measure": "admonish",
        },
        {"kind": "unit", "name": "某镇党委", "duty": "primary", "measure": "talk"},
    )
    handled = ours.filter(state=State.CONCLUDED, handling_unit__isnull=False)
    for lead, own in ((handled.first(), False), (handled.last(), True)):
        if lead is None:
            continue
        row = asking.open_accountability(
            by=cast.casemgr, lead=lead, title="对项目资金监管不力", responsible=people, own_staff=own
        )
        if own:
            asking.decide(row, by=cast.secretary, document=f"青纪〔{moment.today().year}〕9号")
