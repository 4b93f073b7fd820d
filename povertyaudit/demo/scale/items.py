"""Items of four years: responsible units, measures and results, the signatures of a close-out, and clocks."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from povertyaudit.core import hashing
from povertyaudit.core.models import Clock, Role, Unit
from povertyaudit.demo.scale.world import County, Who, World
from povertyaudit.demo.words_items import PROBLEMS, Problem, Task
from rectification.models import Closing, Item, ItemSignature, ItemUnit, Measure, Result

YEARS = 4
CLASSES = {
    "responsibility": "责任落实",
    "policy": "政策落实",
    "funds": "资金使用",
    "projects": "项目管理",
    "conduct": "干部作风",
}
SOURCES = ("audit", "assessment", "superior", "lead"), (32, 22, 31, 15)
OLD_STATES = ("closed", "long_term", "rectifying", "closure_applied"), (80, 9, 10, 1)
NEW_STATES = (
    ("draft", "issued", "accepted", "rectifying", "closure_applied", "sector_reviewed", "closed"),
    (2, 8, 10, 60, 7, 5, 8),
)  # fmt: skip
STEPS = {"closure_applied": 1, "sector_reviewed": 2, "closed": 3}
RUNNING = {"closure_applied": "item.review", "sector_reviewed": "item.verify", "long_term": "item.stage"}
TAIL = "涉及{t}等地{k}户，要求逐户核对、限期整改，并举一反三排查同类问题，整改情况在村务公开栏公示。"
TASKS: tuple[Task, ...] = tuple(task for problem in PROBLEMS for task in problem.tasks)


def build(world: World, items: int, measures: int) -> None:
    """Put `items` items, the oldest first, with `measures` measures among them."""
    span = YEARS * 365
    for index, number in enumerate(shares(items, measures)):
        registered = world.today - timedelta(days=span - index * span // items - 1)
        _item(world, world.county(), registered, number)
        world.load.flush_when_full()


def shares(items: int, measures: int) -> Iterator[int]:
    """How many measures each item has: near the mean, two neighbours leaning away from it, the sum exact."""
    means = [measures * (n + 1) // items - measures * n // items for n in range(items)]
    for first in range(0, items, 2):
        pair = means[first : first + 2]
        lean = min((first // 2) % 3, pair[-1] - 1) if len(pair) == 2 else 0
        yield pair[0] + lean
        yield from (number - lean for number in pair[1:])


def _item(world: World, county: County, registered: date, number: int) -> None:
    rng = world.rng
    problem, town = rng.choice(PROBLEMS), rng.choice(county.towns)
    state = rng.choices(*(NEW_STATES if (world.today - registered).days < 240 else OLD_STATES))[0]
    source = rng.choices(*SOURCES)[0]
    main, sector = rng.choice(county.answering()), rng.choice(county.sectors())
    body = county.units["第一监督检查室"]
    opener = county.holder(body, Role.SUPERVISION, rng)
    signers = _signers(world, county, main, sector, body)[: STEPS.get(state, 0)]
    row = {
        **world.row(registered),
        **_words(world, problem, town),
        **_dates(world, state, registered),
        "number": county.number("ZG", registered.year),
        "region_id": town.code,
        "state": state,
        "names_paper": False,
        "source": source if source != "lead" or county.last_lead else "audit",
        "lead_id": county.last_lead - rng.randrange(county.last_lead)
        if source == "lead" and county.last_lead
        else None,
        "lead_unit_id": sector.pk,
        "body_unit_id": body.pk,
        "opened_by_id": opener.user,
        "completion": "done" if state in STEPS else rng.choice(("not_started", "ongoing", "mostly_done")),
    }
    row |= {
        f"{who}_id": s.person for who, s in zip(("applicant", "reviewer", "verifier"), signers, strict=False)
    }
    item = world.load.put(Item, **row)
    _units(world, item, county, main, registered)
    content = _work(world, item, row, number)
    _sign(world, item, row, signers, content)
    _clock(world, item, row, county, main)


def _signers(world: World, county: County, main: Unit, sector: Unit, body: Unit) -> list[Who]:
    rng = world.rng
    return [
        county.holder(main, Role.UNIT_HEAD, rng),
        county.holder(sector, Role.SECTOR, rng),
        county.holder(body, Role.SUPERVISION, rng),
    ]


def _words(world: World, problem: Problem, town: Any) -> dict[str, str]:
    tail = TAIL.format(t=town.name, k=world.rng.randint(3, 900))
    return {
        "problem_class": CLASSES[problem.klass], "aspect": problem.aspect, "problem": problem.text + tail,
        "goal": problem.goal, "responsible_person": world.name(),
    }  # fmt: skip


def _dates(world: World, state: str, registered: date) -> dict[str, Any]:
    if state == "draft":
        return {}
    issued = world.day(registered, 0, 10)
    accepted = world.day(issued, 0, 6) if state != "issued" else None
    due_on = issued + timedelta(days=world.rng.randint(40, 300))
    closed = world.day(issued, 30, 320) if state == "closed" else None
    last = world.today + timedelta(days=world.rng.randint(-20, 90))
    return {
        "issued_on": issued, "accepted_on": accepted, "at_work_since": accepted, "due_on": due_on, "original_due_on": due_on,
        "closed_on": max(closed, accepted) if closed and accepted else None,
        "closed_late": bool(closed and closed > due_on),
        "stage_goal": "巩固成果，按季报告。" if state == "long_term" else "",
        "next_stage_on": last if state == "long_term" else None,
        "reopened_count": int(world.rng.random() < 0.03),
    }  # fmt: skip


def _units(world: World, item: int, county: County, main: Unit, on: date) -> None:
    world.load.put(ItemUnit, **world.row(on), item_id=item, unit_id=main.pk, is_main=True)
    other = world.rng.choice(county.answering())
    if other.pk != main.pk and world.rng.random() < 0.6:
        world.load.put(ItemUnit, **world.row(on), item_id=item, unit_id=other.pk)


def _work(world: World, item: int, row: dict[str, Any], number: int) -> dict[str, Any]:
    """Measures and the results of those that are done; returns what the three sign (`Item.signed_content`)."""
    on, done = row["created_at"].date(), row["state"] in STEPS or row["state"] == "long_term"
    measures: list[Any] = []
    results: list[Any] = []
    for no in range(1, number + 1):
        task = world.rng.choice(TASKS)
        state = "done" if done else world.rng.choice(("not_started", "ongoing", "ongoing", "done"))
        measure = world.load.put(
            Measure,
            **world.row(on),
            item_id=item,
            no=no,
            text=task.text,
            due_on=row.get("due_on"),
            state=state,
        )
        measures.append([no, task.text])
        if state == "done":
            count = len(results) + 1
            world.load.put(
                Result, **world.row(on), item_id=item, measure_id=measure, no=count, text=task.result,
                figures=task.figures,
            )  # fmt: skip
            results.append([count, no, task.result, task.figures])
    return {
        "problem": [row["problem_class"], row["aspect"], row["problem"], row["goal"]],
        "measures": sorted(measures), "results": sorted(results), "evidence": [], "misuses": [],
    }  # fmt: skip


def _sign(world: World, item: int, row: dict[str, Any], signers: list[Who], content: dict[str, Any]) -> None:
    """The signatures as far as the state has them, over exactly this content, and the close-out."""
    digest = hashing.digest({"fields_version": Item.SIGNED_VERSION, "content": content}) if signers else ""
    on = row.get("closed_on") or row.get("accepted_on") or row["created_at"].date()
    for step, role, who in zip(
        ("apply", "review", "verify"), ("责任单位", "牵头单位", "监督检查室"), signers, strict=False
    ):
        begun = world.row(on)
        world.load.put(
            ItemSignature, **begun, item_id=item, step=step, person_id=who.person, user_id=who.user, role=role,
            opinion="同意销号。", signed_at=begun["created_at"], digest=digest, fields_version=Item.SIGNED_VERSION,
        )  # fmt: skip
    if row["state"] == "closed":
        world.load.put(
            Closing, **world.row(on), item_id=item, no=1, due_on=row["due_on"], closed_on=on, late=row["closed_late"],
            applicant_id=signers[0].person, reviewer_id=signers[1].person, verifier_id=signers[2].person,
        )  # fmt: skip


def _clock(world: World, item: int, row: dict[str, Any], county: County, main: Unit) -> None:
    """The clock of rectification, or of the review, check or stage report that follows it."""
    if row["state"] == "draft":
        return
    code, since = RUNNING.get(row["state"], "item.rectify"), row["issued_on"]
    fixed = row["next_stage_on"] or row["due_on"]
    rule, due_on, provisional = world.due(
        code, world.today if code in ("item.review", "item.verify") else since
    )
    override = {
        "due_on": fixed.isoformat(),
        "reason": "下发时确定的整改时限",
        "on": since.isoformat(),
        "by": "系统",
        "by_id": None,
    }
    by_rule = code in ("item.review", "item.verify")
    world.load.put(
        Clock, public_id=world.public_id(), target_label="rectification.item", target_id=item, number=row["number"],
        url=f"/items/{row['public_id']}/", region_id=row["region_id"], rule_id=rule, code=code,
        started_on=world.today if by_rule else since, start_event="下发", due_on=due_on if by_rule else fixed,
        original_due_on=due_on if by_rule else fixed, provisional=by_rule and provisional,
        override=None if by_rule else override, state="stopped" if row["closed_on"] else "running",
        stopped_on=row["closed_on"], stopped_by_verb="item.verify" if row["closed_on"] else "",
        owner_unit_id=main.pk, owner_user_id=county.holder(main, Role.LIAISON, world.rng).user,
        head_user_id=county.holder(main, Role.UNIT_HEAD, world.rng).user, body_unit_id=row["body_unit_id"],
    )  # fmt: skip
