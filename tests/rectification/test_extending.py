"""More time: asked for with its reason, limited by dated rules, decided by the office first and by a leader later."""

from datetime import timedelta

import pytest

from povertyaudit.core import clock_rules, moment, terms
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Clock, ClockRule, Notification
from rectification import services
from rectification.models import ExtensionRule, Item
from tests.core.test_clock_pages import post
from tests.rectification.makers import again, api, at, paper


def changed(cast, kind, to, day):
    """The rule of extensions says another thing from a day on: one proposes, another confirms."""
    rule = ExtensionRule.objects.on().get(kind=kind)
    terms.confirm(terms.change(rule, by=cast.casemgr, to=to, valid_from=day), by=cast.secadmin)


def test_a_second_extension_is_a_leaders_and_a_third_nobodys(cast, client, time_machine_at):
    """Both doors; reasons, who decided and the days in all stand on the page and in the API; a changed rule is for later."""
    item = at(cast, "accepted", days=30, measures=1)
    first, path = item.due_on + timedelta(days=20), f"items/{item.public_id}/"
    asked = {"until": str(first), "reason_code": "ex_season", "reason": "汛期停工。"}
    assert api(client, cast.official).post(f"{path}request_extension/", asked).status_code == 200
    twice = api(client, cast.unithead).post(f"{path}request_extension/", asked)
    assert (twice.status_code, twice.json()["code"]) == (409, "request_extension.state")
    with pytest.raises(NotAllowed, match="监督检查室"):
        services.decide_extension(item, by=cast.leader, granted=True)
    client.force_login(cast.inspector1)
    form = client.get(f"{item.get_absolute_url()}decide_extension/").content.decode()
    assert "汛期停工。" in form
    assert "最多延期" in form
    assert post(client, f"{item.get_absolute_url()}decide_extension/", {"granted": "yes"}).status_code == 302
    item = again(item)
    second = item.due_on + timedelta(days=10)
    client.force_login(cast.official)
    assert "分管领导或者书记" in client.get(f"{item.get_absolute_url()}request_extension/").content.decode()
    services.request_extension(item, by=cast.official, until=second, reason="材料未到")
    assert Notification.objects.filter(user=cast.leader, text__contains="申请延期").exists()
    refused = api(client, cast.inspector1).post(f"{path}decide_extension/", {"granted": True})
    assert (refused.status_code, refused.json()["code"]) == (403, "decide_extension.leader")
    assert not Item.objects.visible_to(cast.inspector1).waiting_for(cast.inspector1).exists()
    assert Item.objects.visible_to(cast.leader).waiting_for(cast.leader).get() == item
    shown = api(client, cast.leader).post(f"{path}decide_extension/", {"granted": True}).json()
    latest, earlier = shown["extension_requests"]
    assert (latest["by_leader"], latest["decided_by"]) == (True, cast.leader.display_name)
    assert (earlier["reason_code"], earlier["by_leader"]) == ("ex_season", False)
    item, days = again(item), sum(one["days"] for one in shown["extension_requests"])
    assert days == (item.due_on - item.original_due_on).days
    page = client.get(item.get_absolute_url()).content.decode()
    assert f"2 次，共 {days} 天" in page
    assert "个工作日）" in page
    why = api(client, cast.official).get(f"{path}clocks/").json()
    rectify = next(one for one in why if one["code"] == "item.rectify")
    assert [sum("延长" in line for line in rectify["why"]), rectify["working_days_left"] > 0] == [2, True]
    changed(cast, "times", "3", moment.today() + timedelta(days=1))
    with time_machine_at(days=2):
        third = {"until": str(item.due_on + timedelta(days=5)), "reason": "再延"}
        refused = api(client, cast.official).post(f"{path}request_extension/", third)
    assert (refused.status_code, refused.json()["code"]) == (422, "extension.enough")
    assert "最多延期 2 次" in refused.json()["message"]
    at(cast, "accepted")
    counted = api(client, cast.inspector1)
    assert len(counted.get("items/", extension="any").json()["results"]) == 1
    assert counted.get("items/", extension="pending").json()["results"] == []
    client.force_login(cast.inspector1)
    assert item.number in client.get("/items/?extension=granted").content.decode()


def test_one_extension_is_no_longer_than_the_rule_of_the_day_it_began(cast):
    before = at(cast, "accepted")
    changed(cast, "days", "30", moment.today())
    assert again(before)
    item = at(cast, "accepted")
    too_late = item.due_on + timedelta(days=31)
    with pytest.raises(RuleBroken, match="最迟延至") as refused:
        services.request_extension(item, by=cast.official, until=too_late, reason="资金未到")
    assert refused.value.field == "until"
    services.request_extension(item, by=cast.official, until=too_late - timedelta(days=5), reason="资金未到")
    with pytest.raises(RuleBroken, match="每次最多延期 30 天"):
        services.decide_extension(item, by=cast.inspector1, granted=True, until=too_late)


def test_a_changed_rule_is_for_items_issued_later(cast):
    """期限规则 changed while an item runs: its date stays, and its clock still says the rule it began with."""
    old = at(cast, "issued", due_on=None)
    rule = ClockRule.objects.in_force("item.rectify", moment.today()).first()
    made = clock_rules.propose(
        rule, by=cast.casemgr, region=cast.inspector1.current_posts()[0].region, amount=3, source="县委文件",
        valid_from=moment.today(),
    )  # fmt: skip
    clock_rules.confirm(made, by=cast.secadmin)
    services.accept(old, by=cast.official)
    new = at(cast, "issued", due_on=None)
    assert again(old).due_on == old.due_on > new.due_on
    clocks = {one.target_id: one for one in Clock.objects.filter(code="item.rectify")}
    assert [clocks[one.pk].rule.amount for one in (old, new)] == [6, 3]
    until = old.due_on + timedelta(days=10)
    services.request_extension(old, by=cast.official, until=until, reason="汛期停工")
    services.decide_extension(old, by=cast.inspector1, granted=True)
    assert again(old).due_on >= until  # unless decided otherwise


def test_a_date_before_the_beginning_is_refused_at_its_field(cast, client):
    """On the page and over the API, for the item and for a measure; nothing is half-saved."""
    yesterday = moment.today() - timedelta(days=1)
    body = {
        "source": "audit", "problem_class": "资金使用", "aspect": "拨付", "problem": "滞留", "due_on": str(yesterday),
        "main_unit": cast.town.public_id, "lead_unit": cast.bureau.public_id, "paper": paper(cast).public_id,
    }  # fmt: skip
    refused = api(client, cast.inspector1).post("items/", body)
    assert (refused.status_code, refused.json()["field"]) == (422, "due_on")
    client.force_login(cast.inspector1)
    assert "日期不能早于今天" in client.post("/items/new/", body).content.decode()
    assert not Item.objects.exists()
    item = at(cast, "accepted")
    late = api(client, cast.official).post(
        f"items/{item.public_id}/add_measure/", {"text": "补一条", "due_on": "2020-01-01"}
    )
    assert (late.status_code, late.json()["field"]) == (422, "due_on")
    client.force_login(cast.official)
    said = post(client, f"{item.get_absolute_url()}add_measure/", {"text": "补", "due_on": "2020-01-01"})
    assert "不能早于" in said.content.decode()
    assert item.measures.count() == 2
    early = body | {"due_on": None, "measures": [{"text": "一条", "due_on": "2020-01-01"}]}
    assert api(client, cast.inspector1).post("items/", early).status_code == 422
    assert Item.objects.get() == item
