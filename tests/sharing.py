"""How the processes of one pass share the tests: a file is one process's, the demo county too, the longest come first.

What a module makes once is made once so, and no process is left alone with a long file while the other has nothing.
"""

from xdist.scheduler import LoadScopeScheduling

DEMO = "tests/demo/"
# By CPU seconds, measured; one that is missing here costs time, nothing else.
LONGEST = (
    DEMO, "tests/house/test_days.py", "tests/house/test_serve.py", "tests/cases/test_planted.py", "tests/core/test_why.py",
    "tests/core/test_reminders.py", "tests/cases/test_table.py", "tests/core/test_jobs.py", "tests/core/test_columns.py",
    "tests/core/test_file_bombs.py", "tests/inspections/test_results.py", "tests/core/test_hardening.py",
    "tests/cases/test_scope.py", "tests/house/test_supervisor.py", "tests/core/test_pages_fuzz.py",
)  # fmt: skip


class Sharing(LoadScopeScheduling):
    def _split_scope(self, nodeid):
        return DEMO if nodeid.startswith(DEMO) else nodeid.split("::", 1)[0]


def longest_first(items):
    """Put the items of the longest files before the others; the order is otherwise kept."""

    def place(item):
        return next((at for at, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST))

    items.sort(key=place)
