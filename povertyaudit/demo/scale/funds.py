"""Projects of four years with the money they are given and paid.

As the verbs leave them, but for one thing: what was paid straight to a contractor has no row of spending of its own — a
million rows that say nothing the payment does not say. Sums kept in rows are those of the rows below them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from funds.models import (
    Allocation,
    FundingLine,
    FundKind,
    Payment,
    PaymentPart,
    Project,
    ProjectKind,
    Spending,
)
from povertyaudit.core.models import Role, UnitKind
from povertyaudit.demo.scale.world import County, World
from povertyaudit.demo.words_projects import PLANS

YEARS, WAN = 4, 1_000_000
PAPERS = (
    ("central", "LINKAGE"), ("central", "CENTRAL_GROWTH"), ("central", "CENTRAL_WORK"), ("province", "PROVINCE"),
    ("province", "LOTTERY"), ("city", "CITY"), ("county", "COUNTY"), ("county", "POOLED"), ("other", "EAST_WEST"),
)  # fmt: skip
PLENTY = 10**14  # 分 of a paper until it is known what projects take of it
# state a project comes to stand still in, of a hundred; the others go on to the end as time passes
ENDS = ("", "stalled", "cancelled", "started", "completed", "accepted"), (82, 3, 3, 6, 3, 3)
LIFE = (
    ("review", 20),
    ("approved", 40),
    ("started", 70),
    ("completed", 190),
    ("accepted", 212),
    ("published", 230),
)
DAYS = {"approved": "approved_on", "started": "started_on", "completed": "completed_on", "accepted": "accepted_on",
        "published": "published_on"}  # fmt: skip
OPEN = ("draft", "submitted", "endorsed", "reviewed", "returned"), (20, 30, 20, 20, 10)
Row = dict[str, Any]


class Funds:
    """What all rows of money draw from, read once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.kinds = dict(ProjectKind.objects.values_list("code", "pk"))
        self.fund_kinds = dict(FundKind.objects.values_list("code", "pk"))
        self.papers: dict[tuple[str, int], list[int]] = {}
        self.villages = {
            town.code: [one for one in county.villages if one.parent_id == town.code]
            for county in world.counties for town in county.towns
        }  # fmt: skip
        self.vouchers = 0

    def paper(self, county: County, year: int) -> list[int]:
        """The papers by which money came to the county in the year, made when first asked for."""
        if (county.code, year) not in self.papers:
            self.papers[county.code, year] = [
                self._paper(county, year, level, kind, n) for n, (level, kind) in enumerate(PAPERS, 1)
            ]
        return self.papers[county.code, year]

    def _paper(self, county: County, year: int, level: str, kind: str, number: int) -> int:
        on = min(date(year, 1, 9) + timedelta(days=number), self.world.today)
        return self.world.load.put(
            Allocation, **self.world.row(on), number=county.number("XD", year), region_id=county.code,
            title=f"{year} 年第 {number} 批资金", paper_no=f"财农〔{year}〕{number}号", level=level,
            fund_kind_id=self.fund_kinds[kind], year=year, amount_fen=PLENTY, issued_on=on, received_on=on,
        )  # fmt: skip

    def voucher(self) -> str:
        self.vouchers += 1
        return f"BK{self.vouchers:07}"


def build(world: World, projects: int, payments: int) -> None:
    """Put `projects` with `payments` among them, the oldest first."""
    funds = Funds(world)
    span, given = YEARS * 365, 0
    for index in range(projects):
        on = world.today - timedelta(days=span - index * span // projects - 1)
        due = payments * (index + 1) * 20 // (projects * 19)  # the last have not begun
        quota = min(due, payments) - given
        given += _project(funds, world.county(), on, quota)
        world.load.flush_when_full()


def settle() -> None:
    """What projects take of each paper, and papers that give a tenth more: when all lines are written."""
    lines = FundingLine.objects.filter(allocation=OuterRef("pk")).order_by().values("allocation")
    taken = lines.annotate(fen=Sum("amount_fen")).values("fen")
    Allocation.objects.update(assigned_fen=Coalesce(Subquery(taken), 0))
    Allocation.objects.update(amount_fen=F("assigned_fen") + F("assigned_fen") / 10 + WAN)


def _project(funds: Funds, county: County, on: date, quota: int) -> int:
    """One project with its lines and, where work has begun, `quota` payments; returns how many it has."""
    world, rng = funds.world, funds.world.rng
    unit, sector = rng.choice(county.answering()), rng.choice(county.sectors())
    near = funds.villages.get(unit.region_id) if unit.kind == UnitKind.TOWNSHIP else None
    place = rng.choice(near or county.villages)
    kind, title, content, wan, _ = rng.choice(PLANS)
    fen = rng.randint(wan // 2, wan * 2) * WAN
    row = {
        **world.row(on), "number": county.number("XM", on.year, 5), "region_id": place.code, "year": on.year,
        "title": f"{place.name}{title}", "kind_id": funds.kinds[kind], "content": content, "stored_on": on,
        "responsible_unit_id": unit.pk, "sector_unit_id": sector.pk, "households": rng.randint(10, 200),
        "persons": rng.randint(200, 900), "planned_fen": fen, "plan_start": on + timedelta(days=60),
        "plan_end": on + timedelta(days=210), "entered_by_id": county.holder(unit, Role.LIAISON, rng).user,
    }  # fmt: skip
    row |= _stage(funds, on, fen)
    begun = row["state"] in ("started", "completed", "accepted", "published")
    many = min(quota, 40) if begun else 0
    signers = [
        county.holder(unit, Role.LIAISON, rng), county.holder(unit, Role.UNIT_HEAD, rng),
        county.holder(sector, Role.SECTOR, rng), county.holder(county.units["县财政局"], Role.FINANCE, rng),
    ]  # fmt: skip
    payments = list(_payments(funds, county, row, many, [one.user for one in signers]))
    paid = sum(one["amount_fen"] for one in payments if one["state"] == "paid")
    row |= {"paid_fen": paid, "spent_fen": sum(one.get("spent_fen", 0) for one in payments)}
    project = world.load.put(Project, **row)
    _write(funds, county, project, row, payments)
    return many


def _stage(funds: Funds, on: date, fen: int) -> Row:
    """How far it has come by today, with the days and sums of the way."""
    world, row = funds.world, {"state": "stored"}
    end = world.rng.choices(*ENDS)[0]
    if end == "cancelled":
        return {"state": end}
    found: Row = dict(row)
    for state, days in LIFE:
        day = on + timedelta(days=days + world.rng.randrange(10))
        if day > world.today:
            break
        if state == "started" and end == "stalled":
            return found | {"state": end}
        found |= {"state": state} | ({DAYS[state]: day} if state in DAYS else {})
        if state == "approved":
            found |= {
                "approval_no": f"扶批〔{on.year}〕{world.rng.randint(1, 99)}号",
                "approved_fen": fen,
                "funded_fen": fen,
            }
            found |= {
                "contract_fen": fen * 97 // 100,
                "contractor": "岚丰建设",
                "contract_no": "HT-1",
                "contract_on": day,
            }
        if state == "accepted":
            found |= {"settled_fen": fen * 97 // 100, "accepted_text": "与合同一致。"}
        if state == end:
            break
    return found


def _payments(funds: Funds, county: County, row: Row, many: int, signers: list[int]) -> Iterator[Row]:
    """So many payments from the start of work on; the last may be under way where the project is."""
    if not many:
        return
    world, rng = funds.world, funds.world.rng
    share = row["contract_fen"] * rng.randint(60, 100) // 100 // many
    last = row.get("completed_on") or world.today
    span = max((last - row["started_on"]).days, 1)
    for place in range(many):
        on = row["started_on"] + timedelta(days=span * place // many)
        days = [min(on + timedelta(days=2 * n), world.today) for n in range(4)]
        state = "paid"
        if place == many - 1 and row["state"] != "published" and rng.random() < 0.4:
            state = rng.choices(*OPEN)[0]
        stage = (
            "advance"
            if place == 0
            else "final"
            if place == many - 1 and "accepted_on" in row
            else "completion"
        )
        yield {
            **world.row(days[0]), "number": county.number("BZ", on.year, 5), "region_id": row["region_id"], "state": state,
            "stage": stage, "amount_fen": share, "progress": "按计划完成工程量。", "payee": "岚丰建设",
            **_signed(funds, county, row, state, days, signers, share),
        }  # fmt: skip


def _signed(
    funds: Funds, county: County, row: Row, state: str, days: list[date], signers: list[int], fen: int
) -> Row:
    """The days and people of the steps it has come through, and what was spent of it."""
    steps = {"draft": 0, "returned": 0, "submitted": 1, "endorsed": 2, "reviewed": 3, "paid": 4}[state]
    found: Row = {}
    for name, day, who in list(zip(("applied", "endorsed", "reviewed", "paid"), days, signers, strict=True))[
        :steps
    ]:
        found |= {f"{name}_on": day, f"{name}_by_id": who}
    if state != "paid":
        return found
    voucher, rng = funds.voucher(), funds.world.rng
    to_unit = row["state"] in ("started", "completed") and rng.random() < 0.15
    spent = rng.choice((0, fen // 2, fen, fen)) if to_unit else fen
    return found | {
        "voucher_no": voucher, "voucher_key": f"{county.code[:6]}:{voucher}", "to_unit": to_unit, "spent_fen": spent,
    }  # fmt: skip


def _write(funds: Funds, county: County, project: int, row: Row, payments: list[Row]) -> None:
    """The lines of the project (one, or two of different papers), its payments and the parts they take of the lines."""
    world, rng, funded = funds.world, funds.world.rng, row.get("funded_fen", 0)
    if not funded:
        return
    papers = rng.sample(funds.paper(county, row["year"]), 2 if rng.random() < 0.4 else 1)
    sums = [funded] if len(papers) == 1 else [funded * 7 // 10, funded - funded * 7 // 10]
    taken, rest = [], row["paid_fen"]
    for paper, fen in zip(papers, sums, strict=True):
        paid = min(fen, rest)
        rest -= paid
        line = world.load.put(
            FundingLine, **world.row(row["approved_on"]), project_id=project, allocation_id=paper, amount_fen=fen, paid_fen=paid
        )  # fmt: skip
        taken.append([line, paid])
    for payment in payments:
        key = world.load.put(Payment, project_id=project, **payment)
        if payment["state"] == "paid":
            _parts(world, key, payment, taken)


def _parts(world: World, key: int, payment: Row, taken: list[list[int]]) -> None:
    left = payment["amount_fen"]
    for one in taken:
        fen = min(one[1], left)
        if fen:
            world.load.put(
                PaymentPart, **world.row(payment["paid_on"]), payment_id=key, line_id=one[0], amount_fen=fen
            )
            one[1] -= fen
            left -= fen
    if payment["to_unit"] and payment["spent_fen"]:
        voucher = f"ZC{key}"
        world.load.put(
            Spending, **world.row(payment["paid_on"]), payment_id=key, amount_fen=payment["spent_fen"],
            spent_on=payment["paid_on"], payee="岚丰建设", voucher_no=voucher, voucher_key=voucher,
        )  # fmt: skip
