"""Take over which regions bore which attribute in which year."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.core import region_attributes
from povertyaudit.core.errors import DomainError, Several
from povertyaudit.core.management.commands.load_regions import person


class Command(BaseCommand):
    help = (
        "Load attributes of regions by year (CSV or JSON: code,year,kind; kind is a code or name of 地区属性, "
        "e.g. 贫困村). Rows are added; what is there stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="地区属性文件")
        parser.add_argument("--dry-run", action="store_true", help="只报告，不保存")
        parser.add_argument("--accept-good", action="store_true", help="有错误的行跳过，其余照样载入")
        parser.add_argument("--by", default="", metavar="USER", help="载入人的账号；不写则记为系统")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = {name: options[name] for name in ("accept_good", "dry_run")}
        try:
            report = region_attributes.load(options["file"], by=person(options["by"]), **chosen)
        except OSError as error:
            raise CommandError(f"读不到文件 {error.filename}：{error.strerror}。") from error
        except Several as refused:
            lines = [str(one) for one in refused.errors]
            raise CommandError("\n".join(["文件有错误，一行也没有载入：", *lines])) from refused
        except DomainError as refused:
            raise CommandError(f"{refused} 一行也没有载入。") from refused
        self.stdout.write(f"{'试运行，没有保存：' if options['dry_run'] else ''}{report}")
        for line in report.refusals:
            self.stdout.write(f"  {line}")
