"""通报曝光: decisions come from the outcomes of the persons; other words need a reason the approver reads."""

from datetime import date

import pytest

from cases.models import Bulletin, BulletinPerson, Lead, LeadSubject, Outcome
from cases.services import bulletins, enter_past
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Region
from tests import factories
from tests.cases.conftest import services
from tests.core.machines import API, assert_refusal, machine

pytestmark = pytest.mark.django_db
RECORDED = (
    "2018年5月，周某某受到党内警告处分；追缴违纪资金4.00元，其中退还群众1.00元。"
    "2018年5月，唐某某受到批评教育处理。"
)
WHY = "县委要求统一表述。"


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def lead(people):
    """A past case of two persons, one sanctioned, one talked to."""
    case = enter_past(
        by=people.casemgr, region=Region.objects.get(code=factories.VILLAGE), title="套取扶持资金问题",
        case_number="青纪立〔2018〕3 号", received_on=date(2018, 1, 5), filed_on=date(2018, 2, 3),
        decided_on=date(2018, 5, 2), concluded_on=date(2018, 5, 9), name="周某某", measure="party_warning",
        party_member=True, document_number="1", result_text="已处分。", leader=people.leader,
        handling_unit=people.investigator.home.unit, money_kind="recovered", owed_fen=500, taken_fen=400, returned_fen=100,
        others=[{"name": "唐某某", "post_text": "监委会主任", "measure": "first_criticism"}],
    )  # fmt: skip
    return case.lead


def draft(people, lead, **change):
    row = bulletins.draft(by=people.casemgr, title="典型案例通报")
    said = {
        "problem": "套取资金问题",
        "facts": "情况属实。",
        "persons": [{"name": "周某某"}, {"name": "唐某某"}],
    }
    return bulletins.add_case(row, by=people.casemgr, lead=lead, **said | change)


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_what_is_left_empty_is_said_as_the_register_decided_it(people, lead):
    case = draft(people, lead).cases.get()
    assert (case.decision, case.recorded, case.changed_why) == (RECORDED, RECORDED, "")
    told = list(BulletinPerson.objects.values_list("name", "measures", "subject__outcomes__measure"))
    assert told == [("周某某", "党内警告", "party_warning"), ("唐某某", "批评教育", "first_criticism")]
    one = draft(
        people, lead, persons=[{"name": "唐某某"}], decision="2018年5月， 唐某某受到批评教育处理。"
    ).cases.get()
    assert (one.changed_why, one.decision) == (
        "",
        "2018年5月，唐某某受到批评教育处理。",
    )  # only the spaces were others


def test_other_words_need_a_reason_and_the_approver_reads_both(client, people, lead):
    with pytest.raises(RuleBroken, match="党内警告处分") as refused:
        draft(people, lead, decision="周某某受到处分。")
    assert refused.value.field == "changed_why"
    row = draft(people, lead, decision="周某某受到处分。", changed_why=WHY)
    bulletins.submit(row, by=people.casemgr)
    client.force_login(people.leader)
    page = client.get(f"{row.get_absolute_url()}approve/").content.decode()
    assert (WHY in page, RECORDED in page, "周某某受到处分。" in page) == (True, True, True)


def test_nothing_decided_is_written_down_only_with_a_reason(people, make):
    lead = make("approved", method="close")
    services.conclude(lead, by=people.inspector1, close_kind="first_form", result_text="已批评教育。")
    lead, who = Lead.objects.get(pk=lead.pk), [{"name": "王某某"}]
    with pytest.raises(RuleBroken, match="还没有登记") as refused:
        draft(people, lead, persons=who)
    assert refused.value.field == "decision"
    with pytest.raises(RuleBroken, match="没有登记处理决定"):
        draft(people, lead, persons=who, decision="已批评教育。")
    draft(people, lead, persons=who, decision="已批评教育。", changed_why="口头批评，未另行登记。")


def test_a_decision_changed_meanwhile_stops_the_bulletin_wherever_it_stands(people, lead):
    row = draft(people, lead)
    bulletins.submit(row, by=people.casemgr)
    bulletins.approve(again(row), by=people.leader)
    outcome = Outcome.objects.get(kind="party")
    services_correct(outcome, people)
    with pytest.raises(RuleBroken, match="有变更"):
        bulletins.issue(again(row), by=people.casemgr)
    back = bulletins.send_back(again(row), by=people.leader, note="处分已变更。")  # also after the approval
    assert (back.state, back.approved_by, back.approved_on) == ("draft", None, None)
    bulletins.remove_case(back, by=people.casemgr, case=back.cases.get())
    said = {"problem": "套取资金问题", "facts": "情况属实。", "persons": [{"name": "周某某"}]}
    bulletins.add_case(again(row), by=people.casemgr, lead=lead, **said)
    assert "党内严重警告" in again(row).cases.get().decision
    bulletins.submit(again(row), by=people.casemgr)


def services_correct(outcome, people):
    from cases import services as real

    real.correct(
        outcome, by=people.casemgr, correction="change", measure="party_serious_warning", document_number="2", note="复查后变更。",
    )  # fmt: skip


def test_a_correction_says_what_is_decided_now_and_keeps_changed_words(people, lead):
    row = draft(people, lead)
    bulletins.submit(row, by=people.casemgr)
    bulletins.approve(again(row), by=people.leader)
    bulletins.issue(again(row), by=people.casemgr)
    services_correct(Outcome.objects.get(kind="party"), people)
    new = bulletins.correct(again(row), by=people.casemgr, note="处分变更。")
    assert "周某某受到党内严重警告处分" in new.cases.get().decision
    assert {one.measures for one in BulletinPerson.objects.filter(case__bulletin=new)} == {
        "党内严重警告",
        "批评教育",
    }


def test_the_page_comes_filled_from_the_lead_that_is_chosen(client, people, lead):
    row = bulletins.draft(by=people.casemgr, title="典型案例通报")
    client.force_login(people.casemgr)
    add = f"{row.get_absolute_url()}add_case/"
    assert f"?lead={lead.public_id}" in client.get(add).content.decode()
    page = client.get(f"{add}?lead={lead.public_id}").content.decode()
    assert (RECORDED in page, 'value="周某某"' in page, 'value="唐某某"' in page) == (True, True, True)
    persons = {
        "persons-TOTAL_FORMS": "2", "persons-INITIAL_FORMS": "2", "persons-0-name": "周某某", "persons-1-name": "唐某某",
    }  # fmt: skip
    said = {
        "lead": lead.public_id,
        "problem": "套取资金问题",
        "facts": "情况属实。",
        "expected_version": row.version,
    }
    refused = client.post(add, {**said, **persons, "decision": "已处理。"})
    assert "请写明理由" in refused.content.decode()
    assert client.post(add, {**said, **persons, "decision": RECORDED}).status_code == 302
    assert Bulletin.objects.for_list().get().person_count == 2
    listed = client.get("/bulletins/persons/").content.decode()
    assert "周某某" not in listed  # only what is issued counts


def test_over_rest_the_same(people, lead):
    desk = machine(people.casemgr)
    at = desk.post(f"{API}bulletins/", {"title": "典型案例通报"}, format="json").headers["Location"]
    case = {
        "lead": lead.number,
        "problem": "套取资金问题",
        "facts": "情况属实。",
        "persons": [{"name": "周某某"}],
    }
    wrong = desk.post(f"{at}add_case/", {**case, "decision": "已处理。"}, format="json")
    assert_refusal(wrong, 422)
    assert wrong.json()["field"] == "changed_why"
    made = desk.post(f"{at}add_case/", case, format="json").json()["cases"][0]
    assert made["decision"] == made["recorded"]
    assert made["persons"][0]["measures"] == "党内警告"


def test_of_two_of_one_name_each_is_one_person(client, people, lead):
    """Told apart by unit or post, or by the id with which the page comes filled; both where both are named."""
    first = lead.subjects.get(name="唐某某")
    other = LeadSubject.objects.create(lead=lead, name="唐某某", unit_text="荻渚村", kind="village_cadre")
    said = {"decision": "已处理。", "changed_why": "尚未补登处理决定。"}
    with pytest.raises(RuleBroken, match="有 2 名被反映人叫“唐某某”.*唐某某（"):
        draft(people, lead, persons=[{"name": "唐某某"}], **said)

    def of(*persons):
        case = draft(people, lead, persons=list(persons), **said).cases.get()
        return list(case.persons.order_by("pk").values_list("subject", flat=True))

    assert of({"name": "唐某某（荻渚村）"}) == [other.pk]
    assert of({"name": "唐某某(监委会主任)"}) == [first.pk]
    assert of({"name": "唐某某"}, {"name": "唐某某"}) == [first.pk, other.pk]
    assert of({"name": "唐某某", "subject": other.public_id}) == [other.pk]
    case = {"problem": "套取资金问题", "facts": "情况属实。", **said}
    row = bulletins.draft(by=people.casemgr, title="典型案例通报")
    client.force_login(people.casemgr)
    at = f"{row.get_absolute_url()}add_case/"
    page = client.get(f"{at}?lead={lead.public_id}").content.decode()
    assert (first.public_id in page, other.public_id in page) == (True, False)  # who was decided on
    typed = {"persons-TOTAL_FORMS": "1", "persons-INITIAL_FORMS": "1", "persons-0-name": "唐某某"}
    body = {**case, **typed, "lead": lead.public_id, "expected_version": row.version}
    assert "请写明单位或者职务" in client.post(at, body).content.decode()
    assert client.post(at, {**body, "persons-0-subject": first.public_id}).status_code == 302
    assert row.cases.get().persons.get().subject == first
    row = bulletins.draft(by=people.casemgr, title="典型案例通报")
    sent = {**case, "lead": lead.number, "persons": [{"name": "唐某某", "subject": other.public_id}]}
    made = machine(people.casemgr).post(f"{API}bulletins/{row.public_id}/add_case/", sent, format="json")
    assert (made.status_code, row.cases.get().persons.get().subject) == (200, other)


def test_who_is_named_twice_in_a_past_case_is_refused(people, lead):
    with pytest.raises(RuleBroken, match="只填写一次"):
        enter_past(
            by=people.casemgr, region=lead.region, title="套取扶持资金问题", case_number="青纪立〔2018〕4 号",
            received_on=date(2018, 1, 5), filed_on=date(2018, 2, 3), decided_on=date(2018, 5, 2),
            concluded_on=date(2018, 5, 9), name="周某某", measure="first_criticism", result_text="已处理。",
            leader=people.leader, handling_unit=people.investigator.home.unit,
            others=[{"name": "周某某", "measure": "first_criticism"}],
        )  # fmt: skip
