"""Sync: what an account never saw leaves it no tombstone, and what becomes secret does."""

from povertyaudit.core import rows
from tests import factories
from tests.cases.conftest import Maker
from tests.core.machines import machine
from tests.exchange.test_changes import drain_of
from tests.inspections import makers


def told(client, things, cursor):
    """`{id: op}` of what is new."""
    return {id: one["op"] for id, one in drain_of(client, things, cursor)[0].items()}


def moved(row, verb, by, region=factories.YUNPING):
    row.refresh_from_db()
    return rows.change(row, verb=verb, by=by, changes={"region_id": region})


def test_a_lead_that_goes_to_another_township_leaves_the_liaison_nothing(people):
    """He sees no lead whatever: not even that there was one."""
    lead = Maker(people)("dispatched")
    liaison, registry = machine(people.official), machine(people.casemgr)
    _, of_liaison = drain_of(liaison, "leads")
    _, of_registry = drain_of(registry, "leads")
    moved(lead, "lead.amend", people.petition, factories.OTHER_TOWN)
    assert told(liaison, "leads", of_liaison) == {}
    assert told(registry, "leads", of_registry) == {lead.public_id: "upsert"}
    moved(lead, "lead.amend", people.petition)
    assert told(liaison, "leads", of_liaison) == {}


def test_a_secret_round_that_moves_was_nowhere_for_those_who_are_not_named_on_it(people):
    secret, open_one = makers.round_(people, secret=True), makers.round_(people, name="第八轮巡察")
    finding = makers.finding(people, secret)
    registry, office = machine(people.casemgr), machine(people.patroloffice)
    cursors = {things: drain_of(registry, things)[1] for things in ("rounds", "findings")}
    _, named = drain_of(office, "rounds")
    for row in (secret, open_one):
        moved(row, "round.amend", people.patroloffice)
    moved(finding, "finding.amend", people.patroloffice)
    assert told(registry, "rounds", cursors["rounds"]) == {open_one.public_id: "delete"}
    assert told(registry, "findings", cursors["findings"]) == {}
    assert told(office, "rounds", named)[secret.public_id] == "upsert"


def test_a_round_that_becomes_secret_is_gone_with_what_it_found_and_comes_back_when_it_is_over(people):
    round_ = makers.round_(people)
    finding = makers.finding(people, round_)
    registry = machine(people.casemgr)
    cursors = {things: drain_of(registry, things)[1] for things in ("rounds", "findings")}
    for secret, op in ((True, "delete"), (False, "upsert")):
        round_.refresh_from_db()
        rows.change(round_, verb="round.amend", by=people.patroloffice, changes={"secret": secret})
        assert told(registry, "rounds", cursors["rounds"]) == {round_.public_id: op}
        assert told(registry, "findings", cursors["findings"]) == {finding.public_id: op}
