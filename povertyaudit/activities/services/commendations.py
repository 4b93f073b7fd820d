"""The verbs of a commendation; and what a reader may know of cases against whom was honoured."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from povertyaudit.activities.models import Commendation, CommendationKind
from povertyaudit.activities.services.activities import LEVELS
from povertyaudit.activities.workflow.activities import post_for
from povertyaudit.activities.workflow.papers import COMMENDATION
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Level, Unit, User
from rectification.services.attaching import all_prepared, hashes

EDITABLE = ("honour", "body", "level", "document", "awarded_on", "valid_until", "reason", "activity")


@transaction.atomic
def record(
    *, by: User, kind: str, unit: Unit, honour: str, body: str, awarded_on: date, person_name: str = "",
    files: Iterable[UploadedFile] = (), note: str = "", **more: Any,
) -> Commendation:  # fmt: skip
    """登记表彰 of a unit or of a person in it. Raises NotAllowed, RuleBroken at the field."""
    if post_for(unit, by) is None:
        text = f"您不能登记“{unit.name}”的表彰；请选择本单位，乡镇可以选择所辖的村。"
        raise NotAllowed("commendation.unit", text)
    given = {name: value for name, value in more.items() if value is not None}
    if unknown := set(given) - set(EDITABLE):
        raise TypeError(f"not known of a commendation: {sorted(unknown)}")
    row = Commendation(
        region=unit.region, unit=unit, kind=kind, person_name=person_name, honour=honour, body=body, awarded_on=awarded_on,
        recorded_by=by, **{"level": LEVELS[Level(unit.region.level)]} | given,
    )  # fmt: skip
    _check(row)
    row.number = numbering.take("commendation", row.region)
    made = rows.create(row, verb="commendation.record", by=by, note=note)
    sent = list(files)
    return attach(made, by=by, files=sent) if sent else made


def _check(row: Commendation) -> None:
    if row.kind == CommendationKind.PERSON and not row.person_name:
        raise RuleBroken("commendation.person", "表彰个人的，请填写姓名。", field="person_name")
    if row.kind == CommendationKind.UNIT and row.person_name:
        text = "表彰集体的不填姓名；表彰个人的，对象请选“个人”。"
        raise RuleBroken("commendation.person", text, field="person_name")
    if row.awarded_on > moment.today():
        raise RuleBroken("commendation.future", "表彰日期不能晚于今天。", field="awarded_on")
    if row.valid_until is not None and row.valid_until < row.awarded_on:
        raise RuleBroken("commendation.valid_until", "有效期不能早于表彰日期。", field="valid_until")
    same = Commendation.objects.standing().filter(
        unit=row.unit, person_name=row.person_name, honour=row.honour, awarded_on=row.awarded_on
    )
    found = same.exclude(pk=row.pk).first()
    if found is not None:
        text = f"同一天的同一荣誉已经登记，见 {found.number}。"
        raise RuleBroken("commendation.twice", text, field="honour")


@transaction.atomic
def edit(
    commendation: Commendation, *, by: User, note: str = "", expected_version: int | None = None, **values: Any
) -> Commendation:  # fmt: skip
    """修改. Who was honoured stays; what was recorded of the wrong one is revoked."""
    if unknown := set(values) - set(EDITABLE):
        raise TypeError(f"not editable: {sorted(unknown)}")
    row = COMMENDATION.begin(commendation, "edit", by=by, note=note, expected_version=expected_version)
    for name, value in values.items():
        setattr(row, name, value)
    _check(row)
    done: Commendation = COMMENDATION.finish(rows.lock(row), "edit", by=by, note=note, changes=values)
    return done


@transaction.atomic
def attach(
    commendation: Commendation, *, by: User, files: Iterable[UploadedFile], title: str = "", note: str = "",
    expected_version: int | None = None,
) -> Commendation:  # fmt: skip
    """上传文件: the decision, the certificate. Raises RuleBroken (`files`)."""
    row = COMMENDATION.begin(commendation, "attach", by=by, note=note, expected_version=expected_version)
    kept = all_prepared(row, files, by=by, kind="commendation", title=title)
    if not kept:
        raise RuleBroken("commendation.no_file", "请选择要上传的文件。", field="files")
    done: Commendation = COMMENDATION.finish(row, "attach", by=by, note=note, saved=kept, facts=hashes(kept))
    return done


@transaction.atomic
def revoke(
    commendation: Commendation, *, by: User, note: str = "", expected_version: int | None = None
) -> Commendation:
    """撤销表彰, with the reason."""
    row = COMMENDATION.begin(commendation, "revoke", by=by, note=note, expected_version=expected_version)
    text = " ".join(note.split())
    if len(text) > 500:
        raise RuleBroken("commendation.reason", "理由不能超过 500 字。", field="note")
    changes = {"revoked_on": moment.today(), "revoke_reason": text}
    done: Commendation = COMMENDATION.finish(row, "revoke", by=by, note=note, changes=changes)
    return done
