"""Match lists of the demo county and what became of them: sixty suspicions in every state, and the figures of 2018."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from cases.models import Category
from funds.models import Excuse, MatchTerm, Suspicion
from funds.services import match_lists, suspicion_ends, suspicions
from povertyaudit.core import moment
from povertyaudit.core.idnumbers import check_character
from povertyaudit.core.models import Role
from povertyaudit.demo.people import FAMILY, GIVEN, Cast
from povertyaudit.demo.timeline import Diary

PLATFORM = "市大数据监督平台"
# rule, source, compared, lines, days ago, benefit, what the compared register says, the two excuses
LISTS = (
    ("HAS_CAR", "DIBAO", "CARS", 30, 46, "农村低保", "名下登记小型轿车一辆。", ("NOT_SYNCED", "CAR_SOLD")),
    ("DEAD_PAID", "CARD", "CREMATION", 18, 32, "高龄津贴", "火化登记后仍有发放。", ("SAME_NAME", "STALE")),
    ("PUBLIC_PAYROLL", "POOR", "PAYROLL", 12, 20, "产业奖补", "配偶为财政供养人员。", ("LEFT", "POLICY")),
)
# in turn, as often as a list has them: how far a suspicion came
WAYS = (
    ("excused", "cleared", "cleared", "corrected", "visited", "sent", "lead"),
    ("excused", "corrected", "corrected", "visited", "sent", "sent"),
    ("excused", "excused", "cleared", "cleared", "visited", "sent", "lead"),
)
FOUND = {
    "cleared": "见到本人，情况与登记不符，凭证齐全。",
    "corrected": "情况属实，本人承认没有如实申报。",
    "visited": "邻居反映情况属实，本人外出，凭证待补。",
    "lead": "情况属实，村干部知情而没有上报。",
}


def number(n: int) -> str:
    """A number of nobody: the county does not exist."""
    text = f"990101{1940 + n % 50}{n % 12 + 1:02d}{n % 28 + 1:02d}{n:03d}"
    return text + check_character(text)


def stories(cast: Cast, diary: Diary) -> list[Iterator[datetime]]:
    return [
        of_2018(cast, diary),
        waiting(cast, diary),
        *(one_list(cast, diary, n) for n in range(len(LISTS))),
    ]


def _head(rule: str, source: str, compared: str) -> dict[str, Any]:
    codes = {"rule": rule, "source": source, "compared": compared}
    return {name: MatchTerm.objects.get(code=code) for name, code in codes.items()}


def of_2018(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """The second quarter of 2018 as it was reported: 1,130 suspicions, 35 filed, 122 dealt with."""
    yield diary.ago(50)
    match_lists.take_reported(
        by=cast.inspector1, platform="县监督检查专班", **_head("TWICE", "DIBAO", "INSURANCE"), as_of=date(2018, 6, 30),
        reported_rows=1130, reported_filed=35, reported_handled=122, reported_fen=5_200_000,
        note="2018 年第二季度比对情况报告。",
    )  # fmt: skip


def waiting(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """A list that was read and waits to be brought in."""
    yield diary.ago(2)
    lines = [
        {
            "name": f"{FAMILY[n]}{GIVEN[n]}", "id_number": number(400 + n), "region": cast.places.villages[n].code,
            "benefit": "危房改造补助", "amount_fen": 2_500_000, "says": "名下登记商品房一套。",
        }
        for n in range(4)
    ]  # fmt: skip
    match_lists.take_in(
        by=cast.finance, platform=PLATFORM, as_of=moment.today() - timedelta(days=9), lines=lines,
        **_head("HAS_HOUSE", "HOUSING", "HOUSES"),
    )  # fmt: skip


def one_list(cast: Cast, diary: Diary, which: int) -> Iterator[datetime]:
    """Taken in as one act; some are checked, some visited, some come to their end."""
    *codes, count, ago, benefit, says, excuses = LISTS[which]
    yield diary.ago(ago)
    lines = [
        {
            "name": f"{FAMILY[n % len(FAMILY)]}{GIVEN[n % len(GIVEN)]}", "id_number": number(which * 100 + n),
            "region": _village(cast, which, n), "benefit": benefit,
            "amount_fen": 120_000 + n * 12_000, "says": says,
        }
        for n in range(count)
    ]  # fmt: skip
    taken = match_lists.take_in(
        by=cast.inspector1, platform=PLATFORM, as_of=moment.today() - timedelta(days=10), lines=lines,
        **_head(*codes),
    )  # fmt: skip
    found = match_lists.bring_in(taken, by=cast.inspector1)
    rows = list(Suspicion.objects.filter(match_list=found).order_by("pk")[: len(WAYS[which])])
    yield diary.ago(ago - 4)
    sent = [_sent(cast, row) for row in rows]
    yield diary.ago(ago - 9)
    seen = [(way, _visited(cast, row, way)) for way, row in zip(WAYS[which], sent, strict=True)]
    yield diary.ago(ago - 13)
    for way, row in seen:
        _ended(cast, row, way, excuses)


def _village(cast: Cast, which: int, n: int) -> str:
    """All over the county; those that wait for the house lie in the second township, whose officials are at hand."""
    villages = cast.places.villages
    if WAYS[which][n : n + 1] == ("sent",):
        villages = tuple(one for one in villages if one.code[:9] == cast.places.towns[1].code[:9])
    return villages[(which * 7 + n) % len(villages)].code


def _sent(cast: Cast, row: Suspicion) -> Suspicion:
    return suspicions.desk_check(
        row, by=cast.inspector1, desk_text="享受名册在册，比对数据登记在本人名下，请入户核实。"
    )


def _visited(cast: Cast, row: Suspicion, way: str) -> Suspicion:
    if way not in FOUND or row.responsible_unit is None:
        return row
    return suspicions.visit(
        row,
        by=cast.holding(Role.LIAISON, row.responsible_unit),
        visitor="沈知远",
        visitor2="陆景禾",
        finding=FOUND[way],
    )


def _ended(cast: Cast, row: Suspicion, way: str, excuses: tuple[str, str]) -> None:
    if way in {"excused", "cleared"}:
        excuse = Excuse.objects.get(code=excuses[way == "cleared"])
        suspicion_ends.clear(row, by=cast.finance, excuse=excuse, decision="来源部门已出具证明。")
    elif way == "corrected":
        suspicion_ends.correct(
            row, by=cast.finance, fix="refunded", fix_fen=row.amount_fen, decision="已停发并退回。"
        )
    elif way == "lead":
        suspicion_ends.hand_on(
            row, by=cast.inspector1, category=Category.objects.on().get(code="false_claim"),
            decision="隐瞒情况领取补助，村干部知情不报。",
        )  # fmt: skip
