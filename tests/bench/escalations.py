"""Which items take a step of the ladder: selected over a million open measures, in a transaction that is undone."""

import time
from datetime import timedelta

from django.db import connection, transaction

from povertyaudit.core import moment
from rectification.models import Item, Measure
from rectification.services import escalating

OPEN_AGAIN = """
UPDATE rectification_item SET state = 'rectifying', closed_on = NULL, closed_late = false, verifier_id = NULL,
       next_stage_on = NULL, due_on = GREATEST(issued_on, %s::date + (id %% 241 - 60)::int)
 WHERE state IN ('closed', 'long_term')
"""
MORE = """
WITH chosen AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM rectification_item WHERE state <> 'draft'),
     counted AS (SELECT count(*) AS items FROM chosen),
     wanted AS (SELECT n, n %% items AS place, n / items AS turn FROM generate_series(0, %s - 1) AS n, counted)
INSERT INTO rectification_measure (public_id, version, created_at, updated_at, item_id, no, text, person, due_on, state)
SELECT lpad(to_hex(n), 22, '0'), 1, now(), now(), chosen.id, 100 + turn, '逐户核对。', '',
       %s::date + (n %% 241 - 60)::int, 'ongoing'
  FROM wanted JOIN chosen USING (place)
"""
UNDER_WAY = """
INSERT INTO rectification_pursuit (item_id, holder, item_due_on, next_on, told_again)
SELECT id, CASE state WHEN 'closure_applied' THEN 'lead' WHEN 'sector_reviewed' THEN 'body' ELSE 'main' END, due_on,
       %s::date + (id %% 14 + 1)::int, 0
  FROM rectification_item WHERE state NOT IN ('draft', 'closed', 'long_term')
"""


def measure(measures):
    """The first morning of all (nothing is under the ladder), and a usual one (one item in fourteen has its day)."""
    today, found = moment.today(), {}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(OPEN_AGAIN, [today])
            cursor.execute(MORE, [max(measures - _open_measures(), 0), today])
            cursor.execute("ANALYZE rectification_item, rectification_measure")
        found |= _timed("督办选取：首次", today)
        with connection.cursor() as cursor:
            cursor.execute(UNDER_WAY, [today])
            cursor.execute("ANALYZE rectification_pursuit")
        found |= _timed("督办选取：平日", today + timedelta(days=1))
        transaction.set_rollback(True)
    return found


def _timed(name, day):
    begun = time.perf_counter()
    due = len(escalating.due_items(day))
    took = time.perf_counter() - begun
    items = Item._base_manager.exclude(state__in=("draft", "closed", "long_term")).count()
    note = f"在办 {items} 条、未落实的措施 {_open_measures()} 条，其中 {due} 条到了下一步"
    return {f"{name}（在办措施）": {"p50": took, "p95": took, "goal": {"p50": 5.0}, "note": note}}


def _open_measures():
    return Measure._base_manager.exclude(state="done").count()
