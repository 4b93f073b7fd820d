"""Is the product ready? Each part says ok, starting, embedded, or one sentence of what is wrong and what to do."""

import time as clock_time
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from kombu.connection import Connection

from povertyaudit.core import daily, moment
from povertyaudit.core.models import Heartbeat

OK, STARTING, EMBEDDED = "ok", "starting", "embedded"
GOOD = frozenset({OK, STARTING, EMBEDDED})
SILENT_AFTER = timedelta(minutes=5)
SCAN_GRACE = timedelta(hours=1)
BROKER_TIMEOUT = 2  # seconds
_started = clock_time.monotonic()


def readiness() -> dict[str, str]:
    """`{database, broker, migrations, clock}`; parts that need a database that is not there say so themselves."""
    database = _database()
    if database != OK:
        unknown = "数据库连接恢复后才能检查。"
        return {"database": database, "broker": _broker(), "migrations": unknown, "clock": unknown}
    migrations = _migrations()
    clock = _clock() if migrations == OK else "数据库更新完成后才能检查。"
    return {"database": database, "broker": _broker(), "migrations": migrations, "clock": clock}


def is_ready(parts: dict[str, str]) -> bool:
    """True when no part has a complaint; `starting` counts as ready, pages work while the clock comes up."""
    return all(state in GOOD for state in parts.values())


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "数据库连接不上，请检查数据库服务和 DATABASE_URL。"
    return OK


def _broker() -> str:
    if settings.EMBEDDED:
        return EMBEDDED
    try:
        with Connection(settings.CELERY_BROKER_URL, connect_timeout=BROKER_TIMEOUT) as broker:  # type: ignore[no-untyped-call]
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_TIMEOUT)
    except Exception:  # noqa: BLE001 — every driver has its own errors; all mean the same here
        return "消息服务连接不上，后台任务会推迟，请检查 Redis 服务和 REDIS_URL。"
    return OK


def waiting_migrations() -> int:
    """How many migrations the database lacks. A database newer than the program lacks none."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrations() -> str:
    return behind(waiting) if (waiting := waiting_migrations()) else OK


def behind(waiting: int) -> str:
    """What to do about a database that lacks `waiting` migrations."""
    return f"还有 {waiting} 个数据库更新没有执行，请运行 manage.py migrate。"


def _clock() -> str:
    last = Heartbeat.objects.filter(name="clock").values_list("at", flat=True).first()
    now = moment.now()
    if last is None or now - last > SILENT_AFTER:
        if timedelta(seconds=clock_time.monotonic() - _started) < SILENT_AFTER:
            return STARTING
        since = f"自 {timezone.localtime(last):%Y-%m-%d %H:%M} 起" if last else "一直"
        return f"定时进程{since}没有运行，到期提醒发不出去，请重新启动服务。"
    local = timezone.localtime(now)
    late = local - SCAN_GRACE
    if late.date() == local.date() and daily.scan_is_owed(local.date(), late.time()):
        return "今天的到期提醒还没有发完，请查看提醒运行情况页面。"
    return OK
