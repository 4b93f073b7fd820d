"""回避申报: kept by the person himself or by the registry; leads it touches are taken out of his sight at once."""

from typing import Any, cast

from django.db import transaction
from django.db.models import Q

from cases.models import Declaration, Lead
from cases.services import conflicts
from cases.workflow import DECLARATION, DECLARERS
from povertyaudit.core import rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, Role, User
from povertyaudit.core.scope import region_under

TOWNSHIP = 4


@transaction.atomic
def declare(
    *, by: User, kind: str, name: str = "", relation: str = "", home: Region | None = None, unit_text: str = "",
    person: User | None = None, note: str = "",
) -> Declaration:  # fmt: skip
    """申报 a tie of one's own; the registry for others. Raises NotAllowed, RuleBroken."""
    whose = person or by
    if not by.roles & DECLARERS:
        raise NotAllowed("declaration.role", "回避申报由纪检监察机关的人员办理。")
    if whose.person_id != by.person_id and Role.CASE_MANAGER not in by.roles:
        raise NotAllowed("declaration.others", "只能申报本人的情况；他人的由案管室登记。")
    _check(kind, name, home, unit_text)
    row = Declaration(
        person=whose.person, kind=kind, name=name if kind == "kin" else "", relation=relation if kind == "kin" else "",
        home=home if kind == "home" else None, unit_text=unit_text if kind == "unit" else "", noted_by=by,
    )  # fmt: skip
    made: Declaration = rows.create(cast(Any, row), verb="declaration.declare", by=by, note=note)
    for lead in touched(made):
        conflicts.apply(lead, by=by)
    return made


def _check(kind: str, name: str, home: Region | None, unit_text: str) -> None:
    if kind == Declaration.Kind.KIN and not name.strip():
        raise RuleBroken("declaration.name", "请填写亲属姓名。", field="name")
    if kind == Declaration.Kind.HOME and (home is None or home.level < TOWNSHIP):
        raise RuleBroken("declaration.home", "请选择家乡所在的乡镇或村。", field="home")
    if kind == Declaration.Kind.UNIT and not unit_text.strip():
        raise RuleBroken("declaration.unit", "请填写曾任职单位的全称。", field="unit_text")
    if kind not in Declaration.Kind.values:
        raise RuleBroken("declaration.kind", "请选择申报事项。", field="kind")


def touched(row: Declaration) -> list[Lead]:
    """The open leads a declaration touches in the bodies its person serves in."""
    if row.kind == Declaration.Kind.KIN:
        tie = Q(subjects__name=row.name)
    elif row.kind == Declaration.Kind.HOME:
        tie = region_under("region_id", str(row.home_id))
    else:
        tie = Q(subjects__unit_text=row.unit_text)
    bodies = {post.region_id[:6] for user in row.person.accounts.all() for post in user.current_posts()}
    here = Q(pk__in=())
    for body in bodies:
        code = body.ljust(12, "0")
        here |= region_under("registering_unit__region_id", code) | region_under(
            "acting_unit__region_id", code
        )
    return list(Lead.objects.open().filter(tie).filter(here).distinct())


def end(row: Declaration, *, by: User, note: str, expected_version: int | None = None) -> Declaration:
    """撤销申报: later leads are no longer touched; recusals stay until they are lifted one by one."""
    done: Declaration = DECLARATION.apply(row, "end", by=by, note=note, expected_version=expected_version)
    return done
