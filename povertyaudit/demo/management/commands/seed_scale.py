"""Make a county of real size for measuring."""

import time
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit import env
from povertyaudit.core import moment
from povertyaudit.demo.management.commands.seed_demo import PASSWORD
from povertyaudit.demo.scale import seed

SIZES = {
    "leads": 266_000, "items": 100_000, "measures": 330_000, "projects": 150_000, "payments": 1_000_000, "misuses": 20_000,
    "entries": 60_000,
}  # fmt: skip


class Command(BaseCommand):
    help = (
        "Fill an EMPTY database with 青禾县 and 云屏县 at real size (default 266,000 leads, 100,000 items, 330,000 measures, "
        "150,000 projects, 1,000,000 payments, 20,000 misuses with 60,000 ledger entries): "
        "deterministic, by COPY on PostgreSQL. The rows have no record; verify_ledger says so. Refused in production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for name, number in SIZES.items():
            parser.add_argument(f"--{name}", type=int, default=number, help=f"how many (default {number})")
        parser.add_argument(
            "--fraction", type=float, default=1.0, help="take this part of each number, e.g. 0.1"
        )
        parser.add_argument("--seed", type=int, default=99, help="another number gives another county")
        parser.add_argument("--today", type=date.fromisoformat, help="the day it is made for (YYYY-MM-DD)")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("测量数据只能在本地环境生成，POVERTYAUDIT_ENV=production 时拒绝执行。")
        count = {name: round(options[name] * options["fraction"]) for name in SIZES}
        short = count["measures"] < count["items"] or count["entries"] < count["misuses"]
        if min(count.values()) < 1 or short:
            raise CommandError(
                "每种至少要有一条，措施不能少于事项，分录不能少于违规资金，请调整数量或者 --fraction。"
            )
        call_command("migrate", verbosity=0)
        if not seed.is_empty():
            raise CommandError(
                "数据库里已有数据，测量数据只能生成到空数据库，请用 DATABASE_URL 指定一个新库。"
            )
        begun = time.perf_counter()
        made = seed.seed(
            options["today"] or moment.today(),
            options["seed"],
            env.text("DEMO_PASSWORD", PASSWORD),
            count=count,
        )
        loaded = time.perf_counter() - begun
        seed.analyse()
        for name, number in made.items():
            self.stdout.write(f"{name} {number}")
        total = sum(made.values())
        self.stdout.write(
            f"共 {total} 行，{loaded:.1f} 秒，每秒 {total / loaded:.0f} 行；统计信息 {time.perf_counter() - begun - loaded:.1f} 秒。"
        )
