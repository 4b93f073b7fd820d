"""Messages leave by confirmed channels only, to hosts the operator named, queued by the batch and seen in a log."""

from povertyaudit.core import channels, outbound, remind
from povertyaudit.core.models import Clock, Delivery
from tests.core.machines import API, machine
from tests.core.receivers import Receiver
from tests.core.sending import NUMBER, deliver, states, tell, working_hours  # noqa: F401 — the hour of its stories
from tests.core.test_channels import propose, switched_on
from tests.core.test_reminders import before, begin

# nothing leaves


def test_nothing_is_queued_until_operator_and_both_officers_agree(people, receiver, settings, mailoutbox):
    people.casemgr.email = "casemgr@example.invalid"
    people.casemgr.save()
    tell(people.casemgr, "nothing")
    channel = propose(people, receiver)
    settings.OUTBOUND_HOSTS, settings.NOTIFY_BY_MAIL = [receiver.host], True
    tell(people.casemgr, "proposed")
    assert not Delivery.objects.exists()
    settings.OUTBOUND_HOSTS = []
    channels.confirm(channel, by=people.secadmin)
    tell(people.casemgr, "not named")
    assert not Delivery.objects.exists()
    settings.OUTBOUND_HOSTS = [receiver.host]
    tell(people.casemgr, "all three")
    assert deliver() == {"sent": 1}
    assert (len(receiver.got), len(mailoutbox)) == (1, 0)


def test_a_host_taken_off_the_list_gets_nothing_that_waited(people, receiver, settings):
    switched_on(people, receiver, settings)
    tell(people.casemgr)
    settings.OUTBOUND_HOSTS = []
    assert deliver() == {}
    assert (states(), receiver.got) == (["suppressed"], [])
    assert not outbound.post(receiver.url, b"{}", {}).ok
    assert receiver.got == []


def test_switching_off_stops_what_waits_at_once(people, receiver, settings):
    channel = switched_on(people, receiver, settings)
    tell(people.casemgr)
    channels.switch_off(channel, by=people.secadmin)
    assert states() == ["suppressed"]
    deliver()
    assert receiver.got == []


def test_a_redirect_is_not_followed(people, receiver, settings):
    other = Receiver()
    settings.OUTBOUND_HOSTS = [other.host]
    switched_on(people, receiver, settings)
    receiver.answers, receiver.headers = [(302, b"")], {"Location": other.url}
    tell(people.casemgr)
    deliver()
    assert (len(receiver.got), other.got, Delivery.objects.get().answer) == (1, [], "302")
    other.stop()


def test_no_proxy_of_the_surroundings_is_used(people, receiver, settings, monkeypatch):
    proxy = Receiver()
    monkeypatch.setenv("http_proxy", proxy.url)
    switched_on(people, receiver, settings)
    tell(people.casemgr)
    deliver()
    assert (len(receiver.got), proxy.got) == (1, [])
    proxy.stop()


# set-based


def test_the_morning_scan_queues_by_the_batch(people, receiver, settings, django_assert_max_num_queries):
    switched_on(people, receiver, settings)
    for _ in range(30):
        begin(people)
    with django_assert_max_num_queries(55):  # some more than without channels, whatever the number of clocks
        assert remind.scan(before(Clock.objects.first(), -8)).messages == 150
    assert Delivery.objects.count() == 150


def test_without_channels_the_scan_asks_nothing_about_them(people, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert channels.in_use() == []


# the log


def test_the_log_shows_the_way_and_not_the_matter(client, people, receiver, settings):
    channel = switched_on(people, receiver, settings)
    tell(people.casemgr)
    deliver()
    row = Delivery.objects.get()
    for user in (people.sysadmin, people.auditor):
        client.force_login(user)
        pages = [client.get(a).content.decode() for a in ("/deliveries/", row.get_absolute_url())]
        pages.append(machine(user).get(f"{API}deliveries/").content.decode())
        for page in pages:
            assert row.public_id[:8] in page
            assert receiver.host in page
            for hidden in (NUMBER, "/leads/abc/", people.casemgr.display_name, people.casemgr.public_id):
                assert hidden not in page
    query = f"?state=sent&channel={channel.public_id}&host=127&group=task&attempts=1&on_from=2026-11-24"
    assert len(machine(people.sysadmin).get(f"{API}deliveries/{query}").json()["results"]) == 1
    assert machine(people.sysadmin).get(f"{API}deliveries/?attempts=2").json()["results"] == []
    for user in (people.secadmin, people.casemgr):
        client.force_login(user)
        assert client.get("/deliveries/").status_code == 403
        assert machine(user).get(f"{API}deliveries/").json()["results"] == []
    client.force_login(people.sysadmin)
    assert "未能外发的消息" in client.get("/reminders/").content.decode()


def test_lists_cost_the_same_however_long(client, people, receiver, settings, django_assert_max_num_queries):
    switched_on(people, receiver, settings)
    for n in range(30):
        tell([people.casemgr, people.leader], f"k{n}")
    deliver()
    client.force_login(people.sysadmin)
    for address, most in (("/deliveries/", 22), ("/channels/", 22), (f"{API}deliveries/", 12)):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
