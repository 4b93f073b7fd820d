"""Two leads linked, kept apart and let go; who sees the link; pairs of the backlog."""

from io import StringIO

import pytest
from django.core.management import call_command

from cases import matching
from cases.models import Lead, LeadKey, LeadLink, LeadPrint, Suspect
from cases.services import repeats
from povertyaudit.core import audit
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Job
from povertyaudit.core.secrecy import Leaked
from povertyaudit.core.verify import verify
from tests import factories
from tests.cases.conftest import services
from tests.cases.test_repeats import again, api, first, found  # noqa: F401 — fixtures


def test_two_are_linked_kept_apart_and_let_go_again_and_the_record_is_whole(api, make, people, first):  # noqa: F811
    second = again(make)
    linked = api.ask("casemgr", f"{first.public_id}/link/", other=second.number, note="同一项目。")
    assert linked.status_code == 200
    for lead, other in ((first, second), (second, first)):
        told = api.ask("casemgr", f"{lead.public_id}/repeats/").json()
        assert [(one["number"], one["kind"]) for one in told["links"]] == [(other.number, "related")]
        assert told["candidates"] == []
    assert (
        api.ask("casemgr", f"{second.public_id}/link/", other=first.number).json()["code"] == "link.already"
    )
    assert (
        api.ask(
            "petition", f"{second.public_id}/keep_apart/", other=first.number, note="两个项目。"
        ).status_code
        == 200
    )
    assert LeadLink.objects.get().kind == "distinct"
    assert (
        api.ask("petition", f"{second.public_id}/unlink/", other=first.number, note="登记有误。").status_code
        == 200
    )
    assert found(second, people.casemgr)
    assert verify().broken == []


def test_a_link_is_seen_only_by_who_may_see_both_and_made_only_to_what_one_may_see(api, make, people, first):  # noqa: F811
    own = make(by=people.inspector1, channel="own_discovery")
    assert api.ask("inspector1", f"{own.public_id}/link/", other=first.number).status_code == 400
    with pytest.raises(RuleBroken):
        services.link(own, by=people.inspector1, other=first)
    with pytest.raises(RuleBroken):
        services.link(own, by=people.inspector1, other=own)
    services.link(own, by=people.casemgr, other=first)
    assert api.ask("inspector1", f"{own.public_id}/repeats/").json()["links"] == []
    assert len(api.ask("casemgr", f"{own.public_id}/repeats/").json()["links"]) == 1


def test_why_two_are_linked_is_read_with_the_link_only_and_says_of_neither_who_complained(
    make,
    people,
    first,  # noqa: F811
):
    named = make(identity_status="claimed", complainant={"name": "欧阳守信"})
    own = make(by=people.inspector1, channel="own_discovery")
    for one, other in ((own, named), (named, own)):
        for verb in ("link", "keep_apart"):
            with pytest.raises(Leaked) as refused:
                getattr(services, verb)(one, by=people.casemgr, other=other, note="欧阳守信也反映过。")
            assert refused.value.field == "note"
    services.link(own, by=people.casemgr, other=first, note="与低保一件同源。")
    services.unlink(own, by=people.casemgr, other=first, note="不是低保的事。")
    told = str([(entry.verb, audit.told(entry)) for entry in audit.history(own)])
    assert "lead.unlink" in told
    assert "低保" not in told
    assert verify().broken == []


def test_leads_of_two_counties_are_linked_and_not_merged(make, people, first):  # noqa: F811
    Lead.objects.filter(pk=first.pk).update(
        region=factories.YUNPING, handling_unit=people.inspector1.home.unit
    )
    second = again(make)
    with pytest.raises(RuleBroken) as refused:
        services.merge(second, by=people.casemgr, into=Lead.objects.get(pk=first.pk))
    assert "关联" in str(refused.value)
    services.link(second, by=people.casemgr, other=Lead.objects.get(pk=first.pk))


def test_the_command_finds_pairs_in_the_backlog_says_counts_and_finds_nothing_twice(
    make,
    people,
    first,  # noqa: F811
    client,
):
    second = again(make)
    LeadKey.objects.all().delete()  # as after an upgrade
    LeadPrint.objects.all().delete()
    out = StringIO()
    call_command("find_repeats", stdout=out)
    assert "编制查重键 2 件，查找 2 件，新发现疑似重复 1 对" in out.getvalue()
    assert Suspect.objects.get().score >= matching.STRONG
    call_command("find_repeats", stdout=out)
    assert "编制查重键 0 件，查找 0 件，新发现疑似重复 0 对" in out.getvalue()
    client.force_login(people.casemgr)
    assert second.number in client.get("/leads/?tab=suspects").content.decode()
    assert "可能与 1 件线索重复" in client.get(second.get_absolute_url()).content.decode()
    services.keep_apart(second, by=people.casemgr, other=first, note="两个项目。")
    assert second.number not in client.get("/leads/?tab=suspects").content.decode()
    call_command("find_repeats", "--again", stdout=out)
    assert not Suspect.objects.exists()


def test_the_search_goes_on_where_it_was_killed(make, people, first, monkeypatch):  # noqa: F811
    again(make)
    again(make)
    monkeypatch.setattr(repeats, "FEW", 1)
    real, seen = repeats._search, []

    def dies(lead):
        seen.append(lead.pk)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(lead)

    monkeypatch.setattr(repeats, "_search", dies)
    with pytest.raises(KeyboardInterrupt):
        call_command("find_repeats", stdout=StringIO())
    assert Job.objects.get(kind="repeats").result["searched"] == 1
    monkeypatch.setattr(repeats, "_search", real)
    out = StringIO()
    call_command("find_repeats", stdout=out)
    assert "查找 3 件，新发现疑似重复 3 对" in out.getvalue()
    assert Job.objects.filter(kind="repeats").count() == 1
