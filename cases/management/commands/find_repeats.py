"""Look for repeats among the leads that are there: keys for those that have none, then pairs for the registry to decide."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.services import repeats
from povertyaudit.core import jobs, moment
from povertyaudit.core.models.jobs import JobState


class Command(BaseCommand):
    help = "Find possible repeats in the backlog. May be killed and run again; what officers decided is not offered again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="所有在办线索重新查找一遍（已作决定的除外）")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            self.stdout.write(f"  {repeats.look_again_at_all()} 件重新查找")
        job = repeats.ask()
        lease = jobs.claim(job.pk, from_others=True)
        if lease is None:
            raise CommandError("已由另一个进程办理完毕，请再运行一次。")
        try:
            counts = repeats.work(lease.job.payload, lease, tell=self.tell)
        except jobs.LeaseLost as lost:
            raise CommandError("已由另一个进程接着办理，请稍后再运行本命令查看结果。") from lost
        lease.finish(state=JobState.DONE, finished_at=moment.now(), result=counts, error="")
        left = repeats.standing()
        self.stdout.write(
            f"编制查重键 {counts['indexed']} 件，查找 {counts['searched']} 件，新发现疑似重复 {counts['found']} 对；"
            f"待核对 {left['undecided']} 对，已登记关联或不是重复件 {left['decided']} 对。"
        )

    def tell(self, counts: dict[str, int]) -> None:
        if (counts["indexed"] + counts["searched"]) % 1000 < repeats.FEW:
            self.stdout.write(f"  查重键 {counts['indexed']} 件，查找 {counts['searched']} 件")
