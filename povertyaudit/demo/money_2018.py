"""Misused money of 2018 and early 2019, entered afterwards from the year's book: 追缴 188.72 万元 and 退还群众 48.46 万元
are two totals (seed 001)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from funds import services
from funds.models import FundKind, MisuseKind, MisuseNature, Recovery
from povertyaudit.core.models import Region
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

WAN = 1_000_000  # 万元 in 分
KIND = Recovery.Kind


@dataclass(frozen=True)
class Old:
    """One misuse of the year's book: what was taken (分, how, when), and what each of `homes` households got back."""

    code: str
    nature: str
    title: str
    text: str
    town: int
    how: str
    found_on: date
    taken: tuple[tuple[int, str, date], ...]
    homes: int = 0
    each: int = 0
    returned_on: date | None = None


OLD = (
    Old("EMBEZZLE", "CORRUPTION", "侵占危房改造补助", "村干部以代办手续为名截下八户的危房改造补助。", 1, "inspection",
        date(2018, 3, 12), ((40 * WAN, KIND.CONFISCATED, date(2018, 6, 20)),), 8, 2_900_000, date(2018, 7, 5)),
    Old("INTERCEPT", "CORRUPTION", "截留退耕还林补助平均分配", "村里把六户的退耕还林补助留下，平均分给全组。", 5, "petition",
        date(2018, 9, 3), ((33 * WAN, KIND.COMPENSATED, date(2018, 11, 14)),), 6, 4_210_000, date(2018, 12, 10)),
    Old("FRAUD_CLAIM", "CORRUPTION", "虚报合作社套取产业奖补", "用挂名社员和重复发票申报产业奖补。", 10, "matching",
        date(2018, 5, 21), ((50 * WAN, KIND.TREASURY, date(2018, 9, 18)), (22_360_000, KIND.HANDED_IN, date(2018, 10, 9)))),
    Old("EXTORT", "CORRUPTION", "向搬迁户收取保证金", "办理易地搬迁手续时收取保证金，长期不退，自查时主动上交。", 12, "self_check",
        date(2018, 11, 6), ((12_500_000, KIND.VOLUNTEERED, date(2018, 11, 28)),)),
    Old("DIVERT", "MISCONDUCT", "挤占专项资金归还旧账", "乡镇把专项资金用于归还以前年度的欠账。", 14, "audit",
        date(2019, 1, 15), ((30_860_000, KIND.CLEARED, date(2019, 4, 12)),)),
)  # fmt: skip
NAMES = ("陶有田", "江满仓", "石秋生", "龚春来", "姚水根", "柏长青", "温大勇", "翟福林")


def book(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Registered, settled and given back, by the days of the book."""
    yield diary.ago(352)
    for number, one in enumerate(OLD, 1):
        town = cast.town_unit(one.town)
        taken = sum(fen for fen, *_ in one.taken)
        row = services.register_misuse(
            by=cast.finance, kind=MisuseKind.objects.get(code=one.code), title=one.title, description=one.text,
            amount_fen=taken + one.homes * one.each, responsible_unit=town, found_on=one.found_on, how_found=one.how,
            fund_kind=FundKind.objects.get(code="CENTRAL_GROWTH"), nature=MisuseNature.objects.get(code=one.nature),
            period_from=date(one.found_on.year - 1, 1, 1), period_to=one.found_on, note="按当年台账补录。",
        )  # fmt: skip
        for part, (fen, kind, day) in enumerate(one.taken, 1):
            row = services.record_recovery(
                row, by=cast.finance, kind=kind, amount_fen=fen, received_on=day, destination="缴入县国库",
                voucher_no=f"QH{day:%Y%m%d}-B{number}{part}", confirmed=True,
            )  # fmt: skip
        if one.homes:
            villages = cast.places.villages_of(town.region)
            row = services.record_returns(
                row, by=cast.finance, received_on=one.returned_on, voucher_no=f"QHFF{one.returned_on:%Y%m%d}",
                households=_households(one, villages),
            )  # fmt: skip
            services.confirm_return(
                row, by=cast.inspector1, recovery=row.recoveries.returned().order_by("pk")[0], result="received", way="home",
                asked_on=one.returned_on,
            )  # fmt: skip


def _households(one: Old, villages: list[Region]) -> list[dict[str, Any]]:
    return [
        {"household": name, "village": villages[at % len(villages)], "amount_fen": one.each}
        for at, name in enumerate(NAMES[: one.homes])
    ]
