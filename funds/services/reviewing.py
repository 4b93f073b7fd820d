"""会审: 提请, answers for every project it may be a double of, 批复 with the sources of its money, 退回."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from funds.models import Project, ProjectDouble
from funds.models.doubles import DoubleAnswer
from funds.services import lines as money
from funds.services.alike import find
from funds.services.days import in_order
from funds.workflow.projects import PROJECT
from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User


@transaction.atomic
def submit_review(
    project: Project, *, by: User, survey: str, surveyed_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Project:  # fmt: skip
    """提请会审 with what the department saw on the spot; projects it may be a double of are put beside it."""
    row = PROJECT.begin(project, "submit_review", by=by, note=note, expected_version=expected_version)
    day = surveyed_on or moment.today()
    in_order("surveyed_on", day, "实地勘察日期")
    if not survey.strip():
        raise RuleBroken("submit_review.survey", "请写明实地勘察和论证的意见。", field="survey")
    saved = suspicions(row)
    done: Project = PROJECT.finish(
        row, "submit_review", by=by, note=note, changes={"survey": survey, "surveyed_on": day}, saved=saved,
        facts={"doubles": len(saved)},
    )  # fmt: skip
    return done


def suspicions(row: Project) -> list[ProjectDouble]:
    """Suspicions not written down before, unsaved."""
    known = set(row.doubles.values_list("other", flat=True))
    return [
        ProjectDouble(project=row, other=one.project, reasons=",".join(one.reasons), words=one.words[:300])
        for one in find(row)
        if one.project.pk not in known
    ]


@transaction.atomic
def answer_double(
    project: Project, *, by: User, double: ProjectDouble, decision: str, answer: str, note: str = "",
    expected_version: int | None = None,
) -> Project:  # fmt: skip
    """答复 one suspicion: no double, changed, or a double that bars the approval; with the reason."""
    row = PROJECT.begin(project, "answer_double", by=by, note=note, expected_version=expected_version)
    found: ProjectDouble | None = row.doubles.filter(pk=double.pk).first()
    if found is None:
        raise RuleBroken("answer_double.gone", "没有这个疑似重复的项目，请重新选择。", field="double")
    if decision not in DoubleAnswer.values:
        raise RuleBroken("answer_double.decision", "请选择答复的结论。", field="decision")
    if not answer.strip():
        raise RuleBroken("answer_double.answer", "请写明理由。", field="answer")
    found.decision, found.answer = decision, answer.strip()
    found.answered_by, found.answered_on = by, moment.today()
    facts = {"double": [found.other.number, str(found.get_decision_display())]}
    done: Project = PROJECT.finish(row, "answer_double", by=by, note=note, saved=[found], facts=facts)
    return done


@transaction.atomic
def approve(
    project: Project, *, by: User, approval_no: str, approved_fen: int, lines: Iterable[Mapping[str, Any]],
    review_text: str, reviewed_on: date | None = None, approved_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Project:  # fmt: skip
    """批复 of `approved_fen` (分) out of `lines` [{"allocation", "amount_fen"}], after the joint review. A project that came
    back for a change goes on where it was. Raises RuleBroken; new doubles found meanwhile must be answered first."""
    row = PROJECT.begin(project, "approve", by=by, note=note, expected_version=expected_version)
    late = [] if row.changed_from else suspicions(row)  # a change was compared when it was proposed
    if late:
        text = f"会审期间又有 {len(late)} 个相似的项目入库，请先退回，由主管部门重新提请会审。"
        raise RuleBroken("approve.late", text)
    reviewed, approved = reviewed_on or moment.today(), approved_on or moment.today()
    in_order("reviewed_on", reviewed, "会审日期", row.surveyed_on, "实地勘察日期")
    in_order("approved_on", approved, "批复日期", reviewed, "会审日期")
    in_order("approved_on", approved, "批复日期", row.stored_on, "入库日期")
    if approved_fen < row.paid_fen:
        raise RuleBroken("approve.paid", "批复金额不能少于已经拨付的金额。", field="approved_fen")
    if row.contract_fen is not None and approved_fen < row.contract_fen:
        raise RuleBroken("approve.contract", "批复金额不能少于合同金额。", field="approved_fen")
    saved, removed = money.lay(row, money.checked(lines, approved_fen), by=by)
    changes: dict[str, Any] = {
        "approval_no": approval_no, "approved_fen": approved_fen, "funded_fen": approved_fen, "review_text": review_text,
        "reviewed_on": reviewed, "changed_from": "",
    }  # fmt: skip
    if row.changed_from:
        changes["state"] = row.changed_from
    else:
        changes["approved_on"] = approved
    done: Project = PROJECT.finish(
        row, "approve", by=by, note=note, changes=changes, saved=saved, removed=removed
    )
    return done


@transaction.atomic
def return_to_store(
    project: Project, *, by: User, note: str = "", expected_version: int | None = None
) -> Project:
    """退回修改, with the reason; a change that is not approved falls back to what was."""
    row = PROJECT.begin(project, "return_to_store", by=by, note=note, expected_version=expected_version)
    changes: dict[str, Any] = {}
    if row.changed_from:
        changes = {"state": row.changed_from, "changed_from": "", "planned_fen": row.approved_fen}
    done: Project = PROJECT.finish(row, "return_to_store", by=by, note=note, changes=changes)
    return done
