"""Rectification in the demonstration: nine problems of a feedback, a round's findings, and one item in every state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from povertyaudit.core.models import Role, Unit, User
from povertyaudit.demo import papers, proofs
from povertyaudit.demo import words_items as words
from povertyaudit.demo.closing_acts import ClosingActs
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary
from povertyaudit.demo.words_items import CLASSES, Task
from rectification import services
from rectification.models import Item, Source, State

PHOTOS = ("photo_before", "photo_after", "notice", "survey")
# The straight way, and where an item stands after each act.
Papers = dict[
    tuple[str, str], Any
]  # (prefix of the county's people, source) → the paper that brought the items
WAY = ("create", "issue", "accept", "work", "apply", "review", "verify")
UNTIL: dict[str, tuple[str, ...]] = {
    State.DRAFT: WAY[:1], State.ISSUED: WAY[:2], State.ACCEPTED: WAY[:3], State.RECTIFYING: (*WAY[:3], "begin"),
    State.CLOSURE_APPLIED: WAY[:5], State.SECTOR_REVIEWED: WAY[:6], State.CLOSED: WAY,
    State.LONG_TERM: (*WAY[:3], "work", "long_term"),
    State.PUBLIC_NOTICE: (*WAY[:4], "publication", *WAY[4:]),
}  # fmt: skip


@dataclass
class Matter:
    """One item to be: what it says, whom it concerns, and the days (before today) of its acts."""

    source: str
    klass: str
    aspect: str
    text: str
    tasks: Sequence[Task]
    lead: str
    main: str
    acts: tuple[str, ...]
    agos: tuple[int, ...]
    due_on: date | None = None
    goal: str = ""
    stage_goal: str = ""
    leading: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    finding: Any = None  # a function that gives the finding when the time has come
    misuses: Any = None  # a function that gives the misuses
    paper: Any = None  # a function that gives the paper
    others: tuple[str, ...] = ()  # further responsible units; the last measure is the first one's
    paced: bool = False  # each measure has its own day, the last that of the item
    recurs: Any = None  # a function that gives the closed item this one is a recurrence of


class ItemStory(ClosingActs):
    """One item from its registration as far as its acts go."""

    def __init__(self, cast: Cast, matter: Matter, diary: Diary, *, prefix: str = "", seed: int = 0) -> None:
        self.cast, self.matter, self.diary, self.prefix, self.seed = cast, matter, diary, prefix, seed
        self.item: Any = None

    def who(self, name: str) -> User:
        return self.cast.users[f"{self.prefix}{name}"]

    def run(self) -> Iterator[datetime]:
        for act, ago in zip(self.matter.acts, self.matter.agos, strict=True):
            yield self.diary.ago(ago)
            if act == "work":
                yield from self.work(ago)
            else:
                self.item = getattr(self, f"do_{act}")() or self.item

    def unit(self, where: str) -> Unit:
        return self.cast.town_unit(int(where[1:])) if where[0] == "@" else self.cast.units[where]

    def holder(self, role: str, where: str) -> User:
        return self.cast.holding(role, self.unit(where))

    @property
    def registrar(self) -> User:
        return (
            self.who("patroloffice")
            if self.matter.source == Source.FINDING and not self.prefix
            else self.who("inspector2")
        )

    def do_create(self) -> Item:
        matter = self.matter
        more: dict[str, Any] = {}
        if matter.finding:
            more["finding"] = matter.finding()
        if matter.misuses:
            more["misuses"] = matter.misuses()
        if matter.paper:
            more["paper"] = matter.paper()
        if matter.recurs:
            more["recurrence_of"] = matter.recurs()
        if matter.leading:
            more["leading_leader"] = self.who(matter.leading)
        head = self.holder(Role.UNIT_HEAD, matter.main)
        return services.create_item(
            by=self.registrar, source=matter.source, aspect=matter.aspect, problem=matter.text,
            problem_class=CLASSES.get(matter.klass, matter.klass),
            lead_unit=self.unit(matter.lead), main_unit=self.unit(matter.main), goal=matter.goal, due_on=matter.due_on,
            responsible_person=head.display_name, measures=self.measures(), other_units=[self.unit(name) for name in matter.others], **more,
        )  # fmt: skip

    def measures(self) -> list[dict[str, Any]]:
        """As the paper lists them; paced: a fortnight apart, each with its person."""
        matter = self.matter
        rows: list[dict[str, Any]] = [{"text": task.text} for task in matter.tasks]
        if matter.paced and matter.due_on:
            for left, row in enumerate(reversed(rows)):
                row["due_on"] = matter.due_on - timedelta(days=14 * left)
                row["person"] = self.holder(Role.LIAISON, matter.main).display_name
        if matter.others:
            rows[-1] |= {"unit": self.unit(matter.others[0]), "person": ""}
        return rows

    def do_issue(self) -> Item:
        return services.issue(self.item, by=self.registrar)

    def do_accept(self) -> Item:
        return services.accept(
            self.item, by=self.holder(Role.LIAISON, self.matter.main), note="已认领，立即组织整改。"
        )

    def do_begin(self) -> Item:
        """The first photograph: the state before."""
        by = self.holder(Role.LIAISON, self.matter.main)
        photo = papers.photo("整改前", self.seed, after=False)
        done = services.add_evidence(
            self.item,
            by=by,
            files=[photo],
            measure=self.item.measures.first(),
            kind="photo_before",
            caption=proofs.SPOTS[self.seed % len(proofs.SPOTS)],
        )
        return services.report(
            done, by=by, text="已制定整改方案，正在逐项落实。", measure=done.measures.first()
        )

    def work(self, ago: int) -> Iterator[datetime]:
        """One measure after the other, each with its proof."""
        by = self.holder(Role.LIAISON, self.matter.main)
        for number, task in enumerate(self.matter.tasks):
            measure = self.item.measures.get(no=number + 1)
            before = (
                [papers.photo(f"整改前{number + 1}", self.seed + number, after=False)] if number < 2 else []
            )
            if before:
                self.item = services.add_evidence(
                    self.item,
                    by=by,
                    files=before,
                    measure=measure,
                    kind="photo_before",
                    caption=proofs.SPOTS[(self.seed + number) % len(proofs.SPOTS)],
                )
            paired = proofs.newest(self.item) if before and task.kind == "photo_after" else None
            self.item = services.report(
                self.item, by=by, text=task.result, measure=measure, measure_done=True, figures=task.figures,
                files=[self.proof(task, number)], kind=task.kind, before=paired,
            )  # fmt: skip
            yield self.diary.ago(max(ago - 6 * (number + 1), 2))

    def proof(self, task: Task, number: int) -> Any:
        if task.kind in PHOTOS:
            return papers.photo(f"佐证{number + 1}", self.seed + number, after=True)
        lines = [f"No. {self.item.number}-{number + 1}", f"{task.kind.upper()}", "Demonstration only"]
        return papers.voucher(f"佐证{number + 1}", lines)

    def do_verify(self) -> Item:
        return services.verify(
            self.item, by=self.registrar, note=words.GOOD[1 + self.seed % 2], **self.seen()
        )

    def do_press(self) -> Item:
        return services.press(
            self.item, by=self.who("leader"), note="整改时限将至，请抓紧落实并按旬报告进展。"
        )

    def do_ask(self) -> Item:
        until = self.item.due_on + timedelta(days=30)
        by = self.holder(Role.LIAISON, self.matter.main)
        return services.request_extension(
            self.item, by=by, until=until, reason=words.EXCUSE, reason_code="ex_disaster"
        )

    def do_stage(self) -> Item:
        by = self.holder(Role.UNIT_HEAD, self.matter.main)
        return services.report_stage(self.item, by=by, result=words.STAGE, met=True)

    def do_long_term(self) -> Item:
        return services.mark_long_term(
            self.item, by=self.registrar, stage_goal=self.matter.stage_goal or "按季报告，持续巩固。"
        )


def feedback(cast: Cast, diary: Diary, money: dict[str, Any], papers: Papers) -> Iterator[ItemStory]:
    """3 classes, 9 problems, 33 measures: seven closed (one late), two long-term."""
    for number, problem in enumerate(words.PROBLEMS):
        # What stays open comes first: 990101-ZG-<year>-0001 can be worked on, and the examples of the API name it.
        start = 304 if problem.long_term else 298 - number
        # Of the two kept up for good one has reported on its first stage, the other owes that report.
        ends: tuple[str, ...] = ("apply", "review", "verify")
        if problem.long_term:
            ends = ("long_term", "stage") if number == 8 else ("long_term",)
        days = (
            (118, 30)[: len(ends)]
            if problem.long_term
            else ((112, 108, 104) if number == 4 else (140, 134, 127))
        )
        back = number == 2
        acts = (*WAY[:4], *(("apply", "send_back", "mend") if back else ()), *ends)
        agos = (start, start - 1, start - 4, 270, *((150, 146, 144) if back else ()), *days)
        yield ItemStory(cast, Matter(
            Source.SUPERIOR, problem.klass, problem.aspect, problem.text, problem.tasks, problem.lead, problem.main, acts,
            agos, due_on=diary.today - timedelta(days=115), goal=problem.goal, stage_goal=problem.long_term,
            leading="countyleader" if number % 2 else "countyleader2",
            misuses=(lambda: [money[key] for key in ("lent", "lent2", "scope", "bridge")]) if number == 5 else None,
            paper=lambda: papers["", "feedback"], paced=True, others=("县财政局",) if number == 2 else (),
        ), diary, seed=10 * number)  # fmt: skip


def of_round(cast: Cast, diary: Diary, findings: list[Any]) -> Iterator[ItemStory]:
    """What a finished round found: an item in every state that 巡察办 meets; the last finding still waits to be handed on."""
    states = (
        State.SECTOR_REVIEWED, State.CLOSURE_APPLIED, State.CLOSED, State.RECTIFYING, State.ACCEPTED, State.ISSUED,
        State.DRAFT, State.CLOSED,
    )  # fmt: skip
    starts = (120, 110, 150, 100, 30, 2, 3, 140)
    for number, state in enumerate(states):
        klass, aspect, text, town, tasks = words.FINDINGS[number]
        acts, start = UNTIL[state], starts[number]
        yield ItemStory(cast, Matter(
            Source.FINDING, klass, aspect, text, [Task(t, f"已完成：{t}", "见附件") for t in tasks], "县农业农村局", f"@{town}",
            acts, _agos(acts, start, 2 + number), due_on=diary.today + timedelta(days=(20, 3, -30, 6, 45, 90, 120, -20)[number]),
            leading="countyleader" if number % 2 == 0 else "", finding=lambda n=number: findings[n],
        ), diary, seed=200 + 10 * number)  # fmt: skip


def _agos(acts: tuple[str, ...], start: int, last: int) -> tuple[int, ...]:
    """Days before today of each act, evenly from `start` to `last`."""
    steps = max(len(acts) - 1, 1)
    return tuple(start - (start - last) * n // steps for n in range(len(acts)))


def singles(
    cast: Cast, diary: Diary, papers: Papers, *, prefix: str = "", money: dict[str, Any] | None = None
) -> Iterator[ItemStory]:
    """One item in each of the nine states, of sources the discipline body verifies itself."""
    today = diary.today
    dues = (40, 25, 14, 0, 5, 9, -15, -40, 20)
    after: dict[Any, tuple[str, ...]] = (
        {State.PUBLIC_NOTICE: ("objection",), State.CLOSED: ("archive",)} if money is not None else {}
    )
    for number, (state, single) in enumerate(zip(UNTIL, words.SINGLES, strict=True)):
        source, klass, aspect, text, task = single
        acts = (*UNTIL[state], *after.get(state, ()))
        yield ItemStory(cast, Matter(
            source, klass, aspect, text, [Task(task, f"已落实：{task}", "见附件")], "县农业农村局", "@2",
            acts, _agos(acts, 12 if len(acts) < 4 else 60, 2), due_on=today + timedelta(days=dues[number]) if dues[number] >= 0 or state in (State.CLOSED, State.LONG_TERM) else None,
            leading="countyleader" if number % 2 else "",
            paper=lambda source=source: papers[prefix, source],
        ), diary, prefix=prefix, seed=400 + 10 * number)  # fmt: skip
    if money is None:
        return
    for number, (days, more) in enumerate(((3, ("press",)), (-6, ()), (8, ("ask",)))):
        source, klass, aspect, text, task = words.SINGLES[number]
        acts = (*UNTIL[State.RECTIFYING], *more)
        yield ItemStory(cast, Matter(
            Source.MISUSE if number == 1 else source, "funds" if number == 1 else klass,
            "出借资金未收回" if number == 1 else aspect, "借给乡镇周转的产业资金尚未全部收回。" if number == 1 else text,
            [Task("限期归还出借资金并缴回县财政。" if number == 1 else task, "", "")], "县财政局" if number == 1 else "县农业农村局",
            "@2", acts, _agos(acts, 50, 4), due_on=today + timedelta(days=days), leading="countyleader",
            misuses=(lambda: [money["loan"]]) if number == 1 else None,
            paper=(lambda source=source: papers[prefix, source]) if number != 1 else None,
        ), diary, seed=600 + 10 * number)  # fmt: skip
    source, klass, aspect, text, task = words.SINGLES[4]
    acts = (*WAY[:5], "send_back")
    yield ItemStory(cast, Matter(
        source, klass, aspect, text, [Task(task, f"已落实：{task}", "见附件")], "县农业农村局", "@2", acts,
        _agos(acts, 40, 3), due_on=today + timedelta(days=20), paper=lambda: papers[prefix, source],
    ), diary, seed=640)  # fmt: skip
