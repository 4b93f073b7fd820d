"""Make the search anew from the rows and the files."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from povertyaudit.core import grams, jobs, moment, reading


class Command(BaseCommand):
    help = (
        "Make the indexes of the search anew (PostgreSQL) and have all files read again in the background. The database keeps "
        "the indexes by itself: this is for a restored or damaged one. Lists and acts go on meanwhile, more slowly."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        names = grams.rebuild(connection)
        files = reading.forget()
        jobs.enqueue(reading.JOB, {"all": True}, f"{reading.JOB}:anew:{moment.now():%Y-%m-%dT%H:%M:%S.%f}")
        self.stdout.write(f"重建索引 {len(names)} 个；{files} 份附件将在后台重新读取。")
