"""来件情况 of each channel, the two axes on leads and persons, and what is doubtful: confirmed with a reason or mended."""

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from cases.models import ASKED, Category, Channel, Lead
from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Clock, VaultEntry
from tests.cases.conftest import services
from tests.cases.test_registering import body, form

ID = "99010119750612123"


@pytest.fixture
def api(people):
    client = APIClient()
    client.force_authenticate(people.casemgr)
    return client


@pytest.fixture
def desk(people):
    client = APIClient()
    client.force_authenticate(people.petition)
    return client


def values_of(channel):
    """A good value for everything a channel asks."""
    day = str(moment.today() - timedelta(days=1))
    good = {
        "source_on": day, "source_at": "14:30", "source_count": 3, "result_wanted": True,
        "source_link": "新闻网/1.html",
    }  # fmt: skip
    return {one.column: good.get(one.column, f"{one.label}一") for one in ASKED[channel]}


WHO = {"superior": "casemgr", "inspection": "casemgr", "handover": "casemgr", "instruction": "casemgr",
       "own_discovery": "inspector1", "data_match": "casemgr", "media": "casemgr", "self_report": "casemgr"}  # fmt: skip


@pytest.mark.parametrize("channel", Channel.values)
def test_every_channel_asks_what_it_needs_by_page_and_by_rest(client, people, channel):
    user, wanted = getattr(people, WHO.get(channel, "petition")), values_of(channel)
    client.force_login(user)
    opened = client.get(f"/leads/new/?channel={channel}").content.decode()
    assert all(f"{one.label}" in opened for one in ASKED[channel])
    typed = wanted | ({"result_wanted": "yes"} if "result_wanted" in wanted else {})
    bare = client.post("/leads/new/", form(channel=channel))
    must = {one.column for one in ASKED[channel] if one.must}
    assert (set(bare.context["form"].errors) if bare.status_code == 400 else set()) == must
    if must:  # otherwise it is registered already
        client.post("/leads/new/", form(channel=channel, **typed))
    lead = Lead.objects.get()
    page = client.get(lead.get_absolute_url()).content.decode()
    assert not must or all(one.label in page for one in ASKED[channel])
    machine = APIClient()
    machine.force_authenticate(user)
    answer = machine.post("/api/v1/leads/", body(channel=channel, intake=wanted), format="json")
    assert answer.status_code == 201, answer.json()
    said = answer.json()["intake"]
    assert {name for name, value in said.items() if value not in (None, "")} == set(wanted)
    if must:
        refused = machine.post("/api/v1/leads/", body(channel=channel, intake={}), format="json")
        assert refused.status_code == 422
        assert {one["field"] for one in refused.json().get("errors", [refused.json()])} == must


def test_a_program_that_knows_nothing_of_details_registers_as_before(api):
    answer = api.post("/api/v1/leads/", body(channel="superior"), format="json")
    assert (answer.status_code, answer.json()["intake"]) == (201, None)


@pytest.mark.parametrize(("channel", "changes", "field"), [
    ("superior", {"source_place": "柳溪集"}, "source_place"),
    ("superior", {"source_on": "2099-01-01"}, "source_on"),
    ("superior", {"source_on": str(moment.today())}, "source_on"),
    ("visit", {"source_count": 0}, "source_count"),
    ("visit", {"source_count": 5001}, "source_count"),
    ("call", {"source_at": "25:00"}, "source_at"),
    ("media", {"source_link": "x" * 301}, "source_link"),
])  # fmt: skip
def test_bad_details_are_refused_at_their_field(people, channel, changes, field):
    machine = APIClient()
    machine.force_authenticate(getattr(people, WHO.get(channel, "petition")))
    received = str(moment.today() - timedelta(days=1))
    sent = body(channel=channel, received_on=received, intake={**values_of(channel), **changes})
    answer = machine.post("/api/v1/leads/", sent, format="json")
    said = answer.json()
    assert answer.status_code in (400, 422), said
    assert field in said["field"]
    assert not Lead.objects.exists()


def test_what_the_superior_wants_no_result_of_has_no_three_months(make, people):
    wants = {**values_of("superior"), "source_on": moment.today() - timedelta(days=1)}
    lead = make(by=people.casemgr, channel="superior", intake=wants | {"result_wanted": False})
    assert not Clock.objects.of(lead).filter(code="lead.assigned").exists()
    services.amend(lead, by=people.casemgr, intake=wants)
    assert Clock.objects.of(lead).running().filter(code="lead.assigned").exists()
    services.amend(lead, by=people.casemgr, intake=wants | {"result_wanted": False})
    assert not Clock.objects.of(lead).running().filter(code="lead.assigned").exists()
    with pytest.raises(RuleBroken) as refusal:
        make(by=people.casemgr, channel="superior", result_due_on=moment.today() + timedelta(days=30),
             intake=wants | {"result_wanted": False})  # fmt: skip
    assert refusal.value.field == "result_wanted"


def test_details_are_filtered_amended_and_in_the_ledger(client, api, make, people):
    detail = {"source_name": "省委第三巡视组", "source_topic": "省委第八轮", "source_number": "清单 7"}
    lead = make(by=people.casemgr, channel="inspection", intake=detail)
    make()
    client.force_login(people.casemgr)
    page = client.get("/leads/?source=第八轮").content.decode()
    assert lead.number in page
    assert "共 1 条" in page
    shown = client.get(f"{lead.get_absolute_url()}amend/")
    assert shown.context["form"].initial["source_number"] == "清单 7"
    answer = api.post(
        f"/api/v1/leads/{lead.public_id}/amend/", {"intake": detail | {"source_number": "8"}}, format="json"
    )
    assert answer.json()["intake"]["source_number"] == "8"
    ledger = api.get("/api/v1/leads/ledger.ndjson?source=省委")
    rows = b"".join(ledger.streaming_content).decode() if ledger.streaming else ledger.content.decode()
    assert '"source_topic": "省委第八轮"' in rows or '"source_topic":"省委第八轮"' in rows


def test_totals_by_style_are_read_from_the_list(client, make, people):
    numbers = {"formalism": 1, "bureaucratism": 2, "inaction": 1, "misconduct": 2}
    for code, number in numbers.items():
        for _ in range(number):
            make(category=None, style=Category.objects.get(code=code))
    client.force_login(people.casemgr)
    for code, number in numbers.items():
        assert f"共 {number} 条" in client.get(f"/leads/?style={code}").content.decode()


def test_each_person_carries_both_axes_in_the_words_of_the_day(client, desk, people):
    persons = [{"name": "钱大有", "category": "favouritism", "style": "inaction"}]
    lead = desk.post("/api/v1/leads/", body(subjects=persons), format="json").json()
    assert lead["subjects"][0]["style_display"] == "不作为"
    client.force_login(people.petition)
    assert "优亲厚友，不作为" in client.get(f"/leads/{lead['id']}/").content.decode()
    wrong = [{"name": "钱大有", "category": "inaction"}]
    assert desk.post("/api/v1/leads/", body(subjects=wrong), format="json").status_code == 400
    row = Lead.objects.get()
    with pytest.raises(RuleBroken) as refusal:
        services.amend_subject(
            row, by=people.petition, subject=row.subjects.get(), style=Category.objects.get(code="bribery")
        )
    assert refusal.value.field == "style"


DOUBTFUL = [
    ({"text": "骗取补助2.6万余元。", "amount_fen": None}, "amount_fen", "2.6万余元"),
    ({"text": "骗取补助三万元。", "amount_fen": None}, "amount_fen", "三万元"),
    ({"text": "骗取补助2.6 万元。", "amount_fen": 260}, "amount_fen", "一万倍"),
    ({"title": "反映村支书赵某某虚报冒领"}, "title", "赵某某"),
    ({"title": "反映镇长钱大有、会计孙文虚报"}, "title", "孙文"),
    ({"kind": "consultation", "category": None}, "kind", "一般没有被反映人"),
    ({"subjects": [{"name": "钱大有"}, {"name": "钱大有"}]}, "subjects", "不止一次"),
    (
        {"subjects": [{"name": "钱大有", "kind": "village_cadre", "principal": True}]},
        "subjects",
        "主要负责人",
    ),
    ({"identity_status": "claimed"}, "name", "联系方式"),
]


@pytest.mark.parametrize(("changes", "field", "words"), DOUBTFUL)
def test_what_looks_like_a_slip_is_mended_or_confirmed_with_a_reason(desk, changes, field, words):
    sent = body(**{"subjects": [{"name": "钱大有"}], **changes}, check_note="")
    refused = desk.post("/api/v1/leads/", sent, format="json")
    said = {one["field"]: one["message"] for one in refused.json().get("errors", [refused.json()])}
    assert refused.status_code == 422
    assert words in said[field]
    assert "核对说明" in said[field]
    assert not Lead.objects.exists()
    taken = desk.post("/api/v1/leads/", sent | {"check_note": "原信如此。"}, format="json").json()
    assert (taken["check_note"], taken["doubts"]) == ("原信如此。", [])


@pytest.mark.parametrize("changes", [
    {"title": "反映村主任何时公开账目"}, {"text": "骗取2.6万元。", "amount_fen": 2_600_000},
    {"title": "反映村支书钱某某虚报"}, {"title": "反映镇长钱大有虚报"}, {"text": "共 13 户，每户 2000 元。", "amount_fen": 2_600_000},
])  # fmt: skip
def test_what_is_in_order_is_not_asked_about(desk, changes):
    sent = body(**{"subjects": [{"name": "钱大有"}], **changes}, check_note="")
    assert desk.post("/api/v1/leads/", sent, format="json").status_code == 201


def test_on_the_page_the_note_is_asked_only_after_a_doubt_and_nothing_is_lost(client, people):
    client.force_login(people.petition)
    assert "核对说明" not in client.get("/leads/new/").content.decode()
    typed = form(text="骗取补助2.6万元。", amount_fen="")
    refused = client.post("/leads/new/", typed)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert 'name="check_note"' in page
    assert "骗取补助2.6万元。" in page
    client.post("/leads/new/", typed | {"check_note": "来信没有写明是否全部到手。"})
    assert Lead.objects.get().check_note == "来信没有写明是否全部到手。"


def test_a_program_that_cannot_explain_leaves_the_doubt_open_on_the_record(client, desk, people):
    lead = desk.post("/api/v1/leads/", body(text="骗取补助2.6万元。"), format="json").json()
    assert lead["doubts"][0]["field"] == "amount_fen"
    client.force_login(people.petition)
    address = f"/leads/{lead['id']}/"
    assert "涉及金额没有填写" in client.get(address).content.decode()
    desk.post(f"/api/v1{address}amend/", {"amount_fen": 2_600_000}, format="json")
    assert "涉及金额没有填写" not in client.get(address).content.decode()


@pytest.mark.parametrize(("number", "ok"), [
    (ID + "4", False), ("990101197506121", True), ("E12345678", True), ("9901011975061212", False),
    ("99010120991301123X", False),
])  # fmt: skip
def test_the_complainants_id_number_is_checked_and_never_echoed(client, people, number, ok):
    client.force_login(people.petition)
    answer = client.post("/leads/new/", form(
        identity_status="claimed", name="李四", phone="13800138000", id_number=number,
    ))  # fmt: skip
    assert (answer.status_code == 302) == ok == VaultEntry.objects.exists()
    assert ok or "原件如此的" in answer.context["form"].errors["id_number"][0]
    assert number not in answer.content.decode()


def test_without_a_script_a_button_shows_what_the_channel_asks(client, people):
    client.force_login(people.petition)
    answer = client.post("/leads/new/", form(channel="visit", _more="intake"))
    assert answer.status_code == 200
    assert 'name="source_count"' in answer.content.decode()
    assert not Lead.objects.exists()
