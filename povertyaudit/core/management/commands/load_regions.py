"""Take over a list of regions."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.core import region_load
from povertyaudit.core.errors import DomainError, Several
from povertyaudit.core.models import User
from povertyaudit.core.region_file import full_code

KINDS = {
    "new": "新增", "renamed": "更名", "restored": "恢复", "abolished": "撤销", "merged": "其中并入其他地区",
    "unchanged": "没有变化", "refused": "没有载入的行",
}  # fmt: skip
EPILOG = """\
CSV: code,name[,parent][,level], with or without a head line. JSON: [{"code": …, "name": …}], the same nested under
"children" (or any other key), or {"code": "name"}. Codes of 2, 4, 6 or 9 digits are filled up to 12; UTF-8, UTF-16 or
GB18030. What is under the given rows and missing in the file is ended on the day before --as-of, never deleted.
A generated file of the size of the country: python -m tests.region_list > /tmp/regions.csv"""


class Command(BaseCommand):
    help = "Load a list of regions (CSV or JSON); reports new, renamed, abolished, merged, unchanged and refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = EPILOG
        parser.add_argument("file", type=Path, help="区划文件")
        parser.add_argument("--dry-run", action="store_true", help="只报告，不保存")
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="区划截止日期，默认今天")
        parser.add_argument(
            "--within", default="", metavar="CODE", help="只更新这个地区以内，其他地区不受影响"
        )
        parser.add_argument("--successors", type=Path, metavar="FILE", help="撤销地区的承接地区：old,new")
        parser.add_argument("--accept-good", action="store_true", help="有错误的行跳过，其余照样载入")
        parser.add_argument("--by", default="", metavar="USER", help="载入人的账号；不写则记为系统")

    def handle(self, *args: Any, **options: Any) -> None:
        within = full_code(options["within"])
        if options["within"] and not within:
            raise CommandError("--within 应为 2、4、6、9 或 12 位区划代码。")
        try:
            report = region_load.load(
                options["file"],
                by=person(options["by"]),
                options=region_load.Options(
                    as_of=options["as_of"], within=within, successors=options["successors"],
                    accept_good=options["accept_good"], dry_run=options["dry_run"],
                ),
            )  # fmt: skip
        except OSError as error:
            raise CommandError(f"读不到文件 {error.filename}：{error.strerror}。") from error
        except Several as refused:
            lines = [str(one) for one in refused.errors]
            raise CommandError("\n".join(["文件有错误，一行也没有载入：", *lines])) from refused
        except DomainError as refused:
            raise CommandError(f"{refused} 一行也没有载入。") from refused
        self.tell(report, options["dry_run"])

    def tell(self, report: region_load.Report, dry_run: bool) -> None:
        """Counts, the first lines of each kind, and what is asked."""
        counts = "，".join(f"{word} {report.counts[kind]}" for kind, word in KINDS.items())
        self.stdout.write(
            f"{'试运行，没有保存：' if dry_run else ''}共 {report.counts['lines']} 行：{counts}。"
        )
        for kind, lines in report.samples.items():
            for line in lines:
                self.stdout.write(f"  {KINDS[kind]} {line}")
            if report.counts[kind] > len(lines):
                self.stdout.write(f"  ……{KINDS[kind]}共 {report.counts[kind]} 个。")
        for line in report.refusals:
            self.stdout.write(f"  {line}")
        if report.asked:
            asked = "、".join(report.asked[: region_load.SHOWN])
            more = "等" if len(report.asked) > region_load.SHOWN else ""
            self.stdout.write(
                f"{len(report.asked)} 个撤销的地区还有记录引用，请安全保密管理员在“地区变更待确认”中写明去向：{asked}{more}。"
            )


def person(name: str) -> User | None:
    """The account that loads; None for nobody named. Raises CommandError."""
    if not name:
        return None
    found: User | None = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise CommandError(f"没有账号“{name}”，或者已停用。")
    return found
