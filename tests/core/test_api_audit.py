"""The record over REST: the auditor sees the trail without its contents; others see what belongs to their dossiers."""

from povertyaudit.core import rows
from povertyaudit.core.models import AuditEntry
from tests.core.machines import API, assert_refusal, machine, misuse


def entries(user, query=""):
    return machine(user).get(f"{API}audit/?{query}").json()["results"]


def test_readers_of_the_dossier_see_what_changed(people):
    row = misuse(people, title="围墙")
    rows.change(row, verb="misuse.correct", by=people.finance, changes={"title": "院墙"}, note="笔误")
    found = entries(people.casemgr, f"target={row.public_id}")
    assert [one["verb"] for one in found] == ["misuse.correct", "misuse.register_misuse"]
    assert found[0]["contents"]["title"] == ["围墙", "院墙"]
    assert found[0]["contents"]["note"] == "笔误"
    assert {one["chain"] for one in found} == {"intact"}


def test_the_auditor_sees_who_did_which_verb_when_and_not_what(people):
    row = misuse(people, title="围墙")
    found = entries(people.auditor, f"number={row.number}")
    assert [(one["verb"], one["actor_name"], one["number"]) for one in found] == [
        ("misuse.register_misuse", people.finance.display_name, row.number)
    ]
    assert found[0]["contents"] is None
    assert "围墙" not in str(found)


def test_the_neighbour_and_the_other_officers_see_nothing_of_it(people):
    row = misuse(people)
    entry = AuditEntry.objects.of(row).get()
    for user in (people.neighbour, people.sysadmin, people.secadmin, people.otherofficial):
        assert entries(user, f"target={row.public_id}") == []
        assert_refusal(machine(user).get(f"{API}audit/{entry.public_id}/"), 404)


def test_an_entry_that_does_not_follow_the_one_before_shows_as_broken(people):
    row = misuse(people)
    last = AuditEntry.objects.of(row).get()
    strange = {f.attname: getattr(last, f.attname) for f in AuditEntry._meta.concrete_fields}
    strange |= {"id": None, "public_id": "x" * 22, "seq": 2, "previous": "0" * 64}
    AuditEntry.objects.bulk_create([AuditEntry(**strange)])
    assert [one["chain"] for one in entries(people.auditor, f"target={row.public_id}&ordering=seq")] == [
        "intact",
        "broken",
    ]


def test_the_list_costs_the_same_for_one_and_for_many(people, django_assert_num_queries):
    client = machine(people.casemgr)
    misuse(people)
    client.get(f"{API}audit/")
    for more in (0, 5):
        for _ in range(more):
            misuse(people)
        with django_assert_num_queries(
            5
        ):  # token, posts, keys of the page, its entries, their personal values
            client.get(f"{API}audit/")
