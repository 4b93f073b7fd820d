"""What a new term is held to, said at its fields."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from funds.services.match_rows import no_number
from inspections.services.naming import account_or_named
from povertyaudit.answering.models import Capacity, Of, Responsibility
from povertyaudit.answering.workflow.responsibilities import KEEPERS, kept_by
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, raise_all
from povertyaudit.core.models import Region, User

EARLIEST = date(2000, 1, 1)
AHEAD = 366  # days a term may be registered before it begins


def lock_place(region: Region) -> None:
    """Who registers terms of one place at once take turns, so that the second sees the first."""
    Region.objects.select_for_update().get(pk=region.pk)


def check_keeper(row: Responsibility, by: User) -> None:
    """Raise NotAllowed unless `by` keeps the terms of the place."""
    if by.post_as(KEEPERS) is None:
        raise NotAllowed("register.role", "责任人任职由案管室、监督检查室、巡察办和乡镇、派出单位登记。")
    kept_by(row, by)


def check_new(row: Responsibility, capacity: Capacity, at: str = "") -> None:
    """Raise RuleBroken, or Several with everything that is wrong. `row.capacity` is what it was called on the day."""
    found: list[DomainError] = [
        *account_or_named({"user": row.user, "name": row.name, "home_unit": row.home_unit}, at),
        *_place(row, capacity, at), *_days(row, at), *_about(row, at),
    ]  # fmt: skip
    raise_all(found)
    no_number(row.object_no, "户（人）编号", f"{at}object_no")
    check_overlap(row, at)


def _place(row: Responsibility, capacity: Capacity, at: str) -> list[DomainError]:
    found: list[DomainError] = []
    region = row.region
    if not capacity.fits(region.level):
        text = f"“{capacity.name}”登记在{capacity.places}，{region.name}是{region.get_level_display()}，请改选地区。"
        found.append(RuleBroken("responsibility.level", text, field=f"{at}region"))
    if region.ends_on is not None and row.starts_on > region.ends_on:
        text = f"{region.name}已于 {region.ends_on} 撤销，请登记到承接的地区。"
        found.append(RuleBroken("responsibility.region_ended", text, field=f"{at}region"))
    if (capacity.code == "area_head") != (row.area is not None):
        text = "片长请选择片区。" if row.area is None else "只有片长按片区登记，请不要选择片区。"
        found.append(RuleBroken("responsibility.area", text, field=f"{at}area"))
    elif row.area is not None and row.area.county_id != region.code:
        found.append(RuleBroken("responsibility.area", "这个片区不在所选的县，请核对。", field=f"{at}area"))
    return found


def _days(row: Responsibility, at: str) -> list[DomainError]:
    last = moment.today() + timedelta(days=0 if row.is_team else AHEAD)
    if not EARLIEST <= row.starts_on <= last:
        text = "驻村任期从到村之日算起，任职日期不能晚于今天。" if row.is_team else "请核对任职日期。"
        return [RuleBroken("responsibility.starts_on", text, field=f"{at}starts_on")]
    if row.ends_on is not None and row.ends_on < row.starts_on:
        text = f"任期的末日不能早于任职日期 {row.starts_on}。"
        return [RuleBroken("responsibility.ends_on", text, field=f"{at}ends_on")]
    return []


def _about(row: Responsibility, at: str) -> list[DomainError]:
    found: list[DomainError] = []
    of, said = row.capacity.of, bool(row.object_no)
    if (of != Of.PLACE) != said:
        text = f"请填写{'户' if of == Of.HOUSEHOLD else '人员'}的编号（名册里的编号，不是身份证号）。"
        text = "这一身份对整个地方负责，不填写户（人）编号。" if said else text
        found.append(RuleBroken("responsibility.object_no", text, field=f"{at}object_no"))
    if row.code == "sector" and not row.duty.strip():
        text = "请写明这个部门负责什么，例如：产业扶贫。"
        found.append(RuleBroken("responsibility.duty", text, field=f"{at}duty"))
    if row.is_team and row.home_unit is None and row.user is not None:
        found.append(RuleBroken("responsibility.unit", "请选择派出单位。", field=f"{at}home_unit"))
    return found


def check_overlap(row: Responsibility, at: str = "") -> None:
    """Raise RuleBroken where another holds the same then, or the same person is entered twice."""
    same = Responsibility.objects.standing().filter(
        code=row.code, region=row.region_id, area=row.area_id, object_no=row.object_no
    )
    for other in same.exclude(pk=row.pk).for_list().order_by("starts_on"):
        if not _meets(row, other):
            continue
        if row.single:
            text = (
                f"{row.place_name}的{row.capacity.name}在 {other.span} 由{other.called}担任（{other.number}），"
                "任期不能重叠；接任的请在前任的任职上办理“登记接任”。"
            )
            raise RuleBroken("responsibility.overlap", text, field=f"{at}starts_on")
        if other.identity == row.identity and other.duty == row.duty:
            text = f"{other.called}在 {other.span} 已登记为{row.place_name}的{row.capacity.name}（{other.number}）。"
            raise RuleBroken("responsibility.twice", text, field=f"{at}name" if row.name else f"{at}user")


def _meets(one: Responsibility, other: Responsibility) -> bool:
    """Whether the two terms have a day in common."""
    before = one.ends_on is not None and one.ends_on < other.starts_on
    return not before and not (other.ends_on is not None and other.ends_on < one.starts_on)


def who(said: Mapping[str, Any]) -> dict[str, Any]:
    """The part of what was said that names somebody."""
    return {name: said.get(name) for name in ("user", "name", "post_title", "home_unit")}
