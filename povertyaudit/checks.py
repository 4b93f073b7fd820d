"""What an operator may have got wrong that the settings cannot see. `manage.py check` prints the hints."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

from povertyaudit.core import outbound

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


@register()
def outside_is_named_exactly(**kwargs: Any) -> list[CheckMessage]:
    """What may leave the house is said once and exactly: E021, E022, W023, W024."""
    found: list[CheckMessage] = [
        Error(
            f"OUTBOUND_HOSTS 中的“{entry}”不是主机名，没有一条消息会发往那里。",
            hint="写 主机 或 主机:端口，多个用逗号隔开，不写 https://、路径和 *。",
            id="povertyaudit.E021",
        )
        for entry in settings.OUTBOUND_HOSTS
        if not outbound.is_entry(entry)
    ]
    if settings.SITE_URL and outbound.trouble_with(settings.SITE_URL):
        hint = "写浏览器里打开本系统的地址，例如 https://ledger.example.gov.cn。"
        found.append(Error("SITE_URL 不是以 https:// 开头的网址。", hint=hint, id="povertyaudit.E022"))
    if (settings.OUTBOUND_HOSTS or settings.NOTIFY_BY_MAIL) and not settings.SITE_URL:
        hint = "设置 SITE_URL=https://本系统的域名。"
        found.append(
            Warning("没有设置 SITE_URL，外发的消息里只有编号，没有链接。", hint=hint, id="povertyaudit.W023")
        )
    if settings.NOTIFY_BY_MAIL and not outbound.mail_allowed():
        found.append(
            Warning(
                f"NOTIFY_BY_MAIL 已打开，但邮件服务器 {outbound.mail_host()} 没有放行，邮件不会发出。",
                hint="把邮件服务器的 主机 或 主机:端口 写入 OUTBOUND_HOSTS。",
                id="povertyaudit.W024",
            )
        )
    return found
