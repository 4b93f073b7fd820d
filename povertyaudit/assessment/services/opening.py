"""启动考核, by the clock when a period is over or by hand; then a task counts, set by set, and hands offices their sheets."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from povertyaudit.assessment import spans
from povertyaudit.assessment.models import Assessment, AssessmentScheme, AssessmentState
from povertyaudit.assessment.roles import ORGANISERS
from povertyaudit.assessment.services import duties, filling
from povertyaudit.core import jobs, moment, notify, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Unit, User
from povertyaudit.core.scope import region_under

AFTER = time(6, 0)
RECENT = 1  # periods back the clock looks for


def judged_units(scheme: AssessmentScheme, last_day: date) -> Any:
    """Units of the kind judged that were there when the period ended."""
    there = Q(ends_on=None) | Q(ends_on__gt=last_day)
    begun = Q(starts_on=None) | Q(starts_on__lte=last_day)
    return Unit.objects.filter(
        there, begun, region_under("region_id", scheme.region_id), kind=scheme.judged
    ).order_by("pk")


def gone_units(row: Assessment) -> Any:
    """Units abolished or merged within the period: they have no sheet, and the page says so."""
    return Unit.objects.filter(
        region_under("region_id", row.region_id), kind=row.scheme.judged, ends_on__gte=row.first_day,
        ends_on__lte=row.last_day,
    ).select_related("successor")  # fmt: skip


@transaction.atomic
def open_assessment(*, by: User, scheme: AssessmentScheme, day: date, note: str = "") -> Assessment:
    """启动考核 of the period in which `day` lies. Raises NotAllowed, RuleBroken at the field."""
    post = by.post_as(ORGANISERS)
    if post is None:
        raise NotAllowed("assessment.role", "考核由案管室或者监督检查室启动。")
    if not scheme.region_id.startswith(post.region.prefix):
        raise RuleBroken("assessment.region", "只能启动本地区的考核，请重新选择办法。", field="scheme")
    first, last = spans.around(scheme.period, day)
    if last >= moment.today():
        text = f"{spans.in_words(scheme.period, first)}还没有结束，{last} 以后才能启动考核。"
        raise RuleBroken("assessment.period", text, field="day")
    return _open(scheme.code, first, last, by, note)


def _open(code: str, first: date, last: date, by: User | None, note: str = "") -> Assessment:
    present = AssessmentScheme.objects.on(last).filter(code=code).select_related("region").first()
    if present is None:
        raise RuleBroken(
            "assessment.scheme", f"{last} 没有施行中的这个考核办法，请重新选择。", field="scheme"
        )
    earlier = AssessmentScheme.objects.on(first).filter(code=code).exclude(pk=present.pk).first()
    taken = Assessment.objects.standing().filter(region=present.region, scheme_code=code, last_day=last)
    if taken.exists():
        raise RuleBroken("assessment.once", "这一期考核已经启动。", field="day")
    if not judged_units(present, last).exists():
        raise RuleBroken("assessment.nobody", "这一期没有可以考核的单位。", field="scheme")
    row = Assessment(
        region=present.region, scheme=present, rival=earlier, scheme_code=code, period=present.period, first_day=first,
        last_day=last, opened_by=by, number=numbering.take("assessment", present.region),
    )  # fmt: skip
    made = rows.create(row, verb="assessment.open", by=by, note=note)
    enqueue(made)
    return made


def enqueue(row: Assessment) -> None:
    """The task that counts; another one for each time it is asked for."""
    jobs.enqueue("assessment_count", {"id": row.pk}, f"assessment-count:{row.public_id}:{row.version}")


def owed(day: date, now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """What the clock sees to each day: assessments of periods that are over, and what follows from them."""
    if timezone.localtime(now).time() < AFTER:
        return []
    return [(f"assessments:{day}", "assessments", {"day": day.isoformat()})]


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Job handler; run again it opens what is missing."""
    made, listed = open_due(moment.today()), duties.open_due(moment.today())
    lease.renew()
    return {"opened": made, "duties": listed}


def open_due(day: date) -> int:
    """Open each assessment of a period that is over and has none. One period a scheme: nobody is asked about years past."""
    made = 0
    for scheme in AssessmentScheme.objects.on(day).order_by("pk"):
        first, last = spans.over(scheme.period, day)
        if scheme.code not in _wanted(scheme.code, first, last):
            continue
        with transaction.atomic():
            _open(scheme.code, first, last, None)
        made += 1
    return made


def _wanted(code: str, first: date, last: date) -> Iterable[str]:
    """The code, where its scheme held on the last day, has units to judge and no assessment, not even a cancelled one."""
    present = AssessmentScheme.objects.on(last).filter(code=code).first()
    if present is None or not judged_units(present, last).exists():
        return ()
    there = Assessment.objects.filter(region=present.region_id, scheme_code=code, last_day=last)
    return () if there.exists() else (code,)


def count_job(payload: dict[str, Any], _lease: jobs.Lease) -> dict[str, Any]:
    """Job handler: counts, and hands out what offices score."""
    row = Assessment.objects.select_related("scheme__region", "rival", "region").get(pk=payload["id"])
    return {"units": count(row)}


@transaction.atomic
def count(assessment: Assessment) -> int:
    """Fill the sheets; returns how many units are judged. Nothing where it was counted meanwhile."""
    row = rows.lock(assessment)
    if row.state != AssessmentState.COUNTING:
        return 0
    units = list(judged_units(row.scheme, row.last_day))
    filling.fill(row, units)
    offices = filling.hand_out(row)
    done = rows.write(
        row, verb="assessment.counted", by=None,
        changes={"state": AssessmentState.SCORING, "counted_on": moment.today()},
    )  # fmt: skip
    organisers = User.objects.holding(ORGANISERS).filter(posts__region=row.region_id)
    notify.tell_of(done, organisers, f"已按台账计数，{len(units)} 个单位，{offices} 个评分单位。", by=None)
    return len(units)
