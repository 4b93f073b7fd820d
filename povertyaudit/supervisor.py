"""Web, worker and clock under one roof: what dies is started again, one signal stops all of it within 10 seconds.

No business of the product is here. Lost work is nobody's concern either: jobs are rows in the database and are
swept when their lease ends, so a child that does not finish in time may be killed.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

GRACE = 7.0  # seconds a child has to finish what it is doing
STEADY = 60.0  # seconds alive after which earlier deaths are forgotten
LONGEST_WAIT = 30.0  # seconds between two attempts at most
PATIENCE = 20.0  # seconds the others wait for the first child to answer
LOOK_EVERY = 0.1
HOPELESS = 5  # deaths of the first child before it ever answered: it will not get better by itself
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One program in a session of its own, so that the terminal's Ctrl-C reaches only the supervisor."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0
    next_try: float = field(default=0.0)

    def start(self, home: Path) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=home,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int, *, group: bool = False) -> None:
        """To the program itself, or to everything it started."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                (os.killpg if group else os.kill)(self.process.pid, number)

    def bury(self) -> None:
        """Clear what the dead program left running; wait longer each time: 0.5, 1, 2 … 30 seconds."""
        self.signal(signal.SIGKILL, group=True)
        self.process = None
        lived = time.monotonic() - self.started_at
        self.deaths = 1 if lived > STEADY else self.deaths + 1
        self.next_try = time.monotonic() + min(LONGEST_WAIT, 0.25 * 2**self.deaths)


def _die_with_parent() -> None:
    """On Linux a child is told to stop when the supervisor is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Starts the first child, the others once it answers, and keeps them all until it is told to stop."""

    def __init__(
        self,
        children: Sequence[Child],
        *,
        home: Path,
        answers: Callable[[], bool],
        when_ready: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        self.first, *self.others = children
        self.children, self.home = list(children), home
        self.answers, self.when_ready, self.say = answers, when_ready, say
        self.stopping = self.ready = False

    def run(self) -> bool:
        """Blocks until SIGINT or SIGTERM, then stops everything; False when the first child never came up."""
        before = {
            number: signal.signal(number, self._told_to_stop) for number in (signal.SIGINT, signal.SIGTERM)
        }
        began = time.monotonic()
        try:
            while not self.stopping and not self.hopeless:
                self._look(began)
                time.sleep(LOOK_EVERY)
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)
        return not self.hopeless

    @property
    def hopeless(self) -> bool:
        return not self.ready and self.first.deaths >= HOPELESS

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _look(self, began: float) -> None:
        late = time.monotonic() - began > PATIENCE
        for child in self.children:
            if child is self.first or self.ready or late:
                self._keep_alive(child)
        if not self.ready and self.first.alive and self.answers():
            self.ready = True
            self.when_ready()

    def _keep_alive(self, child: Child) -> None:
        if child.alive:
            return
        if child.process is not None:
            self.say(f"{child.name} 已退出（{child.process.returncode}），重新启动。")
            child.bury()
        if time.monotonic() >= child.next_try:
            child.start(self.home)

    def _stop(self) -> None:
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline and any(child.alive for child in self.children):
            time.sleep(0.05)
        for child in self.children:
            child.signal(signal.SIGKILL, group=True)
            if child.process is not None:
                child.process.wait(2)
