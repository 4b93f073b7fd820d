"""What may be done with a proposed measure, by whom, and when."""

from typing import Any

from povertyaudit.assessment.models import MeasureKind
from povertyaudit.assessment.models import MeasureState as S
from povertyaudit.assessment.roles import LEADERS, ORGANISERS
from povertyaudit.assessment.workflow.assessments import leads, organises
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow


def named_decider(row: Any, by: User) -> None:
    if row.rule.decider == Role.SECRETARY and Role.SECRETARY not in by.roles:
        raise NotAllowed("assessment_measure.decider", "按规则由主要负责人决定。")


def by_hand(row: Any) -> bool:
    """What was decided is no talk: that one is carried out, and its result recorded, among the talks."""
    return bool(row.kind != MeasureKind.TALK)


def _decides(name: str, label: str, target: str, **more: Any) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset({S.PROPOSED}), target=target, roles=LEADERS, who=(leads, named_decider),
        note_required=True, **more,
    )  # fmt: skip


ASSESSMENT_MEASURE = Workflow("assessmentmeasure", "考核结果运用", (
    _decides("agree", "同意", S.AGREED, primary=True),
    _decides("decide_otherwise", "另作处理", S.CHANGED),
    _decides("decline", "不采取", S.DECLINED),
    Transition(
        name="record_outcome", label="登记结果", sources=frozenset({S.AGREED, S.CHANGED}), target=S.DONE, roles=ORGANISERS,
        who=(organises,), primary=True, when=by_hand, unless="约谈的结果在纪要签齐以后自动登记，请在“约谈”中办理。",
    ),
), others={"propose": "按规则提出"})  # fmt: skip
