"""The inbox over REST: one's own messages and nobody else's."""

from povertyaudit.core import notify
from tests.core.machines import API, assert_refusal, machine


def told(user, key="k1"):
    notify.tell(
        [user], key, kind="due", number="990101-ZG-2026-0001", text="还剩 3 天到期。", url="/items/x/"
    )
    return machine(user).get(f"{API}notifications/").json()["results"][0]


def test_a_message_is_listed_and_marked_read_once(people):
    row, client = told(people.official), machine(people.official)
    assert (row["state"], row["actions"], row["version"]) == ("unread", ["read"], 1)
    for _ in range(2):
        answer = client.post(f"{API}notifications/{row['id']}/read/")
        assert answer.status_code == 200
        assert (answer.json()["state"], answer.json()["actions"]) == ("read", [])
    assert client.get(f"{API}notifications/?unread=true").json()["results"] == []


def test_another_persons_message_is_not_there(people):
    row = told(people.official)
    for user in (people.unithead, people.sysadmin, people.neighbour):
        assert machine(user).get(f"{API}notifications/").json()["results"] == []
        assert_refusal(machine(user).get(f"{API}notifications/{row['id']}/"), 404)
        assert_refusal(machine(user).post(f"{API}notifications/{row['id']}/read/"), 404)
