"""What a term shows: facts, the chain before and after it, the days of the village person, what is missing."""

from datetime import timedelta
from typing import Any

from inspections.models import VillagePerson
from inspections.pages.attendance import MONTH_COLUMNS
from povertyaudit.answering.models import Capacity, Responsibility, ResponsibilityState
from povertyaudit.answering.querysets import READERS, of_township
from povertyaudit.answering.services.rules import amount, is_listed
from povertyaudit.answering.workflow.responsibilities import RESPONSIBILITY
from povertyaudit.core import cleaning, moment
from povertyaudit.core.models import Region, User
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table

CHAIN_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("called", "责任人", phone="main"),
    Column("comes_from", "单位职务"),
    Column("starts_on", "任职日期", kind="date"),
    Column("ends_on", "任期至", kind="date", phone="side"),
    Column("standing", "状态", phone="last"),
)


def may_look(user: User) -> bool:
    """Who opens the board: those who oversee the region, and a township."""
    return bool(user.roles & READERS) or any(of_township(post) for post in user.current_posts())


def ending(rows: Any) -> Any:
    return rows.ending(moment.today(), amount("remind_days"))


def due(rows: Any) -> Any:
    return rows.due(moment.today(), amount("remind_days"))


def facts(row: Responsibility) -> list[Facts]:
    return [
        Facts("任职", [
            Fact("责任身份", row.capacity.name), Fact("责任人", row.shown), Fact("单位职务", row.comes_from),
            Fact("负责的地区", row.region.path_name), Fact("片区", row.area), Fact("户（人）编号", row.object_no),
            Fact("职责", row.duty, wide=True), Fact("任职日期", row.starts_on, "date"),
            Fact("任期至", row.ends_on, "date"), Fact("现在", row.standing),
            Fact("延期次数", row.times_extended or None), Fact("依据", row.basis, wide=True),
            Fact("地区现状", _merged(row.region)),
        ]),
        *handed(row),
    ]  # fmt: skip


def handed(row: Responsibility) -> list[Facts]:
    """What was handed over at the end of the term, and who confirmed it."""
    one = getattr(row, "handover", None)
    if one is None:
        return []
    return [Facts("交接", [
        Fact("交接清单", one.listed, wide=True), Fact("移交日期", one.given_on, "date"),
        Fact("移交确认人", one.given_by.display_name), Fact("接收日期", one.taken_on, "date"),
        Fact("接收确认人", one.taken_by and one.taken_by.display_name), Fact("接收意见", one.remarks, wide=True),
    ])]  # fmt: skip


def _merged(region: Region) -> str:
    if region.ends_on is None or region.ends_on >= moment.today():
        return ""
    into = f"，并入{region.successor}" if region.successor else ""
    return f"撤并前：已于 {region.ends_on} 撤销{into}"


def tables(row: Responsibility, user: User) -> list[Table]:
    found = [Table("历任", CHAIN_COLUMNS, chain(row, user), "没有登记过历任。", key="chain")]
    if row.village_person is not None:
        months = row.village_person.months.visible_to(user).order_by("-month")
        found.append(Table("每月考勤", MONTH_COLUMNS, months, "还没有考勤。", key="months"))
    return found


def chain(row: Responsibility, user: User) -> Any:
    """Everybody who held it here, the latest first."""
    same = (
        Responsibility.objects.visible_to(user)
        .standing()
        .for_list()
        .filter(code=row.code, region=row.region_id, area=row.area_id, object_no=row.object_no)
    )
    return same.order_by("-starts_on", "-pk")


def missing(row: Responsibility, user: User) -> list[Missing]:
    """What is due about the term, for who may do it."""
    offered = {step.name for step in RESPONSIBILITY.offered(row, user)}
    if row.is_followed or not offered & {"extend", "succeed"}:
        return []
    today, base = moment.today(), row.get_absolute_url()
    if row.state == ResponsibilityState.RECALLED:
        return [Missing("已召回，还没有另派，请登记接任。", f"{base}succeed/")]
    if row.state != ResponsibilityState.SERVING or row.ends_on is None:
        return []
    if row.ends_on > today + timedelta(days=amount("remind_days")):
        return []
    words = f"任期已于 {row.ends_on} 届满" if row.ends_on < today else f"任期将于 {row.ends_on} 届满"
    if row.is_team and is_listed(row.region_id, today):
        text = f"{words}，这个村仍在名单内（不摘帽不脱钩），请延期或者登记接任。"
        return [Missing(text, f"{base}extend/")]
    return [Missing(f"{words}，请登记接任、延期或者结束任职。", f"{base}succeed/")]


def known(asked: Any, user: User) -> dict[str, Any]:
    """What the address says of a new term: a place, or a village person without one."""
    if code := cleaning.plain(asked.get("region", "")):
        return {"region": Region.objects.visible_to(user).filter(code=code).first()}
    public_id = cleaning.plain(asked.get("person", ""))
    person = VillagePerson.objects.visible_to(user).for_list().filter(public_id=public_id).first()
    if not public_id or person is None:
        return {}
    return {
        "capacity": Capacity.objects.on().filter(team=person.role).first(), "region": person.region, "name": person.name,
        "home_unit": person.unit, "starts_on": person.starts_on,
    }  # fmt: skip
