"""The verbs of a suspicion up to the house: 案头核查, 改派, 入户核查, 查看身份证号. Money is in 分."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from funds.models import Suspicion
from funds.services.match_rows import no_number
from funds.workflow.suspicions import SUSPICION
from povertyaudit.core import audit, clocks, files, id_seals, moment, notify
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, Post, Unit, UnitKind, User

CLOCK = "suspicion.visit"
MOST_PHOTOS = 20


@transaction.atomic
def desk_check(
    suspicion: Suspicion, *, by: User, desk_text: str, responsible_unit: Unit | None = None,
    assigned_to: User | None = None, note: str = "", expected_version: int | None = None,
) -> Suspicion:  # fmt: skip
    """案头核查: what the papers say, and who goes to the house — the township of the village unless another is named.

    The clock of the visit starts. Raises RuleBroken where the place has no unit, or the person is not of it.
    """
    row: Suspicion = SUSPICION.begin(
        suspicion, "desk_check", by=by, note=note, expected_version=expected_version
    )
    no_number(desk_text, "案头核查情况", "desk_text")
    unit = responsible_unit or _township(row)
    _check_person(unit, assigned_to)
    _check_place(row, unit)
    changes = {
        "desk_by": by, "desk_on": moment.today(), "desk_text": desk_text, "responsible_unit": unit,
        "assigned_to": assigned_to,
    }  # fmt: skip
    done: Suspicion = SUSPICION.finish(row, "desk_check", by=by, note=note, changes=changes)
    clocks.start(done, CLOCK, on=moment.today(), owner_unit=unit, owner_user=assigned_to)
    _tell(done, "请入户核查疑点。", by)
    return done


@transaction.atomic
def assign(
    suspicion: Suspicion, *, by: User, responsible_unit: Unit | None = None, assigned_to: User | None = None,
    note: str = "", expected_version: int | None = None,
) -> Suspicion:  # fmt: skip
    """改派 to another unit or person; the clock goes on. Without a unit the township of the village."""
    row: Suspicion = SUSPICION.begin(suspicion, "assign", by=by, note=note, expected_version=expected_version)
    unit = responsible_unit or _township(row)
    _check_person(unit, assigned_to)
    _check_place(row, unit)
    if unit == row.responsible_unit and assigned_to == row.assigned_to:
        raise RuleBroken("assign.same", "入户单位和核查人都没有变，请重新选择。", field="assigned_to")
    changes = {"responsible_unit": unit, "assigned_to": assigned_to}
    done: Suspicion = SUSPICION.finish(row, "assign", by=by, note=note, changes=changes)
    clocks.address(done, CLOCK, owner_unit=unit, owner_user=assigned_to)
    _tell(done, "请入户核查疑点。", by)
    return done


def _township(row: Suspicion) -> Unit:
    """The government of the township the village lies in."""
    at = f"{row.region_id[:9]}000"
    found: Unit | None = Unit.objects.current().filter(region=at, kind=UnitKind.TOWNSHIP).first()
    if found is None:
        text = "这个地方没有对应的乡镇单位，请选择入户核查的单位。"
        raise RuleBroken("suspicion.unit", text, field="responsible_unit")
    return found


def _check_place(row: Suspicion, unit: Unit) -> None:
    if unit.region.county_code() != row.region.county_code():
        raise RuleBroken(
            "suspicion.county", "入户单位与疑点不在同一个县，请重新选择。", field="responsible_unit"
        )


def _check_person(unit: Unit, person: User | None) -> None:
    if person is not None and not Post.objects.current().filter(user=person, unit=unit).exists():
        text = "核查人不在入户单位任职，请重新选择。"
        raise RuleBroken("suspicion.person", text, field="assigned_to")


@transaction.atomic
def visit(
    suspicion: Suspicion, *, by: User, visitor: str, visitor2: str, finding: str, visited_on: date | None = None,
    place_text: str = "", latitude: Decimal | None = None, longitude: Decimal | None = None,
    photos: Sequence[UploadedFile] = (), note: str = "", expected_version: int | None = None,
) -> Suspicion:  # fmt: skip
    """登记入户核查 by two persons, with photos. Raises RuleBroken."""
    row: Suspicion = SUSPICION.begin(suspicion, "visit", by=by, note=note, expected_version=expected_version)
    day = visited_on or moment.today()
    if not (row.desk_on or day) <= day <= moment.today():
        text = f"入户日期应在交办之日（{row.desk_on}）和今天之间，请核对。"
        raise RuleBroken("visit.day", text, field="visited_on")
    if visitor == visitor2:
        raise RuleBroken("visit.two", "入户核查应有两人，请填写两个不同的姓名。", field="visitor2")
    if (latitude is None) != (longitude is None):
        raise RuleBroken("visit.position", "纬度和经度应同时填写，或者都不填。", field="latitude")
    no_number(finding, "入户核查情况", "finding")
    kept = _photos(row, photos, by)
    changes = {
        "visited_on": day, "visitor": visitor, "visitor2": visitor2, "finding": finding, "place_text": place_text,
        "latitude": latitude, "longitude": longitude,
    }  # fmt: skip
    facts = {"photos": len(kept)} if kept else None
    done: Suspicion = SUSPICION.finish(
        row, "visit", by=by, note=note, changes=changes, saved=kept, facts=facts
    )
    clocks.stop(done, CLOCK, day, "suspicion.visit")
    if done.desk_by is not None:
        notify.tell_of(done, [done.desk_by], "已入户核查，请处理。", by=by)
    return done


def _photos(row: Suspicion, photos: Sequence[UploadedFile], by: User) -> list[Attachment]:
    if len(photos) > MOST_PHOTOS:
        raise RuleBroken("visit.photos", f"一次最多 {MOST_PHOTOS} 张照片。", field="photos")
    kept: dict[str, Attachment] = {}
    for upload in photos:
        photo = files.prepare(row, upload, by=by, kind="photo", title="入户照片")
        if not photo.is_image:
            raise RuleBroken("visit.no_photo", "这里只能上传照片，其他材料请在登记后补充。", field="photos")
        kept.setdefault(photo.original_sha256, photo)
    return list(kept.values())


@transaction.atomic
def visit_again(
    suspicion: Suspicion, *, by: User, note: str = "", expected_version: int | None = None
) -> Suspicion:
    """退回重新入户: what was found stays in the record; the clock starts anew."""
    row = SUSPICION.begin(suspicion, "visit_again", by=by, note=note, expected_version=expected_version)
    changes: dict[str, Any] = {
        "visited_on": None, "visitor": "", "visitor2": "", "finding": "", "place_text": "", "latitude": None,
        "longitude": None,
    }  # fmt: skip
    done: Suspicion = SUSPICION.finish(row, "visit_again", by=by, note=note, changes=changes)
    clocks.start(
        done, CLOCK, on=moment.today(), event="退回重新入户", owner_unit=done.responsible_unit,
        owner_user=done.assigned_to,
    )  # fmt: skip
    _tell(done, "入户核查被退回，请重新入户。", by)
    return done


@transaction.atomic
def attach(
    suspicion: Suspicion, *, by: User, file: UploadedFile, title: str = "", expected_version: int | None = None
) -> Attachment:  # fmt: skip
    """补充照片和材料."""
    row = SUSPICION.begin(suspicion, "attach", by=by, expected_version=expected_version)
    return files.attach(row, file, by=by, kind="material", title=title)


@sensitive_variables()
@transaction.atomic
def reveal(suspicion: Suspicion, *, by: User, reason: str, expected_version: int | None = None) -> str:
    """查看身份证号: the number, once; the record says who looked and why. Raises RuleBroken, KeyMissing."""
    row: Suspicion = SUSPICION.begin(suspicion, "reveal", by=by, expected_version=expected_version)
    if not reason.strip():
        raise RuleBroken("reveal.reason", "请写明为什么要查看身份证号。", field="reason")
    number = id_seals.unseal(bytes(row.id_sealed), row.id_key_id, bytes(row.id_key))
    audit.record("suspicion.reveal", row, by=by, note=reason)
    return number


def _tell(row: Suspicion, text: str, by: User) -> None:
    """Whoever is to go: the person, else the liaisons and the head of the unit."""
    users = [row.assigned_to] if row.assigned_to else []
    if not users and row.responsible_unit is not None:
        users = list(User.objects.holding(("liaison", "unit_head"), unit=row.responsible_unit))
    notify.tell_of(row, users, text, by=by)
