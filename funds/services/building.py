"""The verbs of a project on the ground: 招标和合同, 开工, 未能开工, 完工, 验收, 竣工公示. Money is in 分."""

from datetime import date
from typing import Any

from django.db import transaction

from funds.models import Project
from funds.services import notice_rules, rules
from funds.services.days import in_order
from funds.services.projects import beyond
from funds.workflow.projects import PROJECT
from povertyaudit.core import moment, render
from povertyaudit.core.errors import RuleBroken, raise_all
from povertyaudit.core.models import User


@transaction.atomic
def award(
    project: Project, *, by: User, contractor: str, contract_fen: int, contract_no: str, contract_on: date | None = None,
    tender_fen: int | None = None, retention_fen: int = 0, note: str = "", expected_version: int | None = None,
) -> Project:  # fmt: skip
    """登记招标和合同 of `contract_fen` (分) with what is held back (质保金). More than the rule (10 %) above the approval
    needs a new approval first. Raises RuleBroken."""
    row = PROJECT.begin(project, "award", by=by, note=note, expected_version=expected_version)
    day = contract_on or moment.today()
    in_order("contract_on", day, "合同日期", row.approved_on, "批复日期")
    if contract_fen > row.approved_fen and beyond(row, contract_fen):
        text = f"合同金额超过批复 {render.yuan(row.approved_fen)} 元太多，请先办理变更计划，重新会审批复。"
        raise RuleBroken("award.beyond", text, field="contract_fen")
    if contract_fen < row.paid_fen:
        raise RuleBroken("award.paid", "合同金额不能少于已经拨付的金额。", field="contract_fen")
    if tender_fen is not None and contract_fen > tender_fen:
        raise RuleBroken("award.tender", "合同金额不能高于中标金额，请核对。", field="contract_fen")
    most = rules.amount("retention_most", day)
    if retention_fen * 100 > contract_fen * most:
        raise RuleBroken("award.retention", f"质保金不能超过合同金额的 {most} %。", field="retention_fen")
    changes: dict[str, Any] = {
        "contractor": contractor, "contract_fen": contract_fen, "contract_no": contract_no, "contract_on": day,
        "tender_fen": tender_fen, "retention_fen": retention_fen,
    }  # fmt: skip
    done: Project = PROJECT.finish(row, "award", by=by, note=note, changes=changes)
    return done


def _dated(
    project: Project, verb: str, field: str, word: str, after: tuple[str, str], by: User, note: str,
    version: int | None, day: date | None, **changes: Any,
) -> Project:  # fmt: skip
    row = PROJECT.begin(project, verb, by=by, note=note, expected_version=version)
    on = day or moment.today()
    in_order(field, on, word, getattr(row, after[0]), after[1])
    done: Project = PROJECT.finish(row, verb, by=by, note=note, changes={field: on, **changes})
    return done


@transaction.atomic
def start(
    project: Project, *, by: User, started_on: date | None = None, note: str = "", expected_version: int | None = None
) -> Project:  # fmt: skip
    """登记开工, not before the approval."""
    after = ("approved_on", "批复日期")
    return _dated(project, "start", "started_on", "开工日期", after, by, note, expected_version, started_on)


def stall(project: Project, *, by: User, note: str = "", expected_version: int | None = None) -> Project:
    """登记未能开工, with the reason: it stands in the list of projects not begun."""
    done: Project = PROJECT.apply(project, "stall", by=by, note=note, expected_version=expected_version)
    return done


@transaction.atomic
def complete(
    project: Project, *, by: User, completed_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Project:  # fmt: skip
    """登记完工, not before it began."""
    after = ("started_on", "开工日期")
    return _dated(
        project, "complete", "completed_on", "完工日期", after, by, note, expected_version, completed_on
    )


@transaction.atomic
def accept(
    project: Project, *, by: User, accepted_text: str, settled_fen: int, accepted_on: date | None = None,
    asset_no: str = "", note: str = "", expected_version: int | None = None,
) -> Project:  # fmt: skip
    """验收: the quantity really done, in words, and the sum settled on (分), from then on the most that is paid."""
    row = PROJECT.begin(project, "accept", by=by, note=note, expected_version=expected_version)
    day = accepted_on or moment.today()
    in_order("accepted_on", day, "验收日期", row.completed_on, "完工日期")
    if not accepted_text.strip():
        text = "请写明实际完成的工程量，与凭证相符。"
        raise RuleBroken("accept.quantity", text, field="accepted_text")
    most = row.contract_fen or row.approved_fen
    if settled_fen > most:
        text = f"审定金额不能超过{'合同' if row.contract_fen else '批复'}金额 {render.yuan(most)} 元。"
        raise RuleBroken("accept.above", text, field="settled_fen")
    if settled_fen < row.paid_fen:
        text = f"已拨付 {render.yuan(row.paid_fen)} 元，超过审定金额，请先收回多拨的资金。"
        raise RuleBroken("accept.paid", text, field="settled_fen")
    changes = {
        "accepted_on": day,
        "accepted_text": accepted_text,
        "settled_fen": settled_fen,
        "asset_no": asset_no,
    }
    done: Project = PROJECT.finish(row, "accept", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def refuse_acceptance(
    project: Project, *, by: User, note: str = "", expected_version: int | None = None
) -> Project:
    """验收不合格退回, with what must be put right; the project is under way again."""
    done: Project = PROJECT.apply(
        project, "refuse_acceptance", by=by, note=note, expected_version=expected_version, completed_on=None
    )
    return done


@transaction.atomic
def publish(
    project: Project, *, by: User, published_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Project:  # fmt: skip
    """登记竣工公示, not before the acceptance; the notices are all up long enough and objections answered (dated rule)."""
    row = PROJECT.begin(project, "publish", by=by, note=note, expected_version=expected_version)
    on = published_on or moment.today()
    in_order("published_on", on, "竣工公示日期", row.accepted_on, "验收日期")
    raise_all(notice_rules.bars(row, on))
    done: Project = PROJECT.finish(row, "publish", by=by, note=note, changes={"published_on": on})
    return done
