"""Sync: a copy ends equal to the ledger, whatever is written meanwhile and wherever the client is killed."""

import json
import os
import random
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings as project
from django.db import connection, transaction

from inspections.models import Finding
from povertyaudit.core import changes, jobs, rows, tokens
from povertyaudit.core.models import Area, Change, Job, Recusal, Unit
from povertyaudit.exchange.services import tidying
from tests import factories
from tests.cases.conftest import Maker
from tests.core.machines import API, assert_refusal, machine, misuse
from tests.inspections import makers


def pull(client, since="", things="misuses", limit=1000):
    answer = client.get(f"{API}{things}/changes/", {"since": since, "limit": limit})
    assert answer.status_code == 200, answer.content
    return answer.json()


def drain(client, since="", limit=2):
    """`(operations by id, cursor)` after all pages."""
    return drain_of(client, "misuses", since, limit)


def drain_of(client, things, since="", limit=1000):
    found, steps = {}, 0
    while True:
        page = pull(client, since, things, limit)
        found.update({one["id"]: one for one in page["results"]})
        if page["next"] == since:
            return found, since
        since, steps = page["next"], steps + 1
        assert steps < 50


def test_first_the_rows_as_they_stand_then_what_changed(people):
    made = [misuse(people, title=f"第{n}件") for n in range(5)]
    client = machine(people.casemgr)
    found, cursor = drain(client)
    assert {one["op"] for one in found.values()} == {"upsert"}
    assert {one["record"]["title"] for one in found.values()} == {f"第{n}件" for n in range(5)}
    rows.change(made[3], verb="misuse.amend", by=people.finance, changes={"title": "改过"})
    found, cursor = drain(client, cursor)
    assert [(one["op"], one["version"], one["record"]["title"]) for one in found.values()] == [
        ("upsert", 2, "改过")
    ]
    assert pull(client, cursor) == {"next": cursor, "results": []}


def test_what_changes_during_the_first_reading_comes_after_it(people):
    first, *_ = [misuse(people, title=f"第{n}件") for n in range(3)]
    client = machine(people.casemgr)
    page = pull(client, limit=2)
    rows.change(first, verb="misuse.amend", by=people.finance, changes={"title": "改过"})
    found, _ = drain(client, page["next"])
    assert found[first.public_id]["record"]["title"] == "改过"


def test_a_row_that_leaves_the_scope_is_a_tombstone_and_others_hear_nothing(people):
    row = misuse(people)
    near, far = machine(people.casemgr), machine(people.neighbour)
    _, cursor = drain(near)
    seen, elsewhere = drain(far)
    assert seen == {}
    rows.change(row, verb="misuse.amend", by=people.finance, changes={"title": "改过"})
    assert drain(far, elsewhere)[0] == {}
    other = Unit.objects.filter(region__code__startswith="990102").first()
    rows.change(
        row,
        verb="misuse.amend",
        by=people.finance,
        changes={"region": other.region, "responsible_unit": other},
    )
    found, _ = drain(near, cursor)
    assert [(one["op"], "record" in one) for one in found.values()] == [("delete", False)]
    found, _ = drain(far, elsewhere)
    assert [one["op"] for one in found.values()] == ["upsert"]


def test_an_area_of_a_county_is_left_as_a_county_is(people):
    """A row that goes to a township beside the area is a tombstone; other townships of the area ask for a new copy."""
    area = Area.objects.create(name="河西片区", county_id=factories.QINGHE)
    area.regions.add(factories.TOWN)
    people.inspector1.posts.update(area=area)
    row, stays = misuse(people), misuse(people)
    client = machine(people.inspector1)
    _, cursor = drain(client)
    place = factories.unit("荻渚镇人民政府", region=factories.OTHER_TOWN)
    moved = {"region": place.region, "responsible_unit": place}
    rows.change(row, verb="misuse.amend", by=people.finance, changes=moved)
    rows.change(stays, verb="misuse.amend", by=people.finance, changes={"title": "改过"})
    found, cursor = drain(client, cursor)
    assert {id: one["op"] for id, one in found.items()} == {
        row.public_id: "delete",
        stays.public_id: "upsert",
    }
    rows.change(row, verb="misuse.amend", by=people.finance, changes={"title": "又改"})
    assert drain(client, cursor)[0] == {}
    area.regions.add(factories.OTHER_TOWN)
    assert_refusal(client.get(f"{API}misuses/changes/", {"since": cursor}), 410)


def test_of_what_one_never_saw_not_even_a_change_is_told(people):
    """A lead about a township lies in its region; a round whose plan is secret lies in the county."""
    liaison, other = machine(people.official), machine(people.inspector1)
    _, of_leads = drain_of(liaison, "leads")
    _, of_rounds = drain_of(other, "rounds")
    lead = Maker(people)("dispatched")
    assert lead.region_id.startswith(people.official.home.region_id[:9])
    secret = makers.round_(people, secret=True)
    rows.change(secret, verb="round.amend", by=people.patroloffice, changes={"name": "第九轮"})
    assert drain_of(liaison, "leads", of_leads)[0] == {}
    assert drain_of(other, "rounds", of_rounds)[0] == {}
    assert secret.public_id in drain_of(machine(people.patroloffice), "rounds")[0]


def test_another_scope_and_a_restored_database_ask_for_a_new_copy(people):
    misuse(people)
    client = machine(people.casemgr)
    _, cursor = drain(client)
    seq = Change.objects.exclude(seq=None).order_by("-seq").first()
    Change.objects.filter(pk=seq.pk).update(row_id="anotherrowunderthisno")
    gone = client.get(f"{API}misuses/changes/", {"since": cursor})
    assert_refusal(gone, 410)
    assert gone.json()["code"] == "resync"
    _, cursor = drain(client)
    people.casemgr.posts.update(region=factories.TOWN)
    assert_refusal(client.get(f"{API}misuses/changes/", {"since": cursor}), 410)


def test_a_cursor_of_another_ledger_or_none_at_all_is_refused(people):
    client = machine(people.casemgr)
    _, cursor = drain(client)
    assert_refusal(client.get(f"{API}leads/changes/", {"since": cursor}), 410)
    assert_refusal(client.get(f"{API}misuses/changes/", {"since": "x"}), 400)
    assert_refusal(client.get(f"{API}misuses/changes/", {"state": "open"}), 400)


def test_findings_follow_their_round(people):
    """What a row hangs on decides who sees it: its change is a change of the row."""
    assert changes.labels_of(Finding)["inspections.round"] == ["round__public_id"]


def test_a_change_of_the_round_is_one_of_its_findings(people):
    round_ = makers.round_(people)
    found = makers.finding(people, round_)
    client = machine(people.patroloffice)
    _, cursor = drain_of(client, "findings")
    round_.refresh_from_db()
    rows.change(round_, verb="round.amend", by=people.patroloffice, changes={"name": "第九轮"})
    moved, _ = drain_of(client, "findings", cursor)
    assert [(one["op"], one["id"]) for one in moved.values()] == [("upsert", found.public_id)]


def test_a_row_that_leaves_the_unit_is_a_tombstone_though_it_stays_in_the_region(people):
    row = misuse(people)
    client = machine(people.official)
    _, cursor = drain(client)
    beside = factories.unit("柳溪镇财政所", region=factories.TOWN)
    rows.change(row, verb="misuse.amend", by=people.finance, changes={"responsible_unit": beside})
    assert [one["op"] for one in drain(client, cursor)[0].values()] == ["delete"]


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_number_is_given_to_what_is_committed_alone():
    people = factories.cast()
    early, done = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                misuse(people, title="慢的")
                early.set()
                done.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    early.wait()
    misuse(people, title="快的")
    client = machine(people.casemgr)
    found, cursor = drain(client)
    assert [one["record"]["title"] for one in found.values()] == ["快的"]
    done.set()
    thread.join()
    found, _ = drain(client, cursor)
    assert [one["record"]["title"] for one in found.values()] == ["慢的"]


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_client_killed_anywhere_under_writers_ends_with_the_same_ledger(live_server, tmp_path):
    people = factories.cast()
    token, chance, failed = tokens.issue(people.casemgr)[0], random.Random(7), []
    program = [
        sys.executable, str(project.BASE_DIR / "docs/clients/sync.py"), live_server.url, "misuses", str(tmp_path / "c.db"),
    ]  # fmt: skip

    def write(seed):
        mine = random.Random(seed)
        try:
            for n in range(12):
                with transaction.atomic():
                    row = misuse(people, title=f"{seed}-{n}")
                    time.sleep(mine.random() / 10)
                if mine.random() < 0.5:
                    rows.change(row, verb="misuse.amend", by=people.finance, changes={"title": "改过"})
        except Exception as error:  # noqa: BLE001 — told below
            failed.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=[seed]) for seed in range(3)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        client = subprocess.Popen(program, env={**os.environ, "TOKEN": token}, stdout=subprocess.PIPE)
        time.sleep(0.1 + chance.random() / 2)
        client.kill()
        client.wait()
    for writer in writers:
        writer.join()
    assert failed == []
    last = subprocess.run(
        program, env={**os.environ, "TOKEN": token}, capture_output=True, text=True, check=True
    )
    ours = machine(people.casemgr).get(f"{API}misuses/ledger.digest").json()
    assert json.loads(last.stdout) == ours
    assert ours["count"] == 36


def test_the_night_numbers_all_and_forgets_what_is_old_but_for_the_last(people):
    for n in range(3):
        misuse(people, title=f"第{n}件")
    _, cursor = drain(machine(people.casemgr))
    Change.objects.update(at="2025-01-01T00:00:00Z")
    misuse(people)
    job = Job.objects.create(kind=tidying.JOB, key="tidy:test")
    assert jobs.run(job.pk) == "done"
    job.refresh_from_db()
    assert (job.result["numbered"], job.result["changes"]) == (1, 3)
    assert Change.objects.get().seq == 4
    assert_refusal(machine(people.casemgr).get(f"{API}misuses/changes/", {"since": cursor}), 410)


@pytest.mark.parametrize("limit", ["0", "5001", "-1", "x", "１", "99999999999999999999"])
def test_a_limit_that_is_none_is_refused(people, limit):
    assert_refusal(machine(people.casemgr).get(f"{API}misuses/changes/", {"limit": limit}), 400)


def test_a_copy_stands_on_posts_recusals_columns_and_ledger(people):
    user = people.casemgr
    seen = {changes.standing(user, ["a"], "misuses"), changes.standing(user, ["a", "b"], "misuses")}
    seen.add(changes.standing(user, ["a"], "leads"))
    Recusal.objects.create(
        person=user.person, target_label="cases.lead", target_id=1, reason="亲属", declared_by=user
    )
    seen.add(changes.standing(user, ["a"], "misuses"))
    assert len(seen) == 4


def test_the_night_leaves_what_is_young(people):
    for n in range(3):
        misuse(people, title=f"第{n}件")
    changes.number()
    assert changes.forget() == 0
    Change.objects.update(at="2025-01-01T00:00:00Z")
    assert (changes.forget(), changes.forget(), Change.objects.get().seq) == (2, 0, 3)
