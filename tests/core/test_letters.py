"""Letters through a real mail server: the same id each time, to the server that was confirmed or not at all."""

import socket

import pytest
from aiosmtpd.controller import Controller

from povertyaudit.core import channels, remind
from povertyaudit.core.models import Channel, Clock, Delivery, Notification
from tests.core.sending import deliver, states, tell, working_hours  # noqa: F401 — the hour of its stories
from tests.core.test_channels import propose
from tests.core.test_reminders import before, begin


class MailServer:
    """Answers `refuse` to every recipient where one is set; keeps what it took."""

    def __init__(self):
        self.got, self.refuse = [], ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.got.append(envelope.content.decode())
        return "250 taken"


@pytest.fixture
def mail(people, settings):
    """A mail server on the loopback that the operator named, and a channel both officers stand for."""
    server = MailServer()
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.OUTBOUND_HOSTS = [f"127.0.0.1:{settings.EMAIL_PORT}"]
    settings.NOTIFY_BY_MAIL = True
    people.casemgr.email = "casemgr@example.invalid"
    people.casemgr.save()
    channels.confirm(propose(people, kind="mail", url="", secret=""), by=people.secadmin)
    yield server
    controller.stop()


def test_a_letter_bears_the_same_id_each_time_it_is_tried(people, mail, time_machine):
    mail.refuse = "451 later"
    tell(people.casemgr)
    assert deliver() == {"failed": 1}
    row = Delivery.objects.get()
    assert (row.state, row.answer, mail.got) == ("queued", "recipient", [])
    mail.refuse = ""
    time_machine.move_to(row.next_at, tick=False)
    assert deliver() == {"sent": 1}
    letter = mail.got[0]
    assert f"X-Delivery-Id: {row.batch}" in letter
    assert f"Message-ID: <{row.batch}@localhost>" in letter
    assert Delivery.objects.get().answer == "accepted"


def test_a_mail_server_the_operator_no_longer_names_gets_nothing(people, mail, settings):
    tell(people.casemgr)
    settings.OUTBOUND_HOSTS = ["127.0.0.1"]  # another port
    deliver()
    assert (states(), mail.got) == (["suppressed"], [])


def test_letters_go_to_the_server_that_was_confirmed_or_not_at_all(people, mail, settings):
    tell(people.casemgr)
    settings.EMAIL_HOST = "localhost"
    settings.OUTBOUND_HOSTS = [*settings.OUTBOUND_HOSTS, f"localhost:{settings.EMAIL_PORT}"]
    deliver()
    assert (states(), mail.got) == (["suppressed"], [])


def test_a_mail_server_that_is_gone_is_tried_again(people, mail, settings, time_machine):
    tell(people.casemgr)
    settings.EMAIL_PORT = 1
    settings.OUTBOUND_HOSTS = ["127.0.0.1:1"]
    Channel.objects.update(host="127.0.0.1:1")
    assert deliver() == {"failed": 1}
    assert (states(), Delivery.objects.get().answer) == (["queued"], "refused")


def test_letters_are_counted_in_the_scan(people, settings, mailoutbox):
    settings.NOTIFY_BY_MAIL = True
    channels.confirm(propose(people, kind="mail", url="", secret=""), by=people.secadmin)
    people.official.email = "official@example.invalid"
    people.official.save()
    begin(people)
    remind.scan(before(Clock.objects.first(), 3))
    assert Notification.objects.get().scan.counts["letters"] == 1
    deliver()
    assert [m.to for m in mailoutbox] == [["official@example.invalid"]]
    assert mailoutbox[0].extra_headers["X-Delivery-Id"] == Delivery.objects.get().batch
