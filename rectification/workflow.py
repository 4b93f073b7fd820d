"""What may be done with an item, by whom, and when. One table: enforcement, buttons, `actions`, docs and tests."""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, raise_all
from povertyaudit.core.models import Role, User
from povertyaudit.core.render import yuan
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow
from rectification.models import RequestState, State, Step

UNIT = frozenset({Role.LIAISON, Role.UNIT_HEAD})
REGISTRARS = frozenset({Role.PATROL_OFFICE, Role.SUPERVISION, Role.CASE_MANAGER})
VERIFIERS = frozenset({Role.PATROL_OFFICE, Role.SUPERVISION, Role.DEPUTY})
DECIDERS = frozenset({Role.PATROL_OFFICE, Role.SUPERVISION})
PRESSERS = REGISTRARS | {Role.DEPUTY, Role.SECRETARY}

WORKING = frozenset({State.ACCEPTED, State.RECTIFYING})
SIGNED = frozenset({State.CLOSURE_APPLIED, State.SECTOR_REVIEWED})
AT_WORK = WORKING | SIGNED | {State.LONG_TERM}
OPEN = AT_WORK | {State.DRAFT, State.ISSUED}


# Who stands in the right relation to the item.


def _holds(by: User, roles: frozenset[str], unit_id: int | None) -> bool:
    return unit_id is not None and any(p.unit_id == unit_id and p.role in roles for p in by.current_posts())


def _serves(item: Any, by: User, roles: frozenset[str]) -> bool:
    """Whether one of the user's posts of these roles covers the item's region."""
    return any(
        p.role in roles and item.region_id.startswith(prefix_of(p.region_id)) for p in by.current_posts()
    )


def _in_charge(item: Any, roles: frozenset[str]) -> frozenset[str]:
    """Of these roles those in charge: 巡察办 for what a round found, otherwise the discipline body."""
    office = frozenset({Role.PATROL_OFFICE})
    return roles & office if item.of_round else roles - office


def of_main_unit(item: Any, by: User) -> None:
    if not _holds(by, UNIT, item.main_unit_id):
        raise NotAllowed("item.main_unit", "这一步由主责单位办理。")


def heads_main_unit(item: Any, by: User) -> None:
    if not _holds(by, frozenset({Role.UNIT_HEAD}), item.main_unit_id):
        raise NotAllowed("apply.head", "申请销号须由主责单位主要负责人办理。")


def of_a_responsible_unit(item: Any, by: User) -> None:
    if not any(_holds(by, UNIT, row.unit_id) for row in item.units.all()):
        raise NotAllowed("item.responsible_unit", "这一步由责任单位办理。")


def of_lead_unit(item: Any, by: User) -> None:
    if not _holds(by, frozenset({Role.SECTOR}), item.lead_unit_id):
        raise NotAllowed("review.lead_unit", "审核须由牵头单位的审核人办理。")


def in_charge(item: Any, by: User) -> None:
    if not _serves(item, by, _in_charge(item, VERIFIERS | REGISTRARS)):
        whom = "巡察办" if item.of_round else "纪检监察机关"
        raise NotAllowed("item.in_charge", f"该事项由{whom}督办，这一步由其办理。")


def verifying_body(item: Any, by: User) -> None:
    if not _serves(item, by, _in_charge(item, VERIFIERS)):
        whom = "巡察办" if item.of_round else "监督检查室或者分管领导"
        raise NotAllowed("verify.body", f"该事项由{whom}复核验收。")


def may_send_back(item: Any, by: User) -> None:
    """The step that has it in hand: the lead unit what was applied for, the verifying body what was reviewed."""
    if item.state == State.SECTOR_REVIEWED:
        verifying_body(item, by)
    elif not _holds(by, frozenset({Role.SECTOR}), item.lead_unit_id):
        if item.state == State.CLOSURE_APPLIED:
            raise NotAllowed("send_back.lead_unit", "该事项正由牵头单位审核，由其退回。")
        verifying_body(item, by)


def over_the_region(item: Any, by: User) -> None:
    if not _serves(item, by, PRESSERS if item.of_round else PRESSERS - {Role.PATROL_OFFICE}):
        raise NotAllowed("press.region", "该事项不在您督办的地区。")


def plans(item: Any, by: User) -> None:
    """Measures: of a draft by who registers it, later by the main unit as well."""
    if item.state != State.DRAFT and _holds(by, UNIT, item.main_unit_id):
        return
    in_charge(item, by)


def not_the_applicant(item: Any, by: User) -> None:
    if item.applicant_id == by.person_id:
        raise NotAllowed("review.same_person", "申请销号和审核不能是同一个人，请由牵头单位其他人员审核。")


def not_signed_before(item: Any, by: User) -> None:
    if by.person_id in {item.applicant_id, item.reviewer_id}:
        raise NotAllowed(
            "verify.same_person", "申请、审核、复核须由三个不同的人签署，您已在前面的环节签署过。"
        )


def not_the_asker(item: Any, by: User) -> None:
    asked = pending_request(item)
    if asked is not None and asked.asked_by.person_id == by.person_id:
        raise NotAllowed("decide_extension.same_person", "延期不能由申请人自己决定。")


# What must be true.


def pending_request(item: Any) -> Any:
    """The request for more time that waits for a decision."""
    return next((r for r in item.extension_requests.all() if r.state == RequestState.PENDING), None)


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
        raise RuleBroken("close_out.no_measures", "该事项还没有整改措施，请先填写措施。")
    missing, problems = gaps(item), list[DomainError]()
    if missing["results"]:
        text = f"该事项还有 {len(missing['results'])} 条措施没有填写成效（{_nos(missing['results'])}），请先填写。"
        problems.append(RuleBroken("close_out.no_result", text))
    if missing["evidence"]:
        text = f"该事项还有 {len(missing['evidence'])} 条措施没有佐证材料（{_nos(missing['evidence'])}），请先上传。"
        problems.append(RuleBroken("close_out.no_evidence", text))
    raise_all(problems)


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
        raise RuleBroken("close_out.money_outstanding", text)


def was_reported(item: Any, by: User) -> None:
    if not item.reports.exists() and not item.period_reports.filter(signed_on__isnull=False).exists():
        raise RuleBroken("close_out.no_report", "该事项还没有报过进展，请先报告整改进展。")


def missed_reports(item: Any) -> list[Any]:
    """Reports of the item that are past their day and not signed, the oldest first."""
    today = moment.today()
    late = [one for one in item.period_reports.all() if one.is_open and one.due_on < today]
    return sorted(late, key=lambda one: one.last_day)


def reports_are_in(item: Any, by: User) -> None:
    """No report is missing; one not yet due is no longer asked for when the item is applied for."""
    late = missed_reports(item)
    if late:
        which = "、".join(one.title for one in late[:3]) + ("等" if len(late) > 3 else "")
        text = f"该事项有 {len(late)} 期定期报告还没有签报：{which}，请先填报、签报。"
        raise RuleBroken("close_out.report_missing", text)


def application_holds(item: Any, by: User) -> None:
    if not item.covered(Step.APPLY):
        raise RuleBroken(
            "close_out.void_signature",
            "申请销号之后内容有改动，申请人的签署已失效，请主责单位主要负责人重新签署。",
        )


def review_holds(item: Any, by: User) -> None:
    if not item.covered(Step.REVIEW):
        raise RuleBroken(
            "close_out.void_review",
            "审核之后内容有改动，审核人的签署已失效，请主责单位重新申请后由牵头单位重新签署。",
        )


def may_apply(item: Any) -> bool:
    """At work; or already applied for, with a signature that no longer holds."""
    if item.state not in SIGNED:
        return True
    return not item.covered(Step.APPLY) or (
        item.state == State.SECTOR_REVIEWED and not item.covered(Step.REVIEW)
    )


def nothing_asked(item: Any) -> bool:
    return pending_request(item) is None


def is_asked(item: Any) -> bool:
    return pending_request(item) is not None


def _step(name: str, label: str, sources: Any, target: str | None, roles: Any, **more: Any) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, roles=frozenset(roles), **more
    )


PROVEN = (measures_are_shown, money_is_back)

ITEM = Workflow(
    "item",
    "整改事项",
    (
        _step("issue", "下发", {State.DRAFT}, State.ISSUED, REGISTRARS, who=(in_charge,), primary=True, bulk=True),
        _step("accept", "签收", {State.ISSUED}, State.ACCEPTED, UNIT, who=(of_main_unit,), primary=True, bulk=True),
        _step("apply", "申请销号", WORKING | SIGNED | {State.LONG_TERM}, State.CLOSURE_APPLIED, {Role.UNIT_HEAD},
              who=(heads_main_unit,), when=may_apply, guards=(was_reported, reports_are_in, *PROVEN),
              primary=True),
        _step("review", "审核并签署", {State.CLOSURE_APPLIED}, State.SECTOR_REVIEWED, {Role.SECTOR},
              who=(of_lead_unit, not_the_applicant), guards=(application_holds, *PROVEN), primary=True),
        _step("verify", "复核并签署", {State.SECTOR_REVIEWED}, State.CLOSED, VERIFIERS,
              who=(verifying_body, not_signed_before), guards=(application_holds, review_holds, *PROVEN), primary=True),
        _step("report", "报告进展", WORKING | {State.LONG_TERM}, None, UNIT, who=(of_a_responsible_unit,), primary=True),
        _step("send_back", "退回补充", SIGNED, State.RECTIFYING, VERIFIERS | {Role.SECTOR}, who=(may_send_back,),
              note_required=True),
        _step("request_extension", "申请延期", WORKING, None, UNIT, who=(of_main_unit,), when=nothing_asked),
        _step("decide_extension", "批复延期", WORKING, None, DECIDERS, who=(in_charge, not_the_asker), when=is_asked,
              primary=True),
        _step("mark_long_term", "列入长期坚持", WORKING, State.LONG_TERM, VERIFIERS, who=(verifying_body,)),
        _step("press", "督办", {State.ISSUED, State.CLOSURE_APPLIED, State.LONG_TERM} | WORKING, None,
              PRESSERS, who=(over_the_region,), note_required=True, bulk=True),
        _step("reopen", "重新打开", {State.CLOSED, State.LONG_TERM}, State.RECTIFYING, VERIFIERS,
              who=(verifying_body,), note_required=True),
        _step("edit", "修改", OPEN, None, REGISTRARS, who=(in_charge,)),
        _step("set_rhythm", "调整报告周期", {State.ISSUED} | WORKING, None, REGISTRARS, who=(in_charge,),
              note_required=True, bulk=True),
        _step("add_measure", "增加措施", OPEN, None, REGISTRARS | UNIT, who=(plans,)),
        _step("edit_measure", "修改措施", OPEN, None, REGISTRARS | UNIT, who=(plans,)),
        _step("remove_measure", "删除措施", OPEN, None, REGISTRARS | UNIT, who=(plans,)),
        _step("add_result", "填写成效", AT_WORK, None, UNIT, who=(of_a_responsible_unit,)),
        _step("edit_result", "修改成效", AT_WORK, None, UNIT, who=(of_a_responsible_unit,)),
        _step("add_evidence", "上传佐证材料", AT_WORK, None, UNIT, who=(of_a_responsible_unit,)),
        _step("remove_evidence", "撤下佐证材料", AT_WORK, None, UNIT, who=(of_a_responsible_unit,)),
    ),
    others={"create": "登记", "attach": "上传文件", "replace_file": "替换文件", "calendar": "随放假安排调整时限",
            "hand_over": "工作移交", "not_handed_over": "未移交（接任人应当回避）",},
)  # fmt: skip

HEAD_VERBS = (
    "issue", "accept", "apply", "review", "verify", "report", "send_back", "request_extension", "decide_extension",
    "mark_long_term", "press", "reopen", "edit", "set_rhythm",
)  # fmt: skip
