"""What lists at real size rest on gives the same rows as the plain way."""

import gzip
from datetime import timedelta

import pytest

from cases.models import Lead, LeadStep
from povertyaudit.core import few, keyset, moment
from povertyaudit.core.models import Clock, Recusal


def paged(rows, ordering, size=2):
    """Forward to the end and back to the beginning."""
    page = keyset.take(rows, ordering, size=size)
    forward, last = list(page.rows), page
    while last.next:
        last = keyset.take(rows, ordering, last.next, size)
        forward += last.rows
    backward = list(last.rows)
    while last.previous:
        last = keyset.take(rows, ordering, last.previous, size)
        backward = last.rows + backward
    return forward, backward


@pytest.mark.parametrize("ordering", ["due_on", "-due_on"])
def test_ordered_by_due_date_out_of_the_clocks(people, make, ordering):
    leads = [
        make(state) for state in ("signed_for", "in_step", "held", "registered", "concluded", "forwarded")
    ]
    running = Clock.objects.running().filter(target_label="cases.lead", target_id=leads[0].pk).first()
    running.due_on = moment.today() + timedelta(days=400)
    running.save()
    rows = Lead.objects.visible_to(people.casemgr).for_list()
    plain = list(keyset.ordered(rows, ordering))
    forward, backward = paged(rows, ordering)
    assert [row.pk for row in forward] == [row.pk for row in plain]
    assert backward == forward
    assert [row.due_on for row in forward] == [row.due_on for row in plain]
    assert plain[-1].due_on is None


def test_many_are_asked_for_one_by_one_and_few_by_their_keys_with_the_same_answer(people, make, monkeypatch):
    took_part = make("in_step")
    make("registered")
    steps = LeadStep.objects.filter(unit=took_part.handling_unit)
    assert isinstance(few.keys(steps, "lead_id"), list)
    by_keys = set(Lead.objects.filter(few.among(steps, "lead_id")))
    monkeypatch.setattr(few, "FEW", 0)
    assert not isinstance(few.keys(steps, "lead_id"), list)
    one_by_one = Lead.objects.filter(few.among(steps, "lead_id"))
    with few.for_many():
        gathered = Lead.objects.filter(few.among(steps, "lead_id"))
    assert set(one_by_one) == set(gathered) == by_keys == {took_part}
    assert ("LIMIT" in str(one_by_one.query), "LIMIT" in str(gathered.query)) == (True, False)


def test_a_recusal_hides_the_row_at_every_ordering(people, make):
    lead = make("in_step")
    Recusal.objects.create(
        person=people.casemgr.person, target_label="cases.lead", target_id=lead.pk, reason="亲属",
        declared_by=people.casemgr,
    )  # fmt: skip
    for ordering in ("due_on", "-received_on", "pk"):
        assert lead not in keyset.take(Lead.objects.visible_to(people.casemgr).for_list(), ordering).rows


def test_pages_and_ledgers_go_out_compressed_to_those_who_can_read_it(people, make, client):
    lead = make("in_step")
    client.force_login(people.casemgr)
    for path in ("/leads/", "/api/v1/leads/ledger.csv"):
        answer = client.get(path, headers={"accept-encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert lead.number.encode() in gzip.decompress(body)
        assert "Content-Encoding" not in client.get(path)
