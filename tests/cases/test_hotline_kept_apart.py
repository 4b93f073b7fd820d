"""扶贫专线: who must not hear of a call or of its caller, although the call passed through his hands."""

import pytest

from cases.models import CallCategory, Category, HotlineCall, Lead
from cases.services import calling
from povertyaudit.core import vault
from povertyaudit.core.errors import RuleBroken, WrongState
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
