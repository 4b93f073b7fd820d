"""Reference data that moved: a village under a new name, and one that vanished and waits for its successor."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from povertyaudit.core import region_load, terms, unit_changes
from povertyaudit.core.models import Unit, UnitKind
from povertyaudit.demo.geography import Places, village_names
from povertyaudit.demo.people import SINCE, Cast

AGO = timedelta(days=120)


def regions(cast: Cast, places: Places, today: date) -> None:
    """A list of the last township's villages a few months old: one fewer than before, one with a new name."""
    town = places.towns[-1]
    first, *kept, vanished = places.villages_of(town)
    Unit.objects.create(name=f"{vanished.name}村民委员会", kind=UnitKind.VILLAGE, region=vanished)
    lines = [f"{first.code},{village_names()[-1]}", *(f"{one.code},{one.name}" for one in kept)]
    with TemporaryDirectory() as folder:
        file = Path(folder, "区划调整名单.csv")
        file.write_text("\n".join(lines), "utf-8")
        how = region_load.Options(as_of=today - AGO, within=town.code)
        region_load.load(file, by=cast.sysadmin, options=how)


def term(cast: Cast, today: date) -> None:
    """A new kind of problem that the registry proposes and 安全保密 has still to confirm."""
    terms.add(
        by=cast.casemgr, terms="categories", code="idle_projects", name="项目资产闲置", anchor="县扶贫资产管理办法",
        valid_from=today + AGO, note="检查中多次发现项目建成后闲置，现有类别无法归入。",
    )  # fmt: skip


def units(cast: Cast, today: date) -> None:
    """A bureau under a new name, a centre merged into another bureau; a new name and a new unit wait for confirmation."""
    centre = Unit.objects.create(
        name="县扶贫开发服务中心", kind=UnitKind.DEPARTMENT, region=cast.places.county, starts_on=SINCE
    )
    day, plan = today - AGO, "县机构改革方案"
    done = (
        unit_changes.rename(
            cast.units["县林业局"], by=cast.casemgr, new_name="县林业和草原局", effective_on=day, basis=plan
        ),
        unit_changes.merge(
            centre, by=cast.casemgr, successor=cast.units["县乡村振兴局"], effective_on=day, basis=plan
        ),
    )
    for change in done:
        unit_changes.confirm(change, by=cast.secadmin)
    unit_changes.rename(
        cast.units["县水利局"], by=cast.casemgr, new_name="县水务局", effective_on=today, basis=plan
    )
    unit_changes.found(
        by=cast.casemgr, name="县扶贫资产管理中心", kind=UnitKind.DEPARTMENT, region=cast.places.county,
        parent=cast.units["县乡村振兴局"], effective_on=today, basis="县委编委批复",
    )  # fmt: skip
