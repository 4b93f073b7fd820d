"""The verbs of plans and rules: registered, replaced by a later one in the same act, reviewed, repealed."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from povertyaudit.activities.models import Regulation, RegulationKind, RegulationState
from povertyaudit.activities.services.activities import LEVELS, own_unit
from povertyaudit.activities.workflow.activities import post_for
from povertyaudit.activities.workflow.papers import REGULATION
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Level, Unit, User
from rectification.services.attaching import all_prepared, hashes

EDITABLE = (
    "kind",
    "title",
    "document",
    "issuer",
    "level",
    "valid_from",
    "valid_to",
    "parent",
    "item",
    "summary",
)


@transaction.atomic
def record(
    *, by: User, kind: str, title: str, issuer: str, valid_from: date, unit: Unit | None = None,
    replaces: Regulation | None = None, files: Iterable[UploadedFile] = (), note: str = "", **more: Any,
) -> Regulation:  # fmt: skip
    """登记方案制度. What it `replaces` is in force until the day before, in the same act. Raises NotAllowed, RuleBroken."""
    place = unit or own_unit(by)
    if post_for(place, by) is None:
        text = f"您不能登记“{place.name}”的方案制度；请选择本单位，乡镇可以选择所辖的村。"
        raise NotAllowed("regulation.unit", text)
    given = {name: value for name, value in more.items() if value is not None}
    if unknown := set(given) - set(EDITABLE):
        raise TypeError(f"not known of a regulation: {sorted(unknown)}")
    row = Regulation(
        region=place.region, unit=place, kind=kind, title=title, issuer=issuer, valid_from=valid_from, recorded_by=by,
        replaces=replaces, **{"level": LEVELS[Level(place.region.level)]} | given,
    )  # fmt: skip
    if replaces is not None:
        _end_replaced(row, replaces, by)
    _check(row)
    row.number = numbering.take("regulation", row.region)
    made = rows.create(row, verb="regulation.record", by=by, note=note)
    sent = list(files)
    return attach(made, by=by, files=sent) if sent else made


def _end_replaced(row: Regulation, old: Regulation, by: User) -> None:
    """The earlier one, ended on the day before. Raises RuleBroken (`replaces`)."""
    kept = rows.lock(old)
    if kept.state != RegulationState.STANDING or Regulation.objects.filter(replaces=kept).exists():
        text = f"{kept.number} 已经废止或者已有代替它的，请核对。"
        raise RuleBroken("regulation.replaced", text, field="replaces")
    if post_for(kept.unit, by) is None:
        raise RuleBroken("regulation.not_yours", "只能代替本单位登记的方案制度。", field="replaces")
    if row.valid_from <= kept.valid_from:
        text = f"施行日期应晚于被代替的 {kept.number} 的施行日期 {kept.valid_from}。"
        raise RuleBroken("regulation.before", text, field="valid_from")
    last = row.valid_from - timedelta(days=1)
    if kept.valid_to is None or kept.valid_to > last:
        rows.write(kept, verb="regulation.replaced", by=by, changes={"valid_to": last}, note=row.title)


def _check(row: Regulation) -> None:
    if row.valid_to is not None and row.valid_to < row.valid_from:
        raise RuleBroken("regulation.valid_to", "有效期不能早于施行日期。", field="valid_to")
    if row.kind == RegulationKind.PART:
        if row.parent is None:
            raise RuleBroken("regulation.parent", "子方案请选择总方案。", field="parent")
        if row.parent.kind != RegulationKind.MASTER:
            raise RuleBroken("regulation.parent", "所选的不是总方案，请重新选择。", field="parent")
    elif row.parent is not None:
        raise RuleBroken("regulation.parent", "只有子方案选择总方案，请清除。", field="parent")
    _check_twice(row)


def _check_twice(row: Regulation) -> None:
    """The same paper — by its number, else by its name — is not in force twice on one day."""
    same = Q(title=row.title, issuer=row.issuer)
    if row.document:
        same |= Q(document=row.document, issuer=row.issuer)
    others = Regulation.objects.standing().filter(same, region=row.region_id).exclude(pk=row.pk)
    if row.valid_to is not None:
        others = others.filter(valid_from__lte=row.valid_to)
    found = others.filter(Q(valid_to=None) | Q(valid_to__gte=row.valid_from)).first()
    if found is not None:
        until = found.valid_to or "今"
        text = f"{found.number} 与它同名或者同文号，{found.valid_from} 至{until}施行，不能重复登记；修订的请填写“代替”。"
        raise RuleBroken("regulation.twice", text, field="title")


@transaction.atomic
def edit(
    regulation: Regulation, *, by: User, note: str = "", expected_version: int | None = None, **values: Any
) -> Regulation:
    """修改 what was registered wrongly."""
    if unknown := set(values) - set(EDITABLE):
        raise TypeError(f"not editable: {sorted(unknown)}")
    row = REGULATION.begin(regulation, "edit", by=by, note=note, expected_version=expected_version)
    for name, value in values.items():
        setattr(row, name, value)
    _check(row)
    if row.kind != RegulationKind.MASTER and row.parts.exists():
        raise RuleBroken("regulation.parts", "它下面有子方案，类别不能改变。", field="kind")
    done: Regulation = REGULATION.finish(rows.lock(row), "edit", by=by, note=note, changes=values)
    return done


@transaction.atomic
def attach(
    regulation: Regulation, *, by: User, files: Iterable[UploadedFile], title: str = "", note: str = "",
    expected_version: int | None = None,
) -> Regulation:  # fmt: skip
    """上传文件: the paper itself. Raises RuleBroken (`files`)."""
    row = REGULATION.begin(regulation, "attach", by=by, note=note, expected_version=expected_version)
    kept = all_prepared(row, files, by=by, kind="regulation", title=title)
    if not kept:
        raise RuleBroken("regulation.no_file", "请选择要上传的文件。", field="files")
    done: Regulation = REGULATION.finish(row, "attach", by=by, note=note, saved=kept, facts=hashes(kept))
    return done


def review(
    regulation: Regulation, *, by: User, note: str = "", expected_version: int | None = None
) -> Regulation:
    """登记复审: it stays in force; the note says what was found."""
    done: Regulation = REGULATION.apply(
        regulation, "review", by=by, note=note, expected_version=expected_version, reviewed_on=moment.today()
    )
    return done


@transaction.atomic
def repeal(
    regulation: Regulation, *, by: User, ends_on: date | None = None, note: str = "", expected_version: int | None = None
) -> Regulation:  # fmt: skip
    """废止: in force until `ends_on` (today). Raises RuleBroken."""
    row = REGULATION.begin(regulation, "repeal", by=by, note=note, expected_version=expected_version)
    last = ends_on or moment.today()
    if last < row.valid_from or last > moment.today():
        text = f"废止日期应在施行日期 {row.valid_from} 和今天之间；还没有施行的，请作废。"
        raise RuleBroken("regulation.ends_on", text, field="ends_on")
    if row.valid_to is not None and last > row.valid_to:
        raise RuleBroken("regulation.over", f"它的有效期至 {row.valid_to}，已经失效。", field="ends_on")
    done: Regulation = REGULATION.finish(row, "repeal", by=by, note=note, changes={"valid_to": last})
    return done


@transaction.atomic
def void(
    regulation: Regulation, *, by: User, note: str = "", expected_version: int | None = None
) -> Regulation:
    """作废 what was registered by mistake: it was never in force."""
    row = REGULATION.begin(regulation, "void", by=by, note=note, expected_version=expected_version)
    if row.parts.exclude(state=RegulationState.VOIDED).exists():
        raise RuleBroken("regulation.parts", "它下面有子方案，请先作废子方案。")
    done: Regulation = REGULATION.finish(row, "void", by=by, note=note)
    return done
