"""Take over a list of units."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.core import unit_load
from povertyaudit.core.errors import DomainError, Several

SHOWN = 20
EPILOG = """\
CSV（UTF-8 或 GB18030）：单位名称,类别,区划代码,上级单位,编号代字,成立日期；后三列可以不填。类别写“县直部门”“乡镇”“村（社区）”等
页面上的说法或者英文代号。已有的单位（同一地区、同一名称）保持不变，可以重复执行；有一行不对就一行也不载入。"""


class Command(BaseCommand):
    help = "载入单位名单，或者按区划补齐乡镇政府、街道办事处和村（居）民委员会。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = EPILOG
        parser.add_argument("file", type=Path, nargs="?", help="单位文件")
        parser.add_argument(
            "--from-regions", action="store_true", help="为本县每个乡镇、村补上还没有的政府（办事处）、村（居）委会"
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="只报告，不保存")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] is None and not options["from_regions"]:
            raise CommandError("请写单位文件，或者加上 --from-regions。")
        chosen = {name: options[name] for name in ("from_regions", "dry_run")}
        try:
            report = unit_load.load(options["file"], **chosen)
        except OSError as error:
            raise CommandError(f"读不到文件 {error.filename}：{error.strerror}。") from error
        except Several as refused:
            lines = [str(one) for one in refused.errors]
            raise CommandError("\n".join(["有错误，一行也没有载入：", *lines])) from refused
        except DomainError as refused:
            raise CommandError(f"{refused} 一行也没有载入。") from refused
        self.stdout.write(f"{'试运行，没有保存：' if options['dry_run'] else ''}{report}")
        if report.unnamed:
            named, more = "、".join(report.unnamed[:SHOWN]), len(report.unnamed) > SHOWN
            self.stdout.write(
                f"{len(report.unnamed)} 个地区从名称看不出单位怎样称呼，请写进单位文件：{named}{'等' if more else ''}。"
            )
