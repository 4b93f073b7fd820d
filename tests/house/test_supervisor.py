"""What dies is started again; one signal stops all of it within ten seconds."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
SUPERVISOR = """
import sys
from pathlib import Path
from povertyaudit.supervisor import Child, Supervisor

home = Path(sys.argv[1])
say = lambda line: print(line, flush=True)
children = [Child(name, [sys.executable, str(home / "child.py"), name]) for name in ("web", "worker")]
Supervisor(
    children, home=home, answers=(home / "web").exists, when_ready=lambda: say("ready"), say=say
).run()
say("stopped")
"""
OBEDIENT = """
import os, sys, time
from pathlib import Path
with Path(sys.argv[1]).open("a") as file:
    file.write(f"{os.getpid()}\\n")
time.sleep(600)
"""
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + OBEDIENT
WITH_GRANDCHILD = (
    "import subprocess, sys; grandchild = subprocess.Popen(['sleep', '599'])"
    + OBEDIENT.replace("{os.getpid()}", "{os.getpid()} {grandchild.pid}")
)


@pytest.fixture
def run(tmp_path):
    started = []

    def start(child):
        (tmp_path / "child.py").write_text(textwrap.dedent(child))
        process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISOR, str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def pids(path, count, seconds=10):
    """Every process id the child has written, once there are `count`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = path.read_text().split() if path.exists() else []
        if len(found) >= count:
            return [int(pid) for pid in found]
        time.sleep(0.05)
    raise AssertionError(f"{path.name} was started {len(found)} times, not {count}")


def gone(pid, seconds=5):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text():
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_killed_child_is_started_again(run, tmp_path, name):
    run(OBEDIENT)
    first = pids(tmp_path / name, 1)[0]
    os.kill(first, signal.SIGKILL)
    assert pids(tmp_path / name, 2)[1] != first


def test_what_a_dead_child_left_running_is_cleared(run, tmp_path):
    run(WITH_GRANDCHILD)
    child, grandchild = pids(tmp_path / "web", 2)
    os.kill(child, signal.SIGKILL)
    assert gone(grandchild)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_stops_everything(run, tmp_path, number):
    process = run(OBEDIENT)
    everybody = [pids(tmp_path / name, 1)[0] for name in ("web", "worker")]
    process.send_signal(number)
    said, _ = process.communicate(timeout=10)
    assert process.returncode == 0
    assert said.split() == ["ready", "stopped"]
    assert all(gone(pid, 0.1) for pid in everybody)


def test_a_child_that_does_not_listen_is_killed_within_ten_seconds(run, tmp_path):
    process = run(DEAF)
    everybody = [pids(tmp_path / name, 1)[0] for name in ("web", "worker")]
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert time.monotonic() - began < 10
    assert all(gone(pid, 0.1) for pid in everybody)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells a child of its parent's death")
def test_a_killed_supervisor_takes_its_children_with_it(run, tmp_path):
    process = run(OBEDIENT)
    everybody = [pids(tmp_path / name, 1)[0] for name in ("web", "worker")]
    process.kill()
    assert all(gone(pid) for pid in everybody)


def test_a_first_child_that_never_comes_up_is_given_up(run, tmp_path):
    process = run("raise SystemExit(3)")
    said, _ = process.communicate(timeout=30)
    assert "ready" not in said
    assert said.count("web") == 5
