"""What the desk shows beside the form: the last ones entered in this sitting."""

from collections.abc import Sequence
from typing import Any

from cases.models import Lead
from povertyaudit.core.views import Column, Table

COLUMNS = (
    Column("number", "编号", kind="link"), Column("title", "反映问题摘要", phone="main"),
    Column("get_channel_display", "来源渠道"), Column("region.name", "属地"),
)  # fmt: skip


def entered(user: Any, ids: Sequence[str]) -> Table:
    """The newest first, as far as the clerk still sees them."""
    rows = Lead.objects.visible_to(user).filter(public_id__in=ids).for_list().order_by("-pk")
    return Table("本次已登记", COLUMNS, list(rows), key="entered")
