"""The ledger out, the list's filters and ordering, the measures resource, stale writes."""

import csv
import hashlib
import io
import json
from datetime import timedelta

from povertyaudit.core import audit, hashing, moment
from povertyaudit.core.verify import verify
from rectification import services
from rectification.boards import still
from rectification.models import Item
from rectification.services import opening_periods
from tests import factories
from tests.rectification.makers import api, at, misuse, photo


def lines(answer):
    return b"".join(answer.streaming_content).decode()


def test_the_ledger_is_whole_and_names_its_columns(cast, client):
    item = at(cast, "closed", misuses=[misuse(cast, 12_345, 12_345)], problem="=2+2")
    door = api(client, cast.ledgerclient)
    text = lines(door.get("items/ledger.csv"))
    assert text.startswith("\ufeff")
    row = next(iter(csv.DictReader(io.StringIO(text[1:]))))
    assert row["number"] == item.number
    assert row["problem"] == "'=2+2"
    assert row["measures"] == "（1）第1条措施\n（2）第2条措施"
    assert (row["measure_done"], row["measure_count"], row["evidence_count"]) == ("2", "2", "3")
    assert (row["misused_fen"], row["recovered_fen"]) == ("12345", "12345")
    assert row["fund_kinds"] == "县级专项"
    assert row["verify_opinion"] == "实地复核通过"
    told = json.loads(lines(door.get("items/ledger.ndjson")).splitlines()[0])
    assert set(told) == set(row)
    assert told["units"] == "柳溪镇人民政府"
    seen = door.get("items/ledger.digest").json()
    item.refresh_from_db()
    assert seen == {
        "count": 1,
        "digest": hashlib.sha256(f"{item.public_id}\t{item.version}\n".encode()).hexdigest(),
    }


def test_the_ledger_follows_the_filters(cast, client):
    closed, open_ = at(cast, "closed"), at(cast, "accepted", problem="道路未硬化")
    door = api(client, cast.casemgr)

    def numbers(**query):
        return {row["number"] for row in door.get("items/", **query).json()["results"]}

    assert numbers(state="closed") == {closed.number}
    assert numbers(q="硬化") == {open_.number}
    assert numbers(unit="柳溪镇人民政府") == {closed.number, open_.number}
    assert numbers(region=factories.OTHER_TOWN) == set()
    assert numbers(light="overdue") == set()
    assert numbers(due_to=(moment.today() + timedelta(days=90)).isoformat(), state="accepted") == {
        open_.number
    }
    assert door.get("items/ledger.digest", state="closed").json()["count"] == 1
    assert door.get("items/", nonsense="1").status_code == 400
    for bad in ({"state": "nonsense"}, {"due_to": "2026-99-99"}, {"region": "x"}, {"ordering": "problem"}):
        assert door.get("items/", **bad).status_code == 400, bad


def test_the_list_is_ordered_and_paged(cast, client):
    dates = [at(cast, "issued", days=days).due_on.isoformat() for days in (50, 30, 40)]
    door = api(client, cast.casemgr)
    first = door.get("items/", ordering="due_on", limit="2").json()
    second = door.get("items/", ordering="due_on", limit="2", cursor=first["next"]).json()
    assert [r["due_on"] for r in first["results"] + second["results"]] == sorted(dates)
    assert second["next"] is None


def test_the_tabs_of_the_list(cast, client, time_machine_at):
    rows = {state: at(cast, state, days=20) for state in ("issued", "closed", "long_term")}
    client.force_login(cast.casemgr)

    def shown(tab):
        page = client.get("/items/", {"tab": tab}).content.decode()
        return {state for state, item in rows.items() if item.number in page}

    assert shown("") == set(rows)
    assert shown("closed") == {"closed"}
    assert shown("long_term") == {"long_term"}
    assert shown("overdue") == shown("soon") == set()
    with time_machine_at(days=18):
        client.force_login(cast.casemgr)
        assert shown("soon") == {"issued"}
    with time_machine_at(days=40):
        client.force_login(cast.casemgr)
        assert shown("overdue") == {"issued"}


def test_measures_are_a_resource_of_their_own(cast, client):
    item = at(cast, "accepted")
    door = api(client, cast.official)
    made = door.post("measures/", {"item": item.public_id, "text": "再加一条"})
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["no"], told["number"]) == (3, f"{item.number}（3）")
    assert told["actions"] == ["edit", "remove", "add_result", "add_evidence"]
    assert door.get("measures/", item=item.public_id, q="再加").json()["results"][0]["id"] == told["id"]
    stale = door.post(f"measures/{told['id']}/edit/", {"text": "改"}, HTTP_IF_MATCH='W/"9"')
    assert stale.status_code == 412
    assert (
        door.post(f"measures/{told['id']}/edit/", {"text": "改"}, HTTP_IF_MATCH='W/"1"').json()["text"]
        == "改"
    )
    done = door.post(f"measures/{told['id']}/add_result/", {"text": "已落实", "figures": "3 户"}).json()
    assert (done["state"], done["results"][0]["no"]) == ("done", 3)
    refused = door.post(f"measures/{told['id']}/remove/")
    assert (refused.status_code, refused.json()["code"]) == (422, "remove_measure.used")


def test_a_stale_write_over_rest_shows_the_present_record(cast, client):
    item = at(cast, "accepted")
    answer = api(client, cast.official).post(
        f"items/{item.public_id}/report/", {"text": "x"}, HTTP_IF_MATCH=f'W/"{item.version - 1}"'
    )
    assert answer.status_code == 412
    assert (
        services.report(item, by=cast.official, text="x", expected_version=item.version).version
        == item.version + 1
    )


def test_a_file_attached_is_evidence_of_the_item(cast, client):
    item = at(cast, "accepted")
    door = api(client, cast.official)
    made = door.upload(f"items/{item.public_id}/attach/", {"file": photo(), "title": "全貌"})
    assert made.status_code == 201, made.content
    listed = door.get(f"items/{item.public_id}/evidence/").json()
    assert [(e["attachment"], e["note"], e["kind"]) for e in listed] == [(made.json()["id"], "全貌", "other")]
    assert (
        api(client, cast.sector).upload(f"items/{item.public_id}/attach/", {"file": photo()}).status_code
        == 403
    )


def test_an_item_of_the_first_release_has_its_digest_and_its_day(cast, time_machine_at):
    """1.0 knew no day since which an item is in hand: no column that came later is in its digest, and the day is told."""
    item = at(cast, "accepted")
    reopened = services.reopen(at(cast, "closed"), by=cast.leader, note="反弹", due_on=item.due_on)
    Item.objects.filter(pk__in=(item.pk, reopened.pk)).update(at_work_since=None)
    with time_machine_at(days=1):
        services.press(item, by=cast.leader, note="抓紧")
        services.press(reopened, by=cast.leader, note="抓紧")
    item.refresh_from_db()
    columns = {field.attname: getattr(item, field.attname) for field in Item._meta.concrete_fields}
    old = {
        name: value
        for name, value in columns.items()
        if name not in Item.later_columns or name == "names_paper"
    }
    assert list(audit.row_digests([item]).values()) == [hashing.digest(old | {"paper_id": item.paper_id})]
    assert verify().broken == []
    told = dict(Item.objects.in_hand().values_list("pk", "in_hand_since"))
    assert told == {item.pk: item.accepted_on, reopened.pk: reopened.at_work_since}
    after = (moment.today().replace(day=1) + timedelta(days=62)).replace(day=1)
    assert opening_periods.open_batch([item.pk, reopened.pk], after) == 2
    assert set(still.still(Item.objects.all(), after + timedelta(days=60))) == {item, reopened}
