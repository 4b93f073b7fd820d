"""Who owes what of a round's opinions, notices, forms, plans, reports and leads, for its page: one line a kind and step.

Each line counts what its list holds for this reader, names who owes it, and bears the earliest date that runs for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.urls import reverse

from inspections.models import ReviewBody, RoundPaper
from inspections.pages.round_parts import Owed, Part, Seen
from povertyaudit.core.models import Clock

NAMED = 5  # of many units, how many a line names
OFFICE, TEAM, REGISTRY, DISCIPLINE = "巡察办", "巡察组", "案管室", "纪检监察机关"
UNIT = ""  # whoever the row was sent to


@dataclass(frozen=True)
class Kind:
    """Rows of the round by the name of their relation; `steps`: state → what is missing, by whom."""

    rows: str
    measure: str
    steps: dict[str, tuple[str, str]]
    path: str
    unit: str = "unit__name"
    kinds: dict[str, str] = field(default_factory=dict)  # value of its column `kind` → what it is called


KINDS = (
    Kind("opinions", "条意见", {
        "recorded": ("没有发出", TEAM), "sent": ("没有答复", UNIT), "answered": ("答复没有审核", TEAM),
    }, "opinions"),
    Kind("immediate_notices", "件立行立改", {
        "issued": ("没有报告整改情况", UNIT), "reported": ("没有核实办结", TEAM),
    }, "immediate_notices"),
    Kind("feedbacks", "张反馈表", {
        "draft": ("没有向主要负责人反馈", TEAM), "head_told": ("没有向领导班子反馈", TEAM),
        "issued": ("没有签收", UNIT),
    }, "feedbacks"),
    Kind("rectification_plans", "份", {
        "drafting": ("没有报送", UNIT), "returned": ("退回后没有重新报送", UNIT),
        "submitted": ("没有汇总联审意见", DISCIPLINE), "consolidated": ("没有决定通过或者退回", OFFICE),
    }, "rectification_plans", kinds={"plan": "整改方案", "report": "整改情况报告"}),
    Kind("papers", "份", {
        "draft": ("没有报领导小组审议", OFFICE), "group": ("没有报书记专题会听取", OFFICE),
    }, "round_papers", unit="", kinds={one: RoundPaper.Kind(one).label for one in RoundPaper.GOES_UP}),
)  # fmt: skip


class Owing(Part):
    """A question a kind, however many rows."""

    def owed(self, seen: Seen) -> list[Owed]:
        silent = silent_bodies(seen)
        return [one for kind in KINDS for one in lines(seen, kind, silent)] + leads(seen)


def lines(seen: Seen, kind: Kind, silent: dict[str, list[str]]) -> list[Owed]:
    """One for each step that waits, in the order of the steps."""
    rows: Any = getattr(seen.row, kind.rows)
    label = rows.model._meta.label_lower
    by = ["state", *(["kind"] if kind.kinds else []), *([kind.unit] if kind.unit else [])]
    waiting = rows.visible_to(seen.user).filter(state__in=kind.steps).order_by()
    if kind.kinds:
        waiting = waiting.filter(kind__in=kind.kinds)
    waiting = waiting.annotate(ends=Clock.objects.all().next_due(label)).values(*by)
    counted = list(waiting.annotate(n=Count("pk"), due=Min("ends")).order_by(*by))
    found = []
    for state in kind.steps:
        for which in kind.kinds or [""]:
            same = [one for one in counted if one["state"] == state and one.get("kind", "") == which]
            if same:
                bodies = silent.get(which, []) if state == "submitted" else []
                found.append(line(seen, kind, state, which, same, bodies))
    return found


def line(seen: Seen, kind: Kind, state: str, which: str, same: list[Any], bodies: list[str]) -> Owed:
    """The groups of one step together."""
    words, who = kind.steps[state]
    more = {"round": seen.row.public_id, "state": state, **({"kind": which} if which else {})}
    return Owed(
        f"{sum(one['n'] for one in same)} {kind.measure}{kind.kinds.get(which, '')}{words}",
        named(bodies) or who or named(one[kind.unit] for one in same),
        f"{reverse(kind.path)}?{urlencode(more)}",
        earliest(one["due"] for one in same),
    )


def silent_bodies(seen: Seen) -> dict[str, list[str]]:
    """Which reviewing units have not given their opinion, of plans and of reports."""
    plans = seen.row.rectification_plans.visible_to(seen.user).filter(state="submitted")
    rows = ReviewBody.objects.filter(review__plan__in=plans, review__state="open", given_on=None)
    found: dict[str, list[str]] = {}
    for which, name in rows.order_by("unit_id").values_list("review__plan__kind", "unit__name").distinct():
        found.setdefault(which, []).append(name)
    return found


def leads(seen: Seen) -> list[Owed]:
    """Lists without a receipt, and leads that have one and are neither registered nor refused."""
    sent = Q(row__handover__state="sent")
    left = Q(row__handover__state="acknowledged", row__standing="to_register")
    clocks = Clock.objects.running().filter(
        target_label="cases.handover", target_id=OuterRef("row__handover")
    )
    ends = Subquery(clocks.order_by("due_on").values("due_on")[:1])
    rows = seen.row.handed_leads.visible_to(seen.user).order_by().annotate(ends=ends)
    counted = rows.aggregate(
        lists=Count("row__handover", distinct=True, filter=sent), lists_due=Min("ends", filter=sent),
        leads=Count("pk", filter=left), leads_due=Min("ends", filter=left),
    )  # fmt: skip
    words = {"lists": "份移交清单没有回执", "leads": "条移交的线索没有登记"}
    return [
        Owed(f"{counted[name]} {said}", REGISTRY, "#leads", counted[f"{name}_due"])
        for name, said in words.items()
        if counted[name]
    ]


def named(names: Iterable[str]) -> str:
    """柳溪镇人民政府、白杨乡人民政府等 7 个单位."""
    found = list(names)
    more = f"等 {len(found)} 个单位" if len(found) > NAMED else ""
    return "、".join(found[:NAMED]) + more


def earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)
