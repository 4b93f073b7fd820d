"""拆分、合并: asked for with a reason, decided by another; the item ends in a state of its own and goes on in others."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from povertyaudit.core import clock_copies, clocks, moment, numbering, rows
from povertyaudit.core.errors import RuleBroken, raise_all
from povertyaudit.core.models import Role, Row, User
from povertyaudit.core.workflow import broken
from rectification.models import (
    Item,
    ItemUnit,
    Measure,
    Regroup,
    Regrouping,
    RegroupState,
    RequestState,
    State,
)
from rectification.models.regrouping import asked_regrouping
from rectification.services import periods
from rectification.services.carrying import carry, clocks_go_on
from rectification.services.telling import holders, tell, unit_people, verifiers
from rectification.workflow import ITEM, pending_request
from rectification.workflow.guards import reports_are_in
from rectification.workflow.regrouping import GROUPED, is_settled
from rectification.workflow.who import WORKING

FEWEST, MOST = 2, 6
INHERITED = (
    "source", "finding", "lead", "paper", "names_paper", "problem_class", "aspect", "goal", "leading_leader", "lead_unit",
    "body_unit", "responsible_person", "completion", "unfinished_reason", "opened_by", "issued_on", "accepted_on", "due_on",
    "original_due_on", "publication", "publication_days", "publication_place", "recurrence_of", "state",
)  # fmt: skip


@transaction.atomic
def request_split(
    item: Item, *, by: User, parts: Iterable[Mapping[str, Any]], reason: str, note: str = "",
    expected_version: int | None = None,
) -> Item:  # fmt: skip
    """申请拆分. `parts`: 2 to 6 of {"problem", "unit" (one of the responsible units; None the main one), "measures"
    (their numbers), "misuses" (rows)}; every measure stands in exactly one, money that is named in none goes with the first.
    Nothing changes until it is decided. Raises RuleBroken/Several (parts, reason)."""
    row = ITEM.begin(item, "request_split", by=by, note=note, expected_version=expected_version)
    _reasoned(reason, "request_split")
    plan = _planned(row, list(parts))
    asked = Regrouping(item=row, kind=Regroup.SPLIT, asked_by=by, reason=reason, plan=plan)
    facts = {"parts": len(plan)}
    done: Item = ITEM.finish(row, "request_split", by=by, note=note, saved=[asked], facts=facts)
    tell(done, [user for user in verifiers(row) if user.pk != by.pk], "申请拆分，请批复。")
    return done


@transaction.atomic
def request_merge(
    item: Item, *, by: User, into: Item, reason: str, note: str = "", expected_version: int | None = None
) -> Item:
    """申请并入 another item, which goes on with everything of this one. Raises RuleBroken (into, reason)."""
    row = ITEM.begin(item, "request_merge", by=by, note=note, expected_version=expected_version)
    _reasoned(reason, "request_merge")
    _fits(row, into)
    asked = Regrouping(item=row, kind=Regroup.MERGE, asked_by=by, reason=reason, into=into)
    facts = {"item:into": into.public_id}
    done: Item = ITEM.finish(row, "request_merge", by=by, note=note, saved=[asked], facts=facts)
    tell(done, [user for user in verifiers(row) if user.pk != by.pk], "申请并入其他事项，请批复。")
    return done


def _reasoned(reason: str, verb: str) -> None:
    if not reason.strip():
        raise RuleBroken(f"{verb}.reason", "请写明理由。", field="reason")


def _planned(item: Item, parts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The parts as they are kept. Raises RuleBroken at `parts` for the first thing that does not add up."""
    if not FEWEST <= len(parts) <= MOST:
        raise _wrong(f"请拆分成 {FEWEST} 至 {MOST} 个部分。")
    numbers = {one.no: one for one in item.measures.all()}
    if len(numbers) < FEWEST:
        raise _wrong("该事项的措施不到两条，请先把措施分开填写，再申请拆分。")
    money = {one.misuse_id: one.misuse for one in item.misuse_links.select_related("misuse")}
    units = {row.unit_id: row.unit for row in item.units.select_related("unit")}
    plan, left, owed = list[dict[str, Any]](), set(numbers), set(money)
    for no, part in enumerate(parts, 1):
        chosen, sums = list(part.get("measures") or ()), [one.pk for one in part.get("misuses") or ()]
        unit = part.get("unit") or item.main_unit
        if not str(part.get("problem") or "").strip():
            raise _wrong(f"第 {no} 部分没有写具体问题，请填写。")
        if not chosen:
            raise _wrong(f"第 {no} 部分没有整改措施，请至少归入一条。")
        if unit is None or unit.pk not in units:
            raise _wrong(
                f"第 {no} 部分的主责单位不是该事项的责任单位，请重新选择；需要其他单位的，先拆分再“变更单位”。"
            )
        if len(set(chosen)) < len(chosen) or not set(chosen) <= left:
            raise _wrong(f"第 {no} 部分的措施序号不在该事项中，或者已归入别的部分，请核对。")
        if len(set(sums)) < len(sums) or not set(sums) <= owed:
            raise _wrong(f"第 {no} 部分的违规资金不在该事项中，或者已归入别的部分，请核对。")
        left, owed = left - set(chosen), owed - set(sums)
        plan.append({
            "problem": str(part["problem"]).strip(), "unit": unit.public_id, "unit_name": unit.name,
            "measures": [numbers[one].public_id for one in sorted(chosen)],
            "misuses": sorted(money[one].public_id for one in sums),
        })  # fmt: skip
    if left:
        raise _wrong(f"第 {'、'.join(str(one) for one in sorted(left))} 条措施还没有归入哪一部分，请归入。")
    plan[0]["misuses"] += sorted(
        money[one].public_id for one in owed
    )  # not all who ask may know of the money
    return plan


def _wrong(text: str) -> RuleBroken:
    return RuleBroken("request_split.parts", text, field="parts")


def _fits(item: Item, into: Item) -> None:
    """Of the same source, round, lead and paper, in the same county, at work, nothing of its own undecided."""
    if into.pk == item.pk:
        raise RuleBroken("request_merge.itself", "不能并入它自己，请填写另一个事项。", field="into")
    if into.state not in GROUPED or (into.state not in WORKING and item.state in WORKING):
        text = f"{into} 现为“{into.get_state_display()}”，不能并入；请选择正在整改的事项。"
        raise RuleBroken("request_merge.state", text, field="into")
    came, other = (
        (one.source, one.finding and one.finding.round_id, one.lead_id, one.paper_id) for one in (item, into)
    )
    if came != other or item.region.county_code() != into.region.county_code():
        text = (
            f"{into} 的来源、轮次、线索或者反馈文件与该事项不同，合并后无法分别统计，请选择同一来源的事项。"
        )
        raise RuleBroken("request_merge.elsewhere", text, field="into")
    if asked_regrouping(into) is not None:
        text = f"{into} 也有拆分、合并待批，请先办理。"
        raise RuleBroken("request_merge.waits", text, field="into")


@transaction.atomic
def decide_regrouping(
    item: Item, *, by: User, granted: bool, note: str = "", expected_version: int | None = None
) -> Item:
    """批复拆分合并. Granted, the item ends as 已拆分 or 已并入, stays to be read and is counted nowhere; its parts, or the
    other item, go on with its measures, files, money and dates. Raises RuleBroken/Several."""
    _locked_in_order(item)
    row = ITEM.begin(item, "decide_regrouping", by=by, note=note, expected_version=expected_version)
    asked = asked_regrouping(row)
    if asked is None:
        raise TypeError("nothing was asked")  # the table says so before
    asked.decided_by, asked.decided_on, asked.opinion = by, moment.today(), note
    if not granted:
        return _refused(row, asked, by, note)
    raise_all(broken((is_settled, reports_are_in), row, by))
    asked.state = RegroupState.DONE
    return _split(row, asked, by, note) if asked.kind == Regroup.SPLIT else _merged(row, asked, by, note)


def _locked_in_order(item: Item) -> None:
    """Both items of a merging, the older first: two that are merged crosswise cannot wait for each other."""
    into = Regrouping.objects.filter(item=item, state=RegroupState.PENDING).values_list("into", flat=True)
    keys = [item.pk, *(key for key in into if key)]
    list(Item.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _refused(row: Item, asked: Regrouping, by: User, note: str) -> Item:
    if not note.strip():
        raise RuleBroken("decide_regrouping.note", "不同意的，请写明理由。", field="note")
    asked.state = RegroupState.REFUSED
    done: Item = ITEM.finish(row, "decide_regrouping", by=by, note=note, saved=[asked])
    tell(done, [asked.asked_by], f"申请{asked.get_kind_display()}未获批准，请查看意见。")
    return done


def _ended(row: Item, asked: Regrouping, by: User, note: str, state: str, **changes: Any) -> Item:
    """The item in its end state: its clocks stop, a request for more time is withdrawn, reports not yet due lapse."""
    stopped = clocks.stop_all(row, moment.today(), "item.decide_regrouping")
    facts = {key: pair for change in stopped for key, pair in change.changes.items()}
    saved: list[Row] = [asked]
    if (request := pending_request(row)) is not None:
        request.state = RequestState.WITHDRAWN
        saved.append(request)
    changes |= {"state": state, "regrouped_on": moment.today()}
    done: Item = ITEM.finish(
        row, "decide_regrouping", by=by, note=note, changes=changes, saved=saved, facts=facts
    )
    periods.lapse(row, "item.decide_regrouping", by=by)
    return done


def _split(row: Item, asked: Regrouping, by: User, note: str) -> Item:
    known, money = _as_planned(row, asked.plan)
    since, first = _reports_begin(row), True
    for part in asked.plan:
        made = _part(row, part, since, by)
        measures = [known[one] for one in part["measures"]]
        carry(
            row, made, by=by, measures=measures, beyond=first, misuses=[money[one] for one in part["misuses"]], days={},
            units={one.pk: _unit_of(row, made, one) for one in measures}, settings=True,
        )  # fmt: skip
        clocks_go_on(row, made)
        tell(made, [*unit_people(made), made.leading_leader], f"由 {row} 拆分产生，请继续办理。")
        first = False
    done = _ended(row, asked, by, note, State.SPLIT)
    tell(done, [asked.asked_by, *unit_people(row)], "拆分已批准，由拆分出的事项继续办理。")
    return done


def _as_planned(row: Item, plan: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Measure], dict[str, int]]:
    """Measures and money by public id. Raises RuleBroken where they are not those that were asked about any more."""
    measures = {one.public_id: one for one in row.measures.all()}
    money = {one.misuse.public_id: one.misuse_id for one in row.misuse_links.select_related("misuse")}
    units = {one.unit.public_id for one in row.units.select_related("unit")}
    meant = (
        [one for part in plan for one in part["measures"]],
        [one for part in plan for one in part["misuses"]],
    )
    if (
        set(meant[0]) != set(measures)
        or set(meant[1]) != set(money)
        or not {p["unit"] for p in plan} <= units
    ):
        text = "申请拆分以后措施、违规资金或者责任单位有增减，请不予同意，由申请人按现在的内容重新申请。"
        raise RuleBroken("decide_regrouping.changed", text)
    return measures, money


def _reports_begin(row: Item) -> date | None:
    """The first day the parts report on: the day after the item's last signed report."""
    if row.accepted_on is None:
        return None
    told = row.period_reports.filter(signed_on__isnull=False).order_by("-last_day").first()
    since: date = Item.objects.in_hand().values_list("in_hand_since", flat=True).get(pk=row.pk)
    return max(since, told.last_day + timedelta(days=1)) if told else since


def _part(row: Item, part: Mapping[str, Any], since: date | None, by: User) -> Item:
    made = Item(
        region=row.region, problem=part["problem"], split_from=row, at_work_since=since,
        **{name: getattr(row, name) for name in INHERITED},
    )  # fmt: skip
    made.number = numbering.take("item", row.region)
    units = [one.unit for one in row.units.select_related("unit")]
    main = [ItemUnit(unit=unit, is_main=True) for unit in units if unit.public_id == part["unit"]]
    others = [ItemUnit(unit=unit) for unit in units if unit.public_id != part["unit"]]
    return rows.create(made, verb="item.split_off", by=by, children=[*main, *others])


def _unit_of(source: Item, target: Item, measure: Measure) -> int | None:
    """Who carries the measure out, as the target keeps it: none for its own main unit."""
    unit = measure.unit_id or source.main_unit_id
    return None if unit == target.main_unit_id else unit


def _merged(row: Item, asked: Regrouping, by: User, note: str) -> Item:
    into: Item = rows.lock(asked.into) if asked.into is not None else row
    _fits(row, into)
    into = _with_units(row, into, by)
    measures = list(row.measures.all())
    carry(
        row, into, by=by, measures=measures, beyond=True,
        misuses=row.misuse_links.values_list("misuse_id", flat=True), days={one.pk: _day(row, into, one) for one in measures},
        units={one.pk: _unit_of(row, into, one) for one in measures},
    )  # fmt: skip
    clock_copies.recuse_alike(row, into)
    tell(into, [*unit_people(into), into.leading_leader], f"{row} 已并入本事项，请一并办理。")
    done = _ended(row, asked, by, note, State.MERGED, merged_into=into)
    people = holders(row.main_unit, Role.UNIT_HEAD, Role.LIAISON)
    tell(done, [asked.asked_by, *people], "已批准并入其他事项，由该事项继续办理。")
    return done


def _with_units(row: Item, into: Item, by: User) -> Item:
    """Whoever answered for the item answers for the other as well."""
    known = set(into.units.values_list("unit_id", flat=True))
    new: list[Row] = [
        ItemUnit(item=into, unit_id=one.unit_id) for one in row.units.all() if one.unit_id not in known
    ]
    if not new:
        return into
    rows.write(into, verb="item.carry_over", by=by, saved=new, facts={"item:from": row.public_id})
    return rows.lock(into)


def _day(row: Item, into: Item, measure: Measure) -> date | None:
    """An earlier day stays the day of its measures; none is later than that of the item they go on in."""
    day = measure.due_on or row.due_on
    if day is None or into.due_on is None or day >= into.due_on:
        return None
    return max(day, into.issued_on) if into.issued_on else day
