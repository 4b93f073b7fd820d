"""登记: good input, and every bad one the issue names, through the page and through REST."""

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from cases.models import Lead
from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, Clock, VaultEntry
from tests import factories

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060"
    "000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def page(client, people):
    client.force_login(people.petition)
    return client


@pytest.fixture
def api(people):
    client = APIClient()
    client.force_authenticate(people.petition)
    return client


def form(**changes):
    values = {
        "channel": "letter", "kind": "complaint", "identity_status": "anonymous", "received_on": str(moment.today()),
        "region": factories.TOWN, "category": "false_claim", "title": "反映村干部虚报冒领补助", "text": "以他人名义申领。",
        "amount_fen": "2.6万元", "subjects-TOTAL_FORMS": "2", "subjects-INITIAL_FORMS": "0",
        "subjects-0-name": "王某某", "subjects-0-kind": "village_cadre", "subjects-1-name": "",
        "subjects-1-kind": "unknown", "other_numbers-TOTAL_FORMS": "0", "other_numbers-INITIAL_FORMS": "0",
    }  # fmt: skip
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def body(**changes):
    values = {
        "channel": "letter", "received_on": str(moment.today()), "title": "反映村干部虚报冒领补助",
        "text": "以他人名义申领。", "region": factories.TOWN, "category": "false_claim",
    }  # fmt: skip
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def test_one_screen_registers_persons_numbers_files_and_the_complainant(page, people):
    answer = page.post("/leads/new/", form(**{
        "identity_status": "claimed", "name": "李四", "phone": "13800138000", "style": "misconduct",
        "subjects-TOTAL_FORMS": "3", "subjects-2-name": "赵某某", "subjects-2-kind": "official",
        "subjects-2-principal": "on", "other_numbers-TOTAL_FORMS": "1", "other_numbers-0-issuer": "市信访室",
        "other_numbers-0-number": "９９０１－１２",
    }))  # fmt: skip
    lead = Lead.objects.get()
    assert answer.headers["Location"] == lead.get_absolute_url()
    assert [subject.name for subject in lead.subjects.all()] == ["王某某", "赵某某"]
    assert lead.other_numbers.get().number == "9901-12"
    assert lead.amount_fen == 2_600_000
    assert lead.acknowledgement_owed
    assert VaultEntry.objects.get().desk_unit == people.petition.home.unit
    assert set(Clock.objects.of(lead).values_list("code", flat=True)) == {"lead.forward", "lead.acknowledge"}


def test_petition_scans_are_for_the_desk_alone_and_other_papers_for_the_office(page, people, make):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page.post("/leads/new/", form(
        petition_scans=SimpleUploadedFile("来信.png", PNG), attachments=SimpleUploadedFile("清单.png", PNG)
    ))  # fmt: skip
    lead = Lead.objects.get()
    make.dispatch(lead)

    def seen(user):
        return set(Attachment.objects.visible_to(user).of(lead).values_list("kind", flat=True))

    assert seen(people.petition) == {"petition_scan", "material"}
    assert seen(people.inspector1) == {"material"}
    assert seen(people.neighbour) == set()


BAD = [
    ("empty title", {"title": ""}, "title"),
    ("over-long title", {"title": "长" * 101}, "title"),
    ("control characters", {"title": "虚报\x07冒领"}, "title"),
    ("nul", {"text": "a\x00b"}, "text"),
    ("two lines in the title", {"title": "一\n二"}, "title"),
    ("absurd date", {"received_on": "0202-01-01"}, "received_on"),
    ("no such day", {"received_on": "2026-02-30"}, "received_on"),
    ("the future", {"received_on": "2099-01-01"}, "received_on"),
    ("before the register", {"received_on": "1990-01-01"}, "received_on"),
    ("unknown region", {"region": "990199999999"}, "region"),
    ("foreign region", {"region": factories.YUNPING}, "region"),
    ("no region", {"region": ""}, "region"),
    ("unknown category", {"category": "no_such"}, "category"),
    ("neither category nor style", {"category": None}, "category"),
    ("unknown channel", {"channel": "carrier_pigeon"}, "channel"),
    ("a channel of another office", {"channel": "inspection"}, "channel"),
    ("unknown identity", {"identity_status": "maybe"}, "identity_status"),
]  # fmt: skip
MONEY = [("-1", "-1"), ("9" * 19, "9" * 19), ("一百", "一百"), ("1.234", 1.5)]


@pytest.mark.parametrize(("changes", "field"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_input_on_the_page_is_refused_at_its_field_and_the_rest_is_kept(page, changes, field):
    answer = page.post("/leads/new/", form(**changes))
    assert answer.status_code in (400, 403, 422)
    assert field in answer.context["form"].errors
    assert answer.context["form"].errors[field][0].endswith(("。", "）。", "”。"))
    if field != "text":
        assert "以他人名义申领。" in answer.content.decode()
    assert not Lead.objects.exists()


@pytest.mark.parametrize(("changes", "field"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_input_over_rest_is_refused_with_its_field(api, changes, field):
    answer = api.post("/api/v1/leads/", body(**changes), format="json")
    assert answer.status_code in (400, 403, 422), answer.json()
    said = answer.json()
    assert field in {one["field"] for one in said.get("errors", [said])}
    assert said["message"].endswith("。")
    assert not Lead.objects.exists()


@pytest.mark.parametrize(("typed", "sent"), MONEY)
def test_money_is_neither_negative_nor_of_nineteen_digits_nor_words(page, api, typed, sent):
    assert "amount_fen" in page.post("/leads/new/", form(amount_fen=typed)).context["form"].errors
    answer = api.post("/api/v1/leads/", body(amount_fen=sent), format="json")
    assert (answer.status_code, answer.json()["field"]) == (400, "amount_fen")


@pytest.mark.parametrize("value", [[], {}, 5, True, None, "x" * 1000])
def test_wrong_types_never_end_in_a_fault(api, value):
    for name in ("channel", "received_on", "title", "region", "category", "subjects", "complainant", "kind"):
        answer = api.post("/api/v1/leads/", {**body(), name: value}, format="json")
        assert answer.status_code < 500, (name, value)


def test_full_width_digits_are_taken_as_digits(page):
    page.post(
        "/leads/new/",
        form(
            received_on="２０２６-１１-０２", amount_fen="１，２００．５０", region="９９０１０１１０１０００"
        ),
    )
    lead = Lead.objects.get()
    assert (str(lead.received_on), lead.amount_fen, lead.region_id) == ("2026-11-02", 120_050, factories.TOWN)


def test_two_hundred_pages_and_emoji_are_kept_as_written(api):
    text = "情况说明😀" * 30_000
    answer = api.post("/api/v1/leads/", body(text=text), format="json")
    assert answer.status_code == 201, answer.json()
    assert Lead.objects.get().text == text


def test_a_lying_attachment_is_refused_and_nothing_is_registered(page):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = page.post("/leads/new/", form(attachments=SimpleUploadedFile("来信.pdf", b"MZ\x90 not a pdf")))
    assert answer.status_code == 422
    assert not Lead.objects.exists()


def test_a_double_click_registers_once(page):
    first = page.post("/leads/new/", form(once="abc"))
    second = page.post("/leads/new/", form(once="abc"))
    assert first.headers["Location"] == second.headers["Location"]
    assert Lead.objects.count() == 1


def test_a_retried_post_registers_once(api):
    answers = [
        api.post("/api/v1/leads/", body(), format="json", headers={"Idempotency-Key": "k1"}) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert Lead.objects.count() == 1


def test_a_second_row_of_persons_works_without_javascript(page):
    answer = page.post("/leads/new/", form(_more="subjects"))
    assert answer.status_code == 200
    assert 'name="subjects-2-name"' in answer.content.decode()
    assert not Lead.objects.exists()


def test_an_anonymous_letter_has_no_complainant(page):
    answer = page.post("/leads/new/", form(name="李四"))
    assert answer.status_code == 422
    assert "李四" not in answer.content.decode()
    assert not VaultEntry.objects.exists()


def test_several_broken_rules_are_said_at_once(make):
    with pytest.raises(RuleBroken) as refusal:
        make.register(received_on=moment.today() + timedelta(days=1), category=None, text="", subjects=[])
    assert {one.field for one in refusal.value.errors} == {"received_on", "category", "text"}


@pytest.mark.parametrize(("who", "channel", "ok"), [
    ("petition", "market_day", True), ("petition", "handover", False), ("casemgr", "handover", True),
    ("casemgr", "letter", False), ("inspector1", "own_discovery", True), ("inspector1", "letter", False),
    ("investigator", "data_match", True),
])  # fmt: skip
def test_each_office_registers_its_own_channels(make, people, who, channel, ok):
    by = getattr(people, who)
    if ok:
        assert make.register(by=by, channel=channel).registering_unit == by.home.unit
    else:
        with pytest.raises(RuleBroken) as refusal:
            make.register(by=by, channel=channel)
        assert refusal.value.field == "channel"


@pytest.mark.parametrize("who", [
    "leader", "secretary", "adjudicator", "official", "sector", "finance", "countyleader", "sysadmin", "secadmin",
    "auditor", "ledgerclient", "patrol1",
])  # fmt: skip
def test_others_register_nothing_at_either_door(client, people, who):
    user = getattr(people, who)
    client.force_login(user)
    assert client.get("/leads/new/").status_code == 403
    machine = APIClient()
    machine.force_authenticate(user)
    assert machine.post("/api/v1/leads/", body(), format="json").status_code in (400, 403)
    assert not Lead.objects.exists()


def test_an_expired_session_keeps_nothing_and_asks_to_sign_in(client, people):
    answer = client.post("/leads/new/", form())
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")
    assert not Lead.objects.exists()
