"""The receiver of `docs/clients/` as it stands, in front of what the product sends: a message once, however often it comes."""

import runpy
import threading
import time
from http.server import ThreadingHTTPServer

import pytest
from django.conf import settings as project

from povertyaudit.core import moment
from povertyaudit.exchange.models import HookDelivery
from tests.core.machines import API, machine, misuse
from tests.core.receivers import Receiver
from tests.core.sending import later
from tests.core.test_channels import SECRET
from tests.exchange.test_hooks import beat
from tests.exchange.test_hooks import hook as hook

pytestmark = pytest.mark.django_db


class Documented(Receiver):
    """`url` and `host` of the documented receiver, and the ledgers it pulled, one line each."""

    def __init__(self, folder):
        self.pulled, self.answers = folder / "pulled", []
        documented, clock = self, type("T", (), {"time": staticmethod(lambda: moment.now().timestamp())})
        kind = runpy.run_path(str(project.BASE_DIR / "docs/clients/receiver.py"))["Receiver"]
        kind.do_POST.__globals__["time"] = clock  # the story's day, which the sender lives in too

        class Quiet(kind):
            def log_request(self, code="-", size="-"):
                documented.answers.append(int(code))

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.host}/hook/key-0123456789"

    def lines(self, wanted):
        """What was pulled, once so many lines are there or two seconds are over: the pull is a program of its own."""
        for _ in range(100):
            found = self.pulled.read_text().split() if self.pulled.exists() else []
            if len(found) >= wanted:
                return found
            time.sleep(0.02)
        return found


@pytest.fixture
def receiver(tmp_path, monkeypatch):
    found = Documented(tmp_path)
    monkeypatch.setenv("SECRET", SECRET)
    monkeypatch.setenv("PULL", f"sh -c 'echo {{things}} >> {found.pulled}'")
    yield found
    found.stop()


def test_a_message_that_comes_again_is_taken_and_pulls_nothing(people, hook, receiver, time_machine):
    misuse(people)
    beat()
    assert receiver.lines(1) == ["misuses"]
    row = HookDelivery.objects.get()
    again = machine(people.sysadmin).post(f"{API}hook-deliveries/{row.public_id}/resend/")
    assert again.json()["state"] == "queued"
    beat()
    row.refresh_from_db()
    assert (row.state, receiver.answers) == ("sent", [204, 204])
    later(time_machine, minutes=1)
    misuse(people)
    beat()
    assert receiver.lines(3) == ["misuses", "misuses"]


def test_what_is_not_signed_by_us_is_refused_and_pulls_nothing(people, hook, receiver, monkeypatch):
    monkeypatch.setenv("SECRET", f"{SECRET}x")
    misuse(people)
    beat()
    assert receiver.answers == [401]
    assert HookDelivery.objects.get().state == "queued"
    assert receiver.lines(0) == []
