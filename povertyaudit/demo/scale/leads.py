"""Leads of six years: persons complained of, other numbers, dispatches, disposition steps and clocks."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from cases import matching
from cases.models import Dispatch, Lead, LeadKey, LeadPrint, LeadStep, LeadSubject, OtherNumber
from cases.querysets import ENDED
from povertyaudit.core import likeness
from povertyaudit.core.models import Clock, Role, Unit
from povertyaudit.demo.scale.world import County, Who, World
from povertyaudit.demo.words_leads import INSTRUCTIONS, MATTERS, Matter

YEARS = 6
YOUNG = 100  # days within which most leads are still open
KINDS = ("complaint", "consultation", "appeal", "suggestion"), (70, 18, 7, 5)
CHANNELS = (
    ("letter", "visit", "call", "web", "sms", "platform", "superior", "inspection", "handover", "own_discovery"),
    (22, 12, 9, 20, 3, 10, 9, 4, 4, 7),
)  # fmt: skip
IDENTITIES = ("anonymous", "claimed", "verified"), (55, 30, 15)
OLD_STATES = (
    ("concluded", "forwarded", "merged", "held", "in_step", "case_filed"),
    (9300, 400, 250, 30, 15, 5),
)
NEW_STATES = (
    ("registered", "dispatched", "signed_for", "proposed", "approved", "in_step", "case_filed", "held", "concluded"),
    (10, 10, 16, 7, 5, 30, 6, 2, 14),
)  # fmt: skip
METHODS = ("verify", "talk_inquiry"), (60, 40)
RUNNING = {"registered": "lead.forward", "signed_for": "lead.propose", "proposed": "lead.propose",
           "approved": "lead.propose", "held": "lead.hold_review", "case_filed": "case.investigate"}  # fmt: skip
BEFORE_DISPATCH = frozenset({"registered", "forwarded", "merged"})
CLOSINGS = ("untrue", "first_form", "talk_accepted", "direct"), (45, 30, 15, 10)
ISSUERS = ("市纪委监委", "省纪委监委", "县信访局", "12388 平台")
TAIL = "反映人希望上级派人核实，依规处理，并把结果告诉大家。反映的情况发生在{y}年前后，涉及{k}户，有的材料还留在村里。"


def build(world: World, count: int) -> None:
    """Put `count` leads, the oldest first, as a register grows."""
    span = YEARS * 365
    for index in range(count):
        received = world.today - timedelta(days=span - index * span // count - 1)
        _lead(world, world.county(), received)
        world.load.flush_when_full()


def _lead(world: World, county: County, received: date) -> None:
    rng = world.rng
    matter, village = rng.choice(MATTERS), rng.choice(county.villages)
    kind = rng.choices(*KINDS)[0]
    state = _state(world, county, received, kind)
    channel = rng.choices(*CHANNELS)[0]
    desk, office, clerk = _desk(world, county, channel)
    row = {
        **world.row(received),
        **_words(world, matter, village),
        "number": county.number(office, received.year),
        "region_id": village.code,
        "state": state,
        "channel": channel,
        "kind": kind,
        "identity_status": rng.choices(*IDENTITIES)[0],
        "received_on": received,
        "category_id": world.categories.get(matter.category),
        "style_id": world.categories.get(matter.style),
        "amount_fen": 100 * rng.randint(matter.least, matter.most) if matter.most else None,
        "registering_unit_id": desk.pk,
        "registered_by_id": clerk.user,
        "repeats": rng.choice((0, 0, 0, 0, 1, 2)),
    }
    if state not in BEFORE_DISPATCH and kind not in ("consultation", "suggestion"):
        room, leader, handler = _room(world, county)
        row |= _dispatched(world, state, received, room, leader, handler)
        row |= _ended(world, county, state, row["dispatched_on"], rng.choices(*CLOSINGS)[0])
        lead = world.load.put(Lead, **row)
        _history(world, lead, row, county, clerk, room)
    else:
        lead = world.load.put(Lead, **row | _ended(world, county, state, received, "answered"))
    people = _persons(world, lead, matter, village, received)
    _keys(world, lead, row, people)
    _clock(world, lead, row, county)
    if state != "merged":
        county.last_lead = lead


def _state(world: World, county: County, received: date, kind: str) -> str:
    """Consultations wait or are answered; others are further the older they are."""
    young = (world.today - received).days < YOUNG
    if kind in ("consultation", "suggestion"):
        return "registered" if young and world.rng.random() < 0.3 else "concluded"
    state = world.rng.choices(*(NEW_STATES if young else OLD_STATES))[0]
    return "concluded" if state == "merged" and not county.last_lead else state


def _desk(world: World, county: County, channel: str) -> tuple[Unit, str, Who]:
    if channel in ("superior", "inspection", "handover"):
        desk, role = county.units["案件监督管理室"], Role.CASE_MANAGER
    elif channel == "own_discovery":
        desk, role = county.units["第一监督检查室"], Role.SUPERVISION
    else:
        desk, role = county.units["信访室"], Role.PETITION
    return desk, desk.office_code, county.holder(desk, role, world.rng)


def _room(world: World, county: County) -> tuple[Unit, Who, Who]:
    rooms = [county.units["第一监督检查室"], county.units["第二监督检查室"]]
    room = next(
        (r for r in rooms if world.rng.random() < 0.5 and (r.pk, Role.SUPERVISION) in county.holders),
        rooms[0],
    )
    leader = county.holder(county.units["县纪委监委"], Role.DEPUTY, world.rng)
    return room, leader, county.holder(room, Role.SUPERVISION, world.rng)


def _words(world: World, matter: Matter, village: Any) -> dict[str, str]:
    """Title and about 150 characters of text."""
    rng = world.rng
    said: Callable[[str], str] = lambda text: text.format(  # noqa: E731
        v=village.name, t=village.path_name.split(" / ")[-2], n=world.name(), y=2016 + rng.randrange(10),
        m=rng.randint(500, 90000), k=rng.randint(2, 60),
    )  # fmt: skip
    more = rng.choice(MATTERS).text if rng.random() < 0.4 else ""
    return {"title": said(matter.title)[:100], "text": said(matter.text + more + TAIL)}


def _dispatched(
    world: World, state: str, received: date, room: Unit, leader: Who, handler: Who
) -> dict[str, Any]:
    sent = world.day(received, 1, 9)
    signed = world.day(sent, 0, 5) if state != "dispatched" else None
    method = world.rng.choices(*METHODS)[0] if state not in ("dispatched", "signed_for") else ""
    return {
        "handling_unit_id": room.pk, "acting_unit_id": room.pk, "leader_id": leader.user, "dispatch_mode": "self",
        "handler_id": handler.user if signed else None, "dispatched_on": sent, "signed_for_on": signed,
        "method": method, "approver": "deputy" if method else "", "proposed_by_id": handler.user if method else None,
        "review_on": world.today + timedelta(days=20) if state == "held" else None,
        "filed_on": world.day(sent, 20, 60) if state == "case_filed" else None,
    }  # fmt: skip


def _ended(world: World, county: County, state: str, since: date, how: str) -> dict[str, Any]:
    rng = world.rng
    if state == "concluded":
        return {
            "concluded_on": world.day(since, 10, 95), "close_kind": how,
            "result_text": "经核实，反映问题" + rng.choice(("不实。", "部分属实，已责令整改。", "属实，已作出处理。")),
        }  # fmt: skip
    if state == "forwarded":
        return {
            "forwarded_to": "县公安局",
            "forwarded_on": world.day(since, 1, 5),
            "forward_receipt": "收件回执",
        }
    return {"merged_into_id": county.last_lead} if state == "merged" else {}


def _history(world: World, lead: int, row: dict[str, Any], county: County, clerk: Who, room: Unit) -> None:
    """The dispatch, and the step now proposed, approved or done."""
    registry = county.units["案件监督管理室"]
    sent, signed = row["dispatched_on"], row["signed_for_on"]
    begun = world.row(sent)
    world.load.put(
        Dispatch, **begun, lead_id=lead, mode="self", instruction=world.rng.choice(INSTRUCTIONS),
        from_unit_id=registry.pk, to_unit_id=room.pk, leader_id=row["leader_id"], dispatched_on=sent,
        by_id=county.holder(registry, Role.CASE_MANAGER, world.rng).user, signed_for_by_id=row["handler_id"],
        signed_for_at=begun["created_at"] if signed else None,
    )  # fmt: skip
    if not row["method"]:
        return
    people = {who.user: who for found in county.holders.values() for who in found}
    proposed = world.day(signed, 3, 25)
    approved = world.day(proposed, 1, 6) if row["state"] != "proposed" else None
    started = approved if row["state"] in ("in_step", "held", "case_filed", "concluded") else None
    world.load.put(
        LeadStep, **world.row(proposed), lead_id=lead, ordinal=1, method=row["method"], unit_id=room.pk,
        proposal="建议按所列方式处置，重点核实资金去向和签字手续。", proposed_on=proposed,
        proposed_by_id=row["proposed_by_id"], proposer_id=people[row["proposed_by_id"]].person,
        approved_by_id=row["leader_id"] if approved else None, approved_on=approved,
        approver_id=people[row["leader_id"]].person if approved else None, opinion="同意。" if approved else "",
        started_on=started,
        finished_on=max(started, row["concluded_on"]) if started and row["state"] == "concluded" else None,
        result="已核实。" if row["state"] == "concluded" else "",
    )  # fmt: skip


def _persons(world: World, lead: int, matter: Matter, village: Any, on: date) -> list[str]:
    names = [world.name() for _ in range(world.rng.choice((1, 1, 1, 1, 2)))]
    for name in names:
        world.load.put(
            LeadSubject, **world.row(on), lead_id=lead, name=name, unit_text=village.name, post_text=matter.post,
            kind=matter.kind,
        )  # fmt: skip
    if world.rng.random() < 0.3:
        number = f"{world.rng.choice('ABCD')}{on:%Y%m}{world.rng.randrange(10**6):06}"
        world.load.put(
            OtherNumber, **world.row(on), lead_id=lead, issuer=world.rng.choice(ISSUERS), number=number
        )
    return names


def _keys(world: World, lead: int, row: dict[str, Any], names: list[str]) -> None:
    """By what the search for repeats finds it. Nobody looked for repeats of the open ones yet."""
    people = [(likeness.plain(name), "", "", name) for name in names]
    found = {
        *matching.strong_keys(row["region_id"], row["amount_fen"], people),
        *likeness.bands(likeness.pairs(likeness.plain(row["title"] + row["text"]))),
    }
    for value in sorted(found):
        world.load.put(LeadKey, lead_id=lead, value=value)
    world.load.put(LeadPrint, lead_id=lead, rules=matching.RULES, searched=row["state"] in ENDED)


def _clock(world: World, lead: int, row: dict[str, Any], county: County) -> None:
    """One clock a lead: the one that runs now, or the one that ended with it."""
    state, code = row["state"], RUNNING.get(row["state"], "lead.verify")
    if state == "dispatched":
        return
    since = row.get("filed_on") or row.get("signed_for_on") or row["received_on"]
    rule, due_on, provisional = world.due(code, since)
    ended = min(world.day(since, 5, 100), world.today) if state in ENDED else None
    world.load.put(
        Clock, public_id=world.public_id(), target_label="cases.lead", target_id=lead, number=row["number"],
        url=f"/leads/{row['public_id']}/", region_id=row["region_id"], rule_id=rule, code=code, started_on=since,
        start_event="起算", due_on=due_on, original_due_on=due_on, provisional=provisional,
        state="stopped" if ended else "running", stopped_on=ended, stopped_by_verb="lead.conclude" if ended else "",
        owner_user_id=row.get("handler_id"), owner_unit_id=row.get("acting_unit_id") or row["registering_unit_id"],
        leader_user_id=row.get("leader_id"), body_unit_id=county.units["案件监督管理室"].pk,
    )  # fmt: skip
