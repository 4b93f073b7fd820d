"""更换密钥 while others write, and when its process is killed."""

import os
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings as project
from django.db import connection, transaction

from povertyaudit.core import channels, vault
from povertyaudit.core.models import Channel, Job, Unit, VaultEntry
from povertyaudit.core.models.jobs import JobState
from tests import factories
from tests.core.test_rotation import all_anew, assert_whole, rotate, seal_and_change_the_key


@pytest.mark.django_db(transaction=True)
def test_put_and_rotation_at_once_lose_nothing(settings):
    people = factories.cast()
    leads = seal_and_change_the_key(people, settings, 12)
    desk, gate, failed = Unit.objects.get(name="信访室"), threading.Barrier(2), []

    def write():
        try:
            gate.wait()
            for n, lead in enumerate(leads):
                vault.put(lead, desk, {"name": f"第{n}人"}, by=people.petition)
        except Exception as error:  # noqa: BLE001 — told below
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    gate.wait()
    rotate()
    thread.join()
    assert failed == []
    assert all_anew()
    for n, lead in enumerate(leads):
        assert vault.reveal(lead, by=people.petition) == {"name": f"第{n}人"}


@pytest.mark.django_db(transaction=True)
def test_a_channel_switched_off_meanwhile_stays_off(settings):
    people = factories.cast()
    leads = seal_and_change_the_key(people, settings, 1)
    channel, begun = Channel.objects.get(name="值班群"), threading.Event()

    def switch_off():
        try:
            with transaction.atomic():
                channels.switch_off(channel, by=people.sysadmin, note="停用")
                begun.set()
                time.sleep(0.7)  # rotation comes to the row and waits for it
        finally:
            begun.set()
            connection.close()

    thread = threading.Thread(target=switch_off)
    thread.start()
    begun.wait()
    rotate()
    thread.join()
    assert Channel.objects.get(pk=channel.pk).state == "off"
    assert_whole(people, leads, settings)


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_and_started_again_it_goes_on(settings, capsys):
    people = factories.cast()
    leads = seal_and_change_the_key(people, settings, 9)
    worker = subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=project.BASE_DIR, env=environment())
    new = VaultEntry.objects.filter(key_id=vault.present_key())
    end = time.monotonic() + 30
    while not new.exists() and time.monotonic() < end:
        time.sleep(0.05)
    worker.kill()
    worker.wait()
    assert 0 < new.count() < 9
    assert Job.objects.get().state == JobState.RUNNING
    rotate()  # at once: the dead one's lease is taken from it
    assert new.count() == 9
    assert_whole(people, leads, settings)


def environment():
    database = connection.settings_dict
    given = os.environ | {"VAULT_KEY": project.VAULT_KEY, "VAULT_OLD_KEYS": ",".join(project.VAULT_OLD_KEYS)}
    if connection.vendor == "sqlite":
        return given | {"DATABASE_URL": f"sqlite:///{database['NAME']}"}
    scheme, _, rest = os.environ["DATABASE_URL"].partition("://")
    place, _, options = rest.partition("?")
    return given | {"DATABASE_URL": f"{scheme}://{place.rpartition('/')[0]}/{database['NAME']}?{options}"}


PROGRAM = """
import os, time, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyaudit.settings")
django.setup()
from django.core.management import call_command
from povertyaudit.core import rotation
rotation.BATCH, tell = 2, lambda self, done: time.sleep(0.5)
from povertyaudit.core.management.commands import rotate_vault_key
rotate_vault_key.Command.tell = tell
call_command("rotate_vault_key", "--by", "secadmin")
"""
