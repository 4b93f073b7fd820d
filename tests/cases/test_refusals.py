"""Every refusal of the verbs of a lead by its own code: found by taking the guards away one at a time, and seeing which
no test missed. Each says where, and nothing of what was asked stays."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Category, Lead
from cases.services import asking, identity
from cases.services import linking as pairs
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Attachment, AuditEntry, Post, Region, Role
from tests import factories
from tests.cases.conftest import services
from tests.cases.test_asking import LEADER, opened, report
from tests.cases.trial import investigated
from tests.core.machines import PDF

pytestmark = pytest.mark.django_db
OPINION = {"method": "verify", "proposal": "建议初步核实。"}


def days(number):
    return moment.today() + timedelta(days=number)


def refused(code, field, act, *args, error=RuleBroken, **values):
    """The verb is refused with this code at this field; no entry of the record stays."""
    before = AuditEntry.objects.count()
    with pytest.raises(error) as refusal:
        act(*args, **values)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert str(refusal.value).endswith("。")
    assert AuditEntry.objects.count() == before


def paper():
    return SimpleUploadedFile("a.pdf", PDF)


PROPOSALS = {
    "a method of the list": ("propose.method", "method", {"method": "no_such"}),
    "not a step of its own": ("propose.method", "method", {"method": "investigate"}),
    "a way of talk only for talks": ("propose.sub_method", "sub_method", {"sub_method": "talk"}),
    "which way": ("propose.sub_method", "sub_method", {"method": "talk_inquiry"}),
    "no such way": ("propose.sub_method", "sub_method", {"method": "talk_inquiry", "sub_method": "chat"}),
    "in words": ("propose.text", "proposal", {"proposal": " \n"}),
    "who was there": ("propose.study", "discussed_on", {"present": "王、李"}),
    "what it came to": ("propose.study", "discussed_on", {"conclusion": "同意。"}),
    "a study before receipt": ("propose.discussed", "discussed_on", {"discussed_on": -2}),
    "a study tomorrow": ("propose.discussed", "discussed_on", {"discussed_on": 1}),
    "filed before the trial": ("propose.not_filed", "method", {"method": "adjudicate"}),
}  # fmt: skip


def test_what_an_opinion_must_say(make, people):
    lead = make("signed_for")
    for code, field, said in PROPOSALS.values():
        said = {name: days(value) if name == "discussed_on" else value for name, value in said.items()}
        refused(code, field, services.propose, lead, by=people.inspector1, **OPINION | said)
    assert services.propose(lead, by=people.inspector1, **OPINION, discussed_on=days(-1)).state == "proposed"


def test_what_may_follow_the_filing(make, people):
    lead = investigated(make)
    said = {"by": people.investigator, "proposal": "继续办理。"}
    refused("propose.filed", "method", services.propose, lead, method="file_case", **said)
    refused("propose.adjudicate_first", "method", services.propose, lead, method="close", **said)
    Post.objects.filter(role="adjudication").update(ends_on=days(-1))
    refused("propose.no_adjudicator", "method", services.propose, lead, method="adjudicate", **said)


def test_the_trial_waits_for_the_investigation(make, people):
    lead = make("case_filed")
    services.start_step(lead, by=people.investigator)
    Lead.objects.filter(pk=lead.pk).update(
        state="signed_for"
    )  # as one that was taken back from its investigation
    said = {"by": people.investigator, "method": "adjudicate", "proposal": "移送审理。"}
    refused("propose.investigate_first", "method", services.propose, lead, **said)


def test_a_step_ends_with_its_result_and_a_talk_with_its_day(make, people):
    lead = make("in_step", method="talk_inquiry", sub_method="talk")
    for day in (days(-1), days(1)):
        refused("reply.date", "replied_on", services.record_reply, lead, by=people.inspector1, replied_on=day)
    refused("finish.result", "result", services.finish_step, lead, by=people.inspector1, result=" ")
    services.record_reply(lead, by=people.inspector1)
    refused("reply.twice", "replied_on", services.record_reply, lead, by=people.inspector1)


def test_a_case_goes_to_an_office_that_investigates(make, people):
    lead = make("approved", method="file_case")
    asked = {"by": people.inspector1, "handling_unit": people.inspector1.home.unit}
    refused("file_case.office", "handling_unit", services.file_case, lead, **asked)
    refused("file_case.office", "handling_unit", services.file_case, lead, by=people.inspector1)


def test_a_hold_is_looked_at_again_within_three_years(make, people):
    lead = make("approved", method="hold")
    for day in (days(0), days(-1), days(3 * 366 + 1)):
        refused("hold.review", "review_on", services.hold, lead, by=people.inspector1, review_on=day)
    services.hold(lead, by=people.inspector1, review_on=days(3 * 366))
    for day in (days(0), days(3 * 366 + 1)):
        asked = {"by": people.inspector1, "note": "仍无突破口。", "review_on": day}
        refused("hold.review", "review_on", services.review_hold, lead, **asked)
    assert (
        services.review_hold(lead, by=people.inspector1, note="仍无突破口。", review_on=days(1)).state
        == "held"
    )


def test_an_approval_from_outside_lies_between_opinion_and_today(make, people):
    lead = make("proposed", subjects=[{"name": "赵某", "principal": True}])
    asked = {"by": people.casemgr, "outside_number": "青委批〔2026〕3号"}
    for day in (days(-1), days(1), None):
        refused("approve.on", "outside_on", services.approve, lead, **asked, outside_on=day)
    refused("approve.number", "outside_number", services.approve, lead, by=people.casemgr, outside_number=" ")


def test_papers_go_to_a_step_there_is_and_originals_to_their_desk(make, people):
    lead = make("in_step")
    asked = {"by": people.inspector1, "file": paper()}
    refused("attach.step", "step", services.attach, lead, **asked, step=2)
    refused("attach.desk", None, services.attach, lead, **asked, desk_only=True, error=NotAllowed)
    both = {"by": people.petition, "file": paper(), "desk_only": True, "step": 1}
    refused("attach.desk_step", "step", services.attach, lead, **both)
    assert not Attachment.objects.exists()


def test_what_is_returned_names_to_whom(make, people):
    lead = make(channel="superior", by=people.casemgr)
    asked = {"by": people.casemgr, "note": "不属本机关管辖。", "returned_to": " "}
    refused("return.body", "returned_to", services.return_to_sender, lead, **asked)


@pytest.mark.parametrize("verb", ["link", "keep_apart", "unlink"])
def test_a_pair_is_two_leads_one_may_see(make, people, verb):
    lead, hidden = make("signed_for"), make()
    asked = {"by": people.inspector1, "note": "内容不同。"}
    refused("link.itself", "other", getattr(pairs, verb), lead, **asked, other=lead)
    refused("link.unknown", "other", getattr(pairs, verb), lead, **asked, other=hidden)


def test_a_pair_is_decided_once_and_not_of_one_merged_into_the_other(make, people):
    lead, other, merged = make(), make(), make()
    asked = {"by": people.casemgr, "note": "内容不同。"}
    refused("unlink.none", "other", services.unlink, lead, **asked, other=other)
    services.link(lead, **asked, other=other)
    refused("link.already", "other", services.link, lead, **asked, other=other)
    services.merge(merged, by=people.casemgr, into=Lead.objects.get(pk=lead.pk), note="重复件。")
    merged = Lead.objects.get(pk=merged.pk)
    for verb in ("link", "keep_apart"):
        refused(f"{verb}.merged", "other", getattr(services, verb), lead, **asked, other=merged)


def test_who_asks_for_the_identity_says_why(make, people):
    lead = make(
        "in_step", identity_status="claimed", complainant={"name": "欧阳明远", "phone": "13812345678"}
    )
    refused("identity.reason", "reason", services.request_identity, lead, by=people.inspector1, reason=" ")


def test_what_a_report_of_an_approach_must_say(make, people):
    for code, field, said in (
        ("interference.way", "way", {"way": "telepathy"}),
        ("interference.day", "asked_on", {"asked_on": days(1)}),
        ("interference.lead", "lead", {"lead": make()}),
    ):
        refused(code, field, report, people.inspector1, **said)
    refused("interference.role", None, report, people.finance, error=NotAllowed)
    row = report(people.inspector1)
    refused("interference.handling", "handling", asking.handle, row, by=people.casemgr, handling=" ")


def test_who_answers_is_of_this_matter_and_each_decision_has_its_paper(make, people):
    hidden = make()
    said = {"title": "监管不力", "responsible": [LEADER]}
    ask = asking.open_accountability
    refused("accountability.lead", "lead", ask, by=people.inspector1, lead=hidden, **said)
    refused("accountability.not_dispatched", "lead", ask, by=people.casemgr, lead=hidden, **said)
    lead = make("in_step")
    refused("accountability.role", None, ask, by=people.leader, lead=lead, **said, error=NotAllowed)
    nobody = {"title": "监管不力", "responsible": []}
    refused("accountability.nobody", "responsible", ask, by=people.inspector1, lead=lead, **nobody)
    row, other = opened(make, people), opened(make, people)
    stranger = other.objects_of.get()
    asked = {"by": people.inspector1, "measure": "admonish"}
    refused("responsible.unknown", "responsible", asking.set_measure, row, **asked, responsible=stranger)
    asking.set_measure(row, **asked, responsible=row.objects_of.get())
    refused("accountability.document", "document", asking.decide, row, by=people.secretary, document=" ")
    row = asking.decide(row, by=people.secretary, document="青纪问〔2026〕1号")
    refused("accountability.result", "result", asking.carry_out, row, by=people.inspector1, result=" ")


def test_what_a_registration_must_be(make, people):
    today = moment.today()
    style, claim = Category.objects.filter(axis="style").first(), Category.objects.get(code="false_claim")
    crowd = [{"name": f"第{n}人"} for n in range(101)]
    for code, field, said in (
        ("register.due", "result_due_on", {"channel": "superior", "result_due_on": days(-2)}),
        ("register.axis", "category", {"category": style}),
        ("register.axis", "style", {"style": claim}),
        ("register.subjects", "subjects", {"subjects": crowd}),
    ):
        by = people.casemgr if said.get("channel") else people.petition
        refused(code, field, make.register, **{"by": by, "received_on": days(-1)} | said)
    Category.objects.filter(code="false_claim").update(valid_to=today - timedelta(days=9))
    refused("register.category_ended", "category", make.register, category=claim)
    assert make.register(category=claim, received_on=days(-9)).category == claim  # it was in use on that day


def test_what_may_be_amended_and_of_whom(make, people):
    lead, other = make("signed_for"), make()
    far = Region.objects.get(code=factories.YUNPING)
    refused("amend.region", "region", services.amend, lead, by=people.inspector1, region=far)
    refused("amend.kind", "kind", services.amend, lead, by=people.inspector1, kind="appeal")
    style = Category.objects.filter(axis="style").first()
    for code, field, said in (
        ("register.axis", "category", {"category": style}),
        ("register.category", "category", {"category": None}),
        ("register.doubt", "title", {"title": "反映支书钱有才违规", "check_note": ""}),
    ):
        refused(code, field, services.amend, lead, by=people.inspector1, **said)
    mine, his = lead.subjects.get(), other.subjects.get()
    same = {"by": people.inspector1, "subject": mine, "note": "核对。"}
    refused("subject.same", "name", services.amend_subject, lead, **same, name=mine.name)
    for verb, said in (("amend_subject", {"name": "钱某"}), ("remove_subject", {})):
        asked = {"by": people.inspector1, "subject": his, "note": "核对。", **said}
        refused("subject.unknown", "subject", getattr(services, verb), lead, **asked)


def test_the_last_person_stays_where_nothing_else_is_said_and_so_does_who_was_decided_on(make, people):
    lead = make(text="", title="反映王某某问题")
    asked = {"by": people.petition, "note": "误登。"}
    refused("subject.last", "subject", services.remove_subject, lead, **asked, subject=lead.subjects.get())
    filed = make("case_filed")
    asked = {"by": people.investigator, "note": "误登。", "subject": filed.subjects.get()}
    refused("subject.in_use", "subject", services.remove_subject, filed, **asked)


def test_a_hundred_persons_are_enough(make, people):
    lead = make(subjects=[{"name": f"第{n}人"} for n in range(100)])
    refused("register.subjects", "name", services.add_subject, lead, by=people.petition, name="又一人")


@pytest.fixture
def strangers(people):
    """Leader, head and registry of the neighbouring body."""
    unit = people.neighbour.home.unit
    return {
        role: factories.user(role, unit=unit, region=factories.YUNPING)
        for role in (Role.DEPUTY, Role.SECRETARY)
    }


def test_what_a_body_decides_no_other_body_does(make, people, strangers):
    lead = make(
        "in_step", identity_status="claimed", complainant={"name": "欧阳明远", "phone": "13812345678"}
    )
    asked = services.request_identity(lead, by=people.inspector1, reason="核对票据。")
    for who in strangers.values():
        refused("identity.leader", None, identity.approve, asked, by=who, error=NotAllowed)
    row = report(people.inspector1)
    for who in (people.neighbour, strangers[Role.SECRETARY]):
        refused("asking.keeper", None, asking.handle, row, by=who, handling="已处理。", error=NotAllowed)
    matter = opened(make, people)
    document = {"document": "青纪问〔2026〕1号", "error": NotAllowed}
    refused("accountability.head", None, asking.decide, matter, by=strangers[Role.SECRETARY], **document)
