"""What may be done with opinions and with notices to put something right at once."""

from typing import Any

from inspections.models import ImmediateNotice, Opinion
from inspections.workflow.handed import ANSWERING, TEAM, UNIT, of_the_round, of_unit
from povertyaudit.core.workflow import Transition, Workflow

RECORDED, SENT, ANSWERED = Opinion.State.RECORDED, Opinion.State.SENT, Opinion.State.ANSWERED
ISSUED, REPORTED = ImmediateNotice.State.ISSUED, ImmediateNotice.State.REPORTED
recipient_of_opinion = of_unit(ANSWERING, "答复由接收单位办理。")
unit_of_notice = of_unit(UNIT, "这一步由整改单位办理。")


def _no_secret(row: Any) -> bool:
    return not row.round.is_secret_now


def _team(name: str, label: str, sources: frozenset[str], target: str | None, **more: Any) -> Transition:
    return Transition(
        name=name, label=label, sources=sources, target=target, roles=TEAM, who=(of_the_round,), **more
    )  # fmt: skip


OPINION = Workflow(
    "opinion",
    "意见",
    (
        _team(
            "send", "发出意见", frozenset({RECORDED}), SENT, when=_no_secret, bulk=True, primary=True,
            unless="保密轮次结束后才能发出意见。",
        ),
        Transition(
            name="answer", label="答复意见", sources=frozenset({SENT}), target=ANSWERED, roles=ANSWERING,
            who=(recipient_of_opinion,), primary=True,
        ),
        _team("accept", "采纳答复", frozenset({ANSWERED}), Opinion.State.ACCEPTED, bulk=True, primary=True),
        _team("send_back", "退回重新答复", frozenset({ANSWERED}), SENT, note_required=True),
        _team("amend", "修改意见", frozenset({RECORDED}), None),
        _team("withdraw", "撤销意见", frozenset({RECORDED}), Opinion.State.WITHDRAWN, note_required=True),
    ),
    others={"record": "登记意见"},
)  # fmt: skip

NOTICE = Workflow(
    "immediatenotice",
    "立行立改通知",
    (
        Transition(
            name="report", label="报告整改情况", sources=frozenset({ISSUED}), target=REPORTED, roles=UNIT,
            who=(unit_of_notice,), primary=True,
        ),
        Transition(
            name="attach", label="上传佐证材料", sources=frozenset({ISSUED}), target=None, roles=UNIT, who=(unit_of_notice,),
        ),
        _team("close", "确认办结", frozenset({REPORTED}), ImmediateNotice.State.CLOSED, primary=True),
        _team("send_back", "退回继续整改", frozenset({REPORTED}), ISSUED, note_required=True),
        _team("press", "催办", frozenset({ISSUED}), None),
    ),
    others={"issue": "发出立行立改通知"},
)  # fmt: skip
