"""What must be true of an item before it is reported, applied for and crossed off."""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import User
from povertyaudit.core.render import yuan
from rectification.models import State, Step
from rectification.workflow.who import SIGNED, pending_request


def gaps(item: Any) -> dict[str, list[int]]:
    """Numbers of measures without a result and without evidence."""
    measures = list(item.measures.all())
    told = {row.measure_id for row in item.results.all()}
    shown = {row.measure_id for row in item.evidence.all()}
    return {
        "results": [m.no for m in measures if m.pk not in told],
        "evidence": [m.no for m in measures if m.pk not in shown],
    }


def measures_are_shown(item: Any, by: User) -> None:
    """Each measure has a result and a file that proves it."""
    if not item.measures.all():
        text = "该事项还没有整改措施，请先填写措施。"
        raise RuleBroken("close_out.no_measures", text, mend=_form(item, "add_measure"))
    missing, problems = gaps(item), list[DomainError]()
    if missing["results"]:
        text = f"该事项还有 {len(missing['results'])} 条措施没有填写成效（{_nos(missing['results'])}），请先填写。"
        mend = _form(item, "add_result", missing["results"][0])
        problems.append(RuleBroken("close_out.no_result", text, mend=mend))
    if missing["evidence"]:
        text = f"该事项还有 {len(missing['evidence'])} 条措施没有佐证材料（{_nos(missing['evidence'])}），请先上传。"
        mend = _form(item, "add_evidence", missing["evidence"][0])
        problems.append(RuleBroken("close_out.no_evidence", text, mend=mend))
    raise_all(problems)


def _form(item: Any, verb: str, no: int = 0) -> str:
    """The page of the verb, with the measure chosen."""
    chosen = next((f"?measure={m.public_id}" for m in item.measures.all() if m.no == no), "")
    return f"{item.get_absolute_url()}{verb}/{chosen}"


def _nos(numbers: list[int]) -> str:
    return "、".join(f"第 {no} 条" for no in numbers[:10]) + ("等" if len(numbers) > 10 else "")


def owed(item: Any, *, locked: bool = False) -> tuple[int, int]:
    """How many linked misuses are not settled, and the sum still to come back in 分."""
    misuse = item.misuse_links.model._meta.get_field("misuse").related_model
    rows = misuse._default_manager.filter(pk__in=item.misuse_links.values("misuse_id"))
    if locked:
        rows = rows.select_for_update(of=("self",)).order_by("pk")
    left = [row.left_fen for row in rows if row.left_fen > 0]
    return len(left), sum(left)


def money_is_back(item: Any, by: User) -> None:
    """Nothing outstanding; the misuses are locked, so that none reopens under the signature."""
    count, fen = owed(item, locked=True)
    if count:
        text = f"尚有 {count} 笔违规资金共 {yuan(fen)} 元未追缴到位，追缴到位并登记后才能办理。"
        raise RuleBroken("close_out.money_outstanding", text, mend=f"{item.get_absolute_url()}#money")


def was_reported(item: Any, by: User) -> None:
    if not item.reports.exists() and not item.period_reports.filter(signed_on__isnull=False).exists():
        text = "该事项还没有报过进展，请先报告整改进展。"
        raise RuleBroken("close_out.no_report", text, mend=_form(item, "report"))


def missed_reports(item: Any, most: int = 4) -> tuple[list[Any], int]:
    """Reports of the item that are past their day and not signed: the `most` oldest, without their texts, and how many."""
    late = item.period_reports.missed(moment.today())
    first = list(late.defer("text", "unchanged_reason").order_by("last_day", "pk")[:most])
    return first, len(first) if len(first) < most else late.count()


def reports_are_in(item: Any, by: User) -> None:
    """No report is missing; one not yet due is no longer asked for when the item is applied for."""
    late, count = missed_reports(item)
    if count:
        which = "、".join(one.title for one in late[:3]) + ("等" if count > 3 else "")
        text = f"该事项有 {count} 期定期报告还没有签报：{which}，请先填报、签报。"
        raise RuleBroken("close_out.report_missing", text, mend=late[0].get_absolute_url())


def application_holds(item: Any, by: User) -> None:
    if not item.covered(Step.APPLY):
        raise RuleBroken(
            "close_out.void_signature",
            "申请销号之后内容有改动，申请人的签署已失效，请主责单位主要负责人重新签署。",
            mend=_form(item, "apply"),
        )


def review_holds(item: Any, by: User) -> None:
    if not item.covered(Step.REVIEW):
        raise RuleBroken(
            "close_out.void_review",
            "审核之后内容有改动，审核人的签署已失效，请主责单位重新申请后由牵头单位重新签署。",
            mend=_form(item, "apply"),
        )


def may_apply(item: Any) -> bool:
    """At work; or already applied for, with a signature that no longer holds."""
    if item.state not in SIGNED:
        return True
    return not item.covered(Step.APPLY) or (
        item.state == State.SECTOR_REVIEWED and not item.covered(Step.REVIEW)
    )


def is_paused(item: Any) -> bool:
    """Whether the item is not pressed today, by a leader's word."""
    today = moment.today()
    return any(p.lifted_on is None and p.from_on <= today <= p.until_on for p in item.pauses.all())


def is_pressed(item: Any) -> bool:
    return not is_paused(item)


def nothing_asked(item: Any) -> bool:
    return pending_request(item) is None


def is_asked(item: Any) -> bool:
    return pending_request(item) is not None
