"""Money given to the demo county and the projects it pays for: a few per township, each as far as its time has brought it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from funds.models import Allocation, FundKind, Payment, Project, ProjectKind
from funds.services import (
    allocating,
    building,
    paying,
    paying_rules,
    progress_reports,
    projects,
    reviewing,
    spending,
)
from povertyaudit.core import moment
from povertyaudit.core.models import Region, Role, Unit, User
from povertyaudit.demo import papers, project_notices
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary
from povertyaudit.demo.words_projects import AFTER, ENDS, GIVEN, OBJECTED, OURS, PAID, PAYING, PLANS, STEPS

WAN = 1_000_000  # 万元 in 分
PER_TOWN, TOWNS = 2, 20


@dataclass
class Money:
    """The allocations of one county, found again by what is left of them."""

    rows: list[Allocation] = field(default_factory=list)
    turn: "count[int]" = field(default_factory=count)

    def lines(self, fen: int) -> list[dict[str, object]]:
        """One source, or two for every third project."""
        parts = (fen * 7 // 10, fen - fen * 7 // 10) if next(self.turn) % 3 == 2 else (fen,)
        found: list[dict[str, object]] = []
        for part in parts:
            taken = {line["allocation"] for line in found}
            rows = Allocation.objects.with_left().filter(pk__in=[row.pk for row in self.rows]).order_by("pk")
            row = next(one for one in rows if one.left_fen >= part and one not in taken)
            found.append({"allocation": row, "amount_fen": part})
        return found


def given(cast: Cast, diary: Diary, money: Money, desk: str, papers_: tuple[tuple[object, ...], ...]) -> Iterator[datetime]:  # fmt: skip
    """Papers by which money came."""
    for title, paper_no, level, kind, wan, ago in papers_:
        yield diary.ago(int(str(ago)))
        today = moment.today()
        row = allocating.register_allocation(
            by=cast.users[desk], title=str(title), paper_no=str(paper_no).format(year=today.year), level=str(level),
            fund_kind=FundKind.objects.get(code=kind), amount_fen=int(str(wan)) * WAN,
            issued_on=today - timedelta(days=9), received_on=today,
        )  # fmt: skip
        money.rows.append(row)


@dataclass
class Site:
    """One project: where, what, by whom, how far."""

    cast: Cast
    money: Money
    village: Region
    unit: Unit
    head: User
    plan: tuple[str, str, str, int, str]
    end: str
    begun: int
    title: str = ""
    photos: bool = False
    paid: str = ""  # how far its payment came; empty: none was asked for
    prefix: str = ""
    objection: str = ""  # how far an objection to its notices came; empty: nobody objected
    row: Project = field(init=False)

    @property
    def clerk(self) -> User:
        """Who prepares the payments of the unit."""
        return self.cast.holding(Role.LIAISON, self.unit)

    def user(self, name: str) -> User:
        return self.cast.users[f"{self.prefix}{name}"]

    def run(self, diary: Diary) -> Iterator[datetime]:
        """From the store as far as `end`."""
        yield diary.ago(self.begun)
        self.store()
        if self.end == "stored":
            return
        yield diary.ago(self.begun - AFTER["review"])
        self.row = reviewing.submit_review(
            self.row, by=self.user(self.plan[4]), survey="已到现场勘察，用地和水源已落实，具备实施条件。"
        )
        if self.end == "review":
            return
        yield diary.ago(self.begun - AFTER["approved"])
        self.approve()
        if self.end in {"approved", "stalled"}:
            if self.end == "approved" and self.begun % 2 == 0:
                yield diary.ago(self.begun - AFTER["approved"] - 6)
                self.row = project_notices.still_up(self.row, self.clerk)
            if self.end == "stalled":
                yield diary.ago(self.begun - AFTER["started"])
                self.row = building.stall(self.row, by=self.head, note="用地调整没有批下来，暂不能开工。")
            return
        yield from self.build(diary)

    def store(self) -> None:
        kind, what, content, wan, sector = self.plan
        today = moment.today()
        self.row = projects.store(
            by=self.head, title=self.title or f"{self.village.name}{what}", kind=ProjectKind.objects.get(code=kind),
            year=today.year, region=self.village, content=content, responsible_unit=self.unit,
            sector_unit=self.user(sector).home.unit, planned_fen=wan * WAN,  # type: ignore[union-attr]
            plan_start=today + timedelta(days=50), plan_end=today + timedelta(days=170),
            households=40 + wan, persons=(40 + wan) * 3, poor_households=12, poor_persons=39,
            targets=f"项目完成后直接受益 {40 + wan} 户。",
        )  # fmt: skip

    def approve(self) -> None:
        desk = self.user("finance")
        for double in self.row.doubles.open():
            self.row = reviewing.answer_double(
                self.row,
                by=desk,
                double=double,
                decision="different",
                answer="不同组段，现场已核对，没有重叠。",
            )
        fen = self.row.planned_fen
        number = f"〔{moment.today().year}〕{self.row.number[-5:].lstrip('0')}号"  # type: ignore[index]
        self.row = reviewing.approve(
            self.row, by=desk, approval_no=f"扶批{number}", approved_fen=fen, lines=self.money.lines(fen),
            review_text="发展改革、财政、农业农村、交通、水利等部门会审，没有重复安排，同意实施。",
        )  # fmt: skip

    def build(self, diary: Diary) -> Iterator[datetime]:
        """Contract, beginning, end, acceptance and the last notice."""
        if self.plan[0] != "HOUSEHOLD":
            yield diary.ago(self.begun - AFTER["award"])
            fen = self.row.planned_fen * 96 // 100
            self.row = building.award(
                self.row, by=self.head, contractor="岚丰建设有限公司" if self.begun % 2 else "青禾水利工程队",
                contract_no=f"HT-{self.row.number}", contract_fen=fen, tender_fen=fen, retention_fen=fen // 20,
            )  # fmt: skip
        for step in STEPS[3 : STEPS.index(self.end) + 1]:
            yield diary.ago(self.begun - AFTER[step])
            getattr(self, step)()
        if self.paid:
            yield diary.ago(self.begun - AFTER[self.end] - 9)
            self.pay()
        if self.objection:
            yield diary.ago(self.begun - AFTER[self.end] - 12)
            self.row = project_notices.objected(self.row, self.clerk, self.head, self.objection)

    def prepared(self) -> Payment:
        """A payment of the stage the project is at, with its papers; only the first where it has just begun."""
        stage = {"started": "advance", "completed": "completion"}.get(self.end, "final")
        fen = paying_rules.most(self.row, stage, moment.today()) * PAID[self.begun % len(PAID)] // 100
        payment = paying.open_payment(
            by=self.clerk, project=self.row, stage=stage, amount_fen=fen, progress=f"已完成{self.row.content}",
            sum_checked=True,
        )  # fmt: skip
        wanted = paying_rules.papers_of(stage)
        for kind in wanted[:1] if self.paid == "begun" else wanted:
            file = papers.voucher(kind.code, [str(self.row.number), kind.code])
            paying.add_paper(payment, by=self.clerk, file=file, kind=kind.code)
        return payment

    def pay(self) -> None:
        """One payment of the stage the project is at: papers, township, department, fund desk."""
        payment = self.prepared()
        if self.paid in {"begun", "draft"}:
            return
        payment = paying.submit(Payment.objects.get(pk=payment.pk), by=self.clerk)
        if self.paid == "submitted":
            return
        payment = paying.endorse(payment, by=self.head, text="工程量属实，已在村内公示，群众没有异议。")
        if self.paid == "endorsed":
            return
        payment = paying.review(
            payment, by=self.user(self.plan[4]), text="材料齐全，与验收和进度一致，同意报账。"
        )
        if self.paid == "reviewed":
            return
        held = self.paid == "held"
        voucher = f"BK{moment.today():%Y%m%d}-{str(payment.number)[-4:]}"
        payment = paying.pay(payment, by=self.user("finance"), voucher_no=voucher, to_unit=held)
        if held:
            spending.spend(
                payment, by=self.clerk, amount_fen=payment.amount_fen // 4, payee="村民务工组", voucher_no=f"ZC-{payment.number}", purpose="务工报酬"
            )  # fmt: skip
        self.row.refresh_from_db()

    def started(self) -> None:
        if self.begun % 3:
            self.row = project_notices.approval(self.row, self.clerk, self.begun)
        self.row = building.start(self.row, by=self.head)
        told = "施工队已进场，放线、备料完成。"
        self.row = progress_reports.report_progress(self.row, by=self.head, percent=10, text=told)
        if self.photos:
            projects.attach(self.row, by=self.head, file=papers.photo("开工前", self.begun, after=False), kind="photo_before")  # fmt: skip
            self.row.refresh_from_db()

    def completed(self) -> None:
        if self.row.started_on and moment.today() > self.row.started_on:
            told = f"全部完成：{self.row.content}"[:500]
            self.row = progress_reports.report_progress(self.row, by=self.head, percent=100, text=told)
        self.row = building.complete(self.row, by=self.head)
        if self.photos:
            projects.attach(self.row, by=self.head, file=papers.photo("竣工", self.begun, after=True), kind="photo_after")  # fmt: skip
            self.row.refresh_from_db()

    def accepted(self) -> None:
        self.row = project_notices.whole(self.row, self.clerk, self.begun)
        fen = self.row.contract_fen or self.row.planned_fen
        self.row = building.accept(
            self.row, by=self.user(self.plan[4]), accepted_text=f"现场核对：{self.row.content}与批复和凭证一致。",
            settled_fen=fen * 99 // 100 if self.begun % 4 == 0 else fen, asset_no=f"ZC-{self.row.number}",
        )  # fmt: skip

    def published(self) -> None:
        self.row = building.publish(self.row, by=self.head)


def head_of(cast: Cast, town: int) -> User:
    return cast.users["unithead" if town == 2 else f"unithead{town:02}"]


def sites(cast: Cast, money: Money) -> Iterator[Site]:
    """A few per township; a road proposed a second time at the same place; a bridge that cannot be built."""
    turn = count()
    for town in range(1, TOWNS + 1):
        villages = cast.places.villages_of(cast.places.towns[town - 1])
        for number in range(PER_TOWN):
            at = next(turn)
            end, begun = ENDS[at % len(ENDS)]
            yield Site(
                cast, money, villages[number], cast.town_unit(town), head_of(cast, town), PLANS[at % len(PLANS)], end,
                begun - town % 4, photos=at % 8 == 0,
                paid=PAYING[at % len(PAYING)] if end in STEPS[3:] else "",
            )  # fmt: skip
    village = cast.places.villages_of(cast.places.towns[1])[0]
    twice = (cast, money, village, cast.town_unit(2), head_of(cast, 2))
    yield Site(*twice, PLANS[0], "approved", 150, title=f"{village.name}三组通组路硬化工程")
    yield Site(*twice, PLANS[0], "review", 26, title=f"{village.name}三组道路硬化工程")
    yield Site(*twice, PLANS[7], "review", 24)
    yield Site(*twice, PLANS[3], "completed", 190, title=f"{village.name}四组饮水管道改造", paid="submitted")
    others = cast.places.villages_of(cast.places.towns[1])[4:]
    for other, (at, end, far, begun) in zip(others, OURS, strict=False):
        objection = OBJECTED.get(begun, "")
        yield Site(cast, money, other, *twice[3:], PLANS[at], end, begun, paid=far, objection=objection)


def stories(cast: Cast, diary: Diary) -> list[Iterator[datetime]]:
    """Of 青禾县."""
    money = Money()
    return [given(cast, diary, money, "finance", GIVEN), *(site.run(diary) for site in sites(cast, money))]


def neighbour_stories(cast: Cast, diary: Diary) -> list[Iterator[datetime]]:
    """Of 云屏县: one paper, two projects."""
    money, village = Money(), cast.places.villages_of(cast.places.towns[1])[0]
    found = [
        Site(
            cast, money, village, cast.town_unit(2), cast.neighbourhead, (*PLANS[at][:4], "sector"), end, 180 - at,
            prefix="neighbour",
        )
        for at, end in ((0, "started"), (4, "review"))
    ]  # fmt: skip
    paper = ("省级财政衔接补助资金", "岚财农〔{year}〕27号", "province", "PROVINCE", 90, 260)
    return [given(cast, diary, money, "neighbourfinance", (paper,)), *(site.run(diary) for site in found)]


def of_both(ours: Cast, theirs: Cast, diary: Diary) -> list[Iterator[datetime]]:
    return [*stories(ours, diary), *neighbour_stories(theirs, diary)]
