"""Hand-overs both ways: numbers, receipt, return, result, each row accounted for, and a tally whose figures open their rows."""

from datetime import timedelta

import pytest

from cases import services as real
from cases.models import Category, Handover, Lead, PartnerBody
from povertyaudit.core import moment, terms, verify
from povertyaudit.core.errors import RuleBroken, WrongState
from povertyaudit.core.models import Clock, Recusal, Region
from tests import factories
from tests.core.machines import API, assert_refusal, machine
from tests.core.test_clock_pages import post

pytestmark = pytest.mark.django_db
ITEM = {"title": "村集体租金未入账", "persons": "赵某、钱某", "amount_fen": 120_000}


def body(code="police"):
    return PartnerBody.objects.get(code=code)


def opened(people, **values):
    said = {"document": "移送函", "handed_on": moment.today() - timedelta(days=3), "by": people.casemgr}
    return real.open_handover(**said | values)


def send(people, leads, code="police", **values):
    return opened(people, direction="out", body=body(code), leads=leads, **values)


def take(people, items=(ITEM,), code="audit", **values):
    return opened(people, direction="in", body=body(code), entries=items, **values)


def again(row):
    return Handover.objects.get(pk=row.pk)


def register(people, row, at=1, **values):
    said = {
        "title": "反映村集体租金未入账", "region": Region.objects.get(code=factories.VILLAGE), "text": "租金未入账。",
        "category": Category.objects.get(code="embezzle"),
    }  # fmt: skip
    line = row.rows.get(ordinal=at)
    return real.register_row(again(row), by=people.casemgr, row=line, **said | values)


def test_leads_go_out_on_a_page_and_the_receipt_falls_short(client, make, people):
    leads = [make(), make("concluded")]
    client.force_login(people.casemgr)
    said = {
        "body": "police",
        "document": "移送函 3 号",
        "handed_on": str(moment.today()),
        "unit": "",
        "text": "",
    }
    numbers = f"{leads[0].number}、{leads[1].number}"
    lost = post(
        client, "/handovers/new/", said | {"leads": f"{numbers} 990101-XF-2000-9999", "their_number": ""}
    )
    assert "没有找到这些线索，请核对编号：990101-XF-2000-9999。" in lost.content.decode()
    assert post(client, "/handovers/new/", said | {"leads": numbers, "their_number": ""}).status_code == 302
    row = Handover.objects.get()
    assert (row.number, row.rows.count()) == (f"990101-YS-{moment.today().year}-0001", 2)
    assert Clock.objects.of(row).get().code == "handover.receipt"
    missed = row.rows.get(ordinal=2).public_id
    receipt = {
        "receipt_on": str(moment.today()),
        "receipt_by": "法制大队",
        "receipt_number": "公收 7",
        "note": "",
    }
    answer = post(client, f"{row.get_absolute_url()}receipt/", receipt | {"missed": [missed]})
    assert answer.status_code == 302
    assert [one.standing for one in row.rows.order_by("ordinal")] == ["taken", "missed"]
    assert sorted(Clock.objects.of(row).open().values_list("code", flat=True)) == ["handover.answer"]
    page = client.get("/handovers/tally/").content.decode()
    figures = "/handovers/rows/?body=police&amp;direction=out&amp;standing=missed&amp;standing=returned"
    assert f'<a href="{figures}">1</a>' in page
    shown = client.get(figures.replace("&amp;", "&")).content.decode()
    assert leads[1].number in shown
    assert leads[0].number not in shown
    later = f"/handovers/tally/?handed_from={moment.today() + timedelta(days=1)}"
    assert figures not in client.get(later).content.decode()
    assert Lead.objects.get(pk=leads[0].pk).state == "registered"
    assert verify.verify().broken == []


def test_what_comes_in_becomes_leads_row_by_row_or_is_refused(client, people):
    client.force_login(people.casemgr)
    rows = {"entries-TOTAL_FORMS": "2", "entries-INITIAL_FORMS": "0", "entries-0-title": "租金未入账", "entries-0-persons": "赵某、钱某",
            "entries-0-region": factories.TOWN, "entries-0-amount_fen": "1200", "entries-1-title": "水管漏水"}  # fmt: skip
    said = {
        "body": "audit",
        "document": "审计移送处理书",
        "handed_on": str(moment.today()),
        "their_number": "审移5",
    }
    assert post(client, "/handovers/receive/", said | rows).status_code == 302
    row = Handover.objects.get()
    first = row.rows.get(ordinal=1)
    page = client.get(row.get_absolute_url()).content.decode()
    assert f"register_row/?row={first.public_id}" in page
    form = client.get(f"{row.get_absolute_url()}register_row/?row={first.public_id}").content.decode()
    assert 'value="租金未入账"' in form
    values = {
        "row": first.public_id,
        "title": "反映租金未入账",
        "region": factories.TOWN,
        "category": "embezzle",
        "text": "未入账",
    }
    assert post(client, f"{row.get_absolute_url()}register-row/", values).status_code == 302
    lead = Lead.objects.get(handover_rows=first)
    assert (lead.channel, lead.received_on, lead.subjects.count()) == ("handover", row.handed_on, 2)
    assert lead.other_numbers.get().number == "审移5"
    with pytest.raises(WrongState):
        register(people, row)
    with pytest.raises(RuleBroken) as refusal:
        real.send_handover_back(again(row), by=people.casemgr, note="不属于我们。")
    assert "已有登记为线索的" in refusal.value.message
    real.record_handover_receipt(again(row), by=people.casemgr, receipt_by="案管室")
    with pytest.raises(RuleBroken) as refusal:
        real.answer_handover(again(row), by=people.casemgr, answer_text="已办。")
    assert refusal.value.message.startswith("第 2 条还没有登记为线索")
    second = row.rows.get(ordinal=2)
    assert (
        post(
            client,
            f"{row.get_absolute_url()}refuse_row/",
            {"row": second.public_id, "note": "工程质量问题。"},
        ).status_code
        == 302
    )
    real.answer_handover(again(row), by=people.casemgr, answer_text="一件已立线索，一件不予受理。")
    assert not Clock.objects.of(row).open().exists()
    assert "register_row" not in client.get(row.get_absolute_url()).content.decode()


def test_a_return_needs_its_reason_and_ends_the_clocks(make, people):
    row = send(people, [make()])
    with pytest.raises(RuleBroken):
        real.send_handover_back(again(row), by=people.casemgr, note=" ")
    with pytest.raises(RuleBroken):
        real.send_handover_back(
            again(row), by=people.casemgr, note="退", returned_on=moment.today() - timedelta(days=9)
        )
    done = real.send_handover_back(again(row), by=people.casemgr, note="不属于公安机关管辖。")
    assert (done.state, done.rows.get().standing) == ("returned", "returned")
    assert not Clock.objects.of(row).open().exists()


def test_bad_input_is_one_sentence_at_its_field(make, people):
    lead, today = make(), moment.today()
    for field, values in {
        "leads": {"leads": []},
        "handed_on": {"leads": [lead], "handed_on": today + timedelta(days=1)},
        "body": {"leads": [lead], "body": ended(people), "handed_on": today},
    }.items():
        with pytest.raises(RuleBroken) as refusal:
            opened(people, **{"direction": "out", "body": body()} | values)
        assert refusal.value.field == field
    with pytest.raises(RuleBroken) as refusal:
        take(people, items=[{**ITEM, "region": Region.objects.get(code="990102101000")}])
    assert refusal.value.field == "entries"


def ended(people):
    """The courts are no body of the meeting any more."""
    row = body("court")
    draft = terms.end(row, by=people.casemgr, valid_from=moment.today())
    terms.confirm(draft, by=people.secadmin)
    return body_named("court")


def body_named(code):
    return PartnerBody.objects.named().get(code=code)


def test_programs_do_the_same(make, people):
    desk = machine(people.casemgr)
    said = {
        "direction": "out",
        "body": "police",
        "document": "移送函",
        "handed_on": str(moment.today()),
        "leads": [make().number],
    }
    made = desk.post(f"{API}handovers/", said, format="json")
    assert made.status_code == 201, made.json()
    place = f"{API}handovers/{made.json()['id']}/"
    assert made.json()["rows"][0]["standing"] == "waiting"
    assert_refusal(desk.post(f"{place}receipt/", {"receipt_by": ""}, format="json"), 400)
    done = desk.post(f"{place}receipt/", {"receipt_by": "大队", "missed": ["1"]}, format="json")
    assert done.json()["rows"][0]["standing"] == "missed"
    assert desk.get(f"{API}handovers/tally/").json() == [
        {"body": "police", "out": {"missed": 1}, "taken_in": {}}
    ]
    assert_refusal(desk.post(f"{place}receipt/", {"receipt_by": "大队"}, format="json"), 409)
    assert_refusal(
        desk.post(
            f"{place}register_row/", {"row": "1", "title": "x", "region": factories.TOWN}, format="json"
        ),
        409,
    )
    foreign = take(people).rows.get().public_id
    assert_refusal(desk.post(f"{place}refuse_row/", {"row": foreign, "note": "x"}, format="json"), 400)


def test_two_officers_register_the_same_row_at_once_and_one_is_told(people):
    row = take(people)
    line, old = row.rows.get(), again(row)
    register(people, row)
    with pytest.raises(WrongState) as refusal:
        real.refuse_row(old, by=people.casemgr, row=line, note="不予受理。")
    assert "已登记" in refusal.value.message
    assert Lead.objects.filter(channel="handover").count() == 1


def test_only_the_registry_sees_hand_overs_and_of_a_lead_out_of_sight_nothing(client, make, people):
    lead = make(title="反映某人的秘密事项")
    row = send(people, [lead])
    for name in ("inspector1", "leader", "petition", "neighbour", "official", "auditor"):
        assert machine(getattr(people, name)).get(f"{API}handovers/{row.public_id}/").status_code == 404
        client.force_login(getattr(people, name))
        assert client.get(row.get_absolute_url()).status_code == 404
        assert lead.number not in client.get("/handovers/rows/").content.decode()
    recuse(people, lead)
    client.force_login(people.casemgr)
    for address in (row.get_absolute_url(), "/handovers/rows/", f"{row.get_absolute_url()}receipt/"):
        page = client.get(address).content.decode()
        assert lead.number not in page
        assert "秘密事项" not in page
    shown = machine(people.casemgr).get(f"{API}handovers/{row.public_id}/").content.decode()
    assert lead.number not in shown
    assert "秘密事项" not in shown


def recuse(people, lead):
    Recusal.objects.create(
        person=people.casemgr.person, target_label="cases.lead", target_id=lead.pk, reason="亲属",
        declared_by=people.secretary,
    )  # fmt: skip


def test_the_tally_is_written_as_words_and_costs_one_question_for_all_bodies(
    client, make, people, django_assert_max_num_queries
):
    send(people, [make()])
    client.force_login(people.casemgr)
    lines = b"".join(client.get("/handovers/tally/?format=csv").streaming_content).decode()
    assert "<a" not in lines
    assert "公安机关,1,0,1,0,0,0,0,0" in lines
    assert "水利部门" not in lines  # nothing passed between us
    everybody = b"".join(client.get("/handovers/tally/?bodies=all&format=csv").streaming_content).decode()
    assert "水利部门,0,0,0,0,0,0,0,0" in everybody
    client.get("/handovers/tally/")
    with django_assert_max_num_queries(24):
        client.get("/handovers/tally/")
