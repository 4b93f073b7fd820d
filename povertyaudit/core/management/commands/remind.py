"""The morning scan by hand."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.core import moment, remind


class Command(BaseCommand):
    help = "Send the reminders owed today; a second run is silent. Exit 1 when another scan is at it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today", type=date.fromisoformat, help="按哪一天计算（默认今天），如 2026-11-23"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        day = options["today"] or moment.today()
        result = remind.scan(day)
        if not result.ran:
            raise CommandError("另一次提醒扫描正在进行，请稍后再试。")
        self.stdout.write(
            f"{day}：查看临近到期和超期的期限 {result.clocks} 个，新发提醒 {result.messages} 条；"
            f"当天收到提醒的共 {result.people} 人。"
        )
