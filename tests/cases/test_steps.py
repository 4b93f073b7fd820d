"""Disposition steps in full: who approves and why, two persons, what was late stays late, held leads, what a closing asks for."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import ApprovalRule, ClosingDuty, Lead
from povertyaudit.core import moment, terms, verify
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, Clock
from tests import factories
from tests.cases.conftest import services, tick_all
from tests.core.machines import PDF, machine

pytestmark = pytest.mark.django_db


def again(lead):
    return Lead.objects.get(pk=lead.pk)


def later(days):
    return moment.pretend(moment.now() + timedelta(days=days))


def page(client, user, address):
    client.force_login(user)
    return client.get(address).content.decode()


def test_the_page_of_approval_says_why_it_is_his(client, make, people):
    lead = make("signed_for")
    services.propose(
        lead, by=people.inspector1, method="verify", proposal="初核。", discussed_on=moment.today(), present="室务会全体",
        conclusion="一致同意。", plan="先调账，再走访。", participants=[people.inspector1, people.inspector2],
    )  # fmt: skip
    shown = page(client, people.leader, f"{lead.get_absolute_url()}approve/")
    for words in (
        "“初步核实”由分管领导审批（监督执纪工作规则（2019）第三十三条）。",
        "室务会全体",
        "一致同意。",
        "先调账，再走访。",
    ):
        assert words in shown
    assert "批准文号" not in shown


def test_a_heads_verification_is_approved_outside_and_entered_with_its_paper(client, make, people):
    lead = make("proposed", subjects=[{"name": "赵某", "principal": True}])
    step = lead.steps.get()
    assert (lead.approver, step.asked_of) == ("party", "party")
    assert "被反映人中有下一级党委（党组）主要负责人" in step.why_asked
    assert Lead.objects.visible_to(people.casemgr).waiting_for(people.casemgr).filter(pk=lead.pk).exists()
    address = f"{lead.get_absolute_url()}approve/"
    assert client.get(address).status_code in (302, 403)
    assert "批准文号" in page(client, people.casemgr, address)
    paper = {
        "outside_number": "青委批〔2026〕3号",
        "outside_on": str(moment.today()),
        "note": "县委书记批示同意。",
    }
    answer = machine(people.casemgr).post(f"/api/v1/leads/{lead.public_id}/approve/", paper, format="json")
    assert answer.status_code == 200, answer.json()
    assert answer.json()["steps"][0]["outside_number"] == "青委批〔2026〕3号"
    shown = page(client, people.inspector1, lead.get_absolute_url())
    assert "同级党委主要负责人批准（青委批〔2026〕3号" in shown
    inside = make("proposed")
    refused = machine(people.leader).post(f"/api/v1/leads/{inside.public_id}/approve/", paper, format="json")
    assert (refused.status_code, refused.json()["field"]) == (422, "outside_number")


def test_another_approver_counts_from_his_day_and_needs_two_people(client, make, people):
    rule = ApprovalRule.objects.get(code="verify_any")
    tomorrow = moment.today() + timedelta(days=1)
    api = machine(people.casemgr)
    assert "change" in api.get(f"/api/v1/terms/{rule.public_id}/").json()["actions"]
    body = {"to": "secretary", "valid_from": str(tomorrow), "anchor": "县纪委常委会纪要"}
    made = api.post(f"/api/v1/terms/{rule.public_id}/change/", body, format="json")
    assert made.status_code == 201, made.json()
    assert made.json()["name"] == "初步核实：一般人员，由主要负责人审批"
    assert machine(people.casemgr).post(f"/api/v1/terms/{made.json()['id']}/confirm/", {}).status_code == 403
    assert make("proposed").approver == "deputy"
    terms.confirm(ApprovalRule.objects.get(public_id=made.json()["id"]), by=people.secadmin)
    assert make("proposed").approver == "deputy"  # not before its day
    with moment.pretend(moment.now() + timedelta(days=1)):
        assert make("proposed").approver == "secretary"
    listed = page(client, people.casemgr, "/terms/?tab=approvals")
    assert "初步核实：一般人员，由主要负责人审批" in listed
    assert "新增一项" not in listed
    client.force_login(people.casemgr)
    assert (
        "改为"
        in client.get(
            f"{ApprovalRule.objects.get(code='hold_any').get_absolute_url()}change/"
        ).content.decode()
    )


def test_the_list_of_approvals_takes_no_new_line_and_no_bare_name(people):
    day = moment.today()
    with pytest.raises(RuleBroken, match="不能新增"):
        terms.add(by=people.casemgr, terms="approvals", code="extra", name="额外", valid_from=day)
    rule = ApprovalRule.objects.get(code="verify_any")
    for to in ("nobody", rule.approver):
        with pytest.raises(RuleBroken):
            terms.change(rule, by=people.casemgr, to=to, valid_from=day)
    assert not {"rename"} & {one.name for one in terms.TERM.offered(rule, people.casemgr)}


def test_without_a_rule_nothing_is_proposed(make, people):
    ApprovalRule.objects.filter(decision="hold").delete()
    lead = make("signed_for")
    with pytest.raises(RuleBroken, match="审批权限表里没有"):
        services.propose(lead, by=people.inspector1, method="hold", proposal="暂存。")


@pytest.mark.parametrize(("method", "sub_method", "two"), [
    ("verify", "", True), ("talk_inquiry", "talk", True), ("talk_inquiry", "inquiry", False),
    ("talk_inquiry", "delegated_talk", False),
])  # fmt: skip
def test_a_talk_and_a_verification_need_two_persons(make, people, method, sub_method, two):
    lead = make("signed_for")
    services.propose(lead, by=people.inspector1, method=method, sub_method=sub_method, proposal="按此处置。")
    services.approve(lead, by=people.leader)
    if two:
        with pytest.raises(RuleBroken) as refusal:
            services.start_step(lead, by=people.inspector1)
        assert refusal.value.field == "participants"
        same = factories.user(
            "supervision", unit=people.inspector1.home.unit, person=people.inspector1.person
        )
        with pytest.raises(RuleBroken):  # two accounts of one person are one person
            services.start_step(lead, by=people.inspector1, participants=[people.inspector1, same])
    more = [people.inspector1, people.inspector2] if two else []
    services.start_step(lead, by=people.inspector1, participants=more)
    assert again(lead).steps.get().participants.count() == (2 if two else 1)


def test_who_started_it_with_a_colleague_who_proposed_it_makes_two(make, people):
    lead = make("signed_for")
    services.propose(lead, by=people.inspector2, method="verify", proposal="初核。")
    services.approve(lead, by=people.leader)
    services.start_step(lead, by=people.inspector1)
    assert {one.user for one in again(lead).steps.get().participants.all()} == {
        people.inspector1,
        people.inspector2,
    }


def test_nobody_of_another_body_or_office_takes_part(make, people):
    lead = make("signed_for")
    for other in (people.neighbour, people.official, people.leader):
        with pytest.raises(RuleBroken, match="本机关"):
            services.propose(
                lead, by=people.inspector1, method="verify", proposal="初核。", participants=[other]
            )


def test_too_late_is_allowed_and_stays_for_ever(client, make, people):
    lead = make("proposed")
    assert machine(people.casemgr).get("/api/v1/leads/?ever_late=true").json()["results"] == []
    with later(60):
        shown = page(client, people.leader, f"{lead.get_absolute_url()}approve/")
        assert "标记为“审批超期”" in shown
        services.approve(lead, by=people.leader)
        services.start_step(lead, by=people.inspector1)
    with later(300):
        assert "标记为“办理超期”" in page(client, people.inspector1, f"{lead.get_absolute_url()}finish_step/")
        services.finish_step(lead, by=people.inspector1, result="属实。")
        step = again(lead).steps.get()
        assert step.approval_late_days > 20
        assert step.late_days > 100
        shown = page(client, people.inspector1, lead.get_absolute_url())
        assert f"审批超期 {step.approval_late_days} 天，办理超期 {step.late_days} 天" in shown
        rows = machine(people.casemgr).get("/api/v1/leads/?ever_late=true").json()["results"]
        assert [row["id"] for row in rows] == [lead.public_id]
        ledger = b"".join(machine(people.casemgr).get("/api/v1/leads/ledger.csv").streaming_content).decode(
            "utf-8-sig"
        )
        assert ledger.splitlines()[0].endswith("late_days") or "late_days" in ledger.splitlines()[0]
        assert str(step.late_days) in ledger.splitlines()[-1]
    on_time = make("concluded")
    assert [row.late_words for row in on_time.steps.all()] == [""]


def test_a_held_lead_is_looked_at_again_and_started_a_second_time(client, make, people):
    lead = make("held")
    body = {"note": "当事人仍在外地。", "review_on": str(moment.today() + timedelta(days=120))}
    answer = machine(people.inspector1).post(
        f"/api/v1/leads/{lead.public_id}/review_hold/", body, format="json"
    )
    assert answer.status_code == 200, answer.json()
    assert answer.json()["hold_reviews"][0]["finding"] == "当事人仍在外地。"
    assert Clock.objects.of(lead).running().get(code="lead.hold_review").due_on == moment.today() + timedelta(
        days=120
    )
    assert "当事人仍在外地。" in page(client, people.inspector1, lead.get_absolute_url())
    with pytest.raises(RuleBroken):
        services.review_hold(lead, by=people.inspector1, review_on=moment.today(), note="x")
    with later(130):
        services.reactivate(lead, by=people.inspector1, note="当事人回县。")
        assert (again(lead).reactivated_times, again(lead).steps.get().late_days) == (1, 10)
        assert "二次启动" in page(client, people.inspector1, lead.get_absolute_url())
        services.propose(
            lead, by=people.inspector1, method="verify", proposal="初核。"
        )  # it moves between the methods


def closed(make, people, method, sub_method, kind):
    lead = make("in_step", method=method, sub_method=sub_method)
    services.finish_step(lead, by=people.inspector1, result="清楚。")
    services.propose(lead, by=people.inspector1, method="close", proposal="了结。")
    services.approve(lead, by=make.approver_of(lead))
    if method == "verify":
        tick_all(lead, people.inspector1)
    services.conclude(lead, by=people.inspector1, close_kind=kind, result_text="了结。")
    return lead


def test_a_closing_asks_for_what_its_way_asks_for(client, make, people):
    plain = make("concluded")
    assert (plain.closing_duties.count(), plain.duties_owed) == (0, None)
    believed = closed(make, people, "talk_inquiry", "inquiry", "talk_accepted")
    assert set(believed.closing_duties.values_list("kind", flat=True)) == {"tell_person", "at_meeting"}
    untrue = closed(make, people, "verify", "", "untrue")
    assert [duty.kind for duty in untrue.closing_duties.all()] == ["tell_unit"]
    assert again(untrue).duties_owed == 1
    assert "向所在单位党组织说明核查情况" in page(client, people.inspector1, untrue.get_absolute_url())
    with later(50):
        body = {"kind": "tell_unit", "text": "已书面说明。"}
        api = machine(people.inspector1)
        answer = api.post(f"/api/v1/leads/{untrue.public_id}/record_duty/", body, format="json")
        assert answer.status_code == 200, answer.json()
        assert answer.json()["closing_duties"][0]["late_days"] > 10
        assert (
            api.post(f"/api/v1/leads/{untrue.public_id}/record_duty/", body, format="json").status_code == 409
        )
    assert (again(untrue).duties_owed, Clock.objects.of(untrue).running().count()) == (None, 0)
    services.reopen(believed, by=people.casemgr, note="有新证据。")
    assert ClosingDuty.objects.filter(lead=believed, dropped_on__isnull=False).count() == 2
    assert verify.verify().broken == []


def test_not_every_way_of_closing_fits_what_was_done(make, people):
    lead = make("approved", method="close")
    with pytest.raises(RuleBroken) as refusal:
        services.conclude(lead, by=people.inspector1, close_kind="talk_accepted", result_text="采信。")
    assert (refusal.value.code, refusal.value.field) == ("conclude.not_talked", "close_kind")


def test_a_paper_belongs_to_its_step(client, make, people):
    lead = make("in_step")
    client.force_login(people.inspector1)
    address = f"{lead.get_absolute_url()}attach/"
    assert "属于哪一步" in client.get(address).content.decode()
    file = SimpleUploadedFile("谈话笔录.pdf", PDF, content_type="application/pdf")
    client.post(address, {"file": file, "title": "谈话笔录", "step": "1", "once": ""})
    paper = Attachment.objects.of(lead).get()
    steps = machine(people.inspector1).get(f"/api/v1/leads/{lead.public_id}/").json()["steps"]
    assert steps[0]["papers"] == [paper.public_id]
    assert page(client, people.inspector1, lead.get_absolute_url()).count("谈话笔录") >= 2
    more = {"file": SimpleUploadedFile("照片.pdf", PDF, content_type="application/pdf"), "step": 1}
    sent = machine(people.inspector2).post(
        f"/api/v1/leads/{lead.public_id}/attach/", more, format="multipart"
    )
    assert sent.status_code == 201, sent.json()
    assert lead.steps.get().paper_ids == [paper.public_id, sent.json()["id"]]
    for wrong in ({"step": 9}, {"step": 1, "desk_only": True}):
        again_file = SimpleUploadedFile("又.pdf", PDF, content_type="application/pdf")
        with pytest.raises(RuleBroken):
            services.attach(
                lead, by=people.petition, file=again_file, **wrong
            ) if "desk_only" in wrong else services.attach(
                lead, by=people.inspector1, file=again_file, **wrong
            )
