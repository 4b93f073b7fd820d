"""What a village publishes in a month (N+X), and what a township adds for its villages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from funds.models import LocalDuty, VillageDuty, VillageSheet
from funds.village_querysets import TOWN_DIGITS, fills_in
from funds.workflow.village import LOCAL_DUTY
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, UnitKind, User

CHECKLIST_MOST = 40  # duties of one sheet: it is filled in on a phone


@dataclass(frozen=True)
class Duty:
    """One line of the checklist: `local` where a township added it."""

    code: str
    name: str
    local: bool = False


def next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def last_day(month: date) -> date:
    return next_month(month) - timedelta(days=1)


def national(month: date) -> list[Duty]:
    """N, as it stood on the last day of the month. One query."""
    return [Duty(one.code, one.name) for one in VillageDuty.objects.on(last_day(month))]


def local(month: date, villages: Iterable[str]) -> dict[str, list[Duty]]:
    """X of each village: what its township asked of all, then what it asked of this one. One query."""
    codes = list(villages)
    towns = {code: code[:TOWN_DIGITS].ljust(12, "0") for code in codes}
    wanted = LocalDuty.objects.in_month(month).filter(region_id__in={*codes, *towns.values()})
    by_region: dict[str, list[Duty]] = {}
    for one in wanted.order_by("from_month", "pk"):
        by_region.setdefault(one.region_id, []).append(Duty(one.code, one.name, local=True))
    return {code: [*by_region.get(town, []), *by_region.get(code, [])] for code, town in towns.items()}


def duties_of(sheet: VillageSheet) -> list[Duty]:
    """The checklist of a sheet: N, then X."""
    return [*national(sheet.month), *local(sheet.month, [sheet.region_id])[sheet.region_id]]


@transaction.atomic
def add_duty(
    *, by: User, name: str, basis: str, region: Region | None = None, from_month: str = "", to_month: str = "",
    note: str = "",
) -> LocalDuty:  # fmt: skip
    """增加自选公开事项 (X) of the villages of the caller's township, or of one of them (`region`), from a month on ("2026-03",
    this one where none is said). Months whose sheets are handed in keep theirs. Raises NotAllowed, RuleBroken."""
    posts = [p for p in by.current_posts() if fills_in(p) and p.unit.kind == UnitKind.TOWNSHIP]
    if not posts:
        raise NotAllowed("local_duty.township", "自选公开事项由乡镇增加、停用。")
    place: Any = region or posts[0].region
    if not any(place.code.startswith(post.region.prefix) for post in posts):
        raise RuleBroken("local_duty.region", "请选择本乡镇或者本乡镇的一个村。", field="region")
    first, last = _months(from_month, to_month)
    if LocalDuty.objects.standing().filter(region=place, name=name).exists():
        raise RuleBroken("local_duty.twice", f"{place}已有自选公开事项“{name}”，不需重复增加。", field="name")
    if VillageDuty.objects.on().filter(name=name).exists():
        raise RuleBroken("local_duty.national", f"“{name}”已是每个村必须公开的事项，不需增加。", field="name")
    if LocalDuty.objects.standing().filter(region=place).count() >= CHECKLIST_MOST // 2:
        text = f"一个地方最多 {CHECKLIST_MOST // 2} 项自选公开事项，请先停用不再需要的。"
        raise RuleBroken("local_duty.most", text, field="name")
    row = LocalDuty(
        region=place, name=name, basis=basis, from_month=first, to_month=last, entered_by=by,
        number=numbering.take("local_duty", place),
    )  # fmt: skip
    return rows.create(row, verb="localduty.add", by=by, note=note)


def _months(first: str, last: str) -> tuple[date, date | None]:
    this = moment.today().replace(day=1)
    begun = month_of(first) if first else this
    ended = month_of(last) if last else None
    far = date(this.year + 1, this.month, 1)
    if not this <= begun <= far:
        text = "自哪个月起应是本月或者以后一年以内的月份；以前的清单已经生成，不再增加。"
        raise RuleBroken("local_duty.from_month", text, field="from_month")
    if ended is not None and ended < begun:
        raise RuleBroken("local_duty.to_month", "止的月份不能早于起的月份，请核对。", field="to_month")
    return begun, ended


def month_of(text: str) -> date:
    """The first day of a month written "2026-03"."""
    return date(int(text[:4]), int(text[5:7]), 1)


@transaction.atomic
def end_duty(
    duty: LocalDuty, *, by: User, to_month: str = "", note: str = "", expected_version: int | None = None
) -> LocalDuty:
    """停用 after a month (this one where none is said). Raises RuleBroken (`to_month`)."""
    row = LOCAL_DUTY.begin(duty, "end", by=by, note=note, expected_version=expected_version)
    this = moment.today().replace(day=1)
    last = month_of(to_month) if to_month else max(this, row.from_month)
    if last < row.from_month or last > date(this.year + 1, this.month, 1):
        text = f"止的月份不能早于起的月份 {row.from_month:%Y-%m}，也不能在一年以后，请核对。"
        raise RuleBroken("local_duty.to_month", text, field="to_month")
    done: LocalDuty = LOCAL_DUTY.finish(row, "end", by=by, note=note, changes={"to_month": last})
    return done
