"""Classifications: proposed by one, confirmed by another, dated; old records keep the words of their day."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from cases.models import Category, Lead
from cases.services import register
from funds.models import FundKind, MisuseKind
from povertyaudit.core import moment, terms, verify
from povertyaudit.core.models import RegionMark
from povertyaudit.core.models.terms import Term
from tests.core.machines import API, assert_refusal, machine
from tests.core.test_clock_pages import post
from tests.factories import TOWN, places

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return Category.objects.get(code="false_claim")


def lead(people, category, day=None):
    return register(
        by=people.petition, channel="letter", received_on=day or moment.today(), title="反映问题", text="正文",
        region=places()[TOWN], category=category,
    )  # fmt: skip


@pytest.fixture
def renamed(people, old):
    """虚报冒领 is called 虚报套取 from tomorrow on."""
    draft = terms.rename(
        old, by=people.casemgr, name="虚报套取", valid_from=moment.today() + timedelta(days=1)
    )
    return terms.confirm(draft, by=people.secadmin)


def test_a_new_name_is_proposed_by_one_on_a_page_and_confirmed_by_another(client, people, old):
    client.force_login(people.casemgr)
    page = client.get("/terms/?tab=categories").content.decode()
    assert "虚报冒领" in page
    assert "新增一项" in page
    assert 'aria-current="page">问题类别' in " ".join(page.split()).replace("> ", ">")
    tomorrow = moment.today() + timedelta(days=1)
    address = f"{old.get_absolute_url()}rename/"
    answer = post(
        client, address, {"name": "虚报套取", "anchor": "", "valid_from": str(tomorrow), "note": ""}
    )
    assert answer.status_code == 302
    draft = Category.objects.get(state="draft")
    assert post(client, f"{draft.get_absolute_url()}confirm/", {"note": ""}).status_code == 403
    client.force_login(people.inspector1)
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(people.secadmin)
    assert "待确认的分类项" in client.get("/").content.decode()
    assert "虚报套取" in client.get(f"{draft.get_absolute_url()}confirm/").content.decode()
    assert post(client, f"{draft.get_absolute_url()}confirm/", {"note": "同意"}).status_code == 302
    old.refresh_from_db()
    assert old.valid_to == moment.today()
    assert Category.objects.on(tomorrow).get(code="false_claim").name == "虚报套取"
    assert Category.objects.on().get(code="false_claim").name == "虚报冒领"
    assert verify.verify().broken == []


def test_old_records_keep_the_words_of_their_day_and_one_filter_finds_both(
    client, people, old, renamed, time_machine
):
    before = lead(people, old)
    tomorrow = moment.today() + timedelta(days=1)
    time_machine.move_to(f"{tomorrow}T09:00:00+08:00")
    after = lead(people, old)  # the form of yesterday still names the old row
    late = lead(people, renamed, tomorrow - timedelta(days=3))  # received before, registered now
    assert (after.category.name, late.category.name) == ("虚报套取", "虚报冒领")
    client.force_login(people.petition)
    assert "虚报冒领" in client.get(before.get_absolute_url()).content.decode()
    assert "虚报套取" in client.get(after.get_absolute_url()).content.decode()
    listed = client.get("/leads/?category=false_claim").content.decode()
    assert before.number in listed
    assert after.number in listed
    assert "虚报套取（原虚报冒领）" in listed
    form = client.get("/leads/new/").content.decode()
    assert "虚报套取" in form
    assert "虚报冒领" not in form
    amend = client.get(f"{before.get_absolute_url()}amend/").content.decode()
    assert "虚报冒领" in amend
    api = machine(people.petition)
    rows = api.get(f"{API}leads/?category=false_claim").json()["results"]
    assert {row["category_display"] for row in rows} == {"虚报套取", "虚报冒领"}
    assert {row["category"] for row in rows} == {"false_claim"}
    ledger = machine(people.casemgr).get(f"{API}leads/ledger.csv")
    text = b"".join(ledger.streaming_content).decode()
    assert "虚报冒领" in text
    assert "虚报套取" in text


def test_an_ended_term_is_no_longer_offered_but_stays_on_old_records(people, old, time_machine):
    before = lead(people, old)
    tomorrow = moment.today() + timedelta(days=1)
    terms.confirm(terms.end(old, by=people.casemgr, valid_from=tomorrow), by=people.secadmin)
    time_machine.move_to(f"{tomorrow}T09:00:00+08:00")
    api = machine(people.petition)
    body = {
        "channel": "letter", "kind": "complaint", "identity_status": "anonymous", "received_on": str(tomorrow),
        "title": "反映", "text": "正文", "region": TOWN, "category": "false_claim",
    }  # fmt: skip
    assert_refusal(api.post(f"{API}leads/", body, format="json"), 422)
    assert (
        api.post(
            f"{API}leads/", body | {"received_on": str(moment.today() - timedelta(days=2))}, format="json"
        ).status_code
        == 201
    )
    assert Lead.objects.get(pk=before.pk).category.name == "虚报冒领"
    codes = [row["code"] for row in api.get(f"{API}terms/?list=categories&on={tomorrow}").json()["results"]]
    assert "false_claim" not in codes
    assert "cheat_out" in codes


def test_over_rest_a_term_is_added_confirmed_and_chosen(people):
    api, officer = machine(people.casemgr), machine(people.secadmin)
    body = {"list": "misuse_kinds", "code": "IDLE", "name": "资产闲置", "valid_from": str(moment.today())}
    made = api.post(f"{API}terms/", body, format="json")
    assert made.status_code == 201, made.json()
    assert (made.json()["state"], made.json()["list"]) == ("draft", "misuse_kinds")
    assert_refusal(api.post(f"{API}terms/{made.json()['id']}/confirm/", {}, format="json"), 403)
    assert not MisuseKind.objects.on().filter(code="IDLE").exists()
    row = officer.get(f"{API}terms/{made.json()['id']}/")
    assert row.json()["actions"] == ["confirm", "refuse"]
    assert (
        officer.post(f"{API}terms/{row.json()['id']}/confirm/", {}, format="json").json()["state"]
        == "confirmed"
    )
    assert MisuseKind.objects.on().filter(code="IDLE").exists()
    assert_refusal(api.post(f"{API}terms/", body, format="json"), 422)
    assert api.get(f"{API}terms/?list=misuse_kinds&q=IDLE").json()["results"][0]["actions"] == [
        "rename",
        "end",
    ]


def test_a_refusal_needs_its_reason_and_leaves_things_as_they_were(people, old):
    draft = terms.end(old, by=people.casemgr, valid_from=moment.today())
    api = machine(people.secadmin)
    assert_refusal(api.post(f"{API}terms/{draft.public_id}/refuse/", {}, format="json"), 422)
    said = api.post(f"{API}terms/{draft.public_id}/refuse/", {"note": "仍在使用。"}, format="json")
    assert said.json()["state"] == "refused"
    assert Category.objects.on().filter(pk=old.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [{"code": "1 x"}, {"code": "false_claim"}, {"valid_from": "2020-01-01"}, {"name": ""}, {"list": "nothing"},
     {"name": "长" * 51}, {"code": "\x00"}, {"valid_from": "明天"}],
)  # fmt: skip
def test_bad_input_is_answered_with_a_sentence(people, wrong):
    good = {"list": "styles", "code": "fresh", "name": "新的", "valid_from": str(moment.today())}
    answer = machine(people.casemgr).post(f"{API}terms/", good | wrong, format="json")
    assert answer.status_code in {400, 422}
    assert "。" in answer.json()["message"]


@pytest.mark.parametrize("name", ["inspector1", "official", "sysadmin", "neighbourofficial"])
def test_nobody_else_proposes(client, people, old, name):
    client.force_login(getattr(people, name))
    assert client.get("/terms/new/").status_code == 403
    assert client.get(f"{old.get_absolute_url()}rename/").status_code == 403


def test_only_one_change_of_a_term_waits(people, old):
    terms.end(old, by=people.casemgr, valid_from=moment.today())
    answer = machine(people.casemgr).post(
        f"{API}terms/{old.public_id}/end/", {"valid_from": str(moment.today())}, format="json"
    )
    assert_refusal(answer, 422)


@pytest.mark.parametrize("model", [Category, MisuseKind, FundKind, RegionMark])
def test_the_database_keeps_terms_of_one_code_apart_in_time(people, model):
    first = model.objects.filter(state="confirmed").first()
    values = {f.attname: getattr(first, f.attname) for f in model._meta.concrete_fields}
    clash = values | {"id": None, "public_id": "x" * 22, "valid_from": date(2026, 1, 1)}
    with pytest.raises(DatabaseError, match="overlap"), transaction.atomic():
        model.objects.create(**clash)
    model.objects.filter(pk=first.pk).update(valid_to=date(2025, 12, 31))
    later = model.objects.create(**clash)
    with pytest.raises(DatabaseError, match="overlap"), transaction.atomic():
        model.objects.filter(pk=later.pk).update(valid_from=date(2025, 12, 31))


def test_no_table_of_terms_is_without_its_trigger():
    """A migration that alters one on SQLite makes it anew, and must put the trigger back."""
    asked = (
        "SELECT tgname FROM pg_trigger"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        there = " ".join(name for (name,) in cursor.fetchall())
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, Term)]
    assert len(tables) > 30
    assert [table for table in tables if f"{table}_apart" not in there] == []
