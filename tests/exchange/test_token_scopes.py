"""接口授权: a token of a service account does what it was issued for, from where and as often, and no more."""

import re

import pytest
from rest_framework.test import APIClient

from povertyaudit.core import rows, token_scopes
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import ApiToken, AuditEntry, Region, Role, TokenScope, User
from tests import factories
from tests.core.machines import API, assert_refusal, machine, misuse
from tests.core.test_clock_pages import post

NEW = {"user": "ledgerclient", "name": "市级平台同步", "verbs": ["read"], "resources": ["misuses"]}


@pytest.fixture
def account(people):
    User.objects.filter(pk=people.ledgerclient.pk).update(is_service=True, region=factories.QINGHE)
    people.ledgerclient.refresh_from_db()
    return people.ledgerclient


def issue(people, **change):
    return machine(people.secadmin).post(f"{API}token-scopes/", NEW | change, format="json")


def program(answer, address="10.20.1.1"):
    client = APIClient(REMOTE_ADDR=address)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['token']}")
    return client


def test_it_reads_what_it_is_for_and_nothing_else(people, account):
    made = issue(people)
    assert made.status_code == 201, made.content
    client = program(made)
    answer = client.get(f"{API}misuses/")
    assert answer.status_code == 200
    assert answer.headers["RateLimit-Limit"] == "600"
    assert answer.headers["RateLimit-Remaining"] == "599"
    assert client.get(f"{API}misuses/changes/").status_code == 200
    assert_refusal(client.get(f"{API}leads/"), 403)
    assert_refusal(client.post(f"{API}misuses/", {}, format="json"), 403)
    row = TokenScope.objects.get()
    assert (row.used_from, row.uses.get().requests) == ("10.20.1.1", 4)
    told = machine(people.auditor).get(f"{API}token-scopes/{row.public_id}/").json()
    assert (told["requests"], told["refused"], "token" in told) == (4, 0, False)
    assert made.json()["token"] not in str(list(AuditEntry.objects.values_list("changes", flat=True)))


def test_the_region_narrows_whatever_the_posts_reach(people, account):
    here, there = misuse(people), misuse(people, unit="白杨乡人民政府")
    whole, town = program(issue(people)), program(issue(people, region=factories.TOWN))
    assert {row["id"] for row in whole.get(f"{API}misuses/").json()["results"]} == {
        here.public_id,
        there.public_id,
    }
    assert [row["id"] for row in town.get(f"{API}misuses/").json()["results"]] == [here.public_id]
    assert_refusal(town.get(f"{API}misuses/{there.public_id}/"), 404)
    assert_refusal(issue(people, region=factories.YUNPING), 400)


def test_addresses_and_rates_are_kept(people, account):
    made = issue(people, networks=["10.20.0.0/16"], per_minute=2)
    assert_refusal(program(made, "10.21.0.1").get(f"{API}misuses/"), 403)
    near = program(made)
    answers = [near.get(f"{API}misuses/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert answers[2].headers["RateLimit-Reset"] == answers[2].headers["Retry-After"]
    assert TokenScope.objects.get().uses.get().refused == 2


def test_revoked_it_is_worthless_at_once_and_its_history_stays(people, account):
    made = issue(people)
    client = program(made)
    assert client.get(f"{API}misuses/").status_code == 200
    answer = machine(people.secadmin).post(
        f"{API}token-scopes/{made.json()['id']}/revoke/", {}, format="json"
    )
    assert answer.json()["state"] == "ended"
    assert_refusal(client.get(f"{API}misuses/"), 401)
    assert not ApiToken.objects.filter(user=account).exists()
    again = machine(people.secadmin).post(f"{API}token-scopes/{made.json()['id']}/revoke/", {}, format="json")
    assert_refusal(again, 409)
    assert {"account.issue_token", "account.revoke_token"} <= set(
        AuditEntry.objects.values_list("verb", flat=True)
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"user": "finance", "resources": []}, "resources"),
        ({"user": "auditor"}, "user"),
        ({"resources": ["secrets"]}, "resources"),
        ({"verbs": ["delete everything"]}, "verbs"),
        ({"networks": ["somewhere"]}, "networks"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(people, account, change, field):
    answer = issue(people, **change)
    assert answer.status_code in {400, 422}
    assert field in str(answer.json()["field"] or answer.json())
    assert not TokenScope.objects.exists()


def test_only_the_security_officer_issues(people, account):
    assert_refusal(machine(people.sysadmin).post(f"{API}token-scopes/", NEW, format="json"), 403)
    assert_refusal(machine(people.casemgr).get(f"{API}token-scopes/{'x' * 22}/"), 404)


def test_on_the_page_the_token_is_shown_once(people, account, client):
    client.force_login(people.secadmin)
    form = {
        "user": account.public_id, "name": "市级平台", "verbs": "read create", "resources": "misuses，leads",
        "networks": "10.20.0.0/16 10.1.2.3", "region": "", "days": "30", "per_minute": "60", "note": "",
    }  # fmt: skip
    answer = client.post("/token-scopes/new/", form)
    assert "no-store" in answer.headers["Cache-Control"]
    token = re.search(r"<code>(pa_[^<]+)</code>", answer.content.decode())[1]
    row = TokenScope.objects.get()
    assert (row.verbs, row.resources, len(row.networks)) == (["create", "read"], ["leads", "misuses"], 2)
    shown = client.get(row.get_absolute_url()).content.decode()
    assert "市级平台" in shown
    assert token not in shown
    assert "市级平台" in client.get("/token-scopes/").content.decode()
    assert post(client, f"{row.get_absolute_url()}revoke/", {"note": ""}).status_code == 302
    client.force_login(people.casemgr)
    assert client.get("/token-scopes/").status_code == 403


def test_a_row_that_leaves_the_region_of_the_token_is_gone_though_the_account_reaches_both(people):
    User.objects.filter(pk=people.ledgerclient.pk).update(is_service=True)
    row, there = misuse(people), factories.unit("云屏县扶贫办", region=factories.YUNPING)
    client = program(issue(people, region=factories.QINGHE))
    cursor = client.get(f"{API}misuses/changes/").json()["next"]
    rows.change(
        row,
        verb="misuse.amend",
        by=people.finance,
        changes={"region": there.region, "responsible_unit": there},
    )
    found = client.get(f"{API}misuses/changes/", {"since": cursor}).json()["results"]
    assert [(one["op"], one["id"]) for one in found] == [("delete", row.public_id)]


def test_no_rule_reaches_beyond_the_region_of_the_token(people, account):
    """What a unit answers for elsewhere is seen through its unit, whatever the region of the post."""
    there = factories.unit("云屏县扶贫办", region=factories.YUNPING)
    account.posts.update(unit=there, role=Role.LIAISON)
    row = misuse(people)
    moved = {"region": there.region, "responsible_unit": there}
    rows.change(row, verb="misuse.amend", by=people.finance, changes=moved)
    wide = program(issue(people)).get(f"{API}misuses/").json()["results"]
    assert row.public_id in {one["id"] for one in wide}
    assert program(issue(people, region=factories.QINGHE)).get(f"{API}misuses/").json()["results"] == []


def test_an_account_without_a_post_has_no_token_that_works(people, account):
    client = program(issue(people))
    account.posts.all().delete()
    assert_refusal(client.get(f"{API}misuses/"), 401)


def test_an_account_of_the_level_above_is_let_in_for_a_region_of_ours_alone(people):
    User.objects.filter(pk=people.ledgerclient.pk).update(is_service=True)
    for region, status in ((None, 422), (factories.YUNPING, 400)):
        answer = issue(people, region=region)
        assert_refusal(answer, status)
        assert answer.json()["field"] == "region"
    with pytest.raises(RuleBroken, match="限定地区"):
        token_scopes.issue(
            by=people.secadmin, user=factories.fresh(people.ledgerclient), name="同步", verbs=["read"],
            region=Region.objects.get(code=factories.YUNPING),
        )  # fmt: skip
    assert issue(people, region=factories.QINGHE).status_code == 201


def test_an_officer_issues_and_revokes_at_home_alone(people, account):
    issue(people)
    row = TokenScope.objects.get()
    far = factories.user(
        Role.SECADMIN,
        unit=factories.unit("云屏县信息中心", region=factories.YUNPING),
        region=factories.YUNPING,
    )
    for by in (far, people.casemgr):
        with pytest.raises(NotAllowed):
            token_scopes.revoke(row, by=by)
        with pytest.raises(NotAllowed):
            token_scopes.issue(by=by, user=account, name="别处", verbs=["read"])


@pytest.mark.parametrize(("change", "field"), [({"days": 367}, "days"), ({"per_minute": 6001}, "per_minute")])
def test_the_service_itself_holds_the_bounds(people, account, change, field):
    with pytest.raises(RuleBroken) as refused:
        token_scopes.issue(by=people.secadmin, user=account, name="同步", verbs=["read"], **change)
    assert refused.value.field == field
