"""`manage.py serve` as people and containers start it: embedded locally, in production on real servers."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from tests import migrated
from tests.house.test_production import GOOD
from tests.house.test_supervisor import gone

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@pytest.fixture
def place(tmp_path):
    """The environment of one installation with nothing in it yet."""
    environ = {**os.environ, "DATA_DIR": str(tmp_path), "PORT": str(free_port())}
    if os.environ.get("TEST_ON") != "servers":
        yield environ
        return
    name = f"served_{tmp_path.name[-20:]}_{os.getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    url = os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")
    yield {**environ, **GOOD, "DATABASE_URL": url, "REDIS_URL": os.environ["REDIS_URL"]}
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Served:
    def __init__(self, environ):
        self.port, self.folder = environ["PORT"], Path(environ["DATA_DIR"])
        self.log = self.folder / "serve.log"
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--no-demo"],
                cwd=ROOT,
                env=environ,
                stdout=log,
                stderr=log,
            )

    def until_ready(self, seconds=60):
        end = time.monotonic() + seconds
        while f"ready: http://127.0.0.1:{self.port}" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)

    def children(self, seconds=15):
        """Process ids of web, worker and clock, once all three are there."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = {}
            for path in Path("/proc").glob("[0-9]*/stat"):
                try:
                    parent = int(re.sub(r".*\) ", "", path.read_text()).split()[1])
                    command = (path.parent / "cmdline").read_text()
                except (OSError, ValueError):
                    continue
                if parent == self.process.pid:
                    for name, word in (("web", "gunicorn"), ("worker", "\0worker\0"), ("clock", "\0beat\0")):
                        if word in command:
                            found[name] = int(path.parent.name)
            if len(found) == 3:
                return found
            time.sleep(0.1)
        raise AssertionError(f"{found} only\n{self.log.read_text()}")

    def get(self, path):
        host = "ledger.example" if os.environ.get("TEST_ON") == "servers" else "127.0.0.1"
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": host})
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status

    def refused(self, path):
        with pytest.raises(urllib.error.HTTPError) as refusal:
            self.get(path)
        return refusal.value.code, refusal.value.read().decode()


def behind(place):
    """The database of this installation, one update behind; that an empty one is filled is seen in every run (migrated.py)."""
    target = Path(place["DATA_DIR"]) / "db.sqlite3"
    shutil.copyfile(migrated.kept("sqlite3", migrated.sqlite), target)
    with closing(sqlite3.connect(target)) as database, database:
        database.execute("DROP TABLE django_session")
        database.execute("DELETE FROM django_migrations WHERE app = 'sessions'")


@pytest.fixture
def served(place):
    if os.environ.get("TEST_ON") != "servers":
        behind(place)
    running = Served(place)
    yield running
    if running.process.poll() is None:
        running.process.terminate()
        running.process.wait(15)


@pytest.mark.django_db
def test_it_starts_mends_itself_and_stops(served):
    served.until_ready()
    assert "正在建立或更新数据库" in served.log.read_text()
    assert served.get("/healthz") == 200
    for characters in (5_000, 20_000):  # refused by the product, and by gunicorn itself
        status, words = served.refused("/healthz?q=" + "%E6%9D%91" * characters)
        assert status == 414
        assert "请减少" in words
        assert "Request" not in words
    before = served.children()
    for name in ("worker", "clock"):
        os.kill(before[name], signal.SIGKILL)
    assert all(gone(before[name]) for name in ("worker", "clock"))
    after = served.children()
    assert after["web"] == before["web"]
    assert after["worker"] != before["worker"]
    began = time.monotonic()
    served.process.terminate()
    assert served.process.wait(12) == 0
    assert time.monotonic() - began < 10
    assert all(gone(pid, 0.5) for pid in after.values())


def said(environ, *arguments):
    """What `manage.py serve ARGUMENTS` answers that ends by itself."""
    command = [sys.executable, "manage.py", "serve", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)


@pytest.mark.django_db
def test_a_taken_port_is_said_in_one_sentence(place):
    with socket.socket() as door:
        door.bind(("127.0.0.1", int(place["PORT"])))
        door.listen()
        answer = said(place)
    assert answer.returncode == 1
    assert f"端口 {place['PORT']} 已被占用" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["web", "worker", "clock"])
def test_nothing_starts_before_the_database_is_up_to_date(place, name):
    answer = said(place, "--only", name)
    assert answer.returncode == 1
    assert re.fullmatch(
        r"CommandError: 还有 \d+ 个数据库更新没有执行，请运行 manage.py migrate。\n", answer.stderr
    )


@pytest.mark.django_db
def test_a_failed_migration_is_one_readable_sentence(place):
    """A table that should not be there stands in the way of the first migration that makes it."""
    if os.environ.get("TEST_ON") == "servers":
        with psycopg2.connect(place["DATABASE_URL"]) as database, database.cursor() as cursor:
            cursor.execute("CREATE TABLE core_region (id int)")
        database.close()
    else:
        with closing(sqlite3.connect(Path(place["DATA_DIR"]) / "db.sqlite3")) as database:
            database.execute("CREATE TABLE core_region (id int)")
    answer = said(place, "--only", "migrate")
    assert answer.returncode == 1
    assert "数据库更新没有完成，网页、后台和定时进程都不会启动" in answer.stderr
    assert "core_region" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert "还有" in said(place, "--only", "web").stderr


@pytest.mark.django_db
def test_a_static_folder_without_files_is_named(place):
    if os.environ.get("TEST_ON") != "servers":
        shutil.copyfile(migrated.kept("sqlite3", migrated.sqlite), Path(place["DATA_DIR"]) / "db.sqlite3")
    assert said(place, "--only", "migrate").returncode == 0
    answer = said({**place, "STATIC_DIR": place["DATA_DIR"]}, "--only", "web")
    assert answer.returncode == 1
    assert answer.stderr.startswith("CommandError: STATIC_DIR: ")
