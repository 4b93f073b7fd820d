"""原因代码: chosen beside the words when something is sent back, put off, handed back or held; the record keeps the word of the day."""

from datetime import timedelta

import pytest
from django.test import Client
from rest_framework.test import APIClient

from povertyaudit.core import audit, moment, reasons, terms
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Purpose, ReasonCode
from povertyaudit.core.verify import verify
from tests import factories
from tests.cases.conftest import services
from tests.rectification import makers

pytestmark = pytest.mark.django_db


def web(who):
    client = Client()
    client.force_login(factories.fresh(who))
    return client


def api(who):
    client = APIClient()
    client.force_authenticate(factories.fresh(who))
    return client


def kept(row):
    """Code and word in the newest entry of the row's record."""
    changes = audit.history(row).first().changes
    return changes.get("reason_code"), changes.get("reason_name")


# verb, state of the lead, who presses, what else the form asks, code, its word, a word of another list
ACTS = (
    ("send_back", "proposed", "leader", {"note": "请补充。"}, "sb_grounds", "事实不清或者依据不足", "线索笼统"),
    ("hand_back", "dispatched", "inspector1", {"note": "不归本室。"}, "hb_not_ours",
     "不属于本部门职责或者联系地区", "受农时"),
    ("extend", "signed_for", "secretary", {"note": "需再核。", "clock": "lead.propose", "amount": 5,
     "unit": "working_days"}, "ex_complex", "情况复杂，涉及面广", "没有数据和实例"),
    ("hold", "approved", "inspector1", {"review_on": "+60"}, "ho_vague", "线索笼统，暂不具备核查条件", "没有数据和实例"),
)  # fmt: skip


@pytest.mark.parametrize(("verb", "state", "who", "more", "code", "word", "other"), ACTS)
def test_on_the_page_the_select_stands_above_the_opinion_and_the_timeline_tells_it(
    people, make, verb, state, who, more, code, word, other
):
    lead = make(state, method="hold" if verb == "hold" else "verify")
    more = {k: str(moment.today() + timedelta(60)) if v == "+60" else v for k, v in more.items()}
    desk, url = web(getattr(people, who)), f"{lead.get_absolute_url()}{verb}/"
    page = desk.get(url).content.decode()
    assert word in page
    assert other not in page
    assert page.index('name="reason_code"') < page.index('name="note"')
    refused = desk.post(url, {**more, "reason_code": "nothing"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (400, ["reason_code"])
    assert desk.post(url, {**more, "reason_code": code}).status_code == 302
    assert kept(lead) == (code, word)
    assert f"原因：{word}" in web(people.casemgr).get(lead.get_absolute_url()).content.decode()
    assert verify().broken == []


def test_it_stays_optional_and_over_rest_a_wrong_code_is_said_at_the_field(people, make):
    lead, leader = make("proposed"), api(people.leader)
    url = f"/api/v1/leads/{lead.public_id}/send_back/"
    for wrong in ("nothing", "ho_vague", "原因"):
        refused = leader.post(url, {"note": "请补充。", "reason_code": wrong}, format="json")
        assert (refused.status_code, refused.data["field"]) == (422, "reason_code"), wrong
        assert refused.data["message"] == "没有这个退回原因，或者已经停用，请从分类目录现有的各项中选择。"
    assert leader.post(url, {"note": "请补充。"}, format="json").status_code == 200
    assert kept(lead) == (None, None)
    services.propose(lead, by=people.inspector1, method="verify", proposal="补充后再报。")
    said = leader.post(url, {"note": "仍不足。", "reason_code": "sb_evidence"}, format="json")
    assert said.status_code == 200
    entries = leader.get("/api/v1/audit/", {"target": lead.public_id}).data["results"]
    told = next(
        one for one in entries if one["verb"] == "lead.send_back" and one["contents"].get("reason_code")
    )
    assert told["contents"]["reason_name"] == "佐证材料不全或者不实"


def test_an_item_sent_back_and_a_longer_period_asked_for_name_theirs(client):
    cast = makers.people()
    item = makers.at(cast, "rectifying")
    ask = makers.api(client, cast.official).post
    body = {"until": str(item.due_on + timedelta(30)), "reason": "正值农忙。", "reason_code": "ex_season"}
    url = f"items/{item.public_id}/"
    assert ask(f"{url}request_extension/", body | {"reason_code": "sb_on_paper"}).status_code == 422
    assert ask(f"{url}request_extension/", body).status_code == 200
    assert kept(item) == ("ex_season", "受农时、季节影响")
    item = makers.at(cast, "closure_applied")
    page = web(cast.sector).get(f"{item.get_absolute_url()}send_back/").content.decode()
    assert "文字整改、数字整改、形式整改" in page
    given = {"note": "没有照片。", "reason_code": "sb_on_paper"}
    assert web(cast.sector).post(f"{item.get_absolute_url()}send_back/", given).status_code == 302
    assert "原因：文字整改" in web(cast.inspector1).get(item.get_absolute_url()).content.decode()


def test_renamed_it_keeps_the_word_of_its_day_ended_it_is_refused(people, make, time_machine):
    before, vague = make("approved", method="hold"), ReasonCode.objects.get(code="ho_vague")
    day, soon = moment.today(), moment.today() + timedelta(days=1)
    services.hold(before, by=people.inspector1, review_on=day + timedelta(60), reason_code="ho_vague")
    terms.confirm(
        terms.rename(vague, by=people.casemgr, name="线索不具体", valid_from=soon), by=people.secadmin
    )
    time_machine.move_to(f"{soon}T09:00:00+08:00")
    assert dict(reasons.choices(Purpose.HOLD))["ho_vague"] == "线索不具体"
    assert kept(before) == ("ho_vague", "线索笼统，暂不具备核查条件")
    later = soon + timedelta(days=1)
    now = ReasonCode.objects.on().get(code="ho_vague")
    terms.confirm(terms.end(now, by=people.casemgr, valid_from=later), by=people.secadmin)
    time_machine.move_to(f"{later}T09:00:00+08:00")
    with pytest.raises(RuleBroken) as refused:
        services.hold(
            make("approved", method="hold"),
            by=people.inspector1,
            review_on=day + timedelta(60),
            reason_code="ho_vague",
        )
    assert refused.value.field == "reason_code"


def test_a_code_stands_in_one_list_only_and_the_lists_are_in_the_directory(people):
    page = web(people.casemgr).get("/terms/?tab=hold_reasons").content.decode()
    assert "退回分办原因" in page
    assert "待关联案件查清" in page
    taken = {"terms": "hold_reasons", "code": "sb_evidence", "name": "另一含义", "valid_from": moment.today()}
    with pytest.raises(RuleBroken) as refused:
        terms.add(by=people.casemgr, **taken)
    assert refused.value.field == "code"
    made = terms.add(by=people.casemgr, **taken | {"code": "ho_season"})
    assert (made.purpose, made.order) == (Purpose.HOLD, 25)
