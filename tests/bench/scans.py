"""The morning scan over 100,000 open items. Closed ones are opened again for it, in a transaction that is undone."""

import time
from datetime import timedelta

from django.db import connection, transaction

from povertyaudit.core import moment, remind
from povertyaudit.core.models import Clock

OPEN_AGAIN = """
UPDATE core_clock SET state = 'running', stopped_on = NULL, stopped_by_verb = '',
       due_on = %s::date + (target_id %% 241 - 60)::int
 WHERE target_label = 'rectification.item' AND id IN (
       SELECT id FROM core_clock WHERE target_label = 'rectification.item' ORDER BY id LIMIT %s)
"""


def measure(items):
    """The first scan ever (everything near or past its date is told) and the one of the next morning."""
    today = moment.today()
    found = {}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(OPEN_AGAIN, [today, items])
            cursor.execute("ANALYZE core_clock")
        number = Clock.objects.running().filter(target_label="rectification.item").count()
        for name, day in (
            ("首次扫描", today),
            ("次日扫描", today + timedelta(days=1)),
            ("当日再扫", today + timedelta(days=1)),
        ):
            begun = time.perf_counter()
            result = remind.scan(day)
            found[f"{name}（在办事项）"] = {
                "p50": time.perf_counter() - begun, "p95": time.perf_counter() - begun, "goal": {"p50": 1.0},
                "note": f"在办 {number} 条，近期或超期 {result.clocks} 条，发出 {result.messages} 条消息",
            }  # fmt: skip
        transaction.set_rollback(True)
    return found
