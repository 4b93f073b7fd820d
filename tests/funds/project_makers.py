"""Projects made through the verbs, as far along their road as a story needs."""

from datetime import date

from funds.models import FundKind, ProjectKind
from funds.services import allocating, building, projects, reviewing
from povertyaudit.core.models import Region, UnitKind
from tests import factories

WAN = 1_000_000
DAY = date(2026, 3, 2)
STEPS = ("stored", "review", "approved", "started", "completed", "accepted", "published")


def allocation(people, amount_fen=500 * WAN, paper_no="省财农〔2026〕1号", **more):
    values = {"title": "衔接资金", "level": "province", "issued_on": DAY, "received_on": DAY, **more}
    kind = FundKind.objects.get(code="PROVINCE")
    return allocating.register_allocation(
        by=people.finance, paper_no=paper_no, fund_kind=kind, amount_fen=amount_fen, **values
    )


def values(**more):
    return {
        "title": "石桥坳村通组路硬化", "kind": ProjectKind.objects.get(code="ROADS"), "year": 2026,
        "region": Region.objects.get(code=factories.VILLAGE), "place": "三组", "content": "硬化通组路 1.9 公里，宽 3.5 米。",
        "responsible_unit": factories.unit("柳溪镇人民政府", UnitKind.TOWNSHIP, factories.TOWN),
        "sector_unit": factories.unit("县农业农村局", UnitKind.DEPARTMENT), "planned_fen": 80 * WAN,
        "plan_start": DAY, "plan_end": date(2026, 9, 30), "households": 60, "persons": 210, **more,
    }  # fmt: skip


def stored(people, by=None, **more):
    return projects.store(by=by or people.official, **values(**more))


def project(people, state="stored", *, source=None, contract_fen=None, retention_fen=0, **more):
    """A project in `state`, its suspicions answered; approved at what it was planned at out of `source`."""
    row = stored(people, **more)
    for step in STEPS[1 : STEPS.index(state) + 1]:
        row = getattr(Road(people, row, source, contract_fen, retention_fen), step)()
    return row


class Road:
    """One step each."""

    def __init__(self, people, row, source, contract_fen, retention_fen):
        self.people, self.row, self.source = people, row, source
        self.contract_fen, self.retention_fen = contract_fen, retention_fen

    def review(self):
        return reviewing.submit_review(self.row, by=self.people.sector, survey="已勘察，可以实施。")

    def approved(self):
        row, desk = self.row, self.people.finance
        for double in row.doubles.open():
            row = reviewing.answer_double(
                row, by=desk, double=double, decision="different", answer="不同地段。"
            )
        source = self.source or allocation(self.people, paper_no=f"县财〔2026〕{row.pk}号")
        row = approve(self.people, row, [(source, row.planned_fen)])
        if self.contract_fen is None:
            return row
        return building.award(
            row, by=self.people.unithead, contractor="岚丰建设", contract_no="HT-1", contract_fen=self.contract_fen,
            retention_fen=self.retention_fen,
        )  # fmt: skip

    def started(self):
        return building.start(self.row, by=self.people.unithead)

    def completed(self):
        return building.complete(self.row, by=self.people.unithead)

    def accepted(self):
        settled = self.row.contract_fen or self.row.approved_fen
        return building.accept(self.row, by=self.people.sector, accepted_text="1.9 公里", settled_fen=settled)

    def published(self):
        return building.publish(self.row, by=self.people.unithead)


def approve(people, row, lines, by=None, **more):
    said = {
        "approval_no": "县扶批〔2026〕3号",
        "review_text": "同意",
        "approved_fen": sum(fen for _, fen in lines),
        **more,
    }
    wanted = [{"allocation": one, "amount_fen": fen} for one, fen in lines]
    return reviewing.approve(row, by=by or people.finance, lines=wanted, **said)
