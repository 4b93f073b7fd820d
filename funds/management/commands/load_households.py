"""Load a register of households or beneficiaries."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from funds.models import Register, RegisterKind, RegisterRefusal
from funds.models.registers import Cause
from funds.services import register_loading, registers
from povertyaudit.core import jobs, moment
from povertyaudit.core.errors import DomainError
from povertyaudit.core.management.commands.load_regions import person
from povertyaudit.core.models import Job, Region, Unit
from povertyaudit.core.models.jobs import JobState
from povertyaudit.core.region_file import full_code

EPILOG = """\
CSV（UTF-8、UTF-16 或 GB18030）或者 xlsx（60 MB 以内，读第一张表）。列：村代码、姓名、身份证号；可以有户编号、与户主关系、账号、
金额（元）、备注，户主一行还可以有吃、穿、义务教育、基本医疗、住房安全、饮水安全（是/否）和脱贫状态。有错误的行不载入，逐行写入 FILE.refused.csv
（行号、列、原因，没有身份证号）。同一文件再次载入不变；同一种类、县、截止日期、分册的另一文件载入后替换原来的。中途被杀可以再次执行。"""


class Command(BaseCommand):
    help = "载入名册（建档立卡、低保、一卡通流水等）；报告读到、载入、没有载入的行数和原因。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = EPILOG
        parser.add_argument("file", type=Path, help="名册文件")
        parser.add_argument(
            "--kind", required=True, metavar="CODE", help="名册种类代码，例如 POOR、SUBSISTENCE"
        )
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="截止日期，默认今天")
        parser.add_argument("--county", default="", metavar="CODE", help="所属县，默认载入人所在的县")
        parser.add_argument("--part", default="", metavar="NAME", help="分册，例如乡镇名；一县一个文件的不写")
        parser.add_argument("--source", default="", metavar="UNIT", help="提供单位的名称")
        parser.add_argument("--user", "--by", required=True, metavar="USER", dest="by", help="载入人的账号")
        parser.add_argument("--refused", type=Path, metavar="FILE", help="没有载入的行写到哪里")
        parser.add_argument(
            "--at-most", type=float, default=100.0, metavar="PERCENT",
            help="没有载入的行超过这个比例时以失败退出（好的行仍然载入），默认不限",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"].resolve()
        try:
            register = self.opened(path, options)
            if register.state == Register.State.LOADING:
                register = self.work(register, path)
            else:
                self.stdout.write(f"没有变化：这个文件已载入为 {register.number}。")
        except OSError as error:
            raise CommandError(f"读不到文件 {error.filename}：{error.strerror}。") from error
        except DomainError as refused:
            raise CommandError(f"{refused} 一行也没有载入。") from refused
        if register.state != Register.State.LOADED:
            raise CommandError(f"{register.failure} 一行也没有载入。")
        self.report(register, options["refused"] or path.with_name(f"{path.name}.refused.csv"))
        share = 100 * register.refused_count / register.read_count
        if share > options["at_most"]:
            raise CommandError(
                f"没有载入的行占 {share:.1f} %，超过 {options['at_most']:g} %，请改正后重新载入。"
            )

    def opened(self, path: Path, options: dict[str, Any]) -> Register:
        """The register of the file. Raises DomainError, CommandError, OSError."""
        by = person(options["by"])
        if by is None:
            raise CommandError("请用 --user 写明载入人的账号。")
        day = options["as_of"] or moment.today()
        kind = RegisterKind.objects.on(day).filter(code=options["kind"]).first()
        if kind is None:
            known = "、".join(f"{one.code}（{one.name}）" for one in RegisterKind.objects.on(day))
            raise CommandError(f"--kind 应为名册种类代码：{known}。")
        county, unit = None, None
        if options["county"]:
            county = Region.objects.filter(code=full_code(options["county"])).first()
            if county is None:
                raise CommandError("系统中没有 --county 写的县，请核对区划代码。")
        if options["source"]:
            unit = Unit.objects.visible_to(by).filter(name=options["source"]).first()
            if unit is None:
                raise CommandError("系统中没有 --source 写的单位，请核对名称。")
        return registers.load(
            by=by, kind=kind, as_of=day, file_name=path.name, file_digest=register_loading.digest_of(path),
            region=county, part=options["part"].strip()[:20], source_unit=unit, path=str(path), wake=False,
        )  # fmt: skip

    def work(self, register: Register, path: Path) -> Register:
        """Do the job here, taking it from whoever has it."""
        job = Job.objects.get(key=registers.job_key(register))
        lease = jobs.claim(job.pk, from_others=True)
        try:
            if lease is None:
                raise jobs.LeaseLost(job.key)
            counts = register_loading.work({**job.payload, "path": str(path)}, lease, tell=self.tell)
        except jobs.LeaseLost as lost:
            raise CommandError("已由另一个进程接着载入，请稍后再运行本命令查看结果。") from lost
        lease.finish(state=JobState.DONE, finished_at=moment.now(), result=counts, error="")
        return Register.objects.get(pk=register.pk)

    def tell(self, lines: int) -> None:
        if not lines % 100_000:
            self.stdout.write(f"  已读 {lines:,} 行")

    def report(self, register: Register, beside: Path) -> None:
        """Counts by cause, and every refused line in a file."""
        self.stdout.write(
            f"{register.number} {register.title}：文件共 {register.read_count:,} 行，载入 {register.kept_count:,} 行，"
            f"没有载入 {register.refused_count:,} 行。"
        )
        for cause, lines in sorted(register.causes.items(), key=lambda pair: -pair[1]):
            self.stdout.write(f"  {lines:,} 行：{Cause(cause).label}")
        if not register.refused_count:
            return
        refused: Any = RegisterRefusal.objects.filter(register=register).order_by("line", "id")
        with beside.open("w", encoding="utf-8-sig", newline="") as file:
            lines_ = csv.writer(file)
            lines_.writerow(("行号", "列", "原因"))
            for one in refused.iterator(chunk_size=10_000):
                lines_.writerow((one.line, one.get_column_display(), one.sentence))
        self.stdout.write(f"没有载入的行逐行写在 {beside}")
