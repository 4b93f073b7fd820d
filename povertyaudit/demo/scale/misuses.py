"""Misused money of four years, each with a book of entries as the verbs write them."""

from datetime import date, timedelta
from typing import Any

from funds.models import FundKind, LedgerEntry, Misuse, MisuseKind, MisuseNature, Recovery
from povertyaudit.core.models import Role
from povertyaudit.demo.scale.items import shares
from povertyaudit.demo.scale.world import County, World

YEARS, WAN = 4, 1_000_000
AMOUNTS = ((1, 10), (10, 50), (50, 100), (100, 400)), (83, 12, 3, 2)  # 万元
WAYS = ("confiscated", "cleared", "returned", "treasury", "repurposed", "offset"), (25, 15, 25, 20, 10, 5)
Terms = dict[str, list[Any]]


def build(world: World, misuses: int, entries: int) -> None:
    """Put `misuses` with `entries` in their books, the oldest first."""
    terms: Terms = {
        name: list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        for name, model in (("kinds", MisuseKind), ("natures", MisuseNature), ("funds", FundKind))
    }
    terms["natures"].append(None)
    span = YEARS * 365
    for index, number in enumerate(shares(misuses, entries)):
        on = world.today - timedelta(days=span - index * span // misuses - 1)
        _misuse(world, terms, world.county(), on, number)
        world.load.flush_when_full()


def _misuse(world: World, terms: Terms, county: County, on: date, entries: int) -> None:
    """One misuse with a book of so many entries; the state of the row is what its last entry makes it."""
    rng = world.rng
    unit, (least, most) = rng.choice(county.answering()), rng.choices(*AMOUNTS)[0]
    fen = rng.randint(least * WAN, most * WAN)
    desk = county.holder(county.units["县财政局"], Role.FINANCE, rng).user
    number = county.number("ZJ", on.year)
    misuse = world.load.put(
        Misuse, **world.row(on), number=number, region_id=unit.region_id, kind_id=rng.choice(terms["kinds"]),
        nature_id=rng.choice(terms["natures"]), title=f"{unit.name}违规使用资金", amount_fen=fen, responsible_unit_id=unit.pk,
        found_on=on, how_found=rng.choice(Misuse.Source.values), description="检查发现，数额已核对。",
        fund_kind_id=rng.choice(terms["funds"]),
    )  # fmt: skip
    world.load.waiting.setdefault(Recovery, [])  # an entry asks for its recovery: those are written first
    book = {"misuse_id": misuse, "booked_by_id": desk}
    world.load.put(LedgerEntry, **world.row(on), **book, no=1, debit="open", credit="owed", amount_fen=fen,
                   owed_after_fen=fen, settled_after_fen=0, open_after_fen=fen, booked_on=on)  # fmt: skip
    settles, settled = rng.random() < 0.6, 0
    for place in range(2, entries + 1):
        day = world.day(on, 5 * place, 20 * place)
        last = settles and place == entries
        part = fen - settled if last else (fen - settled) // (entries - place + 2)
        way = rng.choices(*WAYS)[0]
        home = (
            {"household": world.name(), "village_id": rng.choice(county.villages).code}
            if way == "returned"
            else {}
        )
        back = world.load.put(
            Recovery, **world.row(day), misuse_id=misuse, kind=way, amount_fen=part, received_on=day,
            voucher_no=f"{number}-{place}", destination="按规定入账", voucher_county=county.code, signed_by_id=desk, **home,
        )  # fmt: skip
        settled += part
        world.load.put(LedgerEntry, **world.row(day), **book, no=place, debit=way, credit="open", amount_fen=part,
                       owed_after_fen=fen, settled_after_fen=settled, open_after_fen=fen - settled, booked_on=day,
                       recovery_id=back)  # fmt: skip
