"""What may be done with an assessment, a unit's sheet and an office's sheet, by whom, and when."""

from typing import Any

from povertyaudit.assessment.models import Assessment
from povertyaudit.assessment.models import AssessmentState as S
from povertyaudit.assessment.models import ScoreSheetState as C
from povertyaudit.assessment.roles import LEADERS, ORGANISERS, SCORERS
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import User
from povertyaudit.core.workflow import Transition, Workflow


def _within(row: Any, by: User, roles: frozenset[str], what: str) -> None:
    if not any(
        post.role in roles and row.region_id.startswith(post.region.prefix) for post in by.current_posts()
    ):
        raise NotAllowed("assessment.region", f"{what}由本地区的岗位办理。")


def organises(row: Any, by: User) -> None:
    _within(row, by, ORGANISERS, "考核")


def leads(row: Any, by: User) -> None:
    _within(row, by, LEADERS, "签发考核")


def not_opener(row: Assessment, by: User) -> None:
    if row.opened_by is not None and row.opened_by.person_id == by.person_id:
        raise NotAllowed("assessment.own", "启动考核的人和签发的人不能是同一个人。")


def of_the_office(row: Any, by: User) -> None:
    if row.unit_id not in by.unit_ids:
        raise NotAllowed("score_sheet.office", "评分表由评分单位的人员填写。")


def has_rival(row: Assessment) -> bool:
    return row.rival_id is not None


def going_on(row: Any) -> bool:
    return bool(row.assessment.state in {S.COUNTING, S.SCORING})


def being_scored(row: Any) -> bool:
    return bool(row.assessment.state == S.SCORING)


OVER = "这一期考核已经签发或者取消，评分表不能再改。"
ASSESSMENT = Workflow("assessment", "考核", (
    Transition(
        name="recount", label="重新计数", sources=frozenset({S.COUNTING, S.SCORING}), target=S.COUNTING, roles=ORGANISERS,
        who=(organises,),
    ),
    Transition(
        name="decide_scheme", label="选定考核办法", sources=frozenset({S.SCORING}), target=None, roles=LEADERS, who=(leads,),
        when=has_rival, unless="本期内考核办法没有修改，不用选定。", note_required=True,
    ),
    Transition(
        name="sign", label="签发", sources=frozenset({S.SCORING}), target=S.SIGNED, roles=LEADERS, who=(leads, not_opener),
        primary=True,
    ),
    Transition(
        name="publish", label="公布", sources=frozenset({S.SIGNED}), target=S.PUBLISHED, roles=ORGANISERS | LEADERS,
        who=(lambda row, by: _within(row, by, ORGANISERS | LEADERS, "公布考核"),), primary=True,
    ),
    Transition(
        name="cancel", label="取消", sources=frozenset({S.COUNTING, S.SCORING}), target=S.CANCELLED, roles=ORGANISERS,
        who=(organises,), note_required=True,
    ),
), others={"open": "启动考核", "counted": "台账计数"})  # fmt: skip

UNIT_SHEET = Workflow("unitsheet", "单位得分表", (
    Transition(
        name="adjust", label="登记加减分", sources=frozenset({S.COUNTING, S.SCORING}), target=None, roles=ORGANISERS,
        who=(organises,),
    ),
    Transition(
        name="withdraw_adjustment", label="撤销加减分", sources=frozenset({S.COUNTING, S.SCORING}), target=None,
        roles=ORGANISERS, who=(organises,), when=lambda row: bool(row.adjustments.all()),
        unless="这张得分表没有加减分。", note_required=True,
    ),
    Transition(
        name="leave_out", label="不参加排名", sources=frozenset({S.COUNTING, S.SCORING}), target=None, roles=ORGANISERS,
        who=(organises,), when=lambda row: not row.left_out, unless="这个单位已经不参加排名。", note_required=True,
    ),
    Transition(
        name="take_in", label="恢复参加排名", sources=frozenset({S.COUNTING, S.SCORING}), target=None, roles=ORGANISERS,
        who=(organises,), when=lambda row: row.left_out, unless="这个单位参加排名。",
    ),
    Transition(
        name="correct", label="登记更正", sources=frozenset({S.SIGNED, S.PUBLISHED}), target=None, roles=ORGANISERS,
        who=(organises,), note_required=True,
    ),
), others={"open": "生成得分表", "count": "台账计数", "settle": "核定得分", "merged": "单位并入"})  # fmt: skip

SCORE_SHEET = Workflow("scoresheet", "评分表", (
    Transition(
        name="score", label="评分", sources=frozenset({C.OWED}), target=None, roles=SCORERS, who=(of_the_office,),
        when=being_scored, unless=OVER, primary=True,
    ),
    Transition(
        name="submit", label="提交评分", sources=frozenset({C.OWED}), target=C.SUBMITTED, roles=SCORERS,
        who=(of_the_office,), when=being_scored, unless=OVER,
    ),
    Transition(
        name="send_back", label="退回重评", sources=frozenset({C.SUBMITTED}), target=C.OWED, roles=ORGANISERS,
        who=(organises,), when=going_on, unless=OVER, note_required=True,
    ),
    Transition(
        name="waive", label="不再要求评分", sources=frozenset({C.OWED}), target=C.WAIVED, roles=ORGANISERS, who=(organises,),
        when=going_on, unless=OVER, note_required=True,
    ),
), others={
    "open": "生成评分表", "dropped": "随考核取消", "hand_over": "工作移交", "not_handed_over": "经办人离任，待另行安排",
})  # fmt: skip
