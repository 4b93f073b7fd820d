"""What may be done with a talk, by whom, and when: 提出 → 批准 → 通知、签收 → 约谈、签字 → 跟踪 → 办结."""

from typing import Any

from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow
from povertyaudit.talks.models import TalkKind
from povertyaudit.talks.models import TalkState as S
from povertyaudit.talks.querysets import ANSWERING, LEADERS, OFFICES, PEOPLE

HOSTS = OFFICES | LEADERS | {Role.COUNTY_LEADER, Role.PATROL_TEAM}
RECORDERS = HOSTS - {Role.COUNTY_LEADER}  # who may also keep files


def serves(talk: Any, by: User, roles: frozenset[str]) -> bool:
    """Whether one of the user's posts of these roles covers the place of the talk."""
    return any(
        post.role in roles and talk.region_id.startswith(prefix_of(post.region_id))
        for post in by.current_posts()
    )


def leads_the_place(talk: Any, by: User) -> None:
    if not serves(talk, by, LEADERS):
        raise NotAllowed("talk.leader", "约谈由本地区纪委监委分管领导或者主要负责人批准。")


def another_than_the_proposer(talk: Any, by: User) -> None:
    if talk.proposed_by.person_id == by.person_id:
        raise NotAllowed("talk.proposer", "提出人不能批准自己提出的约谈。")


def not_with_himself(talk: Any, by: User) -> None:
    if talk.account is not None and talk.account.person_id == by.person_id:
        raise NotAllowed("talk.himself", "约谈对象是您本人，这一步由其他人办理。")


def handles(talk: Any, by: User) -> None:
    not_with_himself(talk, by)
    named = by.pk in {talk.talker_id, talk.recorder_id}
    if not named and not serves(talk, by, OFFICES | LEADERS):
        raise NotAllowed("talk.handles", "这一步由约谈的承办部门办理。")


def may_cancel(talk: Any, by: User) -> None:
    own = talk.state == S.PROPOSED and talk.proposed_by_id == by.pk
    if not own and not serves(talk, by, LEADERS) and talk.decided_by_id != by.pk:
        raise NotAllowed("talk.cancel", "批准以后取消约谈，由领导决定。")
    not_with_himself(talk, by)


def is_the_recorder(talk: Any, by: User) -> None:
    if talk.recorder_id != by.pk:
        raise NotAllowed("talk.recorder", "约谈纪要由记录人登记。")


def is_the_subject(talk: Any, by: User) -> None:
    """The account it is addressed to; for a unit its head or liaison. Whoever acts for the body is not the other side."""
    if talk.kind == TalkKind.UNIT:
        mine = any(p.unit_id == talk.unit_id and p.role in ANSWERING for p in by.current_posts())
    else:
        mine = talk.account_id == by.pk
    if not mine:
        raise NotAllowed("talk.subject", "这一步由约谈对象办理。")


def heads_the_subject(talk: Any, by: User) -> None:
    is_the_subject(talk, by)
    if talk.kind == TalkKind.UNIT:
        posts = by.current_posts()
        if not any(p.unit_id == talk.unit_id and p.role == Role.UNIT_HEAD for p in posts):
            raise NotAllowed("talk.head", "单位的约谈纪要由单位主要负责人签署。")


def signs(talk: Any, by: User) -> None:
    if talk.talker_id != by.pk:
        heads_the_subject(talk, by)


def has_not_signed(talk: Any, by: User) -> None:
    if talk.talker_signed if talk.talker_id == by.pk else talk.subject_signed:
        raise NotAllowed("sign.twice", "您已经签署，等待其他人签署。")


def to_be_received(talk: Any) -> bool:
    return talk.received_at is None


def received(talk: Any) -> bool:
    return talk.received_at is not None


def subject_unsigned(talk: Any) -> bool:
    return bool(talk.subject_signed == "")


def _step(
    name: str, label: str, sources: set[str], target: str | None, roles: Any, **more: Any
) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, roles=frozenset(roles), **more
    )


TALK = Workflow(
    "talk",
    "约谈",
    (
        _step("approve", "批准", {S.PROPOSED}, S.APPROVED, LEADERS, primary=True,
              who=(leads_the_place, another_than_the_proposer, not_with_himself)),
        _step("issue", "发出通知", {S.APPROVED}, S.NOTIFIED, OFFICES | LEADERS, who=(handles,), primary=True),
        _step("postpone", "改期、换人", {S.NOTIFIED}, None, HOSTS, who=(handles,), note_required=True),
        _step("receive", "签收通知", {S.NOTIFIED}, None, PEOPLE, who=(is_the_subject,), when=to_be_received,
              unless="通知已经签收。", primary=True),
        _step("record_receipt", "登记纸质送达", {S.NOTIFIED}, None, RECORDERS, who=(handles,), when=to_be_received,
              unless="通知已经签收。"),
        _step("hold", "登记约谈纪要", {S.NOTIFIED}, S.HELD, HOSTS, who=(is_the_recorder,), when=received,
              unless="通知还没有签收，不能登记约谈情况；没有账号的，先登记纸质送达。", primary=True),
        _step("rewrite", "更正纪要", {S.HELD}, None, HOSTS, who=(is_the_recorder,), note_required=True),
        _step("sign", "签署纪要", {S.HELD}, None, PEOPLE, instead=frozenset({S.FOLLOWING}),
              who=(signs, has_not_signed), primary=True),
        _step("sign_on_paper", "登记纸面签字", {S.HELD}, None, RECORDERS, instead=frozenset({S.FOLLOWING}),
              who=(is_the_recorder,), when=subject_unsigned, unless="约谈对象已经签字。"),
        _step("answer", "报告承诺落实情况", {S.FOLLOWING}, None, PEOPLE, who=(is_the_subject,), primary=True),
        _step("follow_up", "登记跟踪结果", {S.FOLLOWING}, S.CLOSED, OFFICES | LEADERS, who=(handles,), primary=True),
        _step("link", "关联问责", {S.APPROVED, S.NOTIFIED, S.HELD, S.FOLLOWING, S.CLOSED}, None, OFFICES | LEADERS,
              who=(handles,)),
        _step("cancel", "取消", {S.PROPOSED, S.APPROVED, S.NOTIFIED}, S.CANCELLED,
              OFFICES | LEADERS | {Role.COUNTY_LEADER}, who=(may_cancel,), note_required=True),
    ),
    others={
        "open": "提出约谈", "decide": "决定约谈", "replace_file": "更换文件", "hand_over": "工作移交",
        "not_handed_over": "约谈人或者记录人离任，待另行安排",
    },
)  # fmt: skip
