"""重复件: keys kept with every lead, and the search through the backlog as a job that may be killed anywhere."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from cases import matching
from cases.models import Lead, LeadKey, LeadLink, LeadPrint, Suspect
from cases.workflow import LEFT, OPEN
from povertyaudit.core import jobs, moment
from povertyaudit.core.models import Job

BATCH, FEW = 200, 5  # a batch is one transaction: short, so that nobody waits for it
MOST = 5  # pairs kept of one lead
KIND = "repeats"


def index(lead: Lead) -> Lead:
    """Make the keys of a lead anew; repeats are looked for again. Part of every verb that changes what is compared."""
    fresh = Lead.objects.prefetch_related("subjects").get(pk=lead.pk)
    _keep([fresh])
    return lead


def _keep(leads: list[Lead]) -> None:
    LeadKey.objects.filter(lead__in=leads).delete()
    LeadKey.objects.bulk_create(
        LeadKey(lead=lead, value=value) for lead in leads for value in sorted(matching.keys(lead))
    )
    prints = [
        LeadPrint(lead=lead, rules=matching.RULES, searched=lead.state not in OPEN) for lead in leads
    ]  # what has ended is found by others and looks for nothing itself
    LeadPrint.objects.bulk_create(
        prints, update_conflicts=True, unique_fields=["lead"], update_fields=["rules", "searched"]
    )


def unindexed() -> Any:
    """Leads whose keys are missing or were made by older rules."""
    return Lead.objects.filter(Q(repeat_print=None) | Q(repeat_print__rules__lt=matching.RULES))


def unsearched() -> Any:
    """Leads for which nobody has looked since they were registered or changed."""
    return Lead.objects.filter(repeat_print__searched=False)


def _key() -> str:
    """The same while a search is under way, another one when it has ended."""
    asked = Job.objects.filter(kind=KIND)
    last = asked.exclude(pk__in=asked.unfinished()).order_by("-pk").values_list("pk", flat=True).first()
    return f"{KIND}:{last or 0}"


def ask() -> Job:
    """The search as a job that only the caller or the next sweep does; asked twice while under way it is the same."""
    return jobs.enqueue(KIND, {}, _key(), run_after=moment.now())


def owed(_day: date, _now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """For the clock: the job that is to stand ready while leads are to be looked at."""
    return [(_key(), KIND, {})] if unsearched().exists() or unindexed().exists() else []


def work(
    _payload: dict[str, Any], lease: jobs.Lease, tell: Callable[[dict[str, int]], None] = lambda counts: None
) -> dict[str, int]:
    """Job handler: keys first, then pairs, in batches that each stand by themselves. Raises LeaseLost."""
    counts: dict[str, int] = {"indexed": 0, "searched": 0, "found": 0} | lease.job.result
    for batch in (_index_batch, _search_batch):
        while batch(counts, lease):
            tell(counts)
    return counts


def _free(leads: Any) -> Any:
    """Those nobody is writing to, locked: keys made of what is just being changed would be old at once. What is left
    out is taken by the next search. SQLite has one writer at a time and nothing to lock."""
    return leads.order_by("pk").select_for_update(skip_locked=True, of=("self",))


@transaction.atomic
def _index_batch(counts: dict[str, int], lease: jobs.Lease) -> bool:
    leads = list(_free(unindexed()).prefetch_related("subjects")[:BATCH])
    if leads:
        _keep(leads)
    counts["indexed"] += len(leads)
    lease.renew(result=counts)  # in the same transaction: a lost lease takes the batch back
    return bool(leads)


@transaction.atomic
def _search_batch(counts: dict[str, int], lease: jobs.Lease) -> bool:
    leads = list(_free(unsearched()).prefetch_related("subjects").select_related("region")[:FEW])
    done = []
    for lead in leads:
        found = _search(lead) if lead.state in OPEN else 0
        if found is None:
            continue
        done.append(lead)
        counts["searched"] += lead.state in OPEN
        counts["found"] += found
    LeadPrint.objects.filter(lead__in=done).update(searched=True)
    lease.renew(result=counts)
    return bool(done)


def _search(lead: Lead) -> int | None:
    """Keep the likeliest pairs of one lead in place of those kept before; returns how many are new. None where another
    lead of a pair is just being written to: a pair must not wait for its writer, who may wait for this lead."""
    others = Lead.objects.exclude(state__in=LEFT)
    likely = matching.candidates(lead, others, least=matching.KEPT)[:MOST]
    if len(_free(Lead.objects.filter(pk__in=[one.lead.pk for one in likely]))) < len(likely):
        return None
    before = {tuple(pair) for pair in Suspect.objects.of(lead).values_list("lead_id", "other_id")}
    now = {
        (max(lead.pk, one.lead.pk), min(lead.pk, one.lead.pk)): one.score for one in likely
    }  # the later one first
    Suspect.objects.of(lead).delete()
    Suspect.objects.bulk_create(
        Suspect(lead_id=pair[0], other_id=pair[1], score=score) for pair, score in now.items()
    )
    return len(set(now) - before)


def settle(lead: Lead, other: Lead | None = None) -> None:
    """What was suspected of the two (of the lead altogether, when it is gone into another) is decided."""
    pairs = Suspect.objects.of(lead)
    (pairs if other is None else pairs.of(other)).delete()


def look_again(lead: Lead) -> None:
    """The next search takes the lead up again."""
    LeadPrint.objects.filter(lead=lead).update(searched=False)


def look_again_at_all() -> int:
    """Every open lead is taken up again; returns how many."""
    return LeadPrint.objects.filter(lead__state__in=OPEN).update(searched=False)


def standing() -> dict[str, int]:
    """Counts for the command's last line."""
    return {"undecided": Suspect.objects.count(), "decided": LeadLink.objects.count()}
