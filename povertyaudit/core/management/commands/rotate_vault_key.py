"""Seal anew, under the present key, what is sealed under keys of the past."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.core import jobs, rotation
from povertyaudit.core.errors import DomainError
from povertyaudit.core.management.commands.load_regions import person
from povertyaudit.core.models import Job


class Command(BaseCommand):
    help = "Seal everything under an old vault key anew. May be killed and run again; exit 1 when something is left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", required=True, metavar="USER", help="要求办理的安全保密管理员的账号")

    def handle(self, *args: Any, **options: Any) -> None:
        by = person(options["by"])
        if by is None:
            raise CommandError("请用 --by 写明安全保密管理员的账号。")
        try:
            job = rotation.ask(by=by, wake=False)
            lease = jobs.claim(job.pk, from_others=True)
            if lease is None:
                raise jobs.LeaseLost(job.key)
            rotation.work(lease.job.payload, lease, tell=self.tell)
        except jobs.LeaseLost as lost:
            raise CommandError("已由另一个进程接着办理，请稍后再运行本命令查看结果。") from lost
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.report(Job.objects.get(pk=job.pk).result)

    def tell(self, done: int) -> None:
        self.stdout.write(f"  已重新加密 {done} 条")

    def report(self, counts: dict[str, int]) -> None:
        """What was done; raises CommandError when something is left under another key."""
        keys = rotation.standing()
        done = "、".join(f"{kind.label} {counts[kind.name]} 条" for kind in rotation.kinds())
        self.stdout.write(f"已用现用密钥 {keys[0].short} 重新加密：{done}。")
        if damaged := counts["damaged"]:
            self.stderr.write(f"有 {damaged} 条已损坏或被改动，打不开，已原样保留，请安全保密管理员核实。")
        if sentence := rotation.missing(keys):
            raise CommandError(sentence)
        if waiting := rotation.waiting(keys):
            raise CommandError(f"还有 {waiting} 条没有用现用密钥加密，旧密钥请先保留。")
        self.stdout.write("没有剩余，旧密钥可以从 VAULT_OLD_KEYS 中去掉（旧备份仍要用它）。")
