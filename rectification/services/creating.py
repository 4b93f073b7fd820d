"""What must be true of a new item, and what is written below it: asked of one and of many in the same words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from funds.models import Misuse
from povertyaudit.core import moment, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, Role, Row, Unit, UnitKind, User
from povertyaudit.core.scope import prefix_of
from rectification.models import Item, ItemMisuse, ItemUnit, Source
from rectification.querysets import BODY_ROLES
from rectification.services.measure_rules import new_measures
from rectification.services.source_papers import check_paper
from rectification.workflow import REGISTRARS


def judged(
    by: User, said: Mapping[str, Any], *, main_unit: Unit, other_units: Sequence[Unit] = (), region: Region | None = None,
    misuses: Sequence[Misuse] = (), measures: Iterable[Mapping[str, Any]] = (), of_meeting: bool = False,
) -> tuple[Item, list[Row]]:  # fmt: skip
    """The item, unsaved and without its number, and the rows below it. `said`: its own columns, the paper as it lies there
    now; `misuses` as they lie there. Raises NotAllowed, RuleBroken."""
    source, place = said["source"], region or main_unit.region
    post = _registering_post(by, source)
    _check_source(
        source, said.get("finding"), said.get("lead"), list(misuses), said.get("recurrence_of"), of_meeting
    )
    check_paper(source, said.get("paper"))
    check_places(place, main_unit, [said["lead_unit"], *other_units], said.get("leading_leader"))
    check_due(said.get("due_on"), moment.today())
    _check_recurrence(said.get("recurrence_of"), place, main_unit)
    item = Item(**said, region=place, body_unit=post.unit, opened_by=by)
    if not any(_sees(item, post) for post in by.current_posts()):
        raise NotAllowed("scope.outside", rows.OUTSIDE)
    return item, _children(item, main_unit, other_units, misuses, measures)


def _sees(item: Item, post: Any) -> bool:
    """Whether a post of those who register sees the item, as `ItemQuerySet.reasons` says of one that is not saved yet."""
    office = post.role == Role.PATROL_OFFICE and item.of_round
    return (office or post.role in BODY_ROLES) and bool(post.covers(item.region_id))


def _children(
    item: Item,
    main_unit: Unit,
    other_units: Iterable[Unit],
    misuses: Iterable[Misuse],
    measures: Iterable[Mapping[str, Any]],
) -> list[Row]:
    below: list[Row] = [ItemUnit(unit=main_unit, is_main=True)]
    below += [ItemUnit(unit=unit) for unit in others_than(other_units, main_unit)]
    below += [ItemMisuse(misuse=misuse) for misuse in misuses]
    return below + new_measures(item, measures, main_unit, other_units)


def _registering_post(by: User, source: str) -> Any:
    """巡察办 registers what a round found, the discipline body everything else."""
    office = frozenset({Role.PATROL_OFFICE})
    wanted = office if source == Source.FINDING else REGISTRARS - office
    post = by.post_as(wanted)
    if post is None:
        whom = "巡察办" if source == Source.FINDING else "监督检查室或者案管室"
        raise NotAllowed("create.role", f"这一来源的整改事项由{whom}登记。")
    return post


def _check_source(
    source: str, finding: Any, lead: Any, misuses: list[Any], old: Item | None, of_meeting: bool
) -> None:
    if source == Source.MEETING and not of_meeting:
        text = "会议议定的事项，请在“工作纪实”的会议页面办理“下发议定事项”。"
        raise RuleBroken("create.meeting", text, field="source")
    if source == Source.LOOK_BACK and old is None:
        text = "回头看发现的问题，请填写反弹自哪一个已销号的事项。"
        raise RuleBroken("create.look_back", text, field="recurrence_of")
    if source == Source.FINDING and finding is None:
        raise RuleBroken("create.finding", "请选择巡察发现的问题。", field="finding")
    if source == Source.LEAD and lead is None:
        raise RuleBroken("create.lead", "请选择问题线索。", field="lead")
    if source == Source.MISUSE and not misuses:
        raise RuleBroken("create.misuses", "请选择违规资金。", field="misuses")
    if source != Source.FINDING and finding is not None:
        raise RuleBroken("create.not_finding", "选了巡察问题的，来源应为“巡察发现”。", field="source")


def check_places(place: Region, main: Unit, others: Iterable[Unit], leader: User | None) -> None:
    county = prefix_of(place.county_code())
    for unit in (main, *others):
        if not unit.region_id.startswith(county):
            raise RuleBroken(
                "create.county", f"“{unit.name}”不在事项所属的县，请重新选择。", field="main_unit"
            )
    if main.kind not in {UnitKind.DEPARTMENT, UnitKind.TOWNSHIP, UnitKind.VILLAGE}:
        raise RuleBroken("create.kind", "主责单位应是县直部门、乡镇或者村（社区）。", field="main_unit")
    if leader is not None and Role.COUNTY_LEADER not in leader.roles:
        raise RuleBroken(
            "create.leader", "牵头县领导应是县领导岗位的人员，请重新选择。", field="leading_leader"
        )


def _check_recurrence(old: Item | None, place: Region, main: Unit) -> None:
    """反弹: what is cited was closed once, and is of the same main unit or the same place."""
    if old is None:
        return
    if not old.closings.exists():
        text = f"{old} 没有销过号，不能作为反弹的原事项；未销号的在原事项继续整改。"
        raise RuleBroken("create.recurrence_open", text, field="recurrence_of")
    if old.main_unit_id != main.pk and old.region_id != place.pk:
        text = f"反弹应是同一主责单位或者同一地区的问题，{old} 的主责单位是{old.main_unit}，请核对。"
        raise RuleBroken("create.recurrence_elsewhere", text, field="recurrence_of")


def check_due(due_on: date | None, earliest: date) -> None:
    if due_on is not None and due_on < earliest:
        raise RuleBroken("item.due_on", f"整改时限不能早于 {earliest}，请核对。", field="due_on")


def others_than(units: Iterable[Unit], main: Unit) -> list[Unit]:
    return [unit for unit in dict.fromkeys(units) if unit.pk != main.pk]
