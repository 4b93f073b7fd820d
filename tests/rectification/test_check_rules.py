"""复核和公示要求, 佐证材料清单: what is asked of a sort of items, from a day on, by two people."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.core import moment, terms
from povertyaudit.core.errors import RuleBroken, Several
from povertyaudit.core.verify import verify
from rectification import services
from rectification.models import CheckRule, EvidenceNeed
from rectification.services import check_rules
from tests.core.test_clock_pages import post
from tests.factories import fresh
from tests.rectification import makers
from tests.rectification.makers import SEEN, again, api, at

ON_SITE = {"site_on": "", "site_place": "便民服务中心", "site_found": "名单已张贴"}


def confirmed(cast, **said):
    rule = check_rules.propose(by=cast.casemgr, valid_from=moment.today(), **said)
    return terms.confirm(rule, by=cast.secadmin)


def test_what_the_rules_ask_is_shown_asked_for_and_refused_without(cast, client):
    """By source on the page, by class over the API, by round; another item is asked nothing."""
    found = makers.finding(cast)
    item, other = at(cast, "sector_reviewed"), at(cast, "sector_reviewed", source="assessment")
    born = at(cast, "sector_reviewed", source="finding", finding=found, by=cast.patroloffice)
    today = moment.today().isoformat()
    new = {"about": "source:audit", "kind": "on_site", "level": "required", "valid_from": today}
    client.force_login(cast.inspector1)
    assert client.get("/terms/check-rules/new/").status_code == 403
    client.force_login(cast.casemgr)
    assert "/terms/check-rules/new/" in client.get("/terms/?tab=check_rules").content.decode()
    said = post(client, "/terms/check-rules/new/", new | {"level": "7"})
    assert "必须有" in said.content.decode()
    assert post(client, "/terms/check-rules/new/", new).status_code == 302
    door = api(client, cast.casemgr)
    longer = {"about": "source:audit", "kind": "publication", "level": "10", "valid_from": today}
    for wrong, field in (
        ({"about": "source:nothing"}, "about"), ({"about": "round:x"}, "about"), ({"level": "required"}, "level"),
        ({"kind": "x"}, "kind"),
    ):  # fmt: skip
        answer = door.post("check-rules/", longer | wrong)
        assert (answer.status_code in (400, 422), answer.json()["field"]) == (True, field)
    made = door.post("check-rules/", longer)
    assert (made.status_code, made.json()["content"], made.json()["list"]) == (201, "10", "check_rules")
    assert door.post("check-rules/", longer).json()["code"] == "term.waiting"
    assert len(door.get("check-rules/").json()["results"]) == 2
    services.verify(
        other, by=cast.inspector2, **SEEN
    )  # nothing is confirmed yet, and it is of another source
    for rule in CheckRule.objects.all():
        terms.confirm(rule, by=cast.secadmin)
    confirmed(cast, about=f"round:{found.round.public_id}", kind="asking", level="required")
    with pytest.raises(RuleBroken, match="须询问群众") as refused:
        services.verify(born, by=fresh(cast.patroloffice), **SEEN)
    assert refused.value.field == "asked_found"
    client.force_login(cast.inspector2)
    url, path = item.get_absolute_url(), f"items/{item.public_id}/"
    page = client.get(f"{url}verify/").content.decode()
    assert "须实地查看" in page
    assert "不少于 10 天" in page
    told = {
        one["code"]: one for one in api(client, cast.inspector2).post(f"{path}verify/", SEEN).json()["errors"]
    }
    assert told["verify.way_missing"]["field"] == "site_found"
    assert "请先“确定公示”" in told["verify.publication"]["message"]
    for wrong, field in (({"required": False}, "required"), ({"days": 5, "place": "公告栏"}, "days")):
        with pytest.raises(RuleBroken, match="不少于 10 天") as refused:
            services.set_publication(again(item), by=cast.inspector1, note="群众关注", **wrong)
        assert refused.value.field == field
    services.set_publication(again(item), by=cast.inspector1, note="群众关注", place="公告栏")
    with pytest.raises((RuleBroken, Several), match="须实地查看"):
        services.verify(again(item), by=cast.inspector2, **SEEN)
    done = services.verify(again(item), by=cast.inspector2, **SEEN | ON_SITE | {"site_on": moment.today()})
    period = done.publications.get()
    assert (done.state, period.ends_on) == ("public_notice", moment.today() + timedelta(days=10))
    assert verify().broken == []


def test_a_requirement_ends_and_a_line_of_evidence_is_asked_for_over_the_api(cast, client, time_machine_at):
    rule = confirmed(cast, about="all:", kind="asking", level="required")
    tomorrow = moment.today() + timedelta(days=1)
    end = terms.change(rule, by=cast.casemgr, to="none", valid_from=tomorrow)
    terms.confirm(end, by=cast.secadmin)
    item = at(cast, "sector_reviewed")
    with pytest.raises(RuleBroken, match="询问群众"):
        services.verify(item, by=cast.inspector2, **SEEN)
    with time_machine_at(days=1):
        services.verify(again(item), by=fresh(cast.inspector2), **SEEN)
    door = api(client, cast.casemgr)
    new = {
        "about": "source:lead",
        "kind": "minutes",
        "level": "item",
        "valid_from": moment.today().isoformat(),
    }
    made = door.post("evidence-needs/", new)
    assert (made.status_code, made.json()["content"]) == (201, "item")
    assert door.post("evidence-needs/", new).json()["code"] == "term.waiting"
    assert door.post("evidence-needs/", new | {"kind": "nothing"}).json()["field"] == "kind"
    assert api(client, cast.inspector1).post("evidence-needs/", new).status_code == 403
    need = EvidenceNeed.objects.waiting().get()
    confirm = api(client, cast.secadmin).post(f"terms/{need.public_id}/confirm/", {"note": "同意。"})
    assert confirm.status_code == 200
    for name, broken in (
        ("checkrule_key_where_chosen", {"key": "x"}),
        ("checkrule_level_fits", {"level": "7"}),
    ):
        bad = CheckRule(code="zz", name="x", axis="all", about="x", kind="asking", level="required", order=99)
        for field, value in broken.items():
            setattr(bad, field, value)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            bad.save()
