"""Give an empty installation its county and its three officers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.core import founding
from povertyaudit.core.errors import DomainError, Several
from povertyaudit.core.models import Role


class Command(BaseCommand):
    help = "空库初始化：建立县、县纪委监委和三员账号，一次性口令只显示这一次。已有账号时拒绝执行。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="县级区划代码，6 位或 12 位")
        parser.add_argument("names", nargs=3, metavar=("province", "city", "county"), help="省、市、县名称")
        for username, role in founding.OFFICERS.items():
            parser.add_argument(f"--{username}", required=True, help=f"{Role(role).label}的姓名")

    def handle(self, *args: Any, **options: Any) -> None:
        officers = {name: options[name] for name in founding.OFFICERS}
        try:
            made = founding.found_county(options["code"], options["names"], officers)
        except Several as refused:
            raise CommandError("\n".join(str(one) for one in refused.errors)) from refused
        except DomainError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"已建立{made.county.name}（{made.county.code}）和三员账号。口令只显示这一次，首次登录须修改："
        )
        for username, password in made.passwords.items():
            label = Role(founding.OFFICERS[username]).label
            self.stdout.write(f"  {label}  {username}  {password}")
