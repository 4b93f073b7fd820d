"""A real copy of the product, seeded once per session, and a browser in front of it.

Fixtures for journeys: `live` (its address), `page` (a fresh browser context), `sign_in(username)`, and
`shot(name, width=1440)`, which writes a picture into var/shots/.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "var" / "shots"
PASSWORD = "qinghe-2026"
NAME = "qinghe.test"  # leads here too: a name that is no loopback, over plain http
PATIENCE = 60  # seconds for starting
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if "/e2e/" in item.path.as_posix():
            item.add_marker("e2e")


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def wait_for(address, process):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"manage.py serve ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"{address} did not answer within {PATIENCE} seconds")


@pytest.fixture(scope="session")
def live(tmp_path_factory):
    """The address of `manage.py serve` on a free port, over a demo county of its own, told short.

    LIVE_URL names a copy that already runs; then nothing is started or seeded.
    """
    if given := os.environ.get("LIVE_URL"):
        yield given.rstrip("/")
        return
    folder, port = tmp_path_factory.mktemp("live"), free_port()
    environ = {**os.environ, "DATA_DIR": str(folder), "PORT": str(port), "DEMO_PASSWORD": PASSWORD,
               "ALLOWED_HOSTS": f"127.0.0.1,localhost,{NAME}"}  # fmt: skip
    for name in ("DATABASE_URL", "REDIS_URL"):
        environ.pop(name, None)
    with (folder / "serve.log").open("w") as log:
        subprocess.run(
            [sys.executable, "-m", "tests.e2e.county"],
            cwd=ROOT,
            env=environ,
            stdout=log,
            stderr=log,
            check=True,
        )
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environ, stdout=log, stderr=log
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, process)
            yield address
        except RuntimeError as error:
            error.add_note((folder / "serve.log").read_text()[-3000:])
            raise
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(15)


@pytest.fixture(scope="session")
def browser():
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.exit(
            "The journeys need Chromium: apt-get install chromium fonts-wqy-microhei, or set CHROMIUM.", 1
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser, live):
    """A function that opens a page in a browser context of its own: one per person."""
    contexts = []

    def make(width=1440, height=900, **options):
        context = browser.new_context(
            base_url=live, viewport={"width": width, "height": height}, locale="zh-CN",
            timezone_id="Asia/Shanghai", **options,
        )  # fmt: skip
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def sign_in(new_page):
    """A function that signs a person in and gives the page that person sees first."""

    def as_(username, password=PASSWORD, **options):
        page = new_page(**options)
        page.goto("/sign-in/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda address: "/sign-in/" not in address)
        return page

    return as_


@pytest.fixture
def shot(page):
    """A function that writes var/shots/<name>-<width>.png of a page (the fixture's own unless one is given)."""

    def take(name, width=1440, of=None, height=900):
        target = of or page
        SHOTS.mkdir(parents=True, exist_ok=True)
        before = target.viewport_size
        target.set_viewport_size({"width": width, "height": height if width > 600 else 780})
        target.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)
        target.set_viewport_size(before)

    return take
