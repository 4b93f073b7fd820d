"""What an operator may have got wrong that the settings cannot see. `manage.py check` prints the hints."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

OLDEST_SQLITE = (3, 35)


@register(Tags.database)
def database_speaks_chinese(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """PostgreSQL with locale C finds nothing in Chinese texts (no trigrams, no case): E001, E002."""
    if not databases or "default" not in databases or connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = current_database()"
        )
        encoding, ctype = cursor.fetchone()
    found: list[CheckMessage] = []
    if encoding != "UTF8":
        found.append(
            Error(
                f"数据库编码是 {encoding}，不是 UTF8。",
                hint="新建数据库：CREATE DATABASE … ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0。",
                id="povertyaudit.E001",
            )
        )
    if ctype in {"C", "POSIX"}:
        found.append(
            Error(
                f"数据库区域设置是 {ctype}，中文检索会失效。",
                hint="新建数据库集群：initdb --locale=C.UTF-8 -E UTF8（compose 文件里已写好）。",
                id="povertyaudit.E002",
            )
        )
    return found


@register()
def sqlite_is_young_enough(**kwargs: Any) -> list[CheckMessage]:
    """RETURNING and partial unique indexes need 3.35: E003."""
    if connection.vendor != "sqlite" or sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        return []
    return [Error(f"SQLite {sqlite3.sqlite_version} 太旧，需要 3.35 以上。", id="povertyaudit.E003")]


@register(Tags.staticfiles)
def named_files_are_there(**kwargs: Any) -> list[CheckMessage]:
    """The pages' style sheets and scripts come out of installed packages, or were collected before: E004."""
    if settings.STATIC_DIR and (settings.STATIC_ROOT / "staticfiles.json").is_file():
        return []
    return [
        Error(f"缺少前端文件 {path.name}。", hint="执行 make front 安装。", id="povertyaudit.E004")
        for path in settings.NAMED_STATIC_FILES.values()
        if not path.is_file()
    ]
