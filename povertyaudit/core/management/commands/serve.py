"""`manage.py serve`: everything the product needs to run, in the foreground. `make run` ends in it."""

import errno
import hashlib
import http.client
import os
import socket
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections

from povertyaudit import checks, env
from povertyaudit.core import health
from povertyaudit.supervisor import Child, Supervisor

DEMO_PASSWORD = "qinghe-2026"  # noqa: S105 -- printed on purpose; the demo county exists only locally
AS_ROOT = "You're running the worker with superuser"  # true in a container, and no concern: messages are JSON


def programs() -> dict[str, list[str]]:
    """The three commands, by name."""
    celery = [sys.executable, "-W", f"ignore:{AS_ROOT}", "-m", "celery", "--quiet", "-A", "povertyaudit"]
    clock = env.folder(settings.DATA_DIR / "clock") / f"schedule-{settings.PORT}"
    return {
        "web": [
            *(sys.executable, "-m", "gunicorn", "povertyaudit.wsgi", "--config", "python:povertyaudit.web"),
            *(
                "--bind",
                f"{settings.BIND}:{settings.PORT}",
                "--workers",
                str(env.number("WEB_WORKERS", 2, least=1)),
            ),
        ],
        "worker": [
            *(
                *celery,
                "worker",
                "--loglevel",
                "warning",
                "-O",
                "fair",
                "--hostname",
                f"worker-{settings.PORT}@%h",
            ),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        "clock": [*celery, "beat", "--loglevel", "warning", "--schedule", str(clock), "--pidfile="],
    }


class Command(BaseCommand):
    help = "启动网页、后台任务和时钟；第一次启动时建库并装入示例县。按 Ctrl-C 停止。"
    requires_system_checks: list[str] = []  # noqa: RUF012 -- Django's own name; the web process imports it all anyway

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", choices=["migrate", "web", "worker", "clock"], help="只做其中一件。")
        parser.add_argument("--no-demo", action="store_true", help="不装示例县，从空白开始。")
        parser.add_argument("--ask", action="store_true", help="只问网页是否应答；不应答则以 1 退出。")

    def handle(self, *args: Any, **options: Any) -> None:
        os.umask(0o077)
        if options["ask"]:
            sys.exit(0 if self.answers() else 1)
        if options["only"]:
            self.become(options["only"])
        self.refuse_taken_port()
        self.refuse_bad_database()
        self.migrate()
        self.collect_static_files()
        if not options["no_demo"]:
            self.seed()
        hint = self.demo_hint()
        connections.close_all()
        children = [Child(name, command) for name, command in programs().items()]
        came_up = Supervisor(
            children,
            home=settings.BASE_DIR,
            answers=self.answers,
            when_ready=lambda: self.announce(hint),
            say=self.say,
        ).run()
        if not came_up:
            raise CommandError(
                "网页进程启动不了，原因见上面的输出。/ The web process does not start: see above."
            )

    def become(self, name: str) -> None:
        """Turn this process into one of the programs: a container or a unit runs one, and migrates beforehand."""
        self.refuse_bad_database()
        if name == "migrate":
            self.gate()
            sys.exit(0)
        if waiting := health.waiting_migrations():
            raise CommandError(health.behind(waiting))
        if name == "web":
            self.collect_static_files()
        connections.close_all()
        command = programs()[name]
        os.execv(command[0], command)  # noqa: S606

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def announce(self, hint: str) -> None:
        self.say(f"ready: http://127.0.0.1:{settings.PORT}")
        if hint:
            self.say(hint)

    def refuse_taken_port(self) -> None:
        with socket.socket() as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((settings.BIND, settings.PORT))
            except OSError as error:
                other = settings.PORT + 123
                why = "已被占用" if error.errno == errno.EADDRINUSE else f"不能用（{error.strerror}）"
                raise CommandError(
                    f"端口 {settings.PORT} {why}，请换一个：PORT={other} make run"
                    f" / port {settings.PORT} cannot be used: try PORT={other} make run"
                ) from None

    def refuse_bad_database(self) -> None:
        try:
            problems = checks.database_speaks_chinese(["default"])
        except DatabaseError as error:
            raise CommandError(f"DATABASE_URL: 连不上数据库（{str(error).splitlines()[0]}）。") from None
        if problems:
            raise CommandError(" ".join(f"{problem.msg}{problem.hint}" for problem in problems))

    def gate(self) -> None:
        """Bring the database up to date, or say in one sentence why nothing else will start."""
        waiting = health.waiting_migrations()
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except Exception as error:  # whatever a migration or its driver raises means the same here
            reason = " ".join(str(error).split())[:300]
            raise CommandError(
                f"数据库更新没有完成，网页、后台和定时进程都不会启动（{type(error).__name__}：{reason}）。"
                "请保留这段输出，按运维手册“升级失败怎么退回”处理。"
            ) from error
        self.say(f"数据库已是最新，本次执行 {waiting} 个更新。")

    def migrate(self) -> None:
        if health.waiting_migrations():
            self.say("正在建立或更新数据库……")
            call_command("migrate", verbosity=0, interactive=False)

    def collect_static_files(self) -> None:
        """Again only when a file has changed: hashing and compressing takes seconds."""
        if settings.STATIC_DIR:
            if not (settings.STATIC_ROOT / "staticfiles.json").is_file():
                raise CommandError(f"STATIC_DIR: {settings.STATIC_DIR} 里没有收集好的静态文件，请重新安装。")
            return
        lines = []
        for finder in get_finders():
            for name, storage in finder.list([]):
                stat = Path(storage.path(name)).stat()
                lines.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
        mark = settings.STATIC_ROOT / ".collected"
        digest = hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
        if not mark.exists() or mark.read_text() != digest:
            call_command("collectstatic", verbosity=0, interactive=False)
            mark.write_text(digest)

    def seed(self) -> None:
        """The demo county, once, where nobody has an account yet; a seeding that was cut short begins anew."""
        if settings.PRODUCTION or "seed_demo" not in get_commands():
            return
        mark = settings.DATA_DIR / ".seeding"
        if mark.exists():
            self.start_afresh(mark)
        if get_user_model()._base_manager.exists():
            return
        self.say("正在装入示例县，大约一到两分钟……")
        began = time.monotonic()
        mark.touch()
        call_command("seed_demo", stdout=self.stdout)
        mark.unlink()
        self.say(f"示例县已装好，用时 {time.monotonic() - began:.0f} 秒。")

    def start_afresh(self, mark: Path) -> None:
        name = str(settings.DATABASES["default"]["NAME"])
        if not settings.SQLITE or Path(name).parent != settings.DATA_DIR:
            raise CommandError(f"上次装入示例县时中断，数据不完整：请清空数据库并删除 {mark}，再启动。")
        connections.close_all()
        for tail in ("", "-wal", "-shm"):
            Path(f"{name}{tail}").unlink(missing_ok=True)
        self.migrate()

    def demo_hint(self) -> str:
        password = env.text("DEMO_PASSWORD", DEMO_PASSWORD)
        user = get_user_model()._base_manager.filter(username="casemgr").first()
        if settings.PRODUCTION or user is None or not user.check_password(password):
            return ""
        return (
            f"示例账号 petition、casemgr、inspector1、leader、official……的口令（demo password）：{password}"
        )

    def answers(self) -> bool:
        host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), "127.0.0.1")
        door = http.client.HTTPConnection("127.0.0.1", settings.PORT, timeout=2)
        try:
            door.request("GET", "/healthz", headers={"Host": host})
            return door.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            door.close()
