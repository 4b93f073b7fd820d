"""From 立案 to execution in the demonstration: cases of 2018 and 2019 entered afterwards, and one of each kind of outcome."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from cases import services
from cases.models import Channel, CloseKind, Lead, Outcome
from povertyaudit.demo.leads import CATEGORIES, TRIED, LeadStory, Plan
from povertyaudit.demo.people import FAMILY, GIVEN, Cast
from povertyaudit.demo.timeline import Diary

# Filed from January 2018 to April 2019 (seed 001): 192 cases, 171 persons sanctioned; 188.72 万元 taken, 48.46 given back.
FIRST, DAYS = date(2018, 1, 8), 471
LAST = date(2019, 4, 30)  # the day by which all of them were decided
PAST = {
    "party_warning": 92, "party_serious_warning": 46, "party_removal": 8, "party_probation": 9, "party_expulsion": 12,
    "admin_warning": 4, "none_exempt": 13, "none_no_sanction": 8,
}  # fmt: skip
# What the 17 bulletins tell of (seed 001): 62 cases, of which 39 with two persons: 101 person-times.
PUBLISHED, PAIRS = 62, 39
TAKEN_FEN, RETURNED_FEN = 188_720_000, 48_460_000
MATTERS = (
    ("false_claim", "虚报冒领危房改造补助"), ("favouritism", "低保评议优亲厚友"), ("intercept", "截留挪用退耕还林补助"),
    ("cheat_out", "套取产业扶持资金"), ("extortion", "办理审批吃拿卡要"), ("embezzle", "侵占集体收入"),
    ("fees", "违规向农户收费"), ("dereliction", "审核把关失职"),
)  # fmt: skip
POSTS = (
    ("村党支部书记", "village_cadre"),
    ("村委会主任", "village_cadre"),
    ("镇民政办主任", "party_official"),
)


def past(cast: Cast, today: date) -> Iterator[datetime]:
    """案管室 enters the cases of 2018 and 2019 in the first days of the year that is told."""
    at = Diary(Random(today.toordinal()), today).on(today - timedelta(days=362))  # noqa: S311 — a story, not a secret
    measures = past_measures()
    shared = frozenset(published()[:PAIRS])
    yield at
    for number, measure in enumerate(measures):
        enter(cast, number, measure, len(measures), shared=number in shared)


def past_measures() -> list[str]:
    """The decision of each, in the order of filing."""
    measures = [measure for measure, number in PAST.items() for _ in range(number)]
    Random(2018).shuffle(measures)  # noqa: S311
    return measures


def published() -> list[int]:
    """Which of them the bulletins tell of, by their places: every second that ended with a sanction, alike together."""
    sanctioned = [place for place, measure in enumerate(past_measures()) if not measure.startswith("none_")]
    return sorted(sanctioned[::2][:PUBLISHED], key=lambda place: (place % len(MATTERS), place))


def case_number(number: int, of: int) -> str:
    return f"青纪立〔{filed_on(number, of).year}〕{number + 1:03} 号"


def filed_on(number: int, of: int) -> date:
    return FIRST + timedelta(days=number * DAYS // of)


def decided_on(number: int, filed: date) -> date:
    """Two to four months later; of the last ones sooner, so that the book is closed by its last day."""
    left = (LAST - filed).days
    return filed + timedelta(days=min(60 + number % 50, left * (3 + number % 3) // 6))


def enter(cast: Cast, number: int, measure: str, of: int, *, shared: bool) -> None:
    """One of them: every figure follows from its place in the row. `shared`: a second person let it pass."""
    category, matter = MATTERS[number % len(MATTERS)]
    post, kind = POSTS[number % len(POSTS)]
    village: Any = cast.places.villages[number * 7 % len(cast.places.villages)]
    filed = filed_on(number, of)
    decided = decided_on(number, filed)
    taken, returned = share(TAKEN_FEN, number, of), share(RETURNED_FEN, number, of)
    where = village.name if kind == "village_cadre" else village.parent.name
    services.enter_past(
        by=cast.users["casemgr"], region=village, title=f"{where}{post}{matter}问题".replace("村村", "村"),
        case_number=case_number(number, of), received_on=filed - timedelta(days=40), filed_on=filed,
        decided_on=decided, concluded_on=decided + timedelta(days=5), name=name(number), unit_text=where, post_text=post,
        kind=kind, party_member=True, measure=measure, document_number=f"青纪〔{decided.year}〕{number + 1} 号",
        probation_months=12 if measure == "party_probation" else None, category=CATEGORIES.get(category),
        channel=Channel.HANDOVER if number % 3 else Channel.OWN_DISCOVERY, money_kind="recovered", owed_fen=taken,
        taken_fen=taken, returned_fen=returned, handling_unit=cast.units["审查调查室"], leader=cast.users["leader"],
        result_text=f"经查，{post}{matter}，违纪款已追缴到位。", others=beside(number, where) if shared else (),
    )  # fmt: skip


def beside(number: int, where: str) -> list[dict[str, Any]]:
    """Who should have noticed: talked to, not sanctioned, so that 171 stay 171."""
    measure = ("first_criticism", "first_admonition", "first_self_examination")[number % 3]
    return [
        {"name": name(number + 1000), "unit_text": where, "post_text": "监督委员会主任", "measure": measure}
    ]


def name(number: int) -> str:
    return f"{FAMILY[number % len(FAMILY)]}{GIVEN[number * 5 % len(GIVEN)]}"


def share(total: int, number: int, of: int) -> int:
    """Uneven shares, in whole 元, that add up to `total` (分)."""
    weights = [1 + place * 7 % 11 for place in range(of)]
    each = total // 100 // sum(weights)
    given = each * weights[number] * 100
    return given + (total - each * sum(weights) * 100 if number == of - 1 else 0)


class FiledStory(LeadStory):
    """A lead whose trial is over, and what was decided."""

    def do_returned(self) -> Lead:
        return services.return_evidence(
            self.lead, by=self.who("adjudicator"), note="请补充发放名册原件和经手人证言。"
        )

    def do_decided(self, measure: str) -> Lead:
        by, person = self.who("adjudicator"), self.lead.subjects.first()
        if measure.startswith("org_"):
            services.suggest(
                self.lead,
                by=by,
                subject=person,
                measure=measure,
                body="县委组织部",
                facts="不宜继续担任现职。",
            )
        else:
            self.judge(measure)
        return Lead.objects.get(pk=self.lead.pk)

    def do_sent(self) -> Lead:
        """The prosecutor wants more."""
        found = Outcome.objects.get(lead=self.lead, kind="transfer")
        services.return_case(found, by=self.who("adjudicator"), note="请补充资金流向的证据。")
        return Lead.objects.get(pk=self.lead.pk)


ENDS: tuple[tuple[str, ...], ...] = (
    ("returned",),
    ("decided:admin_demerit", "decided:org_lateral"),
    ("decided:party_serious_warning", "decided:transfer_prosecution"),
    ("decided:party_warning", "decided:transfer_prosecution", "sent"),
)


def stories(cast: Cast, diary: Diary) -> Iterator[LeadStory]:
    """One lead sent back for evidence, three just decided: suggested to others, with the prosecutor, and back from him."""
    own = Diary(Random(diary.today.toordinal()), diary.today)  # noqa: S311 — as above
    for number, end in enumerate(ENDS):
        acts = TRIED[:-1] if end == ("returned",) else TRIED
        plan = Plan(
            (*acts, *end), Channel.OWN_DISCOVERY, CloseKind.SANCTIONED, last_ago=3 + number * 4,
            registrar="inspector1",
        )  # fmt: skip
        yield FiledStory(cast, plan, own)
