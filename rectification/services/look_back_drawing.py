"""What a look-back is drawn from, and the draw: whoever has the frozen list and the seed gets the same rows. Money is in 分."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from funds.models import Recovery
from inspections import sampling
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Unit, User
from povertyaudit.core.scope import region_under
from rectification.models import (
    RETURNED,
    Item,
    ItemMisuse,
    ItemUnit,
    LookBack,
    LookBackCheck,
    LookBackOrigin,
    LookBackPool,
)
from rectification.models.look_backs import MOST_CHECKS, MOST_LINES

Ground = LookBackCheck.Ground


@dataclass(frozen=True)
class Line:
    """One row that may be drawn, as it stands now."""

    key: str
    unit_id: int
    unit_name: str
    region_id: str
    kind: str
    fen: int
    signer_id: int | None
    item_id: int | None = None
    recovery_id: int | None = None


@dataclass(frozen=True)
class Drawn:
    """`chosen`: (line, ground) of every row to look at; the rest is what the record of the draw keeps."""

    seed: str
    population: list[list[Any]]
    lots: list[str]
    chosen: list[tuple[Line, str]]


def population(plan: LookBack, by: User) -> list[Line]:
    """Closed items and standing returns of the origin that `by` may know of, in the order of their keys."""
    lines: list[Line] = []
    if plan.pool != LookBackPool.RETURNS:
        lines += _items(plan, by)
    if plan.pool != LookBackPool.ITEMS:
        lines += _returns(plan, by)
    if len(lines) > MOST_LINES:
        text = f"范围内共 {len(lines)} 件，最多 {MOST_LINES} 件，请缩小范围。"
        raise RuleBroken("look_back.too_many", text, field="origin")
    return sorted(lines, key=lambda line: line.key)


def _within(plan: LookBack, finding: str, day: str) -> Q:
    if plan.origin == LookBackOrigin.ROUND:
        return Q(**{f"{finding}__round": plan.round})
    if plan.origin == LookBackOrigin.CAMPAIGN:
        return Q(**{f"{finding}__round__campaign": plan.campaign})
    return Q(**{f"{day}__gte": plan.period_from, f"{day}__lte": plan.period_to})


def _items(plan: LookBack, by: User) -> list[Line]:
    main = ItemUnit.objects.filter(item=OuterRef("pk"), is_main=True)
    sums = ItemMisuse.objects.filter(item=OuterRef("pk")).order_by().values("item")
    rows = Item.objects.visible_to(by).closed().filter(
        region_under("region_id", plan.region_id), _within(plan, "finding", "closed_on"), number__isnull=False
    )  # fmt: skip
    found = rows.order_by().annotate(
        at_unit=Subquery(main.values("unit")[:1]), at_name=Subquery(main.values("unit__name")[:1]),
        fen=Coalesce(Subquery(sums.annotate(n=Sum("misuse__amount_fen")).values("n")), 0),
    )  # fmt: skip
    fields = ("number", "at_unit", "at_name", "region_id", "source", "fen", "verifier_id", "pk")
    return [Line(*values) for values in found.values_list(*fields)]


def _returns(plan: LookBack, by: User) -> list[Line]:
    rows = Recovery.objects.visible_to(by).returned().filter(
        region_under("misuse__region_id", plan.region_id), _within(plan, "misuse__finding", "received_on")
    )  # fmt: skip
    found = rows.order_by().values_list(
        "misuse__number", "public_id", "misuse__responsible_unit", "misuse__responsible_unit__name",
        "misuse__region_id", "amount_fen", "signed_by__person", "pk",
    )  # fmt: skip
    return [
        Line(f"{number}/{own}", unit, name, region, RETURNED, fen, signer, None, pk)
        for number, own, unit, name, region, fen, signer, pk in found
    ]


def repeaters(plan: LookBack, by: User) -> set[int]:
    """Units of the region with an item that relapsed once."""
    rows = Item.objects.visible_to(by).filter(region_under("region_id", plan.region_id)).relapsed()
    return set(
        ItemUnit.objects.filter(item__in=rows.order_by().values("pk"), is_main=True).values_list(
            "unit", flat=True
        )
    )


def draw(plan: LookBack, by: User, *, units: Iterable[Unit], seed: str) -> Drawn:
    """The rows to look at. Raises RuleBroken, with the number there is, where more are asked for."""
    lines = population(plan, by)
    if not lines:
        text = "这个范围内没有已销号的事项或者退还群众的款项，请核对范围。"
        raise RuleBroken("look_back.empty", text, field="origin")
    again = repeaters(plan, by) if plan.repeat_units else set()
    named = {unit.pk for unit in units}
    why = {line.key: _ground(plan, line, again, named) for line in lines}
    rest = [line.key for line in lines if not why[line.key]]
    _check(plan, len(lines), len(rest))
    given = seed or secrets.token_hex(8)
    lots = sampling.drawn(given, rest, plan.random_size)
    chance = set(lots)
    chosen = [(line, why[line.key] or Ground.RANDOM) for line in lines if why[line.key] or line.key in chance]
    if not chosen:
        text = "按这些条件一件也没有选中：请填写随机抽取数量，或者调整金额、单位。"
        raise RuleBroken("look_back.none", text, field="random_size")
    if len(chosen) > MOST_CHECKS:
        text = f"按这些条件要抽查 {len(chosen)} 件，一次最多 {MOST_CHECKS} 件，请缩小范围或者提高金额。"
        raise RuleBroken("look_back.sample_too_many", text, field="random_size")
    kept = [[line.key, line.unit_name, line.fen, why[line.key]] for line in lines]
    return Drawn(given, kept, lots, chosen)


def _ground(plan: LookBack, line: Line, again: set[int], named: set[int]) -> str:
    """Why the row is looked at without a lot; empty: a lot decides."""
    if plan.above_fen is not None and line.fen >= plan.above_fen:
        return Ground.AMOUNT
    if line.unit_id in named:
        return Ground.UNIT
    return Ground.REPEAT if line.unit_id in again else ""


def _check(plan: LookBack, whole: int, left: int) -> None:
    size = plan.random_size
    if size <= left:
        return
    if left == whole:
        text = f"范围内只有 {whole} 件，不够抽取 {size} 件，请改为 {whole} 件以内。"
    else:
        must = whole - left
        text = (
            f"范围内共 {whole} 件，按金额、单位已列入 {must} 件，"
            f"可随机抽取的只有 {left} 件，不够抽取 {size} 件。"
        )
    raise RuleBroken("look_back.few", text, field="random_size")
