"""The last resort for somebody no officer can help any more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.core import administering
from povertyaudit.core.errors import DomainError


class Command(BaseCommand):
    help = "Give an account a one-time password, shown once. Recorded; the officers of its region are told."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="账号")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            account, password = administering.reset_on_server(options["username"])
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"账号 {account.username} 的一次性密码：{password}（只显示这一次，首次登录须修改）。已记入操作记录，并通知安全保密管理员和安全审计员。"
        )
