"""驻村任期名单: looked through, then brought in as one act, or dropped."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from inspections.models import VillagePerson
from povertyaudit.answering.models import Responsibility, TeamList
from povertyaudit.answering.services import team_lines
from povertyaudit.answering.services.team_lines import Standing
from povertyaudit.answering.workflow.team_lists import IMPORTERS, TEAM_LIST
from povertyaudit.core import numbering, rows, table_file
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, Unit, User

DATES = ("starts_on", "ends_on")


@transaction.atomic
def take_in(
    *, by: User, file: UploadedFile | None = None, lines: Iterable[Mapping[str, Any]] = (), basis: str = "",
    note: str = "",
) -> TeamList:  # fmt: skip
    """上传核对: from `file` (xlsx, CSV) or `lines` of {region, role, name, unit, post_title, starts_on, ends_on}.

    Nobody is registered until `bring_in`. Raises NotAllowed, RuleBroken/Several with every wrong line.
    """
    post = by.post_as(IMPORTERS)
    if post is None:
        raise NotAllowed("teams.role", "驻村任期名单由监督检查室或者巡察办导入。")
    county = Region.objects.get(code=post.region.county_code())
    row = TeamList(region=county, taken_by=by, basis=basis)
    if file is not None:
        content = table_file.content_of(file)
        row.file_name, row.file_sha256 = (file.name or "")[:100], sha256(content).hexdigest()
        given = table_file.named_rows(content, file.name or "", team_lines.HEADS, team_lines.NEEDED)
        read = team_lines.check(given, county.code)
    else:
        read = team_lines.check(enumerate(lines, 1), county.code, where="lines")
    row.rows_given, row.rows_known = read.given, read.known
    row.lines = [_kept(line) for line in read.lines]
    row.number = numbering.take("team_list", county)
    return rows.create(row, verb="teamlist.take_in", by=by, note=note)


def _kept(line: Mapping[str, Any]) -> dict[str, Any]:
    """The line as it is kept: days as text."""
    return {**line, **{name: line[name] and line[name].isoformat() for name in DATES}}


def _read(line: Mapping[str, Any]) -> dict[str, Any]:
    return {**line, **{name: line[name] and date.fromisoformat(line[name]) for name in DATES}}


@transaction.atomic
def bring_in(
    team_list: TeamList, *, by: User, note: str = "", expected_version: int | None = None
) -> TeamList:
    """导入: everybody on the list is registered with his term, each in his own record. Lines registered meanwhile are
    counted as known. Raises RuleBroken where somebody else was registered meanwhile.
    """
    row: TeamList = TEAM_LIST.begin(
        team_list, "bring_in", by=by, note=note, expected_version=expected_version
    )
    Region.objects.select_for_update().get(pk=row.region_id)
    lines, known = _still_fit([_read(line) for line in row.lines], row.region_id)
    standing = Standing(row.region_id)
    regions = Region.objects.in_bulk({line["region"] for line in lines})
    units = Unit.objects.in_bulk({line["unit"] for line in lines})
    for line in lines:  # the rows at hand, or each would be looked up by its key
        line["region"], line["unit"] = regions[line["region"]], units[line["unit"]]
    people = _people(lines, standing, row, by)
    numbers = numbering.take_many("responsibility", row.region, len(lines))
    made = [
        _term(line, standing, row, by, number, person)
        for line, number, person in zip(lines, numbers, people, strict=True)
    ]
    rows.create_many(made, verb="responsibility.take_in", by=by)
    changes = {"rows_made": len(made), "rows_known": row.rows_known + known, "lines": []}
    done: TeamList = TEAM_LIST.finish(row, "bring_in", by=by, note=note, changes=changes)
    return done


def _still_fit(lines: list[dict[str, Any]], county: str) -> tuple[list[dict[str, Any]], int]:
    """Those not registered meanwhile, and how many were. Raises RuleBroken where another stands in the way now."""
    standing = Standing(county)
    left, known = [], 0
    for line in lines:
        there, wrong = team_lines.against(line, standing)
        if wrong:
            text = f"核对以后有变动：{line['name']}：{wrong[0][1]}请放弃这份名单，重新上传。"
            raise RuleBroken("teams.meanwhile", text)
        known += there
        left += [] if there else [line]
    return left, known


def _people(lines: list[dict[str, Any]], standing: Standing, row: TeamList, by: User) -> list[VillagePerson]:
    """Who serves already under the name and without a term, else a new village person; in the order of the lines."""
    found = [standing.people.get((line["region"].code, line["name"])) for line in lines]
    old = VillagePerson.objects.in_bulk([one[0] for one in found if one is not None])
    new = [
        VillagePerson(
            name=line["name"], role=line["role"], region=line["region"], unit=line["unit"], starts_on=line["starts_on"]
        )
        for line, one in zip(lines, found, strict=True)
        if one is None
    ]  # fmt: skip
    for person, number in zip(new, numbering.take_many("village_person", row.region, len(new)), strict=True):
        person.number = number
    rows.create_many(new, verb="villageperson.register", by=by)
    fresh = iter(new)
    return [next(fresh) if one is None else old[one[0]] for one in found]


def _term(
    line: dict[str, Any], standing: Standing, row: TeamList, by: User, number: str, person: VillagePerson
) -> Responsibility:
    capacity = standing.capacities[line["role"]]
    return Responsibility(
        capacity=capacity, code=capacity.code, single=capacity.single, region=line["region"], name=line["name"],
        post_title=line["post_title"], home_unit=line["unit"], starts_on=line["starts_on"], ends_on=line["ends_on"],
        basis=row.basis, recorded_by=by, number=number, village_person=person,
    )  # fmt: skip


@transaction.atomic
def drop(team_list: TeamList, *, by: User, note: str = "", expected_version: int | None = None) -> TeamList:
    """放弃导入: the lines are deleted, the list stays as what was looked at."""
    row: TeamList = TEAM_LIST.begin(team_list, "drop", by=by, note=note, expected_version=expected_version)
    done: TeamList = TEAM_LIST.finish(row, "drop", by=by, note=note, changes={"lines": []})
    return done
