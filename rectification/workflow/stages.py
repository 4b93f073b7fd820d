"""Who reports on a stage of an item kept up for good."""

from typing import Any

from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User


def signs_for_the_unit(item: Any, by: User) -> None:
    if not any(p.unit_id == item.main_unit_id and p.role == Role.UNIT_HEAD for p in by.current_posts()):
        raise NotAllowed("report_stage.head", "阶段报告由主责单位主要负责人签署。")
