"""One verb for many rows: each through the same service, each in its own transaction, each with its own result.

Only verbs whose form asks nothing about the single row take part (`Transition(bulk=True)`); what must be looked at
before it is signed stays single. A form pressed twice, or again after the process was killed, does no row twice: each
row's claim is kept with what was done to it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.db.models import Q

from povertyaudit.core import moment
from povertyaudit.core.errors import NEUTRAL_CLASH, DomainError, RuleBroken, WrongState, from_validation
from povertyaudit.core.models import IdempotencyRecord, User
from povertyaudit.core.once import KEPT
from povertyaudit.core.workflow import Transition, Workflow

MOST = 100  # rows at a time: what a web process does within its patience
NOT_FOUND = "没有找到这一条，或您无权查看。"
BUSY = "系统正忙，这一条没有办理，请稍后再办。"


@dataclass(frozen=True)
class Result:
    """What became of one row. `row` is None for what the person may not know of; `status` as REST would answer."""

    id: str
    row: Any
    status: int
    code: str
    message: str

    @property
    def ok(self) -> bool:
        return self.status == 200


def verbs(workflow: Workflow | None, user: User) -> list[Transition]:
    """The verbs for many rows that a post of `user` may do at all."""
    steps = workflow.transitions.values() if workflow is not None else ()
    return [step for step in steps if step.bulk and step.roles & user.roles]


def find(rows: Any, ids: Sequence[str]) -> list[tuple[str, Any]]:
    """(id as given, row or None), each row once, in the order given. `rows` are those in scope. Raises RuleBroken."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise RuleBroken("bulk.none", "请先勾选要办理的记录。", field="ids")
    if len(wanted) > MOST:
        raise RuleBroken("bulk.most", f"一次最多办理 {MOST} 条，请分批办理。", field="ids")
    wanted = [one for one in wanted if "\x00" not in one]
    found: dict[str, Any] = {}
    for row in rows.filter(Q(public_id__in=wanted) | Q(number__in=wanted)):
        found[row.public_id] = row
        found[row.number or row.public_id] = row
    by_row = {(found[one].pk if one in found else one): (one, found.get(one)) for one in wanted}
    return list(by_row.values())


def refusal(row: Any, step: Transition, by: User) -> DomainError | None:
    """Why `by` cannot do this to `row` now; None where he can. What is still missing the service says."""
    try:
        step.check_person(row, by)
        _check_state(row, step)
    except DomainError as refused:
        return refused
    return None


def carry_out(
    found: Iterable[tuple[str, Any]], step: Transition, perform: Callable[..., Any], values: Mapping[str, Any], *,
    by: User, versions: Mapping[str, int] | None = None, mark: str = "",
) -> Iterator[Result]:  # fmt: skip
    """Do it row by row. `versions` are those the person saw; `mark` is the one-time token of the form."""
    for given, row in found:
        if row is None:
            yield Result(given, None, 404, "not_found", NOT_FOUND)
            continue
        version = (versions or {}).get(row.public_id)
        try:
            with transaction.atomic():
                if not _claim(row, by, mark):
                    yield Result(row.public_id, row, 200, "done", f"已{step.label}。")
                    continue
                _check_state(row, step)
                perform(row, by=by, expected_version=version, **values)
        except (DomainError, ValidationError, IntegrityError, DataError, OperationalError) as error:
            yield Result(row.public_id, row, *_answer(error))
        else:
            yield Result(row.public_id, row, 200, "done", f"已{step.label}。")


def _check_state(row: Any, step: Transition) -> None:
    """A row that stands where the verb leads has had it: said so, instead of a refusal that sounds like a fault."""
    if step.target is not None and row.state == step.target and row.state not in step.sources:
        raise WrongState(f"{step.name}.already", f"此前已{step.label}，没有重复办理。")
    step.check_state(row)


def _claim(row: Any, by: User, mark: str) -> bool:
    """Whether this form has not done this row before. Kept or lost with what is done to the row."""
    if not mark:
        return True
    _, first = IdempotencyRecord.objects.get_or_create(
        user=by, key=f"bulk:{mark}:{row.public_id}",
        defaults={"path": "", "body_digest": "", "status": 200, "expires_at": moment.now() + KEPT},
    )  # fmt: skip
    return first


def _answer(error: Exception) -> tuple[int, str, str]:
    """Status, code and sentence of a refused row; a fault of the moment is none of the caller's."""
    if isinstance(error, ValidationError):
        error = from_validation(error)
    if isinstance(error, DomainError):
        return error.status, error.code, error.message
    if isinstance(error, OperationalError):
        return 409, "busy", BUSY
    if isinstance(error, DataError):
        return 422, "out_of_range", "有数值或文字超出可保存的范围，请核对。"
    return 409, "clash", NEUTRAL_CLASH
