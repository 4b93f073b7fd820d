"""扶贫专线: who must not hear of a call or of its caller, although the call passed through his hands."""

import pytest

from cases.models import CallCategory, CallDigest, Category, HotlineCall, Lead
from cases.services import calling, digesting
from povertyaudit.core import vault
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Attachment, AuditEntry
from tests import factories
from tests.core.machines import API, assert_refusal, machine

CALLER = {"name": "欧阳铁柱", "phone": "138-0990-4477"}
SUBJECT = {"name": "王某某", "unit_text": "石桥坳村", "post_text": "村主任", "kind": "village_cadre"}


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def ring(people, **values):
    category = CallCategory.objects.get(code="subsidy_unpaid")
    region = factories.places()[factories.VILLAGE]
    given = {"title": "反映产业奖补没有到账", "text": "验收三个月仍未到账。", **values}
    return calling.register(by=people.petition, region=region, category=category, **given)


def make_lead(call, people, **subject):
    category = Category.objects.get(code="favouritism")
    return calling.make_lead(call, by=people.petition, category=category, subjects=[SUBJECT | subject])


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_a_unit_hears_no_more_of_a_call_that_became_a_lead(client, people):
    call = calling.transfer(ring(people), by=people.petition, unit=people.official.home.unit)
    calling.reply(
        calling.sign_for(call, by=people.official), by=people.official, reply_text="补助已于昨日发放。"
    )
    at, unit = call.get_absolute_url(), machine(people.official)
    assert unit.get(f"{API}calls/{call.public_id}/").status_code == 200
    make_lead(again(call), people)
    client.force_login(people.official)
    assert client.get(at).status_code == 404
    assert call.number not in client.get("/calls/").content.decode()
    assert unit.get(f"{API}calls/{call.public_id}/").status_code == 404
    assert [HotlineCall.objects.visible_to(who).count() for who in (people.petition, people.leader)] == [1, 1]


@pytest.mark.parametrize("field", ["name", "unit_text", "post_text"])
def test_the_caller_is_not_typed_among_the_persons_of_the_lead(people, field):
    call = ring(people, caller=CALLER)
    with pytest.raises(RuleBroken, match="请删去") as refused:
        make_lead(call, people, **{field: "欧阳 铁柱"})
    assert refused.value.field == "subjects"
    sent = machine(people.petition).post(
        f"{API}calls/{call.public_id}/make_lead/",
        {"category": "favouritism", "subjects": [SUBJECT | {field: "欧阳铁柱"}]},
        format="json",
    )
    assert_refusal(sent, 422)
    assert not Lead.objects.exists()


def test_the_caller_is_noted_on_the_call_as_it_is_now_not_as_a_page_had_it(people):
    call = ring(people)
    stale = again(call)
    make_lead(call, people)
    with pytest.raises(WrongState, match="随线索保管"):
        calling.note_caller(stale, by=people.petition, caller=CALLER)
    assert not vault.kept_for(call)


@pytest.fixture
def told(people):
    """A digest of two calls; a leader has told one room to answer for the first, and another for the second."""
    mine = ring(people, title="反映奖补没有到账", text="验收三个月仍未到账。")
    ring(people, title="反映井水发黄", text="村西头三户。", caller=CALLER)
    digest = digesting.assemble_now(by=people.petition, note="书记要看。")
    other = digest.lines.exclude(call=mine).get().call
    room, another = people.inspector1.home.unit, people.investigator.home.unit
    digest = digesting.instruct(digest, by=people.leader, call=mine, text="请一室核实。", unit=room)
    return digesting.instruct(digest, by=people.leader, call=other, text="请查水质。", unit=another)


def test_a_room_told_to_answer_for_one_call_reads_nothing_of_the_others(client, people, told):
    at, kept = told.get_absolute_url(), Attachment.objects.of(told).get()
    mine, hidden = ("验收三个月仍未到账。", "请一室核实。"), ("井水", "三户", "请查水质。", "paper/")
    client.force_login(people.inspector1)
    for page in (at, f"{at}report/"):
        shown = client.get(page).content.decode()
        assert "验收三个月仍未到账。" in shown
        assert not [word for word in hidden if word in shown]
    for page in (f"{at}paper/", kept.get_absolute_url()):
        assert client.get(page).status_code == 404
    seen = machine(people.inspector1).get(f"{API}digests/{told.public_id}/")
    body = seen.content.decode()
    assert all(word in body for word in mine)
    assert not [word for word in hidden if word in body]
    assert (len(seen.json()["lines"]), len(seen.json()["instructions"])) == (1, 1)
    for reader in (people.leader, people.petition):
        client.force_login(reader)
        assert "井水" in client.get(at).content.decode()
        assert client.get(f"{at}paper/").status_code == client.get(kept.get_absolute_url()).status_code == 200
    digesting.instruct(again(told), by=people.leader, text="请汇总。", unit=people.inspector1.home.unit)
    client.force_login(people.inspector1)
    assert "请查水质。" in client.get(at).content.decode()


def test_neither_instruction_nor_report_says_who_called(people, told):
    text = "请找欧阳 铁柱了解。"
    other = told.lines.get(call__title="反映井水发黄").call
    for about in (other, None):
        with pytest.raises(RuleBroken, match="需要保密") as refused:
            digesting.instruct(again(told), by=people.leader, text=text, call=about)
        assert refused.value.field == "text"
    told = digesting.instruct(again(told), by=people.leader, text="请汇总。")
    by_room = {
        people.investigator: told.instructions.get(call=other),
        people.petition: told.instructions.get(call=None),
    }
    for who, instruction in by_room.items():
        with pytest.raises(RuleBroken, match="反映人") as refused:
            digesting.report(again(told), by=who, instruction=instruction, answer_text=text)
        assert refused.value.field == "answer_text"
    make_lead(again(other), people)  # the identity is the lead's now
    with pytest.raises(RuleBroken, match="需要保密"):
        digesting.instruct(again(told), by=people.leader, text=text)


def test_only_who_owes_an_answer_is_offered_to_report(client, people, told):
    def offered(who):
        return machine(who).get(f"{API}digests/{told.public_id}/").json()["actions"]

    assert [offered(who) for who in (people.inspector1, people.petition, people.leader)] == [
        ["report"],
        [],
        ["instruct"],
    ]
    client.force_login(people.petition)
    assert client.get(f"{told.get_absolute_url()}report/").status_code == 403
    instruction = told.instructions.get(unit=people.inspector1.home.unit)
    digesting.report(again(told), by=people.inspector1, instruction=instruction, answer_text="已核实。")
    assert offered(people.inspector1) == []
    with pytest.raises(NotAllowed, match="没有待您"):
        digesting.report(again(told), by=people.inspector1, instruction=instruction, answer_text="已核实。")


def test_the_word_with_which_a_digest_was_made_is_kept(people, told):
    made = AuditEntry.objects.get(verb="calldigest.assemble")
    assert [value.value for value in made.values.filter(field="note")] == ["书记要看。"]
    assert CallDigest.objects.get() == told
