"""Before 办结 the five things in place (五个到位), after it the answer to the complainant, by way of the desk."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from cases.models import Answer, ClosingCheck, EndingTerm, Lead, Method
from cases.roles import HANDLERS
from cases.services.disposing import has_finished
from cases.services.telling import tell_desk, tell_registry, tell_unit
from cases.workflow import LEAD
from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User

CHECKED = (Method.VERIFY, Method.INVESTIGATE, Method.ADJUDICATE)


def volume_of(lead: Lead) -> int:
    """Which volume is being written: each 撤销办结 begins a new one."""
    return lead.reopened_times + 1


@transaction.atomic
def tick(
    lead: Lead,
    *,
    by: User,
    grounds: Sequence[Mapping[str, Any]],
    note: str = "",
    expected_version: int | None = None,
) -> Lead:
    """核对五个到位: `grounds` holds `item` (a term of the list in force) and `ground`, what shows that it is in place.

    An item written again replaces its ground. Raises NotAllowed, WrongState, RuleBroken.
    """
    row: Lead = LEAD.begin(lead, "tick", by=by, note=note, expected_version=expected_version)
    said = [(one["item"], one["ground"].strip()) for one in grounds if one["ground"].strip()]
    if not said:
        raise RuleBroken("tick.nothing", "请至少写明一项到位的依据。")
    in_force = set(EndingTerm.objects.checks().on(moment.today()).values_list("pk", flat=True))
    if any(item.pk not in in_force for item, _ in said):
        raise RuleBroken("tick.item", "有的事项不在现行的核对目录里，请重新选择。", field="grounds")
    kept = {check.item_id: check for check in row.closing_checks.filter(volume=volume_of(row))}
    checks = []
    for item, ground in said:
        check = kept.get(item.pk) or ClosingCheck(lead=row, volume=volume_of(row), item=item)
        check.ground, check.checked_by, check.checked_on = ground, by, moment.today()
        checks.append(check)
    done: Lead = LEAD.finish(row, "tick", by=by, note=note, saved=checks)
    return done


def needs_checks(lead: Lead) -> bool:
    """Whether the checklist stands before its 办结: what was verified or filed, not what was closed at once."""
    return lead.counts and (lead.filed_on is not None or has_finished(lead, *CHECKED))


def unchecked(lead: Lead) -> list[str]:
    """The items of today's list that have no ground yet, by name."""
    ticked = lead.closing_checks.filter(volume=volume_of(lead)).values("item__code")
    return list(
        EndingTerm.objects.checks().on(moment.today()).exclude(code__in=ticked).values_list("name", flat=True)
    )


def check_all_in_place(lead: Lead) -> None:
    """Guard of `conclude`. Raises RuleBroken with everything that is missing."""
    if needs_checks(lead) and (names := unchecked(lead)):
        text = f"还有 {len(names)} 项没有写明依据：{'、'.join(names)}。请先办理“核对五个到位”，再办结。"
        raise RuleBroken("conclude.not_in_place", text)


@transaction.atomic
def draft_feedback(
    lead: Lead, *, by: User, draft: str, note: str = "", expected_version: int | None = None
) -> Lead:
    """拟写反馈意见: what the desk is to tell, by the office that knows the result and not the person."""
    row: Lead = LEAD.begin(lead, "draft_feedback", by=by, note=note, expected_version=expected_version)
    if not draft.strip():
        raise RuleBroken("feedback.draft", "请写明向反映人反馈的意见。", field="draft")
    answer = answer_of(row)
    answer.draft, answer.drafted_by, answer.drafted_on = draft, by, moment.today()
    done: Lead = LEAD.finish(row, "draft_feedback", by=by, note=note, saved=[answer])
    tell_desk(done, "反馈意见已拟好，请向实名反映人反馈并登记。", by=by)
    return done


def answer_of(lead: Lead) -> Answer:
    """The answer of the present volume, kept or new."""
    volume = volume_of(lead)
    found: Answer | None = lead.answers.filter(volume=volume).first()
    return found or Answer(lead=lead, volume=volume)


def delivered(
    lead: Lead,
    *,
    by: User,
    on: date,
    way: EndingTerm | None,
    objects_to: bool,
    new_evidence: bool,
    objection: str,
) -> Answer:
    """The answer as the desk gave it, to be saved by `feedback`. Raises RuleBroken."""
    if (objects_to or new_evidence) and not objection.strip():
        text = "反映人有异议或提供新证据的，请写明内容（不写反映人信息）。"
        raise RuleBroken("feedback.objection", text, field="objection")
    if objection.strip() and not (objects_to or new_evidence):
        raise RuleBroken(
            "feedback.objects_to", "写了异议内容的，请勾选有异议或提供新证据。", field="objects_to"
        )
    answer = answer_of(lead)
    answer.delivered_on, answer.delivered_by, answer.way = on, by, way
    answer.objects_to, answer.new_evidence, answer.objection = objects_to, new_evidence, objection
    return answer


def tell_objection(lead: Lead, answer: Answer, *, by: User) -> None:
    """To the registry, which decides on a new start, and to the office that handled it."""
    what = "提供了新的证据线索" if answer.new_evidence else "对结果有异议"
    tell_registry(lead, f"反映人{what}，请研究是否撤销办结重新办理。", by=by)
    tell_unit(lead, lead.acting_unit, f"反映人{what}，请配合研究。", by=by, roles=HANDLERS)


@transaction.atomic
def settle_objection(lead: Lead, *, by: User, note: str, expected_version: int | None = None) -> Lead:
    """研究异议 without a new start, with the reason; the desk then answers the complainant. The other way is `reopen`."""
    row: Lead = LEAD.begin(lead, "settle_objection", by=by, note=note, expected_version=expected_version)
    answer = answer_of(row)
    answer.settled_by, answer.settled_on, answer.settlement = by, moment.today(), note
    done: Lead = LEAD.finish(
        row, "settle_objection", by=by, note=note, changes={"objected_on": None}, saved=[answer]
    )
    tell_desk(done, "异议已研究，请将研究意见答复反映人。", by=by)
    return done
