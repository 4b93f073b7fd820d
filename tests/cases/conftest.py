"""The stage of the stories about leads: the cast, categories, and a maker that walks a lead to any state."""

from datetime import timedelta

import pytest

from cases import services as real
from cases.models import BulletinChannel, CallCategory, Category, EndingTerm, Lead
from cases.services import bulletins, calling, digesting, publishing
from povertyaudit.core import moment
from povertyaudit.core.models import Region
from tests import factories


class Verbs:
    """The services, each called with the lead as a request would have loaded it."""

    def __getattr__(self, name):
        def call(lead=None, **values):
            fresh = () if lead is None else (Lead.objects.get(pk=lead.pk),)
            return getattr(real, name)(*fresh, **values)

        return call


services = Verbs()


def tick_all(lead, by):
    """核对五个到位: what was verified or filed is concluded only then."""
    items = EndingTerm.objects.checks().on()
    services.tick(lead, by=by, grounds=[{"item": item, "ground": "见卷内材料。"} for item in items])


@pytest.fixture
def people(db):
    return factories.cast()


def hotline(people):
    """A call handed to a township, and the digest it stands in."""
    category = CallCategory.objects.get(code="subsidy_unpaid")
    call = calling.register(
        by=people.petition,
        category=category,
        region=factories.places()[factories.VILLAGE],
        title="奖补没有到账",
    )
    calling.transfer(call, by=people.petition, unit=people.official.home.unit)
    return call, digesting.assemble_now(by=people.petition)


def bulletin(people):
    """An issued bulletin of one case, and the copy a township was sent."""
    lead = Maker(people)("approved", method="close")
    services.conclude(lead, by=people.inspector1, close_kind="first_form", result_text="已批评教育。")
    row = bulletins.draft(by=people.casemgr, title="典型案例通报")
    said = {
        "problem": "问题", "facts": "情况属实。", "decision": "已处理。", "changed_why": "尚未补登处理决定。",
        "persons": [{"name": "王某某"}],
    }  # fmt: skip
    row = bulletins.add_case(row, by=people.casemgr, lead=Lead.objects.get(pk=lead.pk), **said)
    row = bulletins.approve(bulletins.submit(row, by=people.casemgr), by=people.leader)
    row = bulletins.issue(row, by=people.casemgr)
    channel = BulletinChannel.objects.get(code="public")
    publishing.distribute(row, by=people.casemgr, channel=channel, units=[people.official.home.unit])
    return row, row.copies.get()


@pytest.fixture
def make(people):
    return Maker(people)


class Maker:
    """`make(state)` gives a lead in that state, made through the verbs by the people whose job it is."""

    ROAD = ("registered", "dispatched", "signed_for", "proposed", "approved", "in_step", "held", "case_filed",
            "concluded", "forwarded", "merged", "returned", "voided")  # fmt: skip

    def __init__(self, people):
        self.people = people

    def __call__(self, state="registered", *, method="verify", sub_method="", **fields):
        lead = self.register(**fields)
        if state == "registered":
            return lead
        if state == "forwarded":
            services.forward(lead, by=self.people.casemgr, forwarded_to="县公安局", forward_receipt="公收 12")
        elif state == "returned":
            Lead.objects.filter(pk=lead.pk).update(channel="handover")  # whoever registered it
            services.return_to_sender(
                lead, by=self.people.casemgr, returned_to="县审计局", note="应由税务机关办理。"
            )
        elif state == "voided":
            services.void(lead, by=self.people.casemgr, note="登记了两次。")
        elif state == "merged":
            services.merge(lead, by=self.people.casemgr, into=self.register())
        else:
            self.handle(lead, state, method, sub_method)
        lead = Lead.objects.get(pk=lead.pk)
        assert lead.state == state
        return lead

    def register(self, *, by=None, **fields):
        values = {
            "channel": "letter",
            "received_on": moment.today() - timedelta(days=1),
            "title": "反映村干部虚报冒领危房改造补助",
            "text": "该村支书以他人名义申领危房改造补助。",
            "region": Region.objects.get(code=factories.VILLAGE),
            "category": Category.objects.get(code="false_claim"),
            "subjects": [
                {"name": "王某某", "unit_text": "石桥坳村", "post_text": "支部书记", "kind": "village_cadre"}
            ],
            **fields,
        }
        return services.register(by=by or self.people.petition, **values)

    def dispatch(self, lead, **fields):
        p = self.people
        values = {
            "handling_unit": p.inspector1.home.unit,
            "leader": p.leader,
            "instruction": "请一室核实。",
            **fields,
        }
        return services.dispatch(lead, by=p.casemgr, **values)

    def handle(self, lead, state, method, sub_method):
        p = self.people
        method = {"held": "hold", "concluded": "close", "case_filed": "file_case"}.get(state, method)
        self.dispatch(lead)
        for name, act in (
            ("dispatched", lambda: None),
            ("signed_for", lambda: services.sign_for(lead, by=p.inspector1)),
            ("proposed", lambda: services.propose(
                lead, by=p.inspector1, method=method, sub_method=sub_method, proposal="建议按此处置。",
                participants=[p.inspector1, p.inspector2])),
            ("approved", lambda: services.approve(lead, by=self.approver_of(lead))),
            (state, lambda: self.last(lead, state)),
        ):  # fmt: skip
            act()
            if name == state:
                return

    def approver_of(self, lead):
        lead = Lead.objects.get(pk=lead.pk)
        return self.people.secretary if lead.approver == "secretary" else self.people.leader

    def last(self, lead, state):
        p = self.people
        if state == "in_step":
            services.start_step(lead, by=p.inspector1)
        elif state == "held":
            services.hold(lead, by=p.inspector1, review_on=moment.today() + timedelta(days=60))
        elif state == "case_filed":
            services.file_case(lead, by=p.inspector1, handling_unit=p.investigator.home.unit)
        elif state == "concluded":
            services.conclude(
                lead, by=p.inspector1, close_kind="direct", result_text="反映内容笼统，无具体线索。"
            )
