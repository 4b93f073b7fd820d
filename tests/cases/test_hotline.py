"""扶贫专线: a call goes in, somebody answers for it by a day, the caller hears of it, the leaders read and instruct."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import CallCategory, HotlineCall, Lead
from cases.services import calling, digesting
from povertyaudit.core import moment, vault
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import AuditEntry, AuditValue, Clock, Notification, Unit
from povertyaudit.core.verify import verify
from tests import factories
from tests.core.machines import API, assert_refusal, machine

CALLER = {"name": "欧阳铁柱", "phone": "138-0990-4477", "id_number": "990101199001011234"}
WORDS = ("欧阳铁柱", "0990-4477", "13809904477", "990101199001011234")


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def call(people):
    """`call()` registers one as the desk does; `kind` is a code of the list of categories."""

    def make(kind="subsidy_unpaid", **values):
        category = CallCategory.objects.get(code=kind)
        region = factories.places()[factories.VILLAGE]
        given = {"title": "反映产业奖补没有到账", "text": "验收三个月仍未到账。", **values}
        return calling.register(by=people.petition, region=region, category=category, **given)

    return make


def again(row):
    return type(row).objects.get(pk=row.pk)


def post(client, who, address, **values):
    client.force_login(who)
    shown = client.get(address)
    assert shown.status_code == 200, shown.context and shown.context["refusal"]
    return client.post(address, {"expected_version": shown.context.get("version") or "", **values})


def test_from_the_call_to_the_answer_on_pages(client, people):
    form = {
        "received_at": timezone.localtime(moment.now()).strftime("%Y-%m-%dT%H:%M"), "category": "subsidy_unpaid",
        "region": factories.VILLAGE, "title": "反映产业奖补没有到账", "text": "验收三个月仍未到账。", "urgent": "on", **CALLER,
    }  # fmt: skip
    answer = post(client, people.petition, "/calls/new/", **form)
    assert answer.status_code == 302, answer.context["form"].errors
    call = HotlineCall.objects.get()
    assert call.number.startswith("990101-ZX-")
    assert Notification.objects.filter(user=people.leader, number=call.number).exists()  # it is urgent
    at = call.get_absolute_url()
    client.force_login(people.official)
    assert client.get(at).status_code == 404
    post(client, people.petition, f"{at}transfer/", unit="柳溪镇人民政府", note="请核实。")
    assert Clock.objects.of(call).running().filter(code="call.handle_urgent").exists()
    client.force_login(people.official)
    assert "转来的专线来电" in client.get("/").content.decode()
    post(client, people.official, f"{at}sign-for/")
    post(client, people.unithead, f"{at}reply/", reply_text="补助已于昨日发放。")
    assert again(call).state == "replied"
    today = str(moment.today())
    post(
        client,
        people.petition,
        f"{at}answer/",
        answer_way="phone",
        answered_on=today,
        answer_text="已告知，满意。",
    )
    post(client, people.petition, f"{at}close/")
    done = again(call)
    assert (done.state, done.answered_by, done.signed_for_by) == ("closed", people.petition, people.official)
    assert not Clock.objects.of(call).open().exists()
    assert verify().broken == []


def test_the_same_way_over_rest(people):
    desk, unit = machine(people.petition), machine(people.official)
    body = {
        "category": "policy_question", "region": factories.VILLAGE, "title": "咨询低保政策", "caller": {"name": "欧阳铁柱"},
    }  # fmt: skip
    made = desk.post(f"{API}calls/", body, format="json")
    assert made.status_code == 201, made.json()
    assert "欧阳" not in made.content.decode()
    at = made.headers["Location"]
    assert unit.get(at).status_code == 404
    assert desk.post(f"{at}transfer/", {"unit": "柳溪镇人民政府"}, format="json").status_code == 200
    assert unit.get(at).json()["actions"] == ["sign_for", "hand_back"]
    assert unit.post(f"{at}sign_for/", {}, format="json").json()["state"] == "in_hand"
    assert_refusal(unit.post(f"{at}reply/", {"reply_text": ""}, format="json"), 400)
    assert unit.post(f"{at}reply/", {"reply_text": "已解释。"}, format="json").json()["state"] == "replied"
    assert_refusal(unit.post(f"{at}answer/", {"answer_way": "phone", "answer_text": "x"}, format="json"), 403)
    told = desk.post(
        f"{at}answer/", {"answer_way": "phone", "answer_text": "已电话告知。"}, format="json"
    ).json()
    assert (told["state"], told["answered_by"]) == ("answered", people.petition.display_name)
    assert_refusal(desk.post(f"{at}answer/", {"answer_way": "phone", "answer_text": "x"}, format="json"), 409)
    assert desk.post(f"{at}reveal_caller/", {"reason": "回访"}, format="json").json()["caller"] == {
        "name": "欧阳铁柱"
    }
    assert_refusal(unit.post(f"{at}reveal_caller/", {"reason": "x"}, format="json"), 403)


def test_every_call_without_an_answer_stands_in_one_red_list(client, people, call):
    old = call(received_at=moment.now() - timedelta(days=3))
    call()
    done = calling.answer(call(), by=people.petition, answer_way="at_once", answer_text="已当场答复。")
    client.force_login(people.petition)
    page = client.get("/calls/?tab=unanswered").content.decode()
    assert "已等 3 天" in page
    assert "今天来电" in page
    assert done.number not in page
    home = client.get("/").content.decode()
    assert "未回复的专线来电" in home
    assert old.number in home
    over = machine(people.petition).get(f"{API}calls/?unanswered=true").json()["results"]
    assert len(over) == 2


def test_a_call_about_a_cadre_never_goes_where_he_is(people, call):
    row = call("cadre_misconduct")
    town = Unit.objects.get(name="柳溪镇人民政府")
    with pytest.raises(RuleBroken, match="不转被反映的地方"):
        calling.transfer(row, by=people.petition, unit=town)
    calling.transfer(again(row), by=people.petition, unit=people.inspector1.home.unit)
    with pytest.raises(RuleBroken, match="本县"):
        calling.transfer(call(), by=people.petition, unit=Unit.objects.get(name="松涛镇人民政府"))


def test_a_named_day_runs_instead_of_the_rule_and_a_unit_may_hand_back(people, call):
    day = moment.today() + timedelta(days=9)
    row = calling.transfer(call(), by=people.petition, unit=people.official.home.unit, due_on=day)
    assert Clock.objects.of(row).running().get(code="call.handle").due_on == day
    with pytest.raises(RuleBroken, match="理由"):
        calling.hand_back(again(row), by=people.official, note=" ")
    back = calling.hand_back(again(row), by=people.official, note="属县民政局。")
    assert (back.state, back.unit) == ("registered", None)
    assert [clock.code for clock in Clock.objects.of(row).open()] == ["call.answer"]
    with pytest.raises(RuleBroken, match="早于今天"):
        calling.transfer(
            again(row), by=people.petition, unit=people.official.home.unit, due_on=date(2020, 1, 1)
        )


def test_a_call_becomes_a_lead_and_the_caller_moves_with_it_typed_by_nobody(client, people, call):
    row = call("favour_kin", caller=CALLER, title="反映低保评议优亲厚友")
    assert vault.holds(row, by=people.petition)
    rows = {
        "subjects-TOTAL_FORMS": "1", "subjects-INITIAL_FORMS": "0", "subjects-0-name": "王某某", "subjects-0-kind": "village_cadre",
    }  # fmt: skip
    answer = post(
        client, people.petition, f"{row.get_absolute_url()}make_lead/", category="favouritism", **rows
    )
    assert answer.status_code == 302, answer.context["form"].errors
    row, lead = again(row), Lead.objects.get()
    assert (row.lead, row.state, lead.channel, lead.identity_status) == (lead, "lead", "hotline", "claimed")
    assert lead.acknowledgement_owed
    assert lead.other_numbers.get().number == row.number
    assert vault.reveal(lead, by=people.petition)["name"] == CALLER["name"]
    assert not vault.holds(row, by=people.petition)
    with pytest.raises(WrongState, match="随线索保管"):
        calling.note_caller(row, by=people.petition, caller=CALLER)
    with pytest.raises(RuleBroken, match="留有联系方式"):
        calling.answer(row, by=people.petition, answer_way="public", answer_text="已公开答复。")
    told = calling.answer(row, by=people.petition, answer_way="phone", answer_text="已告知转为线索。")
    assert told.state == "answered"
    with pytest.raises(NotAllowed):
        calling.make_lead(call(), by=people.casemgr)


def test_the_caller_is_nowhere_but_in_the_vault(client, people, call):
    row = call(caller=CALLER)
    for text in ("欧阳铁柱说没有到账", "请回电 １３８０９９０ ４４７７"):
        with pytest.raises(RuleBroken, match="请删去"):
            call(caller=CALLER, text=text)
        with pytest.raises(RuleBroken, match="请删去"):  # as it is at every act on the call
            calling.answer(again(row), by=people.petition, answer_way="phone", answer_text=text)
    digest = digesting.assemble_now(by=people.petition)
    digest = digesting.instruct(digest, by=people.leader, text="请抓紧。", call=row)
    client.force_login(people.leader)
    pages = (
        "/calls/",
        row.get_absolute_url(),
        digest.get_absolute_url(),
        f"{digest.get_absolute_url()}paper/",
        "/",
    )
    seen = [client.get(page).content.decode() for page in pages]
    seen += [
        machine(people.petition).get(f"{API}{things}/").content.decode() for things in ("calls", "digests")
    ]
    seen += [f"{n.text}{n.url}" for n in Notification.objects.all()]
    seen += [str((e.changes, e.sealed_values)) for e in AuditEntry.objects.all()]
    seen += [str(v.value) for v in AuditValue.objects.all()]
    assert not [word for word in WORDS for text in seen if word in text]


def test_the_database_says_again_that_no_call_ends_without_an_answer(people, call):
    row = call()
    with pytest.raises(IntegrityError), transaction.atomic():
        HotlineCall.objects.filter(pk=row.pk).update(state="closed")


def test_a_list_of_calls_costs_the_same_for_three_and_for_thirteen(client, people, call):
    client.force_login(people.petition)
    costs = []
    for more in (3, 10):
        for _ in range(more):
            call()
        client.get("/calls/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/calls/")
        costs.append(len(asked))
    assert costs[0] == costs[1]
