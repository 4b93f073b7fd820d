"""Take over a holiday notice and count anew what it touches."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.core import holiday_notice
from povertyaudit.core.errors import DomainError, Several
from povertyaudit.core.models import User

SHOWN = 50


class Command(BaseCommand):
    help = "Load a holiday notice (JSON or CSV: day,kind[holiday|workday],name,source); says which due dates moved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="放假安排文件")
        parser.add_argument("--source", default="", help="依据的通知，用于没有写来源的行")
        parser.add_argument("--by", default="", help="载入人的账号；不写则记为系统")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"读不到文件 {options['file']}：{error.strerror}。") from error
        try:
            loaded = holiday_notice.load(data, by=self.person(options["by"]), source=options["source"])
        except Several as refused:
            sentences = [str(one) for one in refused.errors]
            raise CommandError(
                "\n".join([f"文件有 {len(sentences)} 处错误，一天也没有载入：", *sentences])
            ) from refused
        except DomainError as refused:
            raise CommandError(f"{refused} 一天也没有载入。") from refused
        self.stdout.write(str(loaded))
        for move in loaded.moved[:SHOWN]:
            self.stdout.write(f"  {move}")
        if len(loaded.moved) > SHOWN:
            self.stdout.write(f"  ……另有 {len(loaded.moved) - SHOWN} 个。")

    def person(self, name: str) -> User | None:
        if not name:
            return None
        found: User | None = User.objects.filter(username=name, is_active=True).first()
        if found is None:
            raise CommandError(f"没有账号“{name}”，或者已停用。")
        return found
