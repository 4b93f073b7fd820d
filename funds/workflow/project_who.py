"""In which relation to a project somebody must stand for its verbs."""

from typing import Any

from funds.project_querysets import DECIDERS, OWNERS
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User

ENTERERS = OWNERS | {Role.SECTOR, Role.FINANCE}  # 申报入库
SECTOR = frozenset({Role.SECTOR})
BUILDERS = OWNERS | SECTOR


def units_by(user: User, roles: frozenset[str]) -> set[int]:
    """Ids of the units in which the user holds one of the roles."""
    return {post.unit_id for post in user.current_posts() if post.role in roles}


def of_sector(row: Any, by: User) -> None:
    """The department that watches the project."""
    if row.sector_unit_id not in units_by(by, SECTOR):
        raise NotAllowed("project.sector", "由项目的主管部门办理。")


def of_owner(row: Any, by: User) -> None:
    """The unit that builds it."""
    if row.responsible_unit_id not in units_by(by, BUILDERS):
        raise NotAllowed("project.owner", "由项目的实施单位办理。")


def of_project(row: Any, by: User) -> None:
    """The unit that builds it or the department that watches it."""
    mine = units_by(by, BUILDERS)
    if row.responsible_unit_id not in mine and row.sector_unit_id not in mine:
        raise NotAllowed("project.unit", "由项目的实施单位或者主管部门办理。")


def knows_project(row: Any, by: User) -> None:
    """As `of_project`, or the fund desk."""
    if Role.FINANCE not in by.roles:
        of_project(row, by)


def of_who_entered(row: Any, by: User) -> None:
    """Whoever entered it, and his unit."""
    if row.entered_by_id != by.pk and row.responsible_unit_id not in units_by(by, ENTERERS):
        raise NotAllowed("project.entered", "由申报项目的单位修改。")


def not_who_entered(row: Any, by: User) -> None:
    """Nobody approves what he proposed himself."""
    if row.entered_by.person_id == by.person_id:
        raise NotAllowed("project.same_person", "申报人不能批复自己申报的项目，请由另一人办理。")


__all__ = [
    "BUILDERS", "DECIDERS", "ENTERERS", "OWNERS", "SECTOR", "knows_project", "not_who_entered", "of_owner", "of_project",
    "of_sector", "of_who_entered", "units_by",
]  # fmt: skip
