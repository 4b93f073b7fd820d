"""Check the record of every act, the rows it describes, and the seals."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.core.verify import verify


class Command(BaseCommand):
    help = "Check every entry, chain, business row and seal; exit 1 and name what is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anchor", type=Path, help="file of seals kept elsewhere (seals.ndjson)")

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify(read_anchors(options["anchor"]) if options["anchor"] else None)
        self.stdout.write(
            f"已核对操作记录 {report.entries} 条、记录链 {report.chains} 条、业务数据 {report.rows} 行、封印 {report.seals} 枚；"
            f"尚未封印的记录链 {report.unsealed_chains} 条，依规删除的个人信息 {report.erased_values} 项。"
        )
        if report.broken:
            raise CommandError("\n".join([f"发现 {len(report.broken)} 处不符：", *report.broken[:50]]))
        self.stdout.write("全部相符。")


def read_anchors(path: Path) -> dict[int, str]:
    """Seal number → value, from the lines a seal leaves outside the database."""
    try:
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return {int(line["seq"]): str(line["hash"]) for line in lines}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"无法读取外部留存的封印文件 {path}：{error}") from error
