"""Make the demo county: fictional places and people, a year of history through the verbs."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit import env
from povertyaudit.core import moment, sealing
from povertyaudit.demo import seed

PASSWORD = "qinghe-2026"  # noqa: S105 — printed on purpose; the demo county exists only locally


class Command(BaseCommand):
    help = "Fill an empty database with the fictional 青禾县 and its neighbour 云屏县. Refused in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today", type=date.fromisoformat, help="the day the demo is made for (YYYY-MM-DD)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("演示数据只能在本地环境生成，POVERTYAUDIT_ENV=production 时拒绝执行。")
        if seed.is_there():
            self.stdout.write("青禾县演示数据已存在，没有改动。")
            return
        counts = seed.seed(options["today"] or moment.today(), env.text("DEMO_PASSWORD", PASSWORD))
        sealing.seal()
        for name, number in counts.items():
            self.stdout.write(f"{name} {number}")
