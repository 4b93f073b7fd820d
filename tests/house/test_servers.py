"""The servers of the tests: real ones, in Chinese-speaking locale, and gone afterwards."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

KEEPER = Path(__file__).resolve().parents[1] / "servers.py"


def begin(**environ):
    process = subprocess.Popen(
        [sys.executable, str(KEEPER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **environ},
        start_new_session=True,
    )
    return process, json.loads(process.stdout.readline())


def running(home):
    """Processes whose command line names `home`."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = path.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(home) in text:
            found.append(text)
    return found


def test_closing_the_keepers_input_stops_the_servers_and_removes_their_folder():
    process, said = begin(TEST_ON="servers")
    home = Path(said["DATA_DIR"]).parent
    assert "?host=" in said["DATABASE_URL"]
    assert len(running(home)) >= 2
    process.stdin.close()
    process.wait(20)
    assert not home.exists()
    assert not running(home)


def test_a_killed_run_leaves_nothing_behind(tmp_path):
    script = "import tests.servers, os, time; print(os.environ['DATA_DIR'], flush=True); time.sleep(60)"
    environ = {name: value for name, value in os.environ.items() if name != "PYTEST_XDIST_WORKER"}
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=KEEPER.parents[1], env=environ
    )
    folder = Path(process.stdout.readline().strip())
    assert folder.is_dir()
    process.send_signal(signal.SIGKILL)
    process.wait()
    for _ in range(100):
        if not folder.parent.exists():
            break
        time.sleep(0.1)
    assert not folder.parent.exists()


def test_a_server_that_is_named_is_used_as_it_is():
    process, said = begin(
        TEST_ON="servers", TEST_DATABASE_URL="postgresql://u@h/x", TEST_REDIS_URL="redis://h:6379"
    )
    assert (said["DATABASE_URL"], said["REDIS_URL"]) == ("postgresql://u@h/x", "redis://h:6379")
    process.stdin.close()
    process.wait(20)


def test_the_second_run_really_is_on_servers():
    asked = os.environ.get("TEST_ON") == "servers"
    assert (connection.vendor == "postgresql") is asked
    assert settings.EMBEDDED is not asked


@pytest.mark.servers
@pytest.mark.django_db
def test_the_locale_is_utf8_and_not_c():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datctype, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
        )
        assert cursor.fetchone() == ("C.UTF-8", "UTF8")
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("SELECT similarity('低保金被村干部截留', '村干部截留低保金')")
        assert cursor.fetchone()[0] > 0.1, "with locale C it is 0"


@pytest.mark.servers
def test_redis_answers_to_the_settings():
    cache.set("house", "在")
    assert cache.get("house") == "在"
