"""Which leads there are: a year of petitions (278, of which 253 done), a batch of 64, and one in every state beside."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from random import Random

from cases.models import Channel, CloseKind, DispatchMode, IdentityStatus, Kind, SpecialMode
from povertyaudit.demo.leads import BASE, END, FILED, TALK, TRIED, VERIFY, WAYS, LeadStory, Plan
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary, Timeline

PETITIONS, DONE, BATCH = 278, 253, 64
ROOM1, ROOM2 = "第一监督检查室", "第二监督检查室"
# How the 253 ended and how the batch of 64 did. Of what people write and say, more than half are questions.
ENDS = {
    CloseKind.ANSWERED: 144, CloseKind.DIRECT: 72, CloseKind.UNTRUE: 14, CloseKind.TALK_ACCEPTED: 10,
    CloseKind.FIRST_FORM: 10, CloseKind.HANDED_OVER: 2, CloseKind.SANCTIONED: 1,
}  # fmt: skip
BATCH_ENDS = {
    CloseKind.DIRECT: 30, CloseKind.UNTRUE: 7, CloseKind.TALK_ACCEPTED: 4, CloseKind.FIRST_FORM: 7,
    CloseKind.SANCTIONED: 10, "forward": 4, "merge": 2,
}  # fmt: skip
# The ten filed cases of the batch brought back 7.98 万元 between them.
BATCH_YUAN = (12600, 9800, 4600, 15000, 3200, 8400, 6000, 11200, 2400, 6600)
CHANNELS = (
    Channel.LETTER, Channel.CALL, Channel.MARKET_DAY, Channel.VISIT, Channel.DROP_BOX, Channel.SMS, Channel.LETTER,
    Channel.WEB, Channel.HOTLINE, Channel.CALL, Channel.MARKET_DAY, Channel.PLATFORM, Channel.DROP_BOX, Channel.VISIT,
)  # fmt: skip
IDENTITIES = (
    IdentityStatus.ANONYMOUS, IdentityStatus.VERIFIED, IdentityStatus.ANONYMOUS, IdentityStatus.ANONYMOUS,
    IdentityStatus.CLAIMED, IdentityStatus.ANONYMOUS, IdentityStatus.ANONYMOUS,
)  # fmt: skip
APPROVED = ("propose:verify", "approve")
# Agreed to and not yet done: to file a case, to hold, to close.
AGREED = (FILED[:-1], WAYS["hold"][:-1], (*BASE, "propose:close", "approve"))
ASSIGNED = {"mode": DispatchMode.ASSIGN}
DIRECT = {
    "mode": DispatchMode.SUPERVISED,
    "special_mode": SpecialMode.DIRECT,
    "special_reason": "涉及乡镇主要负责人，由县纪委监委直查直办。",
}
# What the 25 open ones wait for (two more are questions not yet answered, one is a call of the hotline made a lead, one a
# comment on a public notice), and how many days ago the last act was: fresh, near its date, overdue.
OPEN: tuple[tuple[tuple[str, ...], int, dict[str, object]], ...] = (
    (BASE[:1], 1, {}),
    (BASE[:2], 1, {}), (BASE[:2], 2, {"room": ROOM2}),
    (BASE, 30, {}), (BASE, 26, {}), (BASE, 44, {}),
    ((*BASE, "propose:verify"), 1, {}), ((*BASE, "propose:talk_inquiry"), 4, {}),
    ((*BASE, "propose:verify"), 2, {"principal": True}),
    ((*BASE, *APPROVED), 1, {}), ((*BASE, "propose:talk_inquiry", "approve"), 2, {"room": ROOM2}),
    ((*TRIED[: TRIED.index("finish:adjudicate") - 1],), 3, {}),
    ((*BASE, *VERIFY[:3]), 86, {}), ((*BASE, *TALK[:3]), 25, {}), ((*BASE, *VERIFY[:3]), 40, {"room": ROOM2}),
    (TRIED[:-1], 27, {}),
    (WAYS["hold"], 174, {}), ((*WAYS["hold"], "review_hold"), 60, {"room": ROOM2}),
    (FILED, 1, {}), ((*FILED, "start"), 84, {}),
    ((*BASE, *TALK, "propose:close"), 1, {"leader": "leader2", "tags": {"dispatch": DIRECT}}),
)  # fmt: skip


def stories(cast: Cast, diary: Diary) -> Iterator[LeadStory]:
    """Every lead of 青禾县."""
    yield from _done(cast, diary)
    yield from _open(cast, diary)
    yield from _batch(cast, diary)
    yield from _beside(cast, diary)


def _done(cast: Cast, diary: Diary) -> Iterator[LeadStory]:
    """253 petitions brought to an end, received over the year; a few named ones still wait for their answer."""
    kinds = [kind for kind, number in ENDS.items() for _ in range(number)]
    diary.random.shuffle(kinds)
    channels, identities, rooms = cycle(CHANNELS), cycle(IDENTITIES), cycle((ROOM1, ROOM2))
    for number, kind in enumerate(kinds):
        ago = 363 - number * 330 // DONE
        if kind == CloseKind.SANCTIONED:
            ago = 363 - number * 100 // DONE
        answered = kind == CloseKind.ANSWERED
        identity = IdentityStatus.ANONYMOUS if answered else next(identities)
        owes = identity != IdentityStatus.ANONYMOUS and number > DONE - 26
        yield LeadStory(cast, Plan(
            WAYS[kind], next(channels), kind, ago, room=next(rooms), leader="leader" if number % 3 else "leader2",
            identity=identity, registrar="petition" if number % 4 else "petition2", owes=owes,
            recovered_yuan=1500 + 900 * (number % 9),
            kind=(Kind.CONSULTATION if number % 5 else Kind.SUGGESTION) if answered else Kind.COMPLAINT,
        ), diary)  # fmt: skip


def _open(cast: Cast, diary: Diary) -> Iterator[LeadStory]:
    channels, identities = cycle(CHANNELS), cycle(IDENTITIES)
    for acts, ago, more in OPEN:
        plan = Plan(acts, next(channels), last_ago=ago, identity=next(identities), **more)  # type: ignore[arg-type]
        yield LeadStory(cast, plan, diary)


def _batch(cast: Cast, diary: Diary) -> Iterator[LeadStory]:
    """The 64 leads a higher inspection handed over on one day, each followed to its end."""
    money, first = cycle(BATCH_YUAN), None
    for kind, number in BATCH_ENDS.items():
        for n in range(number):
            plan = Plan(
                WAYS[kind], Channel.INSPECTION, kind, 300, room=ROOM1 if n % 2 else ROOM2, registrar="casemgr",
                recovered_yuan=next(money) if kind == CloseKind.SANCTIONED else 0, into=first,
            )  # fmt: skip
            story = LeadStory(cast, plan, diary)
            first = first or story
            yield story


def _beside(cast: Cast, diary: Diary) -> Iterator[LeadStory]:
    """Not petitions: from above with a date that is today, hand-overs, what the offices found, questions."""
    today = diary.today
    for due, ago, acts in ((today, 40, (*BASE, *VERIFY[:3])), (today + timedelta(days=4), 20, BASE)):
        yield LeadStory(cast, Plan(
            acts, Channel.SUPERIOR, last_ago=ago, registrar="casemgr", result_due_on=due, tags={"dispatch": ASSIGNED},
        ), diary)  # fmt: skip
    for n, channel in enumerate((Channel.HANDOVER, Channel.DATA_MATCH, Channel.INSTRUCTION)):
        yield LeadStory(cast, Plan(BASE[: n + 1], channel, last_ago=2 + n, registrar="casemgr"), diary)
    yield LeadStory(cast, Plan(
        (*BASE, *APPROVED), Channel.OWN_DISCOVERY, last_ago=3, registrar="inspector1"
    ), diary)  # fmt: skip
    for n in range(2):
        yield LeadStory(cast, Plan(
            ("register",), Channel.CALL, last_ago=1 + n, kind=Kind.CONSULTATION, registrar="petition2"
        ), diary)  # fmt: skip
    yield LeadStory(cast, Plan(WAYS["return"], Channel.HANDOVER, last_ago=15, registrar="casemgr"), diary)
    yield _voided(cast, today)
    for channel in (Channel.MEDIA, Channel.SELF_REPORT):
        yield LeadStory(cast, Plan(BASE[:2], channel, last_ago=2, registrar="casemgr"), diary)
    yield LeadStory(cast, Plan(
        ("register",), Channel.SUPERIOR, last_ago=2, registrar="casemgr", kind=Kind.APPEAL
    ), diary)  # fmt: skip
    owing: tuple[tuple[tuple[str, ...], str, int], ...] = (
        (VERIFY, CloseKind.UNTRUE, 3), (TALK, CloseKind.TALK_ACCEPTED, 40),
    )  # fmt: skip
    for way, kind, ago in owing:
        plan = Plan((*BASE, *way, *END), Channel.OWN_DISCOVERY, kind, last_ago=ago, registrar="inspector1")
        yield LeadStory(cast, plan, diary)  # what a closing asks for besides is still owed
    yield _objected(cast, today)
    for way in AGREED:
        yield LeadStory(cast, Plan(way, Channel.OWN_DISCOVERY, last_ago=2, registrar="inspector1"), diary)


def _voided(cast: Cast, today: date, prefix: str = "") -> LeadStory:
    """The same letter entered twice: the second entry is void and keeps its number."""
    own = Diary(Random(today.toordinal() + 5), today)  # noqa: S311 — a story, not a secret
    return LeadStory(cast, Plan(WAYS["void"], last_ago=6), own, prefix=prefix)


def _objected(cast: Cast, today: date) -> LeadStory:
    """Answered three days ago to somebody who does not agree; the registry has yet to study the objection."""
    plan = Plan(
        (*BASE, *VERIFY, *END), Channel.HANDOVER, CloseKind.UNTRUE, last_ago=3, registrar="casemgr",
        identity=IdentityStatus.VERIFIED, objects=True,
    )  # fmt: skip
    return LeadStory(cast, plan, Diary(Random(today.toordinal() + 4), today))  # noqa: S311 — a story, not a secret


def neighbour_stories(cast: Cast, diary: Diary) -> Iterator[LeadStory]:
    """One lead in every state, and two ended ones, in 云屏县."""
    first = None
    ends = [WAYS[CloseKind.DIRECT], WAYS["forward"], WAYS["merge"]]
    waits: list[tuple[str, ...]] = [
        BASE[:1], BASE[:2], BASE, (*BASE, "propose:verify"), (*BASE, *APPROVED), (*BASE, *VERIFY[:3]), WAYS["hold"], FILED,
    ]  # fmt: skip
    for n, acts in enumerate([*ends, *waits]):
        plan = Plan(acts, Channel.LETTER, last_ago=60 - 5 * n if acts in ends else 3 + n, into=first)
        story = LeadStory(cast, plan, diary, prefix="neighbour")
        first = first or story
        yield story
    yield LeadStory(
        cast,
        Plan(WAYS["return"], Channel.HANDOVER, last_ago=9, registrar="casemgr"),
        diary,
        prefix="neighbour",
    )
    yield _voided(cast, diary.today, prefix="neighbour")


def add_all(timeline: Timeline, stories_: Iterator[LeadStory]) -> list[LeadStory]:
    """Put the stories on the timeline."""
    found = list(stories_)
    for story in found:
        timeline.add(story.run())
    return found
