"""Compare one ledger, as an account sees it, with another instance or with a file; exit 1 where they differ."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.core import ledger
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import User
from povertyaudit.exchange import comparing
from povertyaudit.exchange.api.asked import view_of


class Command(BaseCommand):
    help = "Compare a ledger with another instance (URL, token in LEDGER_TOKEN) or a file (.ndjson, .csv); exit 1 if they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("things", help="the ledger as in the addresses, e.g. leads")
        parser.add_argument("other", help="https://… of the other instance, or a file")
        parser.add_argument("--as", dest="user", required=True, help="account whose scope is compared")
        parser.add_argument(
            "--query",
            default="",
            help="conditions of the list, e.g. region=990101000000&received_from=2026-01-01",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"没有账号“{options['user']}”，请用 --as 写明账号。")
        try:
            rows = view_of(options["things"], options["query"], user).ledger_rows()
            self.compare(rows, options)
        except DomainError as refused:
            raise CommandError(refused.message) from refused
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"无法读取对方的台账：{error}。") from error

    def compare(self, rows: Any, options: dict[str, Any]) -> None:
        other = options["other"]
        if other.startswith("http"):
            there = comparing.Instance(
                other, options["things"], options["query"], os.environ.get("LEDGER_TOKEN", "")
            )
            ours = ledger.digest(rows)
            if there.digest() == ours:
                self.stdout.write(f"相符：{ours[0]} 行，校验值 {ours[1]}。")
                return
            found = comparing.compare(rows, there.rows())
        else:
            found = comparing.compare(rows, comparing.of_file(Path(other)))
        if not found:
            self.stdout.write(f"相符：{found.count} 行。")
            return
        raise CommandError(
            "\n".join(
                [
                    "两份台账不相符。",
                    *(f"只在本级：{one}" for one in found.here),
                    *(f"只在对方：{one}" for one in found.there),
                    *(f"版本不同：{one}" for one in found.versions),
                ]
            )
        )
