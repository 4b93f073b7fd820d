"""比对清单: taken in as one act — looked through, shown in figures, brought in by a job — and voided as one."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from funds.models import MatchLine, MatchList, MatchTerm, Suspicion
from funds.models.match_terms import MatchTermKind
from funds.services import match_rows
from funds.services.match_rows import Checked
from funds.suspicion_querysets import CHECKERS, DECIDED
from funds.workflow.suspicions import MATCH_LIST
from povertyaudit.core import jobs, moment, numbering, rows, table_file
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, User

JOB = "match_list"
BATCH = 500  # suspicions of one transaction of the job
AT_ONCE = 200  # so few need no job
EARLIEST = date(2000, 1, 1)
TERMS = (
    ("rule", MatchTermKind.RULE, "比对规则"),
    ("source", MatchTermKind.SOURCE, "源数据"),
    ("compared", MatchTermKind.COMPARED, "比对数据"),
)


@sensitive_variables("content", "lines")
@transaction.atomic
def take_in(
    *, by: User, platform: str, rule: MatchTerm, source: MatchTerm, compared: MatchTerm, as_of: date,
    file: UploadedFile | None = None, lines: Iterable[Mapping[str, Any]] = (), note: str = "",
) -> MatchList:  # fmt: skip
    """上传比对清单: from `file` (xlsx, CSV) or `lines` of {name, id_number, region, benefit, amount (分), says}.

    Looked through and kept aside; nothing becomes a suspicion until `bring_in`. Raises NotAllowed, RuleBroken/Several
    with every wrong line.
    """
    row = _head(by, platform=platform, rule=rule, source=source, compared=compared, as_of=as_of)
    county = row.region
    if file is not None:
        content = table_file.content_of(file)
        row.file_sha256 = sha256(content).hexdigest()
        _refuse_same_file(row)
        given = table_file.named_rows(content, file.name or "", match_rows.HEADS, match_rows.NEEDED)
        read = match_rows.check(given, county.code)
    else:
        read = match_rows.check(enumerate(lines, 1), county.code, where="lines")
    return _kept(row, read, by, note)


def _head(by: User, **said: Any) -> MatchList:
    """A list of the county of `by`. Raises NotAllowed, RuleBroken."""
    post = by.post_as(CHECKERS)
    if post is None:
        raise NotAllowed("match.role", "比对清单由监督检查室或者财政部门导入。")
    county = Region.objects.get(code=post.region.county_code())
    row = MatchList(region=county, taken_by=by, **said)
    _check_head(row)
    return row


def _check_head(row: MatchList) -> None:
    """The terms as they are called on the day of the data. Raises RuleBroken."""
    if not EARLIEST <= row.as_of <= moment.today():
        raise RuleBroken("match.as_of", "数据截止日期应在 2000 年和今天之间，请核对。", field="as_of")
    for name, kind, label in TERMS:
        term = getattr(row, name)
        if term.kind != kind:
            raise RuleBroken(f"match.{name}", f"所选的不是{label}，请重新选择。", field=name)
        then = MatchTerm.objects.of_day(term, row.as_of)
        if then is None:
            raise RuleBroken(f"match.{name}", f"这项{label}当日没有启用，请重新选择。", field=name)
        setattr(row, name, then)


def _refuse_same_file(row: MatchList) -> None:
    same = MatchList.objects.standing().filter(region=row.region_id, file_sha256=row.file_sha256).first()
    if same is not None:
        raise RuleBroken("match.same_file", f"这份文件已经导入过，见 {same.number}。", field="file")


def _kept(row: MatchList, read: Checked, by: User, note: str) -> MatchList:
    """The list numbered, its lines aside; those known already are counted and left out."""
    row.number = numbering.take("match_list", row.region)
    known = _known(row, [line.id_key for line in read.lines])
    fresh = [line for line in read.lines if bytes(line.id_key) not in known]
    row.rows_given, row.rows_doubled = read.given, read.doubled + len(read.lines) - len(fresh)
    made = rows.create(row, verb="matchlist.take_in", by=by, note=note)
    for line in fresh:
        line.match_list = made
    MatchLine.objects.bulk_create(fresh, batch_size=BATCH)
    return made


def _known(row: MatchList, keys: list[Any]) -> set[bytes]:
    """Persons of whom this county has a suspicion by the same rule: of the same day, or still under way."""
    same = Suspicion.objects.filter(
        match_list__region=row.region_id, match_list__rule__code=row.rule.code
    ).exclude(match_list__state=MatchList.State.VOIDED)
    alike = same.filter(match_list__as_of=row.as_of) | same.exclude(state__in=DECIDED)
    found: set[bytes] = set()
    for start in range(0, len(keys), BATCH):
        some = alike.filter(id_key__in=keys[start : start + BATCH])
        found |= {bytes(key) for key in some.values_list("id_key", flat=True)}
    return found


@transaction.atomic
def bring_in(
    match_list: MatchList, *, by: User, note: str = "", expected_version: int | None = None
) -> MatchList:
    """导入疑点: one act for the whole list. Few lines at once, more by a job that shows how far it is."""
    row: MatchList = MATCH_LIST.begin(
        match_list, "bring_in", by=by, note=note, expected_version=expected_version
    )
    if row.lines.count() > AT_ONCE:
        done: MatchList = MATCH_LIST.finish(row, "bring_in", by=by, note=note)
        jobs.enqueue(JOB, {"list": done.public_id}, f"{JOB}:{done.public_id}")
        return done
    made = _some(row)
    counts = {"rows_made": made, "rows_doubled": row.rows_given - made, "state": MatchList.State.IMPORTED}
    at_once: MatchList = MATCH_LIST.finish(row, "bring_in", by=by, note=note, changes=counts)
    return at_once


def job(payload: dict[str, Any], lease: jobs.Lease) -> dict[str, Any]:
    """Batch by batch, each whole; killed, it goes on where it was: a line is gone when its suspicion is there."""
    found = MatchList.objects.get(public_id=payload["list"])
    made = 0
    while True:
        lease.renew(result={"made": made})
        with transaction.atomic():
            row = rows.lock(found)
            if row.state != MatchList.State.IMPORTING:
                break
            now = _some(row)
            if not row.lines.exists():
                _finish(row)
                break
        made += now
    return {"made": Suspicion.objects.filter(match_list=found).count()}


def _finish(row: MatchList) -> None:
    made = row.suspicions.count()
    changes = {
        "rows_made": made, "rows_doubled": row.rows_given - made, "state": MatchList.State.IMPORTED,
    }  # fmt: skip
    rows.write(row, verb="matchlist.finished", by=None, changes=changes)


def _some(row: MatchList) -> int:
    """The next lines as suspicions, but for persons another list brought meanwhile. How many were made."""
    list(MatchList.objects.select_for_update().filter(region=row.region_id, rule__code=row.rule.code))
    lines = list(row.lines.select_related("region")[:BATCH])
    known = _known(row, [line.id_key for line in lines])
    fresh = [line for line in lines if bytes(line.id_key) not in known]
    numbers = numbering.take_many("suspicion", row.region, len(fresh))
    made = [_suspicion(row, line, number) for line, number in zip(fresh, numbers, strict=True)]
    rows.create_many(made, verb="suspicion.take_in", by=None)
    MatchLine.objects.filter(pk__in=[line.pk for line in lines]).delete()
    return len(made)


def _suspicion(row: MatchList, line: MatchLine, number: str) -> Suspicion:
    return Suspicion(
        match_list=row, number=number, region=line.region, person_name=line.person_name, id_key=line.id_key,
        id_sealed=line.id_sealed, id_key_id=line.id_key_id, benefit=line.benefit, amount_fen=line.amount_fen,
        says=line.says,
    )  # fmt: skip


@transaction.atomic
def drop(
    match_list: MatchList, *, by: User, note: str = "", expected_version: int | None = None
) -> MatchList:
    """放弃导入: the lines are deleted, the list stays as what was looked at."""
    row: MatchList = MATCH_LIST.begin(match_list, "drop", by=by, note=note, expected_version=expected_version)
    row.lines.all().delete()
    done: MatchList = MATCH_LIST.finish(row, "drop", by=by, note=note)
    return done


@transaction.atomic
def void(
    match_list: MatchList, *, by: User, note: str = "", expected_version: int | None = None
) -> MatchList:
    """作废 the whole list while nothing was done on it. Its suspicions are seen by nobody from then on."""
    row: MatchList = MATCH_LIST.begin(match_list, "void", by=by, note=note, expected_version=expected_version)
    states = list(row.suspicions.select_for_update(of=("self",)).values_list("state", flat=True))
    begun = sum(state != "imported" for state in states)
    if begun:
        text = f"这份清单已有 {begun} 个疑点开始核查，不能整份作废；不属实的请逐个排除。"
        raise RuleBroken("void.begun", text)
    done: MatchList = MATCH_LIST.finish(row, "void", by=by, note=note)
    return done


@transaction.atomic
def take_reported(
    *, by: User, platform: str, rule: MatchTerm, source: MatchTerm, compared: MatchTerm, as_of: date,
    reported_rows: int, reported_filed: int, reported_handled: int, reported_fen: int = 0, note: str = "",
) -> MatchList:  # fmt: skip
    """登记往年清单 of which no lines are left, only what its source reported. Raises NotAllowed, RuleBroken."""
    row = _head(by, platform=platform, rule=rule, source=source, compared=compared, as_of=as_of)
    row.state = MatchList.State.IMPORTED
    for name, value in _reported(reported_rows, reported_filed, reported_handled, reported_fen).items():
        setattr(row, name, value)
    row.number = numbering.take("match_list", row.region)
    return rows.create(row, verb="matchlist.take_reported", by=by, note=note)


@transaction.atomic
def report(
    match_list: MatchList, *, by: User, reported_rows: int, reported_filed: int, reported_handled: int,
    reported_fen: int = 0, note: str = "", expected_version: int | None = None,
) -> MatchList:  # fmt: skip
    """填报上报数: what was reported by hand of a list of earlier years. Shown beside, never added to, what is counted here."""
    row = MATCH_LIST.begin(match_list, "report", by=by, note=note, expected_version=expected_version)
    changes = _reported(reported_rows, reported_filed, reported_handled, reported_fen)
    done: MatchList = MATCH_LIST.finish(row, "report", by=by, note=note, changes=changes)
    return done


def _reported(found: int, filed: int, handled: int, fen: int) -> dict[str, int]:
    for name, value, label in (("filed", filed, "立案数"), ("handled", handled, "组织处理数")):
        if value > found:
            text = f"上报的{label}不能超过上报的疑点数，请核对。"
            raise RuleBroken(f"report.{name}", text, field=f"reported_{name}")
    return {
        "reported_rows": found, "reported_filed": filed, "reported_handled": handled, "reported_fen": fen,
    }  # fmt: skip
