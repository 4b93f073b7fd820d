"""立行立改: issued to a unit, reported with its proof, closed or returned."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from inspections.models import Finding, ImmediateNotice, Round
from inspections.services.finding_out import about, open_to_units
from inspections.services.telling import addressees, team_and_office, tell, tell_unit
from inspections.workflow.opinions import NOTICE
from povertyaudit.core import clocks, files, moment, numbering, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, Unit, User

CLOCK = "notice.done"
MOST_FILES = 20


@transaction.atomic
def issue_notice(
    *, by: User, round: Round, unit: Unit, text: str, demand: str, finding: Finding | None = None,
    due_on: date | None = None, note: str = "",
) -> ImmediateNotice:  # fmt: skip
    """发出立行立改通知. Its period (rule, or `due_on`) begins today. Never out of a round that is secret.

    Raises NotAllowed, RuleBroken.
    """
    row = rows.lock(round)
    object_ = about(row, unit, by, finding.object if finding else None)
    open_to_units(row, "发出立行立改通知")
    if finding is not None and finding.round_id != row.pk:
        raise RuleBroken("notice.finding", "所选问题不是本轮次发现的，请重新选择。", field="finding")
    today = moment.today()
    if due_on is not None and due_on < today:
        raise RuleBroken("notice.due_on", "整改期限不能早于今天，请核对。", field="due_on")
    notice = ImmediateNotice(
        round=row, region=unit.region, unit=unit, text=text, demand=demand, finding=finding, issued_by=by,
        issued_on=today, object=object_,
        number=numbering.take("immediate_notice", row.region, "LG"),
    )  # fmt: skip
    done = rows.create(notice, verb="immediatenotice.issue", by=by, note=note)
    _start(done, by, due_on)
    tell_unit(done, "收到立行立改通知，请立即整改并报告。", by=by)
    return done


def _start(row: ImmediateNotice, by: User, due_on: date | None = None) -> None:
    given: dict[str, Any] = {"due_on": due_on, "reason": "通知中确定的整改期限"} if due_on else {}
    clocks.start(
        row, CLOCK, on=moment.today(), event="发出通知", by=by, **given, **addressees(row.round, row.unit)
    )


@transaction.atomic
def report_notice(
    notice: ImmediateNotice, *, by: User, closing_text: str, proofs: Sequence[UploadedFile] = (), note: str = "",
    expected_version: int | None = None,
) -> ImmediateNotice:  # fmt: skip
    """报告整改情况 with its proof: `proofs` now, or what was uploaded before. Without any it is refused."""
    row = NOTICE.begin(notice, "report", by=by, note=note, expected_version=expected_version)
    if not closing_text.strip():
        raise RuleBroken("notice.closing_text", "请写明整改情况。", field="closing_text")
    if len(proofs) > MOST_FILES:
        raise RuleBroken("notice.files", f"一次最多上传 {MOST_FILES} 个文件。", field="proofs")
    if not proofs and not Attachment.objects.of(row).exists():
        raise RuleBroken("notice.evidence", "请上传整改的佐证材料，例如照片、凭证。", field="proofs")
    today = moment.today()
    kept = [_proof(row, upload, by) for upload in proofs]
    changes = {"reported_on": today, "closing_text": closing_text, "reported_by": by}
    done: ImmediateNotice = NOTICE.finish(row, "report", by=by, note=note, changes=changes, saved=kept)
    clocks.stop_all(done, today, "immediatenotice.report")
    tell(done, team_and_office(row.round), f"{row.unit.name}已报告立行立改情况，请核实。", by=by)
    return done


def _proof(row: ImmediateNotice, upload: UploadedFile, by: User) -> Attachment:
    return files.prepare(row, upload, by=by, title="立行立改佐证")


@transaction.atomic
def attach_proof(
    notice: ImmediateNotice, *, by: User, file: UploadedFile, title: str = "", expected_version: int | None = None
) -> Attachment:  # fmt: skip
    """上传佐证材料 before the report."""
    row = NOTICE.begin(notice, "attach", by=by, expected_version=expected_version)
    return files.attach(row, file, by=by, title=title or "立行立改佐证")


@transaction.atomic
def close_notice(
    notice: ImmediateNotice, *, by: User, note: str = "", expected_version: int | None = None
) -> ImmediateNotice:
    """确认办结."""
    row = NOTICE.begin(notice, "close", by=by, note=note, expected_version=expected_version)
    changes = {"closed_on": moment.today(), "return_reason": ""}
    done: ImmediateNotice = NOTICE.finish(row, "close", by=by, note=note, changes=changes)
    tell_unit(done, "立行立改已确认办结。", by=by)
    return done


@transaction.atomic
def return_notice(
    notice: ImmediateNotice, *, by: User, note: str, expected_version: int | None = None
) -> ImmediateNotice:
    """退回继续整改 with the reason; the period begins anew."""
    row = NOTICE.begin(notice, "send_back", by=by, note=note, expected_version=expected_version)
    changes = {"reported_on": None, "reported_by": None, "return_reason": note}
    done: ImmediateNotice = NOTICE.finish(row, "send_back", by=by, note=note, changes=changes)
    _start(done, by)
    tell_unit(done, "立行立改情况被退回，请继续整改。", by=by)
    return done


@transaction.atomic
def press_notice(
    notice: ImmediateNotice, *, by: User, note: str = "", expected_version: int | None = None
) -> ImmediateNotice:
    """催办."""
    row = NOTICE.begin(notice, "press", by=by, note=note, expected_version=expected_version)
    done: ImmediateNotice = NOTICE.finish(row, "press", by=by, note=note)
    tell_unit(done, "请尽快报告立行立改情况。", by=by)
    return done
