"""Check the record of every act, the rows it describes, and the seals; or write a bundle that proves it elsewhere."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.core.models import Region
from povertyaudit.core.proof import bundle
from povertyaudit.core.verify import verify


class Command(BaseCommand):
    help = "Check every entry, chain, business row and seal; exit 1 and name what is broken. --export writes a bundle."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anchor", type=Path, help="file of seals kept elsewhere (seals.ndjson)")
        parser.add_argument("--export", type=Path, metavar="FILE", help="write an offline proof bundle (zip)")
        parser.add_argument("--region", help="12-digit code of the county the bundle is of")
        parser.add_argument("--from", dest="since", type=date.fromisoformat, help="first day of the bundle")
        parser.add_argument("--to", dest="until", type=date.fromisoformat, help="last day of the bundle")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["export"]:
            self.export(options["export"], options["region"] or "", options["since"], options["until"])
            return
        report = verify(read_anchors(options["anchor"]) if options["anchor"] else None)
        self.stdout.write(
            f"已核对操作记录 {report.entries} 条、记录链 {report.chains} 条、业务数据 {report.rows} 行、封印 {report.seals} 枚；"
            f"尚未封印的记录链 {report.unsealed_chains} 条，依规删除的个人信息 {report.erased_values} 项。"
        )
        if report.broken:
            raise CommandError("\n".join([f"发现 {len(report.broken)} 处不符：", *report.broken[:50]]))
        self.stdout.write("全部相符。")

    def export(self, path: Path, code: str, since: date | None, until: date | None) -> None:
        region = Region.objects.filter(code=code.ljust(12, "0")).first()
        if region is None:
            raise CommandError("请用 --region 写明 12 位区划代码，例如 --region 990101000000。")
        if since and until and since > until:
            raise CommandError("--from 不能晚于 --to。")
        try:
            made = bundle.export(path, region, since, until)
        except OSError as error:
            raise CommandError(f"无法写入 {path}：{error.strerror}。") from error
        counts = made.counts
        self.stdout.write(
            f"已导出 {path}：操作记录 {counts['entries']} 条、记录链 {counts['chains']} 条、业务数据 {counts['rows']} 行、"
            f"封印 {counts['seals']} 枚。清单校验值 {made.manifest}，已登记在操作记录中。"
        )


def read_anchors(path: Path) -> dict[int, str]:
    """Seal number → value, from the lines a seal leaves outside the database."""
    try:
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return {int(line["seq"]): str(line["hash"]) for line in lines}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"无法读取外部留存的封印文件 {path}：{error}") from error
