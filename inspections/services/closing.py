"""What keeps a round from being closed. Each part of the product says it for itself, in `settings.ROUND_CLOSING`:

def still_open(round_: Round) -> list[str]: ...      # whole phrases without a full stop, e.g. 问题 990101-WT-2026-0007 未转整改
"""

from django.conf import settings
from django.utils.module_loading import import_string

from inspections.models import Finding, Round


def still_open(round_: Round) -> list[str]:
    """Everything of the round that is still owed, in words; empty when it may be closed."""
    return [phrase for check in settings.ROUND_CLOSING for phrase in import_string(check)(round_)]


def findings(round_: Round) -> list[str]:
    """Findings not yet handed on to rectification."""
    waiting = round_.findings.filter(state=Finding.State.RECORDED).order_by("pk")
    return [f"问题 {number} 没有转为整改事项" for number in waiting.values_list("number", flat=True)]


def recusals(round_: Round) -> list[str]:
    """Recusals declared and never decided."""
    waiting = round_.recusals.filter(state="declared").select_related("user__person", "object")
    return [f"{one.called}申报回避“{one.object}”没有决定" for one in waiting]
