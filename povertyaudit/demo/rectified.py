"""What became of the problems of the special round (seed 003): an item each, nearly all crossed off in their time."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from inspections.models import Finding, Round
from povertyaudit.core.models import Role
from povertyaudit.demo import papers, proofs
from povertyaudit.demo.items import ItemStory, Matter
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary
from povertyaudit.demo.words_items import Task
from rectification import services
from rectification.models import Source

BUREAUS = ("县财政局", "县民政局", "县乡村振兴局")  # those with somebody who answers
# Days before today of each act.
ACTS = (
    ("create", 287),
    ("issue", 286),
    ("accept", 282),
    ("shown", 226),
    ("apply", 216),
    ("review", 208),
    ("verify", 201),
)
BOOKS = (("issue", 360), ("accept", 359), ("shown", 352), ("apply", 351), ("review", 350), ("verify", 349))
BOOKS_DUE = 330
LAST = 200
DUE = 107  # six months after the round
EVERY_TENTH = 3  # is kept up for good: a system to be run, not a thing to be mended
TASK = Task(
    "对照问题逐项整改，公开整改结果，建立长效机制。",
    "问题已整改到位，结果在单位和村组公示。",
    "整改 1 个、建章立制 1 项",
    "document",
)


def of_the_books(findings: list[Finding], cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Problems of years ago, entered afterwards with what became of them: all crossed off."""
    stories = [
        _story(finding, number, cast, diary, due_on=diary.today - timedelta(days=BOOKS_DUE))
        for number, finding in enumerate(findings)
    ]
    for story in stories:
        story.item = story.do_create()
    for act, ago in BOOKS:
        yield diary.ago(ago)
        for story in stories:
            story.item = _shown(story) if act == "shown" else getattr(story, f"do_{act}")()


def run(row: Round, cast: Cast, diary: Diary) -> Iterator[datetime]:
    """One act after the other over all problems, as a round goes; the last one is still being worked on."""
    findings = list(row.findings.order_by("pk"))
    stories = [_story(finding, number, cast, diary) for number, finding in enumerate(findings)]
    for act, ago in ACTS:
        yield diary.ago(ago)
        for number, story in enumerate(stories):
            if act == "shown" and number % 10 == EVERY_TENTH:
                story.item = story.do_long_term()
            elif act in ("create", "issue", "accept") or _goes_on(number, len(stories)):
                story.item = _shown(story) if act == "shown" else getattr(story, f"do_{act}")()


def _goes_on(number: int, count: int) -> bool:
    return number % 10 != EVERY_TENTH and number != count - 1


def _story(
    finding: Finding, number: int, cast: Cast, diary: Diary, *, due_on: date | None = None
) -> ItemStory:
    return ItemStory(cast, Matter(
        Source.FINDING, str(finding.problem_class), finding.aspect, finding.text, [TASK], "县农业农村局", _where(finding, cast),
        (), (), due_on=due_on or diary.today - timedelta(days=DUE), leading="countyleader" if number % 2 else "countyleader2",
        finding=lambda: Finding.objects.get(pk=finding.pk), stage_goal="按季报告运行情况，持续巩固。",
    ), diary, seed=number)  # fmt: skip


def _where(finding: Finding, cast: Cast) -> str:
    """The unit of the problem as stories name it."""
    for number in range(1, len(cast.places.towns) + 1):
        if finding.unit == cast.town_unit(number):
            return f"@{number}"
    return next(name for name in BUREAUS if cast.units[name] == finding.unit)


def _shown(story: ItemStory) -> Any:
    """The measure carried out, with the paper that shows it."""
    lines = [f"No. {story.item.number}-1", "DOCUMENT", "Demonstration only"]
    return services.report(
        story.item, by=story.holder(Role.LIAISON, story.matter.main), text=TASK.result, measure=story.item.measures.get(),
        measure_done=True, figures=TASK.figures, files=[papers.voucher("整改情况", lines)],
        kind=proofs.kind_for(story.item.problem_class, TASK.kind),
    )  # fmt: skip
